"""Outlines made for drawing: EPCI, départements, and lighter shapes that still touch their neighbours."""

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from carte.territory.contours import surfaces_seules

if TYPE_CHECKING:
    from carte.territory.modele import Territoire


def contours_epci(territoire: "Territoire") -> gpd.GeoDataFrame:
    """Outlines of the territory's EPCI: `code_epci nom communes_sans_contour geometry` (CRS of the communes).

    An EPCI that leaves the loaded outlines is drawn in part: `communes_sans_contour` says how many are missing.
    """
    communes = territoire.communes
    membres = communes.loc[communes["code_epci"].isin(territoire.epci["code_epci"])]
    noms = territoire.epci.set_index("code_epci")["nom"]
    return _dissoudre(membres, "code_epci").assign(nom=lambda f: f["code_epci"].map(noms))[
        ["code_epci", "nom", "communes_sans_contour", "geometry"]
    ]


def contours_departements(territoire: "Territoire") -> gpd.GeoDataFrame:
    """Outlines of the configured départements: `code nom communes_sans_contour geometry`."""
    communes = territoire.communes
    noms = territoire.departements.set_index("code")["nom"]
    dissous = _dissoudre(communes.loc[communes["dans_perimetre"]], "code_departement")
    return dissous.rename(columns={"code_departement": "code"}).assign(nom=lambda f: f["code"].map(noms))[
        ["code", "nom", "communes_sans_contour", "geometry"]
    ]


def simplifier(communes: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Lighter outlines, without gaps nor overlaps between neighbours; the rest of the frame is unchanged.

    `tolerance` is in the units of the frame's CRS (degrees in EPSG:4326: 0.003 suits a département). For drawing
    only: nothing is measured on the result. Missing outlines stay missing.
    """
    formes = communes.geometry.to_numpy().copy()
    presents = np.flatnonzero(~shapely.is_missing(formes))
    valides = formes[presents]
    casses = np.flatnonzero(~shapely.is_valid(valides))
    valides[casses] = [surfaces_seules(shapely.make_valid(forme)) for forme in valides[casses]]
    formes[presents] = shapely.coverage_simplify(valides, tolerance)
    return communes.set_geometry(gpd.GeoSeries(formes, index=communes.index, crs=communes.crs))


def _dissoudre(communes: gpd.GeoDataFrame, cle: str) -> gpd.GeoDataFrame:
    lignes = [
        (code, int(groupe.geometry.isna().sum()), shapely.union_all(groupe.geometry.dropna().to_numpy()))
        for code, groupe in communes.groupby(cle)
    ]
    return gpd.GeoDataFrame(
        {cle: [x[0] for x in lignes], "communes_sans_contour": [x[1] for x in lignes]},
        geometry=gpd.GeoSeries([x[2] for x in lignes], crs=communes.crs),
    )
