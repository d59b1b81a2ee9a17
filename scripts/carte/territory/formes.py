"""The outlines of one GeoJSON at once: one call for all its rings, where one by one they take most of the reading."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray


def construire(geometries: Sequence[Any]) -> NDArray[np.object_] | None:
    """The polygons of these GeoJSON geometries; None unless each is one, flat and written as the format says.

    What is wrong with one is for `shapely.geometry.shape` to say.
    """
    try:
        polygones = [_polygones(geometrie) for geometrie in geometries]
        anneaux = list(chain.from_iterable(chain.from_iterable(polygones)))
        points = list(chain.from_iterable(anneaux))
        valeurs = list(chain.from_iterable(points))
        if not anneaux or {*map(len, points)} != {2} or not {*map(type, valeurs)} <= {float, int}:
            return None
        coordonnees = np.array(valeurs, dtype=np.float64).reshape(-1, 2)
        lignes = shapely.linearrings(coordonnees, indices=_rangs(map(len, anneaux)))
        parties = shapely.polygons(lignes, indices=_rangs(map(len, chain.from_iterable(polygones))))
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError, shapely.errors.ShapelyError):
        return None
    return _reunir(geometries, parties, [len(siens) for siens in polygones])


def _polygones(geometrie: Any) -> list[Any]:
    """The polygons of one geometry, as lists of rings. Raises ValueError for an empty one or another kind."""
    genre, coordonnees = geometrie["type"], geometrie["coordinates"]
    polygones = {"Polygon": [coordonnees], "MultiPolygon": coordonnees}[genre]
    if not polygones or not all(polygones):
        raise ValueError(genre)
    return list(polygones)


def _rangs(tailles: Any) -> NDArray[np.intp]:
    """0 as many times as the first size says, then 1, and so on."""
    tableau = np.fromiter(tailles, dtype=np.intp)
    return np.repeat(np.arange(len(tableau)), tableau)


def _reunir(geometries: Sequence[Any], parties: NDArray[np.object_], tailles: Sequence[int]) -> NDArray[np.object_]:
    """One shape for each geometry: its polygon, or the set of its polygons even when it has one."""
    formes = np.empty(len(geometries), dtype=object)
    ensembles = np.array([geometrie["type"] == "MultiPolygon" for geometrie in geometries])
    a_qui = np.repeat(np.arange(len(geometries)), tailles)
    formes[~ensembles] = parties[~ensembles[a_qui]]
    if ensembles.any():
        formes[ensembles] = shapely.multipolygons(
            parties[ensembles[a_qui]], indices=_rangs(np.array(tailles)[ensembles])
        )
    return formes
