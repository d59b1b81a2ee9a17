"""Where the communes' chefs-lieux really are, from an optional file: the middle of an outline is often a field.

`chefs_lieux.csv` of `geo/<département>/` (`code_insee;longitude;latitude;source;millesime`): degrees, WGS84. It may
list neighbours, former communes and arrondissements.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from carte.territory.cog import Cog
from carte.territory.erreurs import TerritoireInvalide
from carte.territory.mesures import distances_au_contour_km
from carte.territory.modele import NonResolu
from carte.territory.tables import Lue, lire_tables, millesime

FICHIER = "chefs_lieux.csv"
COLONNES = ("code_insee", "longitude", "latitude", "source", "millesime")
# Outlines are simplified by some hundred metres, and older by some years: farther out, one of the two is wrong.
TOLERANCE_KM = 1.0
_HORS = f"Le point de {FICHIER} est à plus de {TOLERANCE_KM:.0f} km du contour : il n'est pas retenu."


@dataclass(frozen=True, slots=True)
class ChefsLieux:
    """`points`: longitude and latitude by current commune code, `parties`: by code of a part of a commune (see
    `cog.Partie`); `non_resolus`: lines set aside, and why.

    `millesime`: sources and vintages, None without any file.
    """

    points: Mapping[str, tuple[float, float]]
    parties: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    non_resolus: tuple[NonResolu, ...] = ()
    millesime: str | None = None


def lire_chefs_lieux(dossiers: Sequence[Path], cog: Cog, contours: gpd.GeoDataFrame) -> ChefsLieux:
    """Read the file of every département, and set aside the points that their commune's outline contradicts.

    A commune made of several has the point of the one that gave its code. Raises TerritoireInvalide with the first
    line at fault.
    """
    lues = lire_tables([dossier / FICHIER for dossier in dossiers], COLONNES)
    lus = _par_code(lues)
    perdus = [
        NonResolu("chef-lieu", code, "", f"Ce code de {FICHIER} n'existe pas dans le code officiel géographique.")
        for code in sorted(lus)
        if cog.actuel(code) is None
    ]
    communes = {code: _commune(code, cog) for code in lus if code in cog.parties or code in cog.actuelles}
    dehors = _dehors({code: lus[code] for code in communes}, communes, contours)
    ecartes = [NonResolu("chef-lieu", code, _nom(code, cog), _HORS) for code in sorted(dehors)]
    gardes = {code: lus[code] for code in communes if code not in dehors}
    return ChefsLieux(
        {code: point for code, point in gardes.items() if code not in cog.parties},
        {code: point for code, point in gardes.items() if code in cog.parties},
        (*perdus, *ecartes),
        millesime(lues) if lues else None,
    )


def _commune(code: str, cog: Cog) -> str:
    return cog.parties[code].commune if code in cog.parties else code


def _nom(code: str, cog: Cog) -> str:
    return cog.parties[code].nom if code in cog.parties else cog.actuelles[code].nom


def _par_code(lues: Sequence[Lue]) -> dict[str, tuple[float, float]]:
    """The point of each code. The files of neighbours repeat each other: with other points, one of them is wrong."""
    points: dict[str, tuple[float, float]] = {}
    for lue in lues:
        code, point = lue.champs["code_insee"], _point(lue)
        if points.setdefault(code, point) != point:
            raise TerritoireInvalide(f"{lue.ou} : « {code} » a déjà un autre point.")
    return points


def _dehors(
    points: Mapping[str, tuple[float, float]], communes: Mapping[str, str], contours: gpd.GeoDataFrame
) -> set[str]:
    """Codes whose point is out of the outline of their commune (`communes`) by more than the tolerance."""
    rangs = {code: rang for rang, code in enumerate(contours["code"])}
    traces = [code for code in points if communes[code] in rangs]
    formes = contours.geometry.to_numpy()[[rangs[communes[code]] for code in traces]]
    lons, lats = np.array([points[code] for code in traces], dtype=np.float64).reshape(-1, 2).T
    # Nearly all are inside, which is known at once; only the others are measured.
    doutes = np.flatnonzero(~shapely.intersects_xy(formes, lons, lats))
    return {
        traces[rang]
        for rang in doutes
        if distances_au_contour_km(formes[rang], lons[[rang]], lats[[rang]])[0] > TOLERANCE_KM
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
