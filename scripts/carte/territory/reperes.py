"""What the point of a commune is, how it is named, and how far it may stand from where people go.

The middle of an outline is often a field. Measured on the 34,420 communes of the outlines of 2018 that a national file
of chefs-lieux (2020) places: half of the middles are farther from the chef-lieu than a quarter of the square root of
the area (0.246; ninth decile 0.49), that is 0.8 km in France, 1.1 in the Indre, 5 in La Réunion.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

POINTS_SURS: Mapping[str, str] = {"mairie": "la mairie", "chef-lieu": "le centre"}
"""Kinds of point (`point_source`) that people know, and how a sentence names them; any other is the middle of an
outline, and nothing is said to be near it."""
MILIEU = "point au milieu de la commune"
PART_DU_COTE = 0.25
"""Median error of a middle, as a part of the square root of the area, where no file tells it."""
_COMMUNES_MINIMALES = 30
_RAYON_TERRE_KM = 6371.0088


def nommer_le_point(point_source: str | None) -> str:
    """« mairie », or what the point is when no layer gives the town hall nor the chef-lieu (None: nobody says)."""
    return "mairie" if point_source is None or point_source in POINTS_SURS else MILIEU


def part_mesuree(milieux: pd.DataFrame, surs: pd.DataFrame, surfaces_km2: "pd.Series[float]") -> float:
    """Median distance of the middles of outlines to the sure points of the same communes (`lon`, `lat`: degrees), as a
    part of the square root of their area; PART_DU_COTE under thirty communes."""
    lon1, lat1, lon2, lat2 = (
        np.radians(t[nom].to_numpy(dtype=float)) for t in (milieux, surs) for nom in ("lon", "lat")
    )
    carre = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    parts = 2 * _RAYON_TERRE_KM * np.arcsin(np.sqrt(carre)) / np.sqrt(surfaces_km2.to_numpy(dtype=float))
    connues = parts[np.isfinite(parts)]
    return float(np.median(connues)) if len(connues) >= _COMMUNES_MINIMALES else PART_DU_COTE


def erreurs_km(point_source: "pd.Series[str]", surfaces_km2: "pd.Series[float]", part: float) -> NDArray[np.float64]:
    """How far the point of each commune may be from its town hall, in km: 0 for a sure point, NaN without any."""
    milieu = part * np.sqrt(surfaces_km2.to_numpy(dtype=np.float64))
    erreurs = np.where(point_source.isin(list(POINTS_SURS)), 0.0, milieu)
    return np.where(point_source == "aucun", np.nan, erreurs)
