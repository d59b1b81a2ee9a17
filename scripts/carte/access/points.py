"""Points on the sphere or on a plane, behind one face: straight-line kilometres and a k-d tree."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

RAYON_TERRE_KM = 6371.0088
"""Mean radius of the Earth (IUGG), in kilometres."""

Reels = NDArray[np.float64]
Entiers = NDArray[np.intp]
Booleens = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Coordinates in km: (n, 3) on the sphere, or (n, 2) on a plane. A point without coordinates is a row of NaN.

    On the sphere a k-d tree compares chords; `corde` and `arc` pass from kilometres on the ground to chords and back.
    """

    coordonnees: Reels
    spherique: bool

    def __len__(self) -> int:
        return len(self.coordonnees)

    def parmi(self, rangs: Entiers) -> "Points":
        """Some of them, in this order."""
        return Points(self.coordonnees[rangs], self.spherique)

    @property
    def connus(self) -> Booleens:
        """True where the point has coordinates."""
        return np.asarray(~np.isnan(self.coordonnees).any(axis=1), dtype=np.bool_)

    def arbre(self, indices: Entiers) -> Any:
        """A k-d tree of some of the points, all with coordinates; its neighbours are positions in `indices`."""
        return cKDTree(self.coordonnees[indices])

    def corde(self, km: ArrayLike) -> Reels:
        """Length in the tree of a distance on the ground; beyond half a turn everything is in reach."""
        longueur = np.asarray(km, dtype=np.float64)
        if not self.spherique:
            return longueur
        return 2 * RAYON_TERRE_KM * np.sin(np.minimum(longueur / (2 * RAYON_TERRE_KM), np.pi / 2))

    def arc(self, corde: Reels) -> Reels:
        """Distance on the ground of a length in the tree (haversine, written with the chord)."""
        if not self.spherique:
            return corde
        return 2 * RAYON_TERRE_KM * np.arcsin(np.minimum(corde / (2 * RAYON_TERRE_KM), 1.0))

    def distances(self, ici: Entiers, autres: "Points", la: Entiers) -> Reels:
        """Straight-line kilometres between the points `ici` of this set and `la` of the other, pair by pair."""
        ecarts = self.coordonnees[ici] - autres.coordonnees[la]
        return self.arc(np.sqrt(np.einsum("ij,ij->i", ecarts, ecarts)))


def geographiques(lon: ArrayLike, lat: ArrayLike) -> Points:
    """Points from longitudes and latitudes in degrees (WGS84, taken as a sphere)."""
    longitude, latitude = np.radians(np.asarray(lon, dtype=np.float64)), np.radians(np.asarray(lat, dtype=np.float64))
    cosinus = np.cos(latitude)
    unitaires = np.column_stack([cosinus * np.cos(longitude), cosinus * np.sin(longitude), np.sin(latitude)])
    return Points(RAYON_TERRE_KM * unitaires, spherique=True)


def planes(x_km: ArrayLike, y_km: ArrayLike) -> Points:
    """Points of a plane whose coordinates are kilometres."""
    colonnes = [np.asarray(x_km, dtype=np.float64), np.asarray(y_km, dtype=np.float64)]
    return Points(np.column_stack(colonnes), spherique=False)
