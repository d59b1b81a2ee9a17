"""Where people live inside a commune: squares of 200 m, else its arrondissements; without either, its one point.

`carreaux.csv` of `geo/<département>/` (`code_insee;longitude;latitude;population;source;millesime`): the middle of each
inhabited square, in degrees (WGS84). Its populations are weights only: a commune keeps its legal population. A part of
a commune whose population nobody publishes (déléguée, associée) is no residence: nothing is shared out evenly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from carte.ecrits.cadres import cadre
from carte.ecrits.csv_strict import lire_csv
from carte.territory.chefs_lieux import TOLERANCE_KM, ChefsLieux
from carte.territory.cog import Cog, Nature, Partie
from carte.territory.erreurs import INCONNU, TerritoireInvalide
from carte.territory.mesures import distances_au_contour_km
from carte.territory.modele import COLONNES_RESIDENCES, NonResolu

FICHIER = "carreaux.csv"
COLONNES = ("code_insee", "longitude", "latitude", "population", "source", "millesime")
CARREAU, ARRONDISSEMENT = "carreau", "arrondissement"
COTE_M = 200
SURFACE_DU_CARREAU_KM2 = (COTE_M / 1000) ** 2
CARREAUX_AU_PLUS = 150_000
"""Beyond, neighbouring squares of a commune are put together, twice as wide each time: a département has 10,000 to
30,000, France 2.3 million, and each has a time to every place around it."""
_METRES_PAR_DEGRE = 111_320.0
_BORNES = {"longitude": (-180.0, 180.0), "latitude": (-90.0, 90.0), "population": (0.0, np.inf)}


@dataclass(frozen=True, slots=True, eq=False)
class Residences:
    """`table`: see `Territoire.residences`; `non_resolus`: squares set aside, and why; `millesime`: sources and
    vintages of the squares, None without any file."""

    table: pd.DataFrame
    non_resolus: tuple[NonResolu, ...] = ()
    millesime: str | None = None


def lire_residences(
    dossiers: Sequence[Path], cog: Cog, communes: gpd.GeoDataFrame, chefs_lieux: ChefsLieux
) -> Residences:
    """The residences of the communes loaded: squares where a file gives some, else arrondissements.

    A square counts in its commune of today; more than TOLERANCE_KM out of its outline, it is set aside and said. Raises
    TerritoireInvalide with the first line at fault.
    """
    lues = [_lire(fichier) for dossier in dossiers if (fichier := dossier / FICHIER).exists()]
    carreaux, perdus = _situer(pd.concat(lues, ignore_index=True), cog, communes) if lues else (_vide(), [])
    carreaux, cote = _grossir(carreaux, CARREAUX_AU_PLUS)
    reste = communes.loc[~communes["code_insee"].isin(carreaux["code_insee"])]
    table = pd.concat([carreaux, _arrondissements(cog, reste, chefs_lieux)], ignore_index=True)
    return Residences(_en_poids(table), tuple(perdus), _millesime(lues, cote) if lues else None)


def _lire(fichier: Path) -> pd.DataFrame:
    """One file, numbers checked; millions of lines: columns, never one object a line."""
    table = cadre(lire_csv(fichier, TerritoireInvalide))
    manquantes = [colonne for colonne in COLONNES if colonne not in table]
    if manquantes:
        raise TerritoireInvalide(f"{fichier} : il manque la colonne « {manquantes[0]} ».")
    for colonne, (bas, haut) in _BORNES.items():
        valeurs = pd.to_numeric(table[colonne].str.replace(",", "."), errors="coerce").to_numpy(dtype=np.float64)
        fautes = np.flatnonzero(~((valeurs >= bas) & (valeurs <= haut) & np.isfinite(valeurs)))
        if len(fautes):
            attendu = "un nombre positif" if np.isinf(haut) else f"des degrés, entre {bas:.0f} et {haut:.0f}"
            raise TerritoireInvalide(f"{fichier}:{table.index[fautes[0]]} : « {colonne} » attend {attendu}.")
        table[colonne] = valeurs
    doubles = np.flatnonzero(table.duplicated(["code_insee", "longitude", "latitude"]))
    if len(doubles):
        raise TerritoireInvalide(f"{fichier}:{table.index[doubles[0]]} : ce carreau est déjà donné plus haut.")
    return table[list(COLONNES)].reset_index(drop=True)


def _situer(lus: pd.DataFrame, cog: Cog, communes: gpd.GeoDataFrame) -> tuple[pd.DataFrame, list[NonResolu]]:
    """Inhabited squares of the communes loaded; the files of neighbours may repeat each other."""
    lus = lus.drop_duplicates(["code_insee", "longitude", "latitude"], ignore_index=True)
    actuels = {code: cog.actuel(code) for code in set(lus["code_insee"])}
    inconnus = sorted(code for code, actuel in actuels.items() if actuel is None)
    perdus = [
        NonResolu("carreau", code, "", f"Ce code de {FICHIER} n'existe pas dans le code officiel géographique.")
        for code in inconnus
    ]
    table = lus.assign(code_insee=lus["code_insee"].map(actuels))
    table = table[table["code_insee"].isin(communes["code_insee"]) & (table["population"] > 0)]
    dehors = _dehors(table, communes)
    for code, nombre in table.loc[dehors, "code_insee"].value_counts().sort_index().items():
        motif = f"{nombre} carreaux de {FICHIER} sont à plus de {TOLERANCE_KM:.0f} km du contour : ils sont écartés."
        perdus.append(NonResolu("carreau", str(code), cog.actuelles[str(code)].nom, motif))
    gardes = table.loc[~dehors].rename(columns={"longitude": "lon", "latitude": "lat"})
    gardes = gardes.assign(surface_km2=SURFACE_DU_CARREAU_KM2, nature=CARREAU)
    return gardes[_vide().columns], perdus


def _grossir(carreaux: pd.DataFrame, au_plus: int) -> tuple[pd.DataFrame, int]:
    """The squares, put together inside each commune until there are few enough; and their side in metres.

    A group stands at the mean of its people: nobody is moved farther than the diagonal of the wider square.
    """
    cote, groupes = COTE_M, carreaux
    while len(groupes) > max(au_plus, carreaux["code_insee"].nunique()):
        cote *= 2
        bande = (carreaux["lat"] * _METRES_PAR_DEGRE // cote).astype(np.int64)
        parallele = np.cos(np.radians(bande * cote / _METRES_PAR_DEGRE))
        colonne = (carreaux["lon"] * _METRES_PAR_DEGRE * parallele // cote).astype(np.int64)
        poids = carreaux["population"]
        sommes = carreaux.assign(lon=carreaux["lon"] * poids, lat=carreaux["lat"] * poids).groupby(
            [carreaux["code_insee"], bande.rename("bande"), colonne.rename("colonne")]
        )[["lon", "lat", "population", "surface_km2"]]
        reunis = sommes.sum().reset_index()
        moyennes = {nom: reunis[nom] / reunis["population"] for nom in ("lon", "lat")}
        groupes = reunis.assign(**moyennes, nature=CARREAU)[carreaux.columns]
    return groupes, cote


def _dehors(table: pd.DataFrame, communes: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Squares whose commune's outline is known and far; nearly all are inside, which is known at once."""
    contours = communes.set_index("code_insee").geometry.reindex(table["code_insee"]).to_numpy()
    lons, lats = (table[nom].to_numpy(dtype=np.float64) for nom in ("longitude", "latitude"))
    dehors = np.zeros(len(table), dtype=np.bool_)
    doutes = np.flatnonzero(~shapely.is_missing(contours) & ~shapely.intersects_xy(contours, lons, lats))
    codes = table["code_insee"].to_numpy(dtype=object)[doutes]
    for code in set(codes):
        rangs = doutes[codes == code]
        dehors[rangs] = distances_au_contour_km(contours[rangs[0]], lons[rangs], lats[rangs]) > TOLERANCE_KM
    return dehors


def _arrondissements(cog: Cog, communes: gpd.GeoDataFrame, chefs_lieux: ChefsLieux) -> pd.DataFrame:
    """The arrondissements of the communes where each one has a point and a population."""
    surfaces = dict(zip(communes["code_insee"], communes["surface_km2"], strict=True))
    membres: dict[str, list[Partie]] = {}
    for partie in cog.parties.values():
        if partie.nature is Nature.ARRONDISSEMENT and partie.commune in surfaces:
            membres.setdefault(partie.commune, []).append(partie)
    complets = [m for m in membres.values() if all(p.code in chefs_lieux.parties and p.population >= 0 for p in m)]
    # Their areas are in no layer: an even share of the commune's only serves the shortest distance within one.
    lignes = [
        (p.commune, *chefs_lieux.parties[p.code], p.population, surfaces[p.commune] / len(m), ARRONDISSEMENT)
        for m in complets
        for p in m
        if p.population > 0
    ]
    return pd.DataFrame(lignes, columns=_vide().columns)


def _en_poids(table: pd.DataFrame) -> pd.DataFrame:
    """Populations as shares of their commune."""
    ordonnee = table.sort_values(["code_insee", "lat", "lon"], ignore_index=True)
    totaux = ordonnee.groupby("code_insee")["population"].transform("sum")
    return ordonnee.assign(poids=ordonnee["population"] / totaux)[list(COLONNES_RESIDENCES)]


def _vide() -> pd.DataFrame:
    return pd.DataFrame(columns=["code_insee", "lon", "lat", "population", "surface_km2", "nature"]).astype(
        {"lon": float, "lat": float, "population": float, "surface_km2": float}
    )


def _millesime(lues: Sequence[pd.DataFrame], cote: int) -> str:
    dits = dict.fromkeys(
        " ".join(filter(None, paire))
        for table in lues
        for paire in table[["source", "millesime"]].drop_duplicates().itertuples(index=False)
    )
    reunis = f" (carreaux réunis par {cote} m)" if cote > COTE_M else ""
    return (", ".join(filter(None, dits)) or INCONNU) + reunis
