"""Nearest places of a commune, as the crow flies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from carte.publish.atlas import Commune, Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

RAYON_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Voisin:
    """A point and its distance from a commune, in kilometres as the crow flies."""

    point: Point
    km: float


class Voisinage:
    """The points that have coordinates, ready to be asked for the nearest."""

    def __init__(self, points: Sequence[Point]) -> None:
        from scipy.spatial import cKDTree

        self._points = [p for p in points if p.lat is not None and p.lon is not None]
        positions = np.array([(p.lat, p.lon) for p in self._points], dtype=float).reshape(-1, 2)
        self._arbre = cKDTree(_sphere(positions))

    def plus_proches(self, commune: Commune, nombre: int) -> list[Voisin]:
        """The `nombre` nearest places outside the commune, one line per place (its nearest stop)."""
        if commune.lat is None or commune.lon is None or not self._points:
            return []
        # A place met at several stops, or in the commune itself, uses up candidates: ask until enough are left.
        demande = nombre * 3
        while True:
            voisins = self._candidats(commune, demande)
            gardes = _un_par_lieu(voisins, commune)
            if len(gardes) >= nombre or demande >= len(self._points):
                return gardes[:nombre]
            demande *= 2

    def _candidats(self, commune: Commune, demande: int) -> list[Voisin]:
        depart = _sphere(np.array([[commune.lat, commune.lon]], dtype=float))[0]
        cordes, rangs = self._arbre.query(depart, k=min(demande, len(self._points)))
        paires = zip(np.atleast_1d(cordes), np.atleast_1d(rangs), strict=True)
        # Distance along the sphere from the chord: 2 R asin(c / 2).
        return [Voisin(self._points[int(r)], float(2 * RAYON_KM * np.arcsin(min(1.0, c / 2)))) for c, r in paires]


def _un_par_lieu(voisins: list[Voisin], commune: Commune) -> list[Voisin]:
    sur_place = {v.point.enregistrement.identifiant for v in voisins if v.point.commune == commune}
    gardes: dict[str, Voisin] = {}
    for voisin in voisins:
        identifiant = voisin.point.enregistrement.identifiant
        if identifiant not in sur_place:
            gardes.setdefault(identifiant, voisin)
    return list(gardes.values())


def _sphere(positions: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Latitudes and longitudes in degrees, shape (n, 2) → points of the unit sphere, shape (n, 3)."""
    lat, lon = np.radians(positions).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
