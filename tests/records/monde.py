"""A world small enough to draw: two départements, five communes, square outlines of 0.1 degree."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from carte.ecrits.texte import replier
from carte.nomenclature import Vocabulaire
from carte.nomenclature import lire as lire_vocabulaires
from carte.records import Chargement, Contexte
from carte.records import lire as charger

RACINE = Path(__file__).resolve().parents[2]
JOUR = date(2026, 11, 2)

# code: (name, west, south)
COMMUNES = {
    "36001": ("Valbourg", 1.0, 46.0),
    "36002": ("Saint-Égide", 1.1, 46.0),
    "36003": ("Les Ormes", 1.0, 46.1),
    "36004": ("Les Ormes", 1.1, 46.1),
    "37001": ("Pont-Neuf", 1.2, 46.0),
    "37002": ("Rivières", 3.0, 46.0),
}
ANCIENNES = {"36901": "36002"}
ARRONDISSEMENTS = {"36911": "36001"}
COTE = 0.1


class PetiteGeographie:
    """The protocol's answers, worked out by hand."""

    def __init__(self) -> None:
        self.demandes_de_distance = 0

    def statut(self, code: str) -> str:
        if code in ARRONDISSEMENTS:
            return "arrondissement"
        return "actuelle" if code in COMMUNES else "ancienne" if code in ANCIENNES else "inconnue"

    def successeur(self, code: str) -> str | None:
        return (ANCIENNES | ARRONDISSEMENTS).get(code)

    def nom(self, code: str) -> str | None:
        return COMMUNES[code][0] if code in COMMUNES else None

    def codes_du_nom(self, nom: str, departement: str) -> list[str]:
        trouves = [code for code, (autre, *_) in COMMUNES.items() if replier(autre) == replier(nom)]
        return [code for code in trouves if code.startswith(departement)]

    def commune_du_point(self, lon: float, lat: float) -> str | None:
        dedans = (c for c, (_, x, y) in COMMUNES.items() if x <= lon <= x + COTE and y <= lat <= y + COTE)
        return next(dedans, None)

    def communes_des_points(self, lons: Sequence[float], lats: Sequence[float]) -> list[str | None]:
        return [self.commune_du_point(lon, lat) for lon, lat in zip(lons, lats, strict=True)]

    def distances_to_commune(
        self, codes: Sequence[str], lons: Sequence[float], lats: Sequence[float]
    ) -> Iterable[float]:
        self.demandes_de_distance += 1
        return [self._distance(*trio) for trio in zip(codes, lons, lats, strict=True)]

    @staticmethod
    def _distance(code: str, lon: float, lat: float) -> float:
        _, x, y = COMMUNES[code]
        dx, dy = max(x - lon, 0, lon - x - COTE), max(y - lat, 0, lat - y - COTE)
        return 111.2 * math.hypot(0.69 * dx, dy)  # 0.69: cosine of 46°


@cache
def vocabulaires() -> dict[str, Vocabulaire]:
    return lire_vocabulaires(RACINE / "offers" / "nomenclature")


def contexte() -> Contexte:
    return Contexte(today=JOUR, vocabulaires=vocabulaires(), geographie=PetiteGeographie())


BONNE = """\
nom: Médiathèque
commune: Valbourg
code_insee: "36001"
adresse: 1 place du Marché
source: Hub
date_maj: 2026-10-01
services:
  - Aide aux démarches administratives
"""


def ecrire(offres: Path, fichiers: Mapping[str, str | bytes]) -> Path:
    """Write records given as `{"36/a.yml": text}` under an offers folder."""
    for nom, contenu in fichiers.items():
        chemin = offres / nom
        chemin.parent.mkdir(parents=True, exist_ok=True)
        chemin.write_bytes(contenu.encode() if isinstance(contenu, str) else contenu)
    return offres


def lire(dossier: Path, **fichiers: str | bytes) -> Chargement:
    """Load records of département 36 given by slug."""
    offres = dossier / "offers"
    return charger(ecrire(offres, {f"36/{nom}.yml": contenu for nom, contenu in fichiers.items()}), contexte())
