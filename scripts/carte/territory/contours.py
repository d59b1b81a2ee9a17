"""Outlines: reading the GeoJSON of geo.api.gouv.fr's shape, and bringing old codes to the COG's."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from carte.territory.cog import Cog
from carte.territory.erreurs import TerritoireInvalide
from carte.territory.fichiers import analyser
from carte.territory.formes import construire
from carte.territory.mesures import surfaces_km2
from carte.territory.modele import NonResolu

WGS84 = "EPSG:4326"
_WGS84_ECRITS = {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"}
_COLONNES = ["code", "nom", "surface_km2", "mairie", "centre"]


def lire_contours(fichier: Path, sauf: Container[str] = ()) -> gpd.GeoDataFrame:
    """Read outlines of communes: `code nom surface_km2 mairie centre geometry` (EPSG:4326), as the file says.

    `surface_km2` comes from the property `surface` (hectares, NaN when absent or zero); `mairie` and `centre` are
    points or None. Codes in `sauf` are skipped, their outline unread. Raises TerritoireInvalide: file absent,
    not GeoJSON, another CRS, a code twice, coordinates that are not longitude and latitude.
    """
    return lire_couches([fichier], sauf)


def lire_couches(fichiers: Iterable[Path], sauf: Container[str] = ()) -> gpd.GeoDataFrame:
    """The outlines of several files, one after the other; see `lire_contours`."""
    return _table([_lus(_octets(fichier), str(fichier), sauf) for fichier in fichiers])


def analyser_contours(texte: bytes | str, fichier: str, sauf: Container[str] = ()) -> gpd.GeoDataFrame:
    """The outlines of a GeoJSON text, as `lire_contours` gives them; `fichier` names it in messages."""
    return _table([_lus(texte, fichier, sauf)])


class _Lus(NamedTuple):
    """What one file says: lines of _COLONNES, and the shape of each."""

    lignes: list[tuple[object, ...]]
    formes: NDArray[Any]


def _octets(fichier: Path) -> bytes:
    try:
        return fichier.read_bytes()
    except FileNotFoundError as erreur:
        raise TerritoireInvalide(
            f"Il manque la couche {fichier}. Préparez d'abord les couches de ce département."
        ) from erreur


def _lus(texte: bytes | str, fichier: str, sauf: Container[str]) -> _Lus:
    brut = _analyser_json(texte, fichier, sauf)
    elements = [element for element in _elements(brut, fichier) if element["properties"].get("code") not in sauf]
    lignes = [_ligne(fichier, element["properties"]) for element in elements]
    formes = construire([element.get("geometry") for element in elements])
    if formes is None:
        formes = np.empty(len(elements), dtype=object)
        formes[:] = [_forme(element.get("geometry"), fichier, element["properties"]["code"]) for element in elements]
    formes = _reparer(formes)
    _verifier(fichier, [str(ligne[0]) for ligne in lignes], formes)
    return _Lus(lignes, formes)


def _table(lus: Sequence[_Lus]) -> gpd.GeoDataFrame:
    lignes = pd.DataFrame([ligne for lu in lus for ligne in lu.lignes], columns=_COLONNES)
    formes = np.concatenate([np.empty(0, dtype=object), *(lu.formes for lu in lus)])
    return gpd.GeoDataFrame(lignes.astype({"mairie": object, "centre": object}), geometry=formes, crs=WGS84)


def resoudre(contours: gpd.GeoDataFrame, cog: Cog) -> tuple[gpd.GeoDataFrame, list[NonResolu]]:
    """Outlines under current codes: merged communes are unioned; what leads nowhere is listed.

    Codes are followed by the COG first (déléguées, associées, arrondissements, `anciensCodes`). Geometry comes last:
    an outline of unknown code that lies inside a resolved one belongs to it, and adds nothing to its shape.
    Returns one row per current code, sorted: `code surface_km2 mairie centre geometry`.
    """
    traces = contours.loc[contours.geometry.notna()]
    traces = traces.assign(actuel=[cog.actuel(code) for code in traces["code"]])
    connus = traces.loc[traces["actuel"].notna()]
    return _fusionner(connus), _orphelins(traces.loc[traces["actuel"].isna()], connus)


def points(contours: gpd.GeoDataFrame) -> pd.DataFrame:
    """Where a commune is taken to be: `lon lat point_source`, indexed like the outlines.

    Town hall, else the centre the source gives, else shapely's representative point: a point certainly inside the
    outline, near the middle of its widest horizontal slice (a centroid may fall in the neighbour's fields).
    """
    interieurs = shapely.point_on_surface(contours.geometry.to_numpy())
    choisis = np.where(contours["centre"].notna(), contours["centre"].to_numpy(), interieurs)
    choisis = np.where(contours["mairie"].notna(), contours["mairie"].to_numpy(), choisis)
    sources = np.select(
        [contours["mairie"].notna(), contours["centre"].notna(), ~shapely.is_missing(interieurs)],
        ["mairie", "centre", "interieur"],
        default="aucun",
    )
    return pd.DataFrame(
        {"lon": shapely.get_x(choisis), "lat": shapely.get_y(choisis), "point_source": sources.astype(object)},
        index=contours.index,
    )


def _fusionner(connus: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    rangs: dict[str, list[int]] = {}
    for rang, actuel in enumerate(connus["actuel"].tolist()):
        rangs.setdefault(actuel, []).append(rang)
    codes = sorted(rangs)
    lus = _Colonnes(*(connus[nom].to_numpy(dtype=object) for nom in _Colonnes._fields))
    communes = [lus.commune(code, rangs[code]) for code in codes]
    surfaces, mairies, centres, formes = zip(*communes, strict=True) if communes else ((), (), (), ())
    geometrie = gpd.GeoSeries(list(formes), crs=WGS84)
    mesures = np.array(surfaces, dtype=np.float64)
    inconnues = np.flatnonzero(np.isnan(mesures))
    mesures[inconnues] = surfaces_km2(geometrie.to_numpy()[inconnues])
    points = {"mairie": pd.Series(mairies, dtype=object), "centre": pd.Series(centres, dtype=object)}
    return gpd.GeoDataFrame({"code": codes, "surface_km2": mesures, **points}, geometry=geometrie)


class _Colonnes(NamedTuple):
    """Those of the outlines, a value for each."""

    code: NDArray[Any]
    surface_km2: NDArray[Any]
    mairie: NDArray[Any]
    centre: NDArray[Any]
    geometry: NDArray[Any]

    def commune(self, code: str, rangs: Sequence[int]) -> tuple[Any, ...]:
        """Area, town hall, centre and shape of the commune that these outlines are today; its town hall is that of the
        part that gave its code, when it is there."""
        if len(rangs) == 1:
            (seul,) = rangs
            return self.surface_km2[seul], self.mairie[seul], self.centre[seul], self.geometry[seul]
        chef_lieu = next((rang for rang in rangs if self.code[rang] == code), None)
        return (
            np.sum(self.surface_km2[rangs].astype(np.float64)),
            None if chef_lieu is None else self.mairie[chef_lieu],
            # The centre of a part is not the centre of the whole: the interior point of the union is better.
            None,
            shapely.union_all(self.geometry[rangs]),
        )


def _orphelins(orphelins: gpd.GeoDataFrame, connus: gpd.GeoDataFrame) -> list[NonResolu]:
    if orphelins.empty:
        return []
    interieurs = shapely.point_on_surface(orphelins.geometry.to_numpy())
    dedans = set(shapely.STRtree(connus.geometry.to_numpy()).query(interieurs, predicate="within")[0])
    return [
        NonResolu("contour", code, nom, "Ce code n'existe pas dans le code officiel géographique.")
        for rang, (code, nom) in enumerate(zip(orphelins["code"], orphelins["nom"], strict=True))
        if rang not in dedans
    ]


def _reparer(formes: NDArray[Any]) -> NDArray[Any]:
    """Mend invalid outlines, keeping only their surfaces; an emptied outline is a missing one."""
    casses = np.flatnonzero(~shapely.is_valid(formes) & ~shapely.is_missing(formes))
    formes[casses] = [surfaces_seules(shapely.make_valid(forme)) for forme in formes[casses]]
    formes[shapely.is_empty(formes)] = None
    return formes


def surfaces_seules(forme: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a shape, without the lines and points that mending leaves."""
    parties = shapely.get_parts(shapely.get_parts(forme))
    return shapely.union_all(parties[shapely.get_dimensions(parties) == 2])


# A strip of neighbours as this program writes it: one outline a line, its code at the end.
_DEBUT, _FIN = b'{"type":"FeatureCollection","features":[', b"]}"
_LIGNE = re.compile(
    rb'\{"type":"Feature","geometry":(?:null|\{"type":"(?:Multi)?Polygon","coordinates":[][0-9.,eE+-]*\}),'
    rb'"properties":\{"nom":"[^"\\\x00-\x1f]*","code":"([0-9A-Z]*)"\}\}'
)


def _sans(texte: bytes | str, sauf: Container[str]) -> bytes | str:
    """The text without the lines of the codes in `sauf`, where it is written one outline a line; else as it is.

    Strips of neighbours repeat each other: of a whole country, none of them has anything to add.
    """
    if not isinstance(texte, bytes) or not sauf or texte.count(b"\n") < 3:
        return texte
    debut, *lignes, fin, apres = texte.split(b"\n")
    trouvees = [_LIGNE.fullmatch(ligne.removesuffix(b",")) for ligne in lignes]
    gardees = [trouvee[0] for trouvee in trouvees if trouvee and trouvee[1].decode() not in sauf]
    if (debut, fin, apres) != (_DEBUT, _FIN, b"") or not all(trouvees):
        return texte
    return b"\n".join([_DEBUT, b",\n".join(gardees), _FIN, b""])


def _analyser_json(texte: bytes | str, fichier: str, sauf: Container[str]) -> dict[str, Any]:
    reduit = _sans(texte, sauf)
    try:
        brut = analyser(reduit, fichier)
    except TerritoireInvalide:
        if reduit is texte:
            raise
        brut = analyser(texte, fichier)  # the fault is told at its place in the whole
    if not isinstance(brut, dict) or brut.get("type") != "FeatureCollection":
        raise TerritoireInvalide(f"{fichier} doit être un GeoJSON de type « FeatureCollection ».")
    systeme = _dans(brut, "crs", "properties", "name") or WGS84
    if systeme not in _WGS84_ECRITS:
        raise TerritoireInvalide(
            f"{fichier} est en {systeme} ; il faut des longitudes et latitudes ({WGS84}) : "
            f"reprojetez la couche avec « to_crs({WGS84!r}) »."
        )
    return brut


def _dans(valeur: Any, *cles: str) -> Any:
    """The value at a path of objects, None where one is missing or is no object."""
    for cle in cles:
        valeur = valeur.get(cle) if isinstance(valeur, dict) else None
    return valeur


def _elements(brut: dict[str, Any], fichier: str) -> list[dict[str, Any]]:
    elements = brut.get("features")
    if not isinstance(elements, list):
        raise TerritoireInvalide(f"{fichier} : « features » doit être une liste.")
    for rang, element in enumerate(elements, start=1):
        if not isinstance(_dans(element, "properties"), dict):
            raise TerritoireInvalide(f"{fichier} : l'élément {rang} de « features » n'a pas de « properties ».")
    return elements


def _ligne(fichier: str, proprietes: Mapping[str, Any]) -> tuple[object, ...]:
    code = proprietes.get("code")
    if not isinstance(code, str):
        raise TerritoireInvalide(f"{fichier} : chaque commune doit avoir un « code » écrit en texte (lu : {code!r}).")
    nom, surface = proprietes.get("nom", ""), proprietes.get("surface")
    if not isinstance(nom, str):
        raise TerritoireInvalide(f"{fichier} : le nom de la commune {code} doit être un texte.")
    if surface is not None and not (type(surface) in (int, float) and 0 <= surface < np.inf):
        raise TerritoireInvalide(f"{fichier} : « surface » de la commune {code} attend un nombre d'hectares, ou null.")
    points = (_forme(proprietes.get(nom_du_point), fichier, code, _POINTS) for nom_du_point in ("mairie", "centre"))
    return (code, nom, surface / 100 if surface else np.nan, *points)


_SURFACES, _POINTS = ("Polygon", "MultiPolygon", "GeometryCollection"), ("Point",)


def _forme(geometrie: Any, fichier: str, code: str, genres: Sequence[str] = _SURFACES) -> shapely.Geometry | None:
    """The shape of a GeoJSON geometry; each way it may be wrong raises its own error in shapely."""
    try:
        forme = None if geometrie is None else shapely.geometry.shape(geometrie)
        if forme is not None and forme.geom_type not in genres:
            raise TypeError(forme.geom_type)
        return forme
    except (shapely.errors.ShapelyError, TypeError, ValueError, KeyError, IndexError, AttributeError) as erreur:
        raise TerritoireInvalide(f"{fichier} : le contour ou le point de la commune {code} est illisible.") from erreur


def _verifier(fichier: str, codes: Sequence[str], formes: NDArray[Any]) -> None:
    doubles = sorted(code for code, nombre in Counter(codes).items() if nombre > 1)
    if doubles:
        raise TerritoireInvalide(f"{fichier} : deux contours pour {', '.join(doubles[:5])}.")
    if shapely.is_missing(formes).all():
        return
    ouest, sud, est, nord = shapely.total_bounds(formes)
    if not (-180 <= ouest <= est <= 180 and -90 <= sud <= nord <= 90):
        raise TerritoireInvalide(
            f"{fichier} : ces coordonnées ne sont pas des longitudes et latitudes ({WGS84}) ; reprojetez la couche."
        )
