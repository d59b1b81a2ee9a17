"""The tools and the libraries: what this machine has, against the one list of needs and the locks."""

import json
import platform
import tempfile
from collections.abc import Iterator
from functools import partial
from importlib import metadata
from pathlib import Path

import verifier_outils
from carte.diagnostic.constat import REINSTALLER, Constat, Etat, essayer

_NOMMEES = 5
_TITRE_MINIMAL = '#set document(title: "Essai")\n#set text(lang: "fr")\nEssai\n'


def examiner(racine: Path, *, tests: bool) -> Iterator[Constat]:
    """Everything a build asks of the machine; with `tests`, what the tests ask too. `racine`: the program's folder."""
    for besoin in verifier_outils.BESOINS:
        if tests or not besoin.pour_les_tests:
            yield from essayer(besoin.nom, partial(_besoin, besoin))
    yield from essayer("Bibliothèques Python", lambda: [_python(racine)], REINSTALLER)
    yield from essayer("Bibliothèques du navigateur", lambda: [_npm(racine)], REINSTALLER)
    yield from essayer("Assemblage (esbuild)", lambda: [_esbuild(racine)], REINSTALLER)
    yield from essayer("Polices et PDF (typst)", lambda: [_typst(racine)], REINSTALLER)


def _besoin(besoin: verifier_outils.Besoin) -> Iterator[Constat]:
    constat = besoin.manque()
    if constat is None:
        yield Constat(Etat.OK, besoin.nom, f"{platform.python_version()}." if besoin.paquet == "python3" else "")
    else:
        yield Constat(Etat.A_CORRIGER, besoin.nom, verifier_outils.phrase(besoin, constat))


def _python(racine: Path) -> Constat:
    from packaging.requirements import Requirement

    verrou = (racine / "requirements.txt").read_text(encoding="utf-8").splitlines()
    demandees = [Requirement(ligne.rstrip("\\").strip()) for ligne in verrou if "==" in ligne]
    ici = [demandee for demandee in demandees if demandee.marker is None or demandee.marker.evaluate()]
    return _compare("Bibliothèques Python", {d.name: (_installee(d.name), str(d.specifier)[2:]) for d in ici})


def _installee(nom: str) -> str | None:
    try:
        return metadata.version(nom)
    except metadata.PackageNotFoundError:
        return None


def _npm(racine: Path) -> Constat:
    paquets = json.loads((racine / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    servent = {nom: p for nom, p in paquets.items() if nom and not (p.get("dev") or p.get("optional"))}
    vues = {
        nom.removeprefix("node_modules/"): (_version(racine / nom), paquet["version"])
        for nom, paquet in servent.items()
    }
    return _compare("Bibliothèques du navigateur", vues)


def _version(paquet: Path) -> str | None:
    fichier = paquet / "package.json"
    return str(json.loads(fichier.read_text(encoding="utf-8"))["version"]) if fichier.is_file() else None


def _compare(quoi: str, vues: dict[str, tuple[str | None, str]]) -> Constat:
    """`vues`: name → version that is installed (None without), version of the lock."""
    ecarts = [
        f"{nom} manque" if trouvee is None else f"{nom} {trouvee} au lieu de {voulue}"
        for nom, (trouvee, voulue) in vues.items()
        if trouvee != voulue
    ]
    if not ecarts:
        return Constat(Etat.OK, quoi, f"{len(vues)}, aux versions du verrou.")
    dits = ", ".join(ecarts[:_NOMMEES]) + (f", et {len(ecarts) - _NOMMEES} autres" if len(ecarts) > _NOMMEES else "")
    return Constat(Etat.A_CORRIGER, quoi, f"{dits}.", REINSTALLER)


def _esbuild(racine: Path) -> Constat:
    from carte.publish.cadre import assemblage

    assemblage.reduire(racine, b"a { color: black }", "essai.css")
    return Constat(Etat.OK, "Assemblage (esbuild)")


def _typst(racine: Path) -> Constat:
    from carte.publish.cadre import polices
    from carte.publish.pdf.moteur import Atelier

    polices.servies(racine)
    with polices.pour_typst(racine) as fontes, tempfile.TemporaryDirectory(prefix="carte-essai-") as dossier:
        gabarit = Path(dossier) / "essai.typ"
        gabarit.write_text(_TITRE_MINIMAL, encoding="utf-8")
        Atelier(gabarit, fontes).pdf({})
    return Constat(Etat.OK, "Polices et PDF (typst)")
