"""The records of the Indre, made from the shared inventories as `make indre` makes them."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from carte import nomenclature, territory
from carte.imports.importer import importer
from carte.records import Contexte, Lieu, lire

_INVENTAIRES = {
    "france-services": "data/france-services/liste-fs-20240801.csv",
    "hub-lo": "data/hubs/hub-lo-centre-val-de-loire.json",
}


def lieux_de_l_indre(partage: Path, racine: Path, travail: Path) -> list[Lieu]:
    """Both inventories imported in `travail`, then read back."""
    cog = racine / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
    if not cog.is_dir():
        pytest.skip("le code officiel géographique est absent : npm ci")
    geographie = territory.Geographie(territory.lire(_couches(partage, travail), ["36"], cog))
    contexte = Contexte(date(2026, 11, 2), nomenclature.lire(racine / "offers" / "nomenclature"), geographie)
    offres = travail / "offers"
    offres.mkdir()
    for source, chemin in _INVENTAIRES.items():
        importer(source, partage / chemin, ["36"], geographie, offres, contexte, travail / "imports" / f"{source}.json")
    return [e.lieu for e in lire(offres, contexte).enregistrements]


def _couches(partage: Path, travail: Path) -> Path:
    dossier = travail / "geo" / "36"
    dossier.mkdir(parents=True)
    octets = (partage / "data" / "geoapi" / "communes-36.geojson").read_bytes()
    (dossier / "communes.geojson").write_bytes(octets)
    couche = {
        "fichier": "communes.geojson",
        "titre": "Contours",
        "source": "IGN",
        "millesime": "2018",
        "licence": "Licence Ouverte 2.0",
        "sha256": sha256(octets).hexdigest(),
    }
    (dossier / "manifeste.yml").write_text(json.dumps({"couches": [couche]}), encoding="utf-8")
    return dossier.parent
