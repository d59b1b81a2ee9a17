"""Outlines to draw: simplified once per département, with the names that can be written without touching each other."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from carte.publish.svg import Repere, chemin, chemins
from carte.territory import simplifier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from carte.territory import Territoire

TOLERANCE = 0.003
"""Of the simplification, in degrees: about 300 metres, for a map that can be looked at closely."""
FINESSE = 4
"""Of the static drawings, in their units, whatever the size of the département: 2.5 pixels at the width of a page."""
DECIMALES = 4
_DOUTE = 1e-6
ZOOMS = range(7, 15)
# Room that a name takes on the interactive map, in pixels.
_PIXELS_PAR_LETTRE, _HAUTEUR_PIXELS = 9, 40


@dataclass(frozen=True, slots=True)
class Nom:
    """A name to write: where (degrees), and from which zoom of the interactive map on."""

    texte: str
    lon: float
    lat: float
    zoom: int

    @property
    def ligne(self) -> list[object]:
        """As the browser reads it."""
        return [self.texte, round(self.lat, 5), round(self.lon, 5), self.zoom]


@dataclass(frozen=True, eq=False)
class Contours:
    """What is drawn of one département. `communes`: `code_insee nom code_epci population lon lat geometry`, only those
    that have an outline; `epci`: `code_epci nom geometry`, their parts within the département; `voisins`: one outline
    for each neighbouring département, for context; `sans_contour`: names of the communes that no source outlines."""

    departement: str
    nom: str
    communes: gpd.GeoDataFrame
    epci: gpd.GeoDataFrame
    voisins: gpd.GeoDataFrame
    sans_contour: tuple[str, ...]

    @property
    def bornes(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north in degrees; None without any outline."""
        return None if self.communes.empty else tuple(map(float, self.communes.total_bounds))  # type: ignore[return-value]

    @cached_property
    def repere(self) -> Repere | None:
        """The frame of the static maps; None without any outline."""
        return Repere.cadrer(self.bornes) if self.bornes else None

    @cached_property
    def chemins(self) -> tuple[list[str], list[str]]:
        """The paths of the communes, then of the borders of EPCI, in that frame: every static map draws the same."""
        if self.repere is None:
            return [], []
        communes = simplifier(self.communes, FINESSE / self.repere.echelle_y)
        traits = chemins(communes.geometry.to_numpy(), self.repere)
        membres = communes[communes["code_epci"].isin(self.epci["code_epci"])]
        if membres.empty:
            return traits, []
        # What two EPCI share is drawn once: half of the text, and one line where there were two.
        parts = [shapely.union_all(groupe.to_numpy()) for _, groupe in membres.groupby("code_epci")["geometry"]]
        return traits, [chemin(shapely.line_merge(shapely.union_all(shapely.boundary(parts))), self.repere)]

    @cached_property
    def noms(self) -> list[Nom]:
        """The names of the communes, the most populated first."""
        return placer_noms(
            (str(c.nom), float(c.lon), float(c.lat), float(c.population))
            for c in self.communes.itertuples()
            if not math.isnan(c.lon)
        )


def preparer(territoire: "Territoire", departements: Iterable[str]) -> dict[str, Contours]:
    """The outlines of each département of the deployment, by code, in order."""
    simples = simplifier(territoire.communes[~territoire.communes.geometry.isna()], TOLERANCE)
    noms = dict(zip(territoire.departements["code"], territoire.departements["nom"], strict=True))
    # Context needs no border between communes: on a slow line, those of the neighbours weigh more than the rest.
    alentour = simples[~simples["dans_perimetre"].astype(bool)]
    voisins = alentour[["code_departement", "geometry"]].dissolve("code_departement").reset_index(drop=True)
    return {code: _un(code, str(noms.get(code, code)), simples, voisins, territoire) for code in departements}


def placer_noms(communes: Iterable[tuple[str, float, float, float]], zooms: Sequence[int] = ZOOMS) -> list[Nom]:
    """Choose from which zoom each name is written, so that no two names overlap; those that never fit are left out.

    `communes`: name, longitude, latitude, population. The most populated are served first, then by name.
    """
    poses: list[Nom] = []
    ordre = sorted(communes, key=lambda c: (-(0.0 if math.isnan(c[3]) else c[3]), c[0], c[1]))
    for texte, lon, lat, _ in ordre:
        zoom = next((z for z in zooms if _libre(texte, lon, lat, z, poses)), None)
        if zoom is not None:
            poses.append(Nom(texte, lon, lat, zoom))
    return poses


def fichier_contours(contours: Contours, de_loin: Sequence[Nom] = ()) -> str:
    """The JSON file of a département's map: `communes`, `epci` as GeoJSON (WGS84), `noms` as rows.

    `de_loin`: names that another file has already (see `ensemble`), written from so far that the others come after.
    """
    ecrits = {(nom.texte, nom.lon, nom.lat) for nom in de_loin}
    premier = max((nom.zoom for nom in de_loin), default=0) + 1
    proches = [n for n in contours.noms if (n.texte, n.lon, n.lat) not in ecrits]
    return en_json(
        {
            "communes": _entites(contours.communes, ["code_insee", "nom"]),
            "epci": _entites(contours.epci, ["code_epci", "nom"]),
            "noms": [replace(nom, zoom=max(nom.zoom, premier)).ligne for nom in proches],
        }
    )


def _un(
    code: str, nom: str, simples: gpd.GeoDataFrame, voisins: gpd.GeoDataFrame, territoire: "Territoire"
) -> Contours:
    dedans = simples[simples["code_departement"] == code]
    communes = dedans[["code_insee", "nom", "code_epci", "population", "lon", "lat", "geometry"]]
    noms_epci = territoire.epci.set_index("code_epci")["nom"]
    membres = communes[communes["code_epci"].isin(noms_epci.index)]
    epci = membres[["code_epci", "geometry"]].dissolve("code_epci").reset_index()
    epci["nom"] = epci["code_epci"].map(noms_epci)
    sans = set(territoire.sans_contour)
    ici = territoire.communes["code_departement"] == code
    absentes = territoire.communes.loc[ici & territoire.communes["code_insee"].isin(sans), "nom"]
    return Contours(code, nom, communes, epci, voisins, tuple(sorted(map(str, absentes))))


def _libre(texte: str, lon: float, lat: float, zoom: int, poses: Sequence[Nom]) -> bool:
    """Whether a name has room at a zoom (and so at all closer ones) beside those already written."""
    pixels = 256 * 2**zoom / 360
    serrage = math.cos(math.radians(lat))
    for autre in poses:
        large = (len(texte) + len(autre.texte)) / 2 * _PIXELS_PAR_LETTRE
        if abs(lon - autre.lon) * pixels < large and abs(lat - autre.lat) / serrage * pixels < _HAUTEUR_PIXELS:
            return False
    return True


def _entites(table: gpd.GeoDataFrame, proprietes: list[str]) -> dict[str, Any]:
    formes = arrondies(shapely.set_precision(table.geometry.to_numpy(), 10.0**-DECIMALES, mode="pointwise"))
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code" if nom.startswith("code") else nom: getattr(ligne, nom) for nom in proprietes},
                "geometry": shapely.geometry.mapping(forme),
            }
            for ligne, forme in zip(table.itertuples(), formes, strict=True)
        ],
    }


def arrondies(formes: Any, decimales: int = DECIMALES) -> Any:
    """The same shapes (one, or an array which may hold None) with their degrees cut: binary noise would double the
    file."""
    return shapely.transform(formes, partial(arrondir, decimales=decimales))


def arrondir(degres: "NDArray[np.float64]", decimales: int = DECIMALES) -> "NDArray[np.float64]":
    """What `round(x, decimales)` gives for each of them."""
    unites = degres * 10.0**decimales
    arrondis = np.rint(unites) / 10.0**decimales
    # Half a unit, to the error of the product: only the decimal writing of the figure itself can tell.
    for place in zip(*np.nonzero(np.abs(unites - np.floor(unites) - 0.5) < _DOUTE), strict=True):
        arrondis[place] = round(float(degres[place]), decimales)
    return arrondis


def en_json(valeur: object) -> str:
    return json.dumps(valeur, ensure_ascii=False, separators=(",", ":")) + "\n"
