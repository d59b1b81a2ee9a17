"""The ground of the journeys: a built site, and what its records say, asked of the build's own room of hours.

What the browser shows is compared with these answers: the two opening engines are written apart.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from carte import entrees, hours
from carte.config import lire
from carte.hours import Etat
from carte.publish.atlas import Atlas, Commune, Point
from carte.publish.direct import arret_horaire, horaires_compris, horloge_de_l_arret
from carte.records import Enregistrement, Lieu
from sites import RACINE

RAYON_KM = 6371.0088


@dataclass(frozen=True)
class Terrain:
    """A deployment, where it is served, and where its journeys start. `type_lieu`: typology and its words."""

    fichier: Path
    site: Path
    base: str
    depart: str
    saisie: str
    type_lieu: tuple[str, str]
    bus: str
    arret: str

    @cached_property
    def _atlas(self) -> Atlas:
        return Atlas(entrees.lire_territoire(lire(self.fichier, RACINE), RACINE))

    @cached_property
    def enregistrements(self) -> tuple[Enregistrement, ...]:
        return entrees.valider(lire(self.fichier, RACINE), RACINE).enregistrements

    @cached_property
    def _points(self) -> list[Point]:
        return self._atlas.points(self.enregistrements)

    @property
    def commune(self) -> Commune:
        """Where the journeys start."""
        return self._atlas.communes[self.depart]

    def commune_de(self, code: str) -> str:
        """The name of a commune."""
        return self._atlas.communes[code].nom

    def un(self, identifiant: str) -> Enregistrement:
        return next(e for e in self.enregistrements if e.identifiant == identifiant)

    def proches(self, garder: Callable[[Point], bool]) -> dict[str, float]:
        """The places that suit and their kilometres to the start, from the nearest to the farthest."""
        distances: dict[str, float] = {}
        for point in filter(garder, self._points):
            km = self._km(point)
            identifiant = point.enregistrement.identifiant
            distances[identifiant] = min(km, distances.get(identifiant, math.inf))
        return dict(sorted(distances.items(), key=lambda place: place[1]))

    def etat(self, point: Point, instant: datetime) -> Etat:
        """State of a place, or of a stop of a tour, at an instant."""
        lieu = point.enregistrement.lieu
        if point.arret is None:
            calendrier = hours.calendrier(point.enregistrement.departement, point.commune and point.commune.code)
            horaires = hours.avec_fermetures(horaires_compris(lieu.horaires), fermetures(lieu))
            return hours.etat(horaires, instant, calendrier)
        passages = self.passages(point, instant)
        if passages is None:
            return Etat.INCONNU
        minute = 60 * instant.hour + instant.minute
        la = [p for p in passages[:1] if p.jour == instant.date() and any(a <= minute < b for a, b in p.plages)]
        return Etat.OUVERT if la else Etat.FERME

    def passages(self, point: Point, depuis: datetime) -> list[hours.Passage] | None:
        """Coming calls at a stop."""
        assert point.arret is not None
        calendrier = horloge_de_l_arret(point.arret, point.enregistrement, self._atlas)
        assert calendrier is not None
        return hours.prochains_passages(
            arret_horaire(point.arret, fermetures(point.enregistrement.lieu)), depuis, calendrier
        )

    def arrets(self, identifiant: str, code: str) -> list[Point]:
        """The stops of a place in a commune."""
        return [
            p
            for p in self._points
            if p.enregistrement.identifiant == identifiant and p.arret and p.commune and p.commune.code == code
        ]

    def _km(self, point: Point) -> float:
        depart = self.commune
        if point.lat is None or point.lon is None or depart.lat is None or depart.lon is None:
            return math.inf
        lat1, lon1, lat2, lon2 = map(math.radians, (depart.lat, depart.lon, point.lat, point.lon))
        a = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
        return 2 * RAYON_KM * math.asin(math.sqrt(a))


def fermetures(lieu: Lieu) -> list[hours.Fermeture]:
    """The closures of a place, as the hours room takes them."""
    return [(f.du, f.au, f.motif) for f in lieu.fermetures or ()]
