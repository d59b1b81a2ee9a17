"""Nearest places of communes, as the crow flies: all communes asked at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from carte.publish.atlas import Commune, Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

RAYON_KM = 6371.0088
# Two places less than a millimetre apart are as far: their identifiers say which comes first.
_DECIMALES = 6


@dataclass(frozen=True, slots=True)
class Voisin:
    """A point and its distance from a commune, in kilometres as the crow flies."""

    point: Point
    km: float


class Voisinage:
    """The points that have coordinates, ready to be asked for the nearest."""

    def __init__(self, points: Sequence[Point]) -> None:
        from scipy.spatial import cKDTree

        places = (p for p in points if p.lat is not None and p.lon is not None)
        self._points = sorted(places, key=lambda p: p.enregistrement.identifiant)
        positions = np.array([(p.lat, p.lon) for p in self._points], dtype=float).reshape(-1, 2)
        self._arbre = cKDTree(_sphere(positions))
        self._sur_place: dict[str, set[str]] = defaultdict(set)
        for point in points:
            if point.commune:
                self._sur_place[point.commune.code].add(point.enregistrement.identifiant)

    def autour(self, communes: Sequence[Commune], nombre: int) -> dict[str, list[Voisin]]:
        """The `nombre` nearest places outside each commune, one line per place (its nearest stop), by code.

        In a few vectorised queries; communes without a position are absent. Places as far come by identifier.
        """
        reponses: dict[str, list[Voisin]] = {}
        restantes = [c for c in communes if c.lat is not None and c.lon is not None] if self._points else []
        # A place met at several stops, or in the commune itself, uses up candidates: ask more for those that lack some.
        demande = nombre + 3
        while restantes:
            incompletes = []
            for commune, voisins in zip(restantes, self._candidats(restantes, demande), strict=True):
                gardes = self._un_par_lieu(voisins, commune, nombre)
                # As far as the last candidate, there may be others, that were not asked for.
                entiers = len(gardes) == nombre and _au_mm(gardes[-1].km) < _au_mm(voisins[-1][1])
                if entiers or demande >= len(self._points):
                    reponses[commune.code] = gardes
                else:
                    incompletes.append(commune)
            restantes, demande = incompletes, demande * 2
        return reponses

    def _candidats(self, communes: Sequence[Commune], demande: int) -> "Iterator[list[tuple[int, float]]]":
        """For each commune, (rank of a point, kilometres) pairs, nearest first, then by rank."""
        departs = _sphere(np.array([(c.lat, c.lon) for c in communes], dtype=float))
        k = np.arange(1, min(demande, len(self._points)) + 1)
        cordes, rangs = self._arbre.query(departs, k=k)
        # Distance along the sphere from the chord: 2 R asin(c / 2).
        km = 2 * RAYON_KM * np.arcsin(np.minimum(1.0, cordes / 2))
        ordre = np.lexsort((rangs, np.round(km, _DECIMALES)))
        rangs, km = (np.take_along_axis(valeurs, ordre, axis=1) for valeurs in (rangs, km))
        for ligne_rangs, ligne_km in zip(rangs.tolist(), km.tolist(), strict=True):
            yield list(zip(ligne_rangs, ligne_km, strict=True))

    def _un_par_lieu(self, candidats: list[tuple[int, float]], commune: Commune, nombre: int) -> list[Voisin]:
        vus = set(self._sur_place.get(commune.code, ()))
        gardes = []
        for rang, km in candidats:
            point = self._points[rang]
            identifiant = point.enregistrement.identifiant
            if identifiant not in vus:
                vus.add(identifiant)
                gardes.append(Voisin(point, km))
                if len(gardes) == nombre:
                    break
        return gardes


def _au_mm(km: float) -> float:
    return round(km, _DECIMALES)


def eloignement(commune: Commune, point: Point) -> float | None:
    """Kilometres as the crow flies between a commune's centre and a point; None when either has no position."""
    return distance_km(commune, point)


def distance_km(un: Commune | Point, autre: Commune | Point) -> float | None:
    """Kilometres as the crow flies; None when either has no position."""
    if un.lat is None or un.lon is None or autre.lat is None or autre.lon is None:
        return None
    a, b = _sphere(np.array([(un.lat, un.lon), (autre.lat, autre.lon)]))
    return float(2 * RAYON_KM * np.arcsin(min(1.0, float(np.linalg.norm(a - b)) / 2)))


def _sphere(positions: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Latitudes and longitudes in degrees, shape (n, 2) → points of the unit sphere, shape (n, 3)."""
    lat, lon = np.radians(positions).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
