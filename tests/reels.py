"""Real départements in a test: their official codes, and the outlines that a shared folder has of them."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from carte import territory


def geographie(racine: Path, contours: Mapping[str, Path], geo: Path) -> territory.Geographie:
    """Code of each département → its outlines, laid as layers in the folder `geo`; skips without official codes."""
    cog = racine / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
    if not cog.is_dir():
        pytest.skip("le code officiel géographique est absent : npm ci")
    for code, fichier in contours.items():
        octets = fichier.read_bytes()
        couche = {"fichier": "communes.geojson", "titre": "Contours", "source": "IGN", "millesime": "2018"}
        couche |= {"licence": "Licence Ouverte 2.0", "sha256": sha256(octets).hexdigest()}
        (geo / code).mkdir(parents=True)
        (geo / code / "communes.geojson").write_bytes(octets)
        (geo / code / "manifeste.yml").write_text(json.dumps({"couches": [couche]}), encoding="utf-8")
    return territory.Geographie(territory.lire(geo, list(contours), cog))


def de_l_indre(racine: Path, partage: Path, geo: Path) -> territory.Geographie:
    """The Indre alone, as `make indre` reads it."""
    return geographie(racine, {"36": partage / "data" / "geoapi" / "communes-36.geojson"}, geo)
