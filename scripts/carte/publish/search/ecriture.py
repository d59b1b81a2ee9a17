"""Compact JSON files, by columns: values that look alike stand together, and compress well."""

from collections.abc import Sequence
from typing import Any

from carte.publication import Chantier
from carte.publish.ecriture import json_serre

DOSSIER = "donnees/recherche"


def ecrire_json(site: Chantier, chemin: str, contenu: object) -> None:
    site.ecrire(f"{DOSSIER}/{chemin}", json_serre(contenu))


def ecrire_colonnes(site: Chantier, chemin: str, champs: Sequence[str], lignes: Sequence[Sequence[Any]]) -> None:
    """Rows as one array per column: `{"nom": […], "code": […]}`."""
    ecrire_json(site, chemin, colonnes(champs, lignes))


def colonnes(champs: Sequence[str], lignes: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    return {champ: [ligne[rang] for ligne in lignes] for rang, champ in enumerate(champs)}
