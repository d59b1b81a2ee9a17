"""Outlines: reading the GeoJSON of geo.api.gouv.fr's shape, and bringing old codes to the COG's."""

import re
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any

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
    try:
        contenu = fichier.read_bytes()
    except FileNotFoundError as erreur:
        raise TerritoireInvalide(
            f"Il manque la couche {fichier}. Préparez d'abord les couches de ce département."
        ) from erreur
    return analyser_contours(contenu, str(fichier), sauf)


def analyser_contours(texte: bytes | str, fichier: str, sauf: Container[str] = ()) -> gpd.GeoDataFrame:
    """The outlines of a GeoJSON text, as `lire_contours` gives them; `fichier` names it in messages."""
    brut = _analyser_json(texte, fichier, sauf)
    elements = [element for element in _elements(brut, fichier) if element["properties"].get("code") not in sauf]
    lignes = [_ligne(fichier, element["properties"]) for element in elements]
    formes = construire([element.get("geometry") for element in elements])
    if formes is None:
        formes = np.empty(len(elements), dtype=object)
        formes[:] = [_forme(element.get("geometry"), fichier, element["properties"]["code"]) for element in elements]
    contours = gpd.GeoDataFrame(
        pd.DataFrame(lignes, columns=_COLONNES).astype({"mairie": object, "centre": object}),
        geometry=_reparer(formes),
        crs=WGS84,
    )
    _verifier(fichier, contours)
    return contours


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
    nombre = connus.groupby("actuel")["code"].transform("size")
    seuls = connus.loc[nombre == 1].assign(code=lambda f: f["actuel"])
    fusions = [_union(code, parties) for code, parties in connus.loc[nombre > 1].groupby("actuel")]
    garde = ["code", "surface_km2", "mairie", "centre", "geometry"]
    table = pd.DataFrame([*seuls[garde].to_dict("records"), *fusions], columns=garde)
    geometrie = gpd.GeoSeries(table["geometry"].to_list(), crs=WGS84)
    reunis = gpd.GeoDataFrame(
        table.drop(columns="geometry").astype({"mairie": object, "centre": object}), geometry=geometrie
    )
    mesures = reunis["surface_km2"].to_numpy(dtype=np.float64, copy=True)
    inconnues = np.flatnonzero(np.isnan(mesures))
    mesures[inconnues] = surfaces_km2(geometrie.to_numpy()[inconnues])
    return reunis.assign(surface_km2=mesures).sort_values("code", ignore_index=True)


def _union(code: str, parties: gpd.GeoDataFrame) -> dict[str, object]:
    """One commune from its parts; its town hall is that of the part that gave its code, when it is there."""
    chef_lieu = parties.loc[parties["code"] == code]
    placee = not chef_lieu.empty
    return {
        "code": code,
        "surface_km2": parties["surface_km2"].sum(skipna=False),
        "mairie": chef_lieu["mairie"].iloc[0] if placee else None,
        # The centre of a part is not the centre of the whole: the interior point of the union is better.
        "centre": None,
        "geometry": shapely.union_all(parties.geometry.to_numpy()),
    }


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


def _verifier(fichier: str, contours: gpd.GeoDataFrame) -> None:
    doubles = sorted(set(contours.loc[contours["code"].duplicated(), "code"]))
    if doubles:
        raise TerritoireInvalide(f"{fichier} : deux contours pour {', '.join(doubles[:5])}.")
    if not contours.geometry.notna().any():
        return
    ouest, sud, est, nord = contours.total_bounds
    if not (-180 <= ouest <= est <= 180 and -90 <= sud <= nord <= 90):
        raise TerritoireInvalide(
            f"{fichier} : ces coordonnées ne sont pas des longitudes et latitudes ({WGS84}) ; reprojetez la couche."
        )
