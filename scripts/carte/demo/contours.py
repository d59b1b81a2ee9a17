"""Outlines of the fictional communes: a valid coverage, placed in the open Atlantic so that nobody is misled."""

from dataclasses import dataclass
from functools import cache
from random import Random

from carte.demo import hexagones
from carte.demo.communes import DEPARTEMENT, communes
from carte.demo.hexagones import Cellule, Point

GRAINE = 99
ORIGINE_LON, ORIGINE_LAT = -6.0, 46.2  # south-west corner of the map
_KM_PAR_DEGRE = 111.195  # sphere of 6,371 km
_COS_BAS, _SIN_BAS = 0.692143, 0.721760  # cosine and sine of 46.2°
_RADIAN = 0.017453292519943295
_HA_PAR_KM2 = 100

# Limits in kilometres. The notch in the west is the estuary of the Lône: a straight line across it deceives.
_VAL: list[Point] = [
    (4, 27), (1, 36), (5, 46), (9, 53), (18, 58), (27, 60), (35, 57.5), (44, 59), (53, 60), (61, 56),
    (67, 48), (65, 39), (69.5, 30), (68, 18), (60, 8), (50, 5), (43, 1), (33, 0), (24, 3), (14, 5),
    (7, 11), (3, 17), (6, 20.5), (13, 21), (21, 22.5), (25, 24), (20, 25.5), (12, 25),
]  # fmt: skip
_VOISIN: list[Point] = [(59, 59), (69, 60), (79, 53), (83, 41), (80, 28), (82, 15), (74, 5), (60, 6)]


@dataclass(frozen=True, slots=True)
class Contour:
    """Outline of a commune (closed ring, anticlockwise) and its two points, in degrees WGS84 at 5 decimals."""

    anneau: tuple[Point, ...]
    centre: Point
    mairie: Point
    surface_ha: float


@cache
def contours() -> dict[str, Contour]:
    """Outline of every commune, by code: shared edges are the same points, there is no gap and no overlap."""
    hasard = Random(GRAINE)  # noqa: S311 - draws coastlines, not secrets
    val = hexagones.cellules_dans(_VAL)
    proprietaire: dict[Cellule, str] = {}
    graines: dict[str, Cellule] = {}
    for est_le_val, cellules in ((True, val), (False, hexagones.cellules_dans(_VOISIN, hors=val))):
        siennes = {
            commune.code: hexagones.plus_proche((commune.est_km, commune.nord_km), cellules)
            for commune in communes()
            if (commune.departement == DEPARTEMENT) is est_le_val
        }
        proprietaire |= hexagones.faire_pousser(siennes, cellules, hasard)
        graines |= siennes
    anneaux = hexagones.anneaux(proprietaire)
    places = hexagones.placer(anneaux, hasard)
    return {
        code: _contour([places[noeud] for noeud in anneau], hexagones.centre(graines[code]))
        for code, anneau in sorted(anneaux.items())
    }


def en_degres(point: Point) -> Point:
    """Kilometres from the corner of the map to (longitude, latitude), 5 decimals (about one metre)."""
    x, y = point
    nord = y / _KM_PAR_DEGRE
    return (round(ORIGINE_LON + x / (_KM_PAR_DEGRE * _cosinus(nord)), 5), round(ORIGINE_LAT + nord, 5))


def decaler(point: Point, est_m: float, nord_m: float) -> Point:
    """A point in degrees, moved by some metres east and north."""
    lon, lat = point
    nord = lat - ORIGINE_LAT
    metres = _KM_PAR_DEGRE * 1000
    return (round(lon + est_m / (metres * _cosinus(nord)), 5), round(lat + nord_m / metres, 5))


def _cosinus(nord: float) -> float:
    """Cosine of the latitude `nord` degrees above the corner: Taylor, so as not to depend on a machine's libm."""
    angle = nord * _RADIAN
    return _COS_BAS - _SIN_BAS * angle - _COS_BAS * angle * angle / 2


def _contour(anneau: list[Point], mairie: Point) -> Contour:
    aire, barycentre = _aire_et_barycentre(anneau)
    centre = barycentre if hexagones.est_dedans(barycentre, anneau) else mairie
    degres = [en_degres(point) for point in anneau]
    return Contour(
        anneau=(*degres, degres[0]),
        centre=en_degres(centre),
        mairie=en_degres(mairie),
        surface_ha=float(round(aire * _HA_PAR_KM2)),
    )


def _aire_et_barycentre(anneau: list[Point]) -> tuple[float, Point]:
    """Area (km²) and centroid of a ring, by the shoelace formula."""
    double = somme_x = somme_y = 0.0
    for (xa, ya), (xb, yb) in zip(anneau, anneau[1:] + anneau[:1], strict=True):
        produit = xa * yb - xb * ya
        double += produit
        somme_x += (xa + xb) * produit
        somme_y += (ya + yb) * produit
    return double / 2, (somme_x / (3 * double), somme_y / (3 * double))
