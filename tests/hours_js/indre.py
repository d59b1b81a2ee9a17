"""The records of the Indre, made from the shared inventories as `make indre` makes them."""

from datetime import date
from pathlib import Path

import reels
from carte import nomenclature
from carte.imports.importer import importer
from carte.records import Contexte, Lieu, lire

_INVENTAIRES = {
    "france-services": "data/france-services/liste-fs-20240801.csv",
    "hub-lo": "data/hubs/hub-lo-centre-val-de-loire.json",
}


def lieux_de_l_indre(partage: Path, racine: Path, travail: Path) -> list[Lieu]:
    """Both inventories imported in `travail`, then read back."""
    geographie = reels.de_l_indre(racine, partage, travail / "geo")
    contexte = Contexte(date(2026, 11, 2), nomenclature.lire(racine / "offers" / "nomenclature"), geographie)
    offres = travail / "offers"
    offres.mkdir()
    for source, chemin in _INVENTAIRES.items():
        importer(source, partage / chemin, ["36"], geographie, offres, contexte, travail / "imports" / f"{source}.json")
    return [e.lieu for e in lire(offres, contexte).enregistrements]
