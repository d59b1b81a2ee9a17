"""Écrit l'inventaire CycloneDX (SBOM) de ce que reçoit un hub et de ce que contient un site.

Lit les fichiers de verrouillage, rien d'autre : noms, versions, empreintes, licences. Les licences des bibliothèques
Python viennent de ce qui est installé ici. Sans option : build/sbom/carte.cdx.json. Code de sortie : 0.
"""

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from carte.ecriture import remplacer

RACINE = Path(__file__).resolve().parents[1]
VERROUS = ("requirements.txt", "requirements-installation.txt")
"""What a hub installs; `requirements-dev.txt` is for who changes the program."""

INCONNUE = ""
_EPINGLE = re.compile(r"^([\w.-]+)==([^\s;\\]+)")
_EMPREINTE = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# What authors write where SPDX's own name is wanted.
_NOMS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 3-Clause": "BSD-3-Clause",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_UN_NOM = re.compile(r"[\w.+-]+(?: (?:AND|OR|WITH) [\w.+-]+)*")
# Read in their LICENSE file: their metadata only says "BSD License", or holds the whole text, or they say nothing.
LUES = {
    "colorama": "BSD-3-Clause",
    "isodate": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "suncalc": "BSD-2-Clause",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
}


class Composant(NamedTuple):
    """One locked package. `licence`: SPDX expression, `INCONNUE` when nothing says it. `empreintes`: algorithm, hex."""

    famille: str
    nom: str
    version: str
    licence: str
    empreintes: tuple[tuple[str, str], ...]

    @property
    def purl(self) -> str:
        """The package URL that vulnerability databases know it by."""
        return f"pkg:{self.famille}/{self.nom.replace('@', '%40')}@{self.version}"


def licence_python(nom: str) -> str:
    """The SPDX licence of an installed package, from its metadata; `INCONNUE` when absent or unclear."""
    if nom in LUES:
        return LUES[nom]
    try:
        fiche = metadata.metadata(nom)
    except metadata.PackageNotFoundError:
        return INCONNUE
    classes = [classe.split(" :: ")[-1] for classe in fiche.get_all("Classifier") or () if classe.startswith("License")]
    for dite in (fiche.get("License-Expression"), fiche.get("License"), *classes):
        nom_spdx = _NOMS.get(dite or "", dite or "")
        if nom_spdx != "UNKNOWN" and _UN_NOM.fullmatch(nom_spdx):
            return nom_spdx
    return INCONNUE


def composants_python(verrou: Path) -> Iterator[Composant]:
    """The packages of one lock of pip, whatever the Python and the system they are for."""
    for bloc in re.split(r"\n(?=\S)", verrou.read_text(encoding="utf-8")):
        if epingle := _EPINGLE.match(bloc):
            empreintes = tuple(("SHA-256", valeur) for valeur in _EMPREINTE.findall(bloc))
            yield Composant("pypi", epingle[1], epingle[2], licence_python(epingle[1]), empreintes)


def composants_npm(verrou: Path, *, developpement: bool) -> Iterator[Composant]:
    """The packages of the lock of npm: those of a site and of its build, or with those for development too."""
    for chemin, paquet in json.loads(verrou.read_text(encoding="utf-8"))["packages"].items():
        nom = chemin.rpartition("node_modules/")[2]
        if nom and (developpement or not paquet.get("dev")):
            algorithme, _, valeur = paquet["integrity"].partition("-")
            empreinte = (f"SHA-{algorithme.removeprefix('sha')}", base64.b64decode(valeur).hex())
            yield Composant("npm", nom, paquet["version"], paquet.get("license", LUES.get(nom, INCONNUE)), (empreinte,))


def inventaire(racine: Path) -> dict[str, Any]:
    """The CycloneDX 1.6 document of the project at `racine`: what a hub installs, sorted, without date nor machine."""
    projet = tomllib.loads((racine / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    trouves = {un for verrou in VERROUS for un in composants_python(racine / verrou)}
    trouves |= set(composants_npm(racine / "package-lock.json", developpement=False))
    racine_du_graphe = f"pkg:generic/{projet['name']}@{projet['version']}"
    principal = {
        "type": "application",
        "bom-ref": racine_du_graphe,
        "name": projet["name"],
        "version": projet["version"],
        "licenses": [{"expression": projet["license"]}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": principal},
        "components": [_decrire(un) for un in sorted(trouves)],
    }


def _decrire(composant: Composant) -> Mapping[str, Any]:
    """One component; the files of a Python version, each with its own fingerprint, are references to the registry."""
    empreintes = [{"alg": algorithme, "content": valeur} for algorithme, valeur in composant.empreintes]
    description: dict[str, Any] = {
        "type": "library",
        "bom-ref": composant.purl,
        "name": composant.nom,
        "version": composant.version,
        "purl": composant.purl,
    }
    if composant.licence != INCONNUE:
        description["licenses"] = [{"expression": composant.licence}]
    if composant.famille == "npm":
        return {**description, "hashes": empreintes}
    page = f"https://pypi.org/project/{composant.nom}/{composant.version}/"
    fichiers = [{"type": "distribution", "url": page, "hashes": [une]} for une in empreintes]
    return {**description, "externalReferences": fichiers}


def main(arguments: list[str]) -> int:
    """Write the inventory where asked, or in build/sbom."""
    cible = Path(arguments[0]) if arguments else RACINE / "build/sbom/carte.cdx.json"
    cible.parent.mkdir(parents=True, exist_ok=True)
    remplacer(cible, (json.dumps(inventaire(RACINE), ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    print(f"Écrit : {cible}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
