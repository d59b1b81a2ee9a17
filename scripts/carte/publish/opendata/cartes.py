"""Communes and EPCI with their key figures and simplified outlines, as GeoJSON (WGS84): ready for any map."""

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import shapely

from carte.choix import FAMILLES
from carte.publish.maps.contours import arrondies
from carte.publish.opendata.formats import Ressource, en_json
from carte.publish.opendata.parties import Decoupage, elements

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import DataFrame

    from carte.choix import Seuils
    from carte.indicators import Indicateurs
    from carte.publish.maps.contours import Contours

_PARTS = ("num", "den", "bas", "haut")
AUCUN = "aucun lieu"
"""Written instead of an infinite time: JSON has no word for it."""


def ressources(indicateurs: "Indicateurs", contours: "Mapping[str, Contours]", coupe: Decoupage) -> Iterator[Ressource]:
    """The two files, rows in the order of the tables; a territory without outline has a null geometry."""
    tables, seuils = indicateurs.tables, indicateurs.seuils
    communes = _formes([un.communes for un in contours.values()], "code_insee", "")
    parts: dict[str, Any] = {}
    for un in contours.values():
        parts |= _formes([un.epci], "code_epci", f"-{un.departement}")
    titre = "Communes : contours simplifiés et chiffres clés"
    yield from _ressource("communes", titre, tables["commune"][_colonnes_communes(seuils)], communes, coupe)
    titre = "Intercommunalités, par partie de département : contours simplifiés et chiffres clés"
    yield from _ressource("epci", titre, tables["epci_departement"][_colonnes_epci(seuils)], parts, coupe)


def _formes(cadres: "list[GeoDataFrame]", code: str, fin: str) -> dict[str, Any]:
    return {
        f"{c}{fin}": forme
        for cadre in cadres
        for c, forme in zip(cadre[code], arrondies(cadre.geometry.to_numpy()), strict=True)
    }


def _ressource(
    nom: str, titre: str, table: "DataFrame", formes: Mapping[str, Any], coupe: Decoupage
) -> Iterator[Ressource]:
    entites = [
        {
            "type": "Feature",
            "id": code,
            "geometry": _geometrie(formes.get(str(code))),
            "properties": {"code": code} | {c: _valeur(v) for c, v in ligne.items()},
        }
        for code, ligne in table.to_dict("index").items()
    ]
    yield from elements(
        coupe,
        Ressource(f"{nom}-geojson", f"{nom}.geojson", titre, "application/geo+json"),
        entites,
        lambda membres: en_json({"type": "FeatureCollection", "features": membres}),
        lambda entite: coupe.de_la_ligne(entite["properties"]),
    )


def _colonnes_communes(seuils: "Seuils") -> list[str]:
    temps = ["A1_voiture_val", *(f"A1_voiture_{famille}_val" for famille in FAMILLES)]
    return [*_communes(), *temps, *_parts(f"B1_{seuils.classe_debit}"), *_deficits(seuils)]


def _colonnes_epci(seuils: "Seuils") -> list[str]:
    bases = [f"A2_voiture_{seuil}{fin}" for seuil in seuils.voiture for fin in ("", *(f"_{f}" for f in FAMILLES))]
    sans_voiture = [f"A3_velo_{seuils.velo[0]}", f"A3_pied_{seuils.pied}"]
    parts = [colonne for base in [*bases, *sans_voiture, f"B1_{seuils.classe_debit}"] for colonne in _parts(base)]
    parts += [f"{base}_statut" for base in sans_voiture]
    return [*_communes(), *parts, "A7_voiture_mediane_val", *_deficits(seuils)]


def _communes() -> list[str]:
    return ["nom", "code_epci", "code_departement", "population", "lieux"]


def _deficits(seuils: "Seuils") -> Iterator[str]:
    for seuil in seuils.voiture:
        yield from _parts(f"G1_{seuil}")
        yield from (f"G3_{seuil}{fin}_statut" for fin in ("", *(f"_{f}" for f in FAMILLES)))


def _parts(base: str) -> list[str]:
    return [f"{base}_{fin}" for fin in _PARTS]


def _geometrie(forme: Any) -> Any:
    return None if forme is None else shapely.geometry.mapping(forme)


def _valeur(brut: Any) -> Any:
    """A JSON value: null when unknown, words for an infinite time."""
    if isinstance(brut, float):
        return None if math.isnan(brut) else AUCUN if math.isinf(brut) else round(brut, 6)
    return brut if brut is None or isinstance(brut, int | str) else str(brut)
