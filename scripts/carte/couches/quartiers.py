"""The quartiers prioritaires of a département: outlines as the ANCT publishes them, and the population of each."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import shapely

from carte.couches.brut import Brut, CouchesIndisponibles
from carte.couches.formules import calculer
from carte.couches.lecture import archive, lire_entree
from carte.couches.registre import Alias, Compagnon, TableNationale
from carte.couches.tables import trouver
from carte.ecrits.json_strict import analyser_json
from carte.erreurs import ErreurCarte
from carte.records.rules.territoire import departement_du_code

# In the archive, the same outlines come in several projections; this one is in degrees.
_EN_DEGRES = "wgs84.geojson"


def extraire(
    table: TableNationale, contours: Brut, populations: Mapping[str, float | None], departements: Collection[str]
) -> bytes:
    """The quarters of some départements as GeoJSON (WGS84): `code nom commune code_departement population`.

    One per line, sorted by code; `population` is null when secret or not given. Raises CouchesIndisponibles.
    """
    elements = _elements(contours)
    if len(elements) < table.lignes_au_moins:
        raise CouchesIndisponibles(
            f"{contours.source} : {len(elements)} quartiers lus, il en faut au moins {table.lignes_au_moins}."
        )
    siens = []
    for element in elements:
        dits = {nom: _dit(element, connus, nom, contours.source) for nom, connus in table.colonnes.items()}
        departement = _departement(dits["code_insee"])
        if departement is not None and departement in departements:
            siens.append(_element(element, dits, departement, populations, contours.source))
    lignes = [json.dumps(x, ensure_ascii=False, separators=(",", ":")) for x in sorted(siens, key=_code)]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lignes) + "\n]}\n").encode("utf-8")


def lire_populations(table: Compagnon, brut: Brut) -> dict[str, float | None]:
    """Inhabitants by code of quarter, None when secret. Raises CouchesIndisponibles."""
    places, rangees = trouver(brut.contenu, brut.source, table.colonnes)
    rang = places.colonnes["code"][0][1]
    try:
        return {
            rangee[rang].strip(): calculer(rangee, places.colonnes["population"])
            for rangee in rangees
            if rang < len(rangee) and rangee[rang].strip().startswith("Q")
        }
    except ValueError as erreur:
        raise CouchesIndisponibles(f"{brut.source} : « population » n'est pas un nombre ({erreur}).") from erreur


def _elements(brut: Brut) -> list[dict[str, Any]]:
    try:
        lu = analyser_json(_geojson(brut), brut.source)
    except ErreurCarte as erreur:
        raise CouchesIndisponibles(str(erreur)) from erreur
    elements = lu.get("features") if isinstance(lu, dict) else None
    if not isinstance(elements, list) or not all(isinstance(x, dict) for x in elements):
        raise CouchesIndisponibles(f"{brut.source} : ce n'est pas une couche GeoJSON (« features »).")
    return elements


def _geojson(brut: Brut) -> bytes:
    if not brut.contenu.startswith(b"PK"):
        return brut.contenu
    with archive(brut.contenu, brut.source) as ouverte:
        entrees = [x for x in ouverte.infolist() if x.filename.casefold().endswith(_EN_DEGRES)]
        if not entrees:
            raise CouchesIndisponibles(f"{brut.source} : cette archive n'a pas de fichier …WGS84.geojson.")
        return lire_entree(ouverte, entrees[0], brut.source)


def _dit(element: Mapping[str, Any], connus: Alias, nom: str, source: str) -> str:
    proprietes = element.get("properties")
    proprietes = proprietes if isinstance(proprietes, dict) else {}
    trouve = next((proprietes[titre] for titre in connus if proprietes.get(titre) not in (None, "")), None)
    if trouve is None and nom != "commune":
        raise CouchesIndisponibles(f"{source} : un quartier n'a pas de « {nom} » (attendu : {', '.join(connus)}).")
    return "" if trouve is None else str(trouve).strip()


def _departement(code: str) -> str | None:
    """Of a commune's code, or a département's; a quarter over several communes names them all, the first one first."""
    premier = code.replace(",", " ").split()[0]
    return departement_du_code(premier) if len(premier) > 3 else premier


def _element(
    element: Mapping[str, Any],
    dits: Mapping[str, str],
    departement: str,
    populations: Mapping[str, float | None],
    source: str,
) -> dict[str, Any]:
    try:
        forme = shapely.make_valid(shapely.from_geojson(json.dumps(element.get("geometry"))))
    except (shapely.errors.GEOSException, ValueError, TypeError) as erreur:
        raise CouchesIndisponibles(f"{source} : le contour de {dits['code']} est illisible ({erreur}).") from erreur
    bornes = forme.bounds if forme is not None and not forme.is_empty else ()
    if not bornes or max(map(abs, bornes)) > 180:
        raise CouchesIndisponibles(f"{source} : le contour de {dits['code']} n'est pas en degrés (WGS84).")
    proprietes = {nom: dits[nom] for nom in ("code", "nom", "commune")}
    return {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(shapely.normalize(forme))),
        "properties": proprietes | {"code_departement": departement, "population": populations.get(dits["code"])},
    }


def _code(element: Mapping[str, Any]) -> str:
    return str(element["properties"]["code"])


def sans_population(contenu: bytes) -> Iterator[str]:
    """Codes of the quarters of an extract whose population is not known."""
    for element in json.loads(contenu)["features"]:
        if element["properties"]["population"] is None:
            yield _code(element)
