"""The quartiers prioritaires of the départements, read from `qpv.geojson` (GeoJSON, WGS84), when it is there.

Each feature says `code nom commune code_departement population`; a population that is not known is null.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from carte.ecrits.json_strict import analyser_json
from carte.erreurs import ErreurCarte

FICHIER = "qpv.geojson"
_TEXTES = ("code", "nom", "commune", "code_departement")
WGS84 = "EPSG:4326"


class QuartiersInvalides(ErreurCarte):
    """The layer is there but cannot be used."""


def lire_quartiers(geo: Path, departements: Sequence[str]) -> gpd.GeoDataFrame | None:
    """One row per quarter, `code nom commune code_departement population geometry` (EPSG:4326); None without any file.

    Raises QuartiersInvalides, or the fault of a file that is no JSON.
    """
    presents = [fichier for code in departements if (fichier := geo / code / FICHIER).exists()]
    if not presents:
        return None
    lignes = [ligne for fichier in presents for ligne in _lire(fichier)]
    colonnes = [*_TEXTES, "population", "geometry"]
    table = pd.DataFrame(lignes, columns=colonnes).drop_duplicates("code").astype({"population": "float64"})
    return gpd.GeoDataFrame(table.sort_values("code", ignore_index=True), geometry="geometry", crs=WGS84)


def _lire(fichier: Path) -> list[dict[str, object]]:
    lu = analyser_json(fichier.read_bytes(), str(fichier))
    elements = lu.get("features") if isinstance(lu, dict) else None
    if not isinstance(elements, list):
        raise QuartiersInvalides(f"{fichier} : ce n'est pas une couche GeoJSON (« features »).")
    return [_ligne(element, fichier) for element in elements]


def _ligne(element: object, fichier: Path) -> dict[str, object]:
    element = element if isinstance(element, dict) else {}
    dites = element.get("properties")
    proprietes = dites if isinstance(dites, dict) else {}
    absents = [nom for nom in ("code", "code_departement") if not isinstance(proprietes.get(nom), str)]
    if absents:
        raise QuartiersInvalides(f"{fichier} : un quartier n'a pas de « {absents[0]} ».")
    population = proprietes.get("population")
    # JSON has « true », which counts as 1, and numbers too large to be any.
    if population is not None and not (type(population) in (int, float) and 0 <= population < math.inf):
        raise QuartiersInvalides(f"{fichier} : « population » de {proprietes['code']} attend un nombre, ou null.")
    try:
        forme = shapely.from_geojson(json.dumps(element.get("geometry")))
    except (shapely.errors.GEOSException, TypeError) as erreur:
        raise QuartiersInvalides(f"{fichier} : le contour de {proprietes['code']} est illisible.") from erreur
    return {nom: str(proprietes.get(nom) or "") for nom in _TEXTES} | {"population": population, "geometry": forme}
