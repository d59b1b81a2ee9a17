"""Distances and areas that hold from Lille to La Réunion: geodesic, or in a local projection, never in degrees."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod

from carte.territory.erreurs import TerritoireInvalide

if TYPE_CHECKING:
    from geopandas import GeoSeries

_GEOD = Geod(ellps="WGS84")
_DEMI_GRAND_AXE_KM = _GEOD.a / 1000
_EXCENTRICITE_2 = _GEOD.es


def surfaces_km2(contours: NDArray[Any]) -> NDArray[np.float64]:
    """Geodesic areas (km², WGS84) of outlines in longitude and latitude; NaN for a missing outline."""
    polygones, a_qui = shapely.get_parts(contours, return_index=True)
    anneaux, duquel = shapely.get_rings(polygones, return_index=True)
    coordonnees, places = shapely.get_coordinates(anneaux, return_index=True)
    bornes = np.searchsorted(places, np.arange(len(anneaux) + 1))
    lons, lats = np.ascontiguousarray(coordonnees.T)
    # Holes are run the other way round: their areas are negative.
    des_polygones, des_contours = [0.0] * len(polygones), [0.0] * len(contours)
    for anneau, polygone in enumerate(duquel):
        ici = slice(bornes[anneau], bornes[anneau + 1])
        des_polygones[polygone] += _GEOD.polygon_area_perimeter(lons[ici], lats[ici])[0]
    for polygone, contour in enumerate(a_qui):
        des_contours[contour] += des_polygones[polygone]
    return np.where(shapely.is_missing(contours), np.nan, np.abs(des_contours) / 1e6)


def distances_au_contour_km(
    contour: shapely.Geometry, lons: NDArray[np.float64], lats: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Geodesic distances (km) from points to one outline, 0 inside; all in longitude and latitude, NaN kept.

    The nearest point of the outline is picked in a plane tangent at the outline's centre, then measured on the
    WGS84 ellipsoid: exact where it matters (tens of kilometres), and good to a few thousandths beyond.
    """
    resultat = np.full(len(lons), np.nan)
    connus = np.flatnonzero(np.isfinite(lons) & np.isfinite(lats))
    centre = contour.centroid
    echelle = _km_par_degre(centre.y)
    origine = np.array([centre.x, centre.y])
    plan = shapely.transform(contour, lambda xy: (xy - origine) * echelle)
    ecarts = np.column_stack([(lons[connus] - centre.x + 180) % 360 - 180, lats[connus] - centre.y])
    lignes = shapely.shortest_line(plan, shapely.points(ecarts * echelle))
    proches = shapely.get_coordinates(shapely.get_point(lignes, 0)) / echelle + origine
    resultat[connus] = _GEOD.inv(proches[:, 0], proches[:, 1], lons[connus], lats[connus])[2] / 1000
    # Within a micrometre of the outline or inside it, the two points only differ by rounding.
    resultat[resultat < 1e-9] = 0.0
    return resultat


def _km_par_degre(latitude: float) -> NDArray[np.float64]:
    """Length (km) of one degree of longitude and of latitude at a latitude, from the ellipsoid's two radii."""
    phi = np.radians(latitude)
    w2 = 1 - _EXCENTRICITE_2 * np.sin(phi) ** 2
    est = _DEMI_GRAND_AXE_KM * np.cos(phi) / np.sqrt(w2)
    nord = _DEMI_GRAND_AXE_KM * (1 - _EXCENTRICITE_2) / w2**1.5
    degre = np.pi / 180
    return np.array([est * degre, nord * degre], dtype=np.float64)


def distances_entre_couches_km(gauche: "GeoSeries", droite: "GeoSeries") -> NDArray[np.float64]:
    """Distance (km) of each shape of `gauche` to the nearest of `droite`; both in one projection in metres.

    Raises TerritoireInvalide when a CRS is geographic, when both differ, or when shapes lie outside its area of use.
    """
    exiger_projection(gauche, droite)
    arbre = shapely.STRtree(droite.to_numpy())
    resultat = np.full(len(gauche), np.nan)
    couples, distances = arbre.query_nearest(gauche.to_numpy(), return_distance=True, all_matches=False)
    resultat[couples[0]] = distances / 1000
    return resultat


def exiger_projection(gauche: "GeoSeries", droite: "GeoSeries") -> None:
    """Refuse to measure in degrees, between two CRS, or outside a projection's area (EPSG:2154 overseas)."""
    systemes = f"couche de gauche en {_nom(gauche.crs)}, couche de droite en {_nom(droite.crs)}"
    remede = "projetez les deux couches avec « to_crs(projection_locale(couche)) »"
    if any(crs is None or CRS(crs).is_geographic for crs in (gauche.crs, droite.crs)):
        raise TerritoireInvalide(f"Distances impossibles en degrés : {systemes} ; {remede}.")
    if CRS(gauche.crs) != CRS(droite.crs):
        raise TerritoireInvalide(f"Distances impossibles entre deux projections : {systemes} ; {remede}.")
    zone = CRS(gauche.crs).area_of_use
    if gauche.empty or zone is None:
        return
    ouest, sud, est, nord = gauche.to_crs("EPSG:4326").total_bounds
    # Three degrees of tolerance: a département may overlap the next UTM zone without harm.
    if not (zone.west - 3 <= ouest <= est <= zone.east + 3 and zone.south - 3 <= sud <= nord <= zone.north + 3):
        raise TerritoireInvalide(f"Distances fausses hors de la zone d'usage ({zone.name}) : {systemes} ; {remede}.")


def projection_locale(couche: "GeoSeries") -> CRS:
    """Projection in metres fit for a layer, wherever it is: the UTM zone of its middle."""
    return couche.estimate_utm_crs()


def _nom(crs: Any) -> str:
    return "système inconnu" if crs is None else CRS(crs).to_string()
