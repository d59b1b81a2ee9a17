"""What two machines must have alike to give the same bytes: the program, its libraries, Python."""

import json
import platform
import re
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from carte.memoire import fichiers

RACINE = Path(__file__).resolve().parents[3]
_PROGRAMME = ("scripts/carte", "site_src/templates", "offers/nomenclature", "package-lock.json")
_PROPRE = "le programme"
_EPINGLE = re.compile(r"^([\w.-]+)==", re.MULTILINE)


@cache
def releve() -> dict[str, str]:
    """Name → state: the files of the program, Python, each library of the lock and of npm (empty when it is not
    installed)."""
    verrou = (RACINE / "requirements.txt").read_text(encoding="utf-8")
    voulues = json.loads((RACINE / "package.json").read_bytes())["dependencies"]
    return {
        _PROPRE: fichiers(*(RACINE / nom for nom in _PROGRAMME)),
        "Python": platform.python_version(),
        **{nom: _version(nom) for nom in _EPINGLE.findall(verrou)},
        **{nom: _version_npm(nom) for nom in sorted(voulues)},
    }


def ecart(ici: Mapping[str, str], la: Mapping[str, str]) -> str:
    """In French, the first thing that a machine (`la`) has otherwise than this one; empty when all is alike."""
    for nom, etat in ici.items():
        if la.get(nom) != etat:
            if nom == _PROPRE:
                return "n'a pas le même état du programme"
            return f"a {nom} {la.get(nom) or 'absent'}, et celle-ci {nom} {etat or 'absent'}"
    return ""


def _version(nom: str) -> str:
    try:
        return metadata.version(nom)
    except metadata.PackageNotFoundError:
        return ""


def _version_npm(nom: str) -> str:
    """Reports have the letters and the stars of these libraries: a machine needs them too."""
    decrite = RACINE / "node_modules" / nom / "package.json"
    if not decrite.is_file():
        return ""
    return str(json.loads(decrite.read_bytes())["version"])
