"""The target of whole builds: damaged layers become a site of true figures, or a sentence and no site at all."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from carte.publication import effacer
from fuzz.cible import Cible
from fuzz.couches import copie, fichiers
from sites import RACINE

_FICHES = (
    "mairie-de-landerose",
    "mediatheque-de-valbourg",
    "bus-numerique-le-petit-relais",
    "france-services-de-mirebois",
)
_FAUX = ("Traceback", "Error", "Exception", "erreur imprévue", "inattendue")
_SANS_SENS = (">nan<", ">NaN<", ">None<", ">inf<", ">-inf<", ">undefined<")


def site(dossier: Path) -> Cible:
    """`carte construire` on the demonstration's layers and four of its records, one layer damaged."""
    geo = copie(dossier)
    offres = dossier / "offers"
    shutil.copytree(RACINE / "offers/nomenclature", offres / "nomenclature")
    (offres / "99").mkdir()
    for nom in _FICHES:
        shutil.copy(RACINE / f"offers/99/{nom}.yml", offres / "99")
    brut = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))
    brut["dossiers"] = {"lieux": str(offres), "geo": str(geo), "sortie": str(dossier / "sortie")}
    brut["publication_precedente"] = str(geo / "99/publication-precedente")
    fichier = dossier / "carte.yml"
    fichier.write_text(yaml.safe_dump(brut, allow_unicode=True), encoding="utf-8")
    sains = {f.relative_to(geo).as_posix(): f.read_bytes() for f in fichiers(geo)}

    def essayer(octets: bytes) -> bool:
        tete, _, contenu = octets.partition(b"\n")
        cle = tete.decode("utf-8", "replace")
        if cle not in sains:  # a mutator that knows nothing of the first line
            return False
        (geo / cle).write_bytes(contenu)
        try:
            return _construit_ou_refuse(fichier, dossier, Path(cle).name)
        finally:
            (geo / cle).write_bytes(sains[cle])

    graines = tuple(cle.encode() + b"\n" + octets for cle, octets in sains.items())
    return Cible("site", graines, essayer, entete=1, cout=8000)


def _construit_ou_refuse(fichier: Path, dossier: Path, couche: str) -> bool:
    """Whether the site was made, then whole and without a value that is none; else refused by the layer's name."""
    publie, dit = dossier / "sortie/site", dossier / "dit.txt"
    effacer(publie)
    code = _carte(["construire", "--config", str(fichier)], dit)
    message = dit.read_text(encoding="utf-8", errors="replace")
    assert not [mot for mot in _FAUX if mot in message], message[-2000:]
    assert code in (0, 1), (code, message[-2000:])
    if code:
        assert couche in message, (couche, message[-2000:])
        assert not publie.exists()
        return False
    pages = sorted(publie.rglob("*.html"))
    assert publie / "index.html" in pages
    for page in pages:
        texte = page.read_text(encoding="utf-8")
        assert not [mot for mot in _SANS_SENS if mot in texte], (couche, page.relative_to(publie))
    return True


def _carte(arguments: list[str], dit: Path) -> int:
    """Exit code of the command in a process of its own; what it prints goes in `dit`."""
    commande = [sys.executable, "-m", "carte", *arguments]
    # The program of this folder, whatever is installed and wherever the run was started.
    ici = {**os.environ, "PYTHONPATH": str(RACINE / "scripts")}
    with dit.open("wb") as sortie:
        return subprocess.run(commande, stdout=sortie, stderr=sortie, check=False, cwd=RACINE, env=ici).returncode
