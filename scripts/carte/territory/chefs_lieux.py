"""Where the communes' chefs-lieux really are, from an optional file: the middle of an outline is often a field.

`chefs_lieux.csv` of `geo/<département>/` (`code_insee;longitude;latitude;source;millesime`): degrees, WGS84. It may
list neighbours, former communes and arrondissements.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from carte.territory.cog import Cog
from carte.territory.erreurs import TerritoireInvalide
from carte.territory.mesures import distances_au_contour_km
from carte.territory.modele import NonResolu
from carte.territory.tables import Lue, lire_table, millesime

FICHIER = "chefs_lieux.csv"
COLONNES = ("code_insee", "longitude", "latitude", "source", "millesime")
# Outlines are simplified by some hundred metres, and older by some years: farther out, one of the two is wrong.
TOLERANCE_KM = 1.0
_HORS = f"Le point de {FICHIER} est à plus de {TOLERANCE_KM:.0f} km du contour : il n'est pas retenu."


@dataclass(frozen=True, slots=True)
class ChefsLieux:
    """`points`: longitude and latitude by current commune code; `non_resolus`: lines set aside, and why.

    `millesime`: sources and vintages, None without any file.
    """

    points: Mapping[str, tuple[float, float]]
    non_resolus: tuple[NonResolu, ...] = ()
    millesime: str | None = None


def lire_chefs_lieux(dossiers: Sequence[Path], cog: Cog, contours: gpd.GeoDataFrame) -> ChefsLieux:
    """Read the file of every département, and set aside the points that their commune's outline contradicts.

    A commune made of several has the point of the one that gave its code. Raises TerritoireInvalide with the first
    line at fault.
    """
    lues = [ligne for dossier in dossiers for ligne in lire_table(dossier / FICHIER, COLONNES)]
    lus = _par_code(lues)
    perdus = [
        NonResolu("chef-lieu", code, "", f"Ce code de {FICHIER} n'existe pas dans le code officiel géographique.")
        for code in sorted(lus)
        if cog.actuel(code) is None
    ]
    actuels = {code: point for code, point in lus.items() if code in cog.actuelles}
    dehors = _dehors(actuels, contours)
    ecartes = [NonResolu("chef-lieu", code, cog.actuelles[code].nom, _HORS) for code in sorted(dehors)]
    return ChefsLieux(
        {code: point for code, point in actuels.items() if code not in dehors},
        (*perdus, *ecartes),
        millesime(lues) if lues else None,
    )


def _par_code(lues: Sequence[Lue]) -> dict[str, tuple[float, float]]:
    """The point of each code. The files of neighbours repeat each other: with other points, one of them is wrong."""
    points: dict[str, tuple[float, float]] = {}
    for lue in lues:
        code = lue.champs["code_insee"]
        if points.setdefault(code, _point(lue)) != _point(lue):
            raise TerritoireInvalide(f"{lue.ou} : « {code} » a déjà un autre point.")
    return points


def _dehors(points: Mapping[str, tuple[float, float]], contours: gpd.GeoDataFrame) -> set[str]:
    """Codes whose point is out of their commune's outline by more than the tolerance."""
    traces = contours.loc[contours["code"].isin(list(points))]
    lons, lats = np.array([points[code] for code in traces["code"]], dtype=np.float64).reshape(-1, 2).T
    # Nearly all are inside, which is known at once; only the others are measured.
    doutes = np.flatnonzero(~shapely.intersects_xy(traces.geometry.to_numpy(), lons, lats))
    return {
        str(traces["code"].iloc[rang])
        for rang in doutes
        if distances_au_contour_km(traces.geometry.iloc[rang], lons[[rang]], lats[[rang]])[0] > TOLERANCE_KM
    }


def _point(lue: Lue) -> tuple[float, float]:
    return _degres(lue, "longitude", 180.0), _degres(lue, "latitude", 90.0)


def _degres(lue: Lue, champ: str, borne: float) -> float:
    try:
        valeur = float(lue.champs[champ].replace(",", "."))
    except ValueError:
        valeur = math.nan
    if not -borne <= valeur <= borne:
        raise TerritoireInvalide(f"{lue.ou} : « {champ} » attend des degrés, entre -{borne:.0f} et {borne:.0f}.")
    return valeur
