"""Distances hold everywhere, and are refused where they would be false."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from carte.territory import TerritoireInvalide
from carte.territory.mesures import (
    distances_au_contour_km,
    distances_entre_couches_km,
    projection_locale,
    surfaces_km2,
)

GEOD = Geod(ellps="WGS84")
LIEUX = {
    "indre": (1.5, 46.8),
    "guadeloupe": (-61.55, 16.25),
    "guyane": (-53.0, 4.0),
    "reunion": (55.5, -21.1),
    "mayotte": (45.2, -12.8),
}


def carre(lon: float, lat: float, cote: float = 0.1) -> shapely.Polygon:
    return shapely.box(lon, lat, lon + cote, lat + cote)


@pytest.mark.parametrize("lieu", LIEUX)
@pytest.mark.parametrize("km", [0.05, 1, 10, 60])
def test_distance_to_an_outline_is_geodesic(lieu: str, km: float) -> None:
    lon, lat = LIEUX[lieu]
    # Straight north of the middle of the upper edge: the expected distance needs no outline at all.
    x, y, _ = GEOD.fwd(lon + 0.05, lat + 0.1, 0, km * 1000)
    distance = distances_au_contour_km(carre(lon, lat), np.array([x]), np.array([y]))
    assert distance == pytest.approx([km], rel=1e-4)


def test_distance_across_the_antimeridian() -> None:
    fidji = shapely.box(179.8, -17.1, 179.9, -17.0)
    distance = distances_au_contour_km(fidji, np.array([-179.9]), np.array([-17.05]))
    assert distance == pytest.approx([GEOD.inv(179.9, -17.05, -179.9, -17.05)[2] / 1000], rel=1e-4)


def test_inside_is_zero_in_a_hole_is_not() -> None:
    anneau = shapely.box(0, 45, 0.3, 45.3).difference(shapely.box(0.1, 45.1, 0.2, 45.2))
    distances = distances_au_contour_km(anneau, np.array([0.05, 0.15]), np.array([45.05, 45.15]))
    assert distances[0] == 0
    assert 3 < distances[1] < 5


def test_areas() -> None:
    formes = np.array([carre(0, 0), None], dtype=object)
    surfaces = surfaces_km2(formes)
    assert surfaces[0] == pytest.approx(11.132 * 11.057, rel=1e-3)
    assert np.isnan(surfaces[1])


@pytest.mark.parametrize("lieu", LIEUX)
def test_between_layers_in_the_local_projection(lieu: str) -> None:
    lon, lat = LIEUX[lieu]
    x, y, _ = GEOD.fwd(lon + 0.05, lat + 0.1, 0, 10_000)
    gauche = gpd.GeoSeries([shapely.Point(x, y)], crs="EPSG:4326")
    droite = gpd.GeoSeries([carre(lon, lat)], crs="EPSG:4326")
    projection = projection_locale(droite)
    distances = distances_entre_couches_km(gauche.to_crs(projection), droite.to_crs(projection))
    assert distances == pytest.approx([10], rel=2e-3)


@pytest.mark.parametrize(
    ("lieu", "gauche", "droite", "message"),
    [
        pytest.param("indre", 4326, 4326, "en degrés : .*EPSG:4326.*EPSG:4326.*to_crs", id="degres"),
        pytest.param("indre", 2154, 4326, "en degrés : .*EPSG:2154.*EPSG:4326.*to_crs", id="un-seul-en-degres"),
        pytest.param("indre", 2154, 32631, "entre deux projections : .*EPSG:2154.*EPSG:32631", id="differents"),
        pytest.param("reunion", 2154, 2154, "hors de la zone d'usage.*EPSG:2154.*to_crs", id="lambert-outre-mer"),
    ],
)
def test_false_distances_are_refused(lieu: str, gauche: int, droite: int, message: str) -> None:
    couche = gpd.GeoSeries([carre(*LIEUX[lieu])], crs="EPSG:4326")
    with pytest.raises(TerritoireInvalide, match=message):
        distances_entre_couches_km(couche.to_crs(gauche), couche.to_crs(droite))
