"""How the outlines of one year meet the communes of another: each outline and commune, and the rule that joins them."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from carte.territory.cog import Cog
from carte.territory.modele import NonResolu

COLONNES = ("code_contour", "nom_contour", "code_insee", "nom", "regle", "population")


class Regle(StrEnum):
    """What joins an outline and a commune of today."""

    MEME = "meme code"
    REUNIE = "contours reunis"
    SUCCESSEUR = "nouveau code"
    INCLUS = "inclus dans un autre contour"
    RETABLIE = "commune retablie dans le contour d'une autre"
    SANS_CONTOUR = "commune sans contour"
    INCONNU = "code inconnu"


def raccorder(
    contours: gpd.GeoDataFrame, cog: Cog, communes: gpd.GeoDataFrame, points: Mapping[str, tuple[float, float]]
) -> pd.DataFrame:
    """One line for each outline as it was read (`code nom geometry`), then for each commune without one: COLONNES.

    `communes`: those of the territory, with their outlines of today; `points`: where communes without outline stand.
    `population` is that of the commune today, on one line for each, NaN on its others: it may be added up.
    """
    lignes = [*_des_contours(contours, cog, communes), *_sans_contour(communes, points)]
    table = pd.DataFrame(lignes, columns=[nom for nom in COLONNES if nom != "population"])
    populations = dict(zip(communes["code_insee"], communes["population"], strict=True))
    # The line of the outline that has the commune's own code comes first, and carries its people.
    porteuse = (table["code_contour"] != table["code_insee"]).rename("autre")
    premieres = table.assign(autre=porteuse).sort_values(["code_insee", "autre", "code_contour"], kind="stable")
    seules = premieres.loc[premieres["code_insee"].ne("")].drop_duplicates("code_insee").index
    table["population"] = np.where(table.index.isin(seules), table["code_insee"].map(populations), np.nan)
    return table.sort_values(["code_insee", "code_contour"], ignore_index=True)


def sans_contour(raccord: pd.DataFrame, cog: Cog) -> list[NonResolu]:
    """The communes of the perimeter that have no outline, and in whose outline a re-established one lies."""
    absentes = raccord.loc[raccord["regle"].isin([Regle.RETABLIE, Regle.SANS_CONTOUR])]
    motif = "Cette commune n'a pas de contour : elle est plus récente que la couche, ou elle y manque."
    suites = [
        f" Son chef-lieu est dans celui de {cog.actuelles[c].nom} ({c})." if c else "" for c in absentes["code_contour"]
    ]
    communes = zip(absentes["code_insee"], absentes["nom"], suites, strict=True)
    return [NonResolu("commune", code, nom, motif + suite) for code, nom, suite in communes]


def _des_contours(contours: gpd.GeoDataFrame, cog: Cog, communes: gpd.GeoDataFrame) -> list[tuple[str, ...]]:
    codes = [str(code) for code in contours["code"].tolist()]
    actuels = [cog.actuel(code) for code in codes]
    nombres = Counter(actuels)
    inclus = _contenants(contours, [actuel is None for actuel in actuels], communes)
    lignes: list[tuple[str, ...]] = []
    for code, nom, actuel, dans in zip(codes, contours["nom"].tolist(), actuels, inclus, strict=True):
        cible = actuel or dans or ""
        nom_actuel = cog.actuelles[cible].nom if cible else ""
        lignes.append((code, str(nom), cible, nom_actuel, _regle(code, actuel, dans, nombres)))
    return lignes


def _regle(code: str, actuel: str | None, dans: str | None, nombres: Mapping[str | None, int]) -> Regle:
    if actuel is None:
        return Regle.INCLUS if dans else Regle.INCONNU
    if nombres[actuel] > 1:
        return Regle.REUNIE
    return Regle.MEME if code == actuel else Regle.SUCCESSEUR


def _contenants(
    contours: gpd.GeoDataFrame, voulus: list[bool], communes: gpd.GeoDataFrame
) -> "list[str | None] | NDArray[np.object_]":
    """For the outlines wanted, the commune whose outline of today holds them; None elsewhere."""
    trouves = np.full(len(contours), None, dtype=object)
    rangs = np.flatnonzero(np.array(voulus) & contours.geometry.notna().to_numpy())
    interieurs = shapely.point_on_surface(contours.geometry.to_numpy()[rangs])
    trouves[rangs] = _communes_de(interieurs, communes)
    return trouves


def _communes_de(points: NDArray[np.object_], communes: gpd.GeoDataFrame) -> NDArray[np.object_]:
    traces = communes.loc[communes.geometry.notna()]
    trouves = np.full(len(points), None, dtype=object)
    quels, ou = shapely.STRtree(traces.geometry.to_numpy()).query(points, predicate="within")
    trouves[quels] = traces["code_insee"].to_numpy(dtype=object)[ou]
    return trouves


def _sans_contour(communes: gpd.GeoDataFrame, points: Mapping[str, tuple[float, float]]) -> list[tuple[str, ...]]:
    """A commune that was part of another when outlines were drawn, and is one again, lies in that other's."""
    absentes = communes.loc[communes.geometry.isna() & communes["dans_perimetre"]]
    places = np.array([points.get(code, (np.nan, np.nan)) for code in absentes["code_insee"]], dtype=np.float64)
    lons, lats = places.reshape(-1, 2).T
    connues = np.isfinite(lons)
    hotes = np.full(len(absentes), None, dtype=object)
    hotes[connues] = _communes_de(shapely.points(lons[connues], lats[connues]), communes)
    return [
        (str(hote or ""), "", str(code), str(nom), Regle.RETABLIE if hote else Regle.SANS_CONTOUR)
        for code, nom, hote in zip(absentes["code_insee"], absentes["nom"], hotes, strict=True)
    ]
