"""The files of a data package, whole or cut by département, as the package names them.

A table in parts is one resource whose `path` is a list: each part has the heading, and they make the whole table one
after the other. A list in JSON is one resource a part, which says of what: `partie_de`. Names come from a package that
somebody else may have written: none leads out of its folder.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from carte.ecrits.texte import citer
from carte.evolution.refus import PublicationIllisible

_PARTIE = re.compile(r"(?P<nom>[a-z][a-z-]*)/(?P=nom)-[0-9A-Za-z]{1,9}\.(?P<forme>csv|json)")


def fichiers(dossier: Path, paquet: Mapping[str, Any], ressource: str, entier: str) -> list[Path]:
    """The files of a resource: `entier`, the name of its one file, unless the package says that it is in parts.

    Raises PublicationIllisible: a part has not the name of one.
    """
    parties = [chemin for chemins in _parties(paquet, ressource) for chemin in chemins]
    for chemin in parties:
        trouve = _PARTIE.fullmatch(chemin)
        if not trouve or f"{trouve['nom']}.{trouve['forme']}" != entier:
            raise PublicationIllisible(
                f"{dossier / 'datapackage.json'} : « {citer(chemin)} » n'est pas le nom d'une partie de {entier}."
            )
    return [dossier / chemin for chemin in parties or [entier]]


def noms(paquet: Mapping[str, Any]) -> set[str]:
    """The files that the package announces, a table in parts by its whole name."""
    return {
        str(chemin) if isinstance(chemin, str) else f"{ressource.get('name')}.csv"
        for ressource in _ressources(paquet)
        for chemin in [ressource.get("path")]
    }


def _parties(paquet: Mapping[str, Any], nom: str) -> Iterator[list[str]]:
    for ressource in _ressources(paquet):
        chemin = ressource.get("path")
        if ressource.get("partie_de") == nom:
            yield [str(chemin)]
        elif ressource.get("name") == nom and isinstance(chemin, list):
            yield [str(partie) for partie in chemin]


def _ressources(paquet: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    ressources = paquet.get("resources")
    return (r for r in ressources if isinstance(r, dict)) if isinstance(ressources, list) else iter(())
