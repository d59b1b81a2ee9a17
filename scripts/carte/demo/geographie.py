"""Fictional territory layers: outlines as geo.api.gouv.fr answers them, official code as Etalab publishes it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from carte.demo.communes import (
    ANCIENS_CODES,
    CHEFS_LIEUX,
    COMMUNE_NOUVELLE,
    DELEGUEES,
    DEPARTEMENT,
    EPCIS,
    NOM_REGION,
    NOMS_DEPARTEMENTS,
    REGION,
    CommuneFictive,
    EpciFictif,
    communes,
    membres,
)
from carte.demo.contours import contours

# Insee's TNCC: 0 none, 1 none before a vowel, 2 « le », 3 « la », 4 « les », 5 « l' ».
_ARTICLES = (("Le ", 2), ("La ", 3), ("Les ", 4), ("L'", 5))
_VOYELLES = "AEIOUYÂÀÉÈÊËÎÏÔŒÙÛ"
_POPULATION_TOTALE = 102  # % of the municipal population: people counted apart
_MILLESIME_EPCI = 99  # % of the current population: EPCI tables are one vintage late


def contours_geojson(departement: str) -> str:
    """The communes of one département, one feature a line, shape of geo.api.gouv.fr (surface in hectares)."""
    traits = [_feature(commune) for commune in communes() if commune.departement == departement]
    lignes = ",\n".join(_json(trait) for trait in traits)
    return '{"type":"FeatureCollection","features":[\n' + lignes + "\n]}\n"


def epcis_json() -> str:
    """EPCI of the fictional département, shape of geo.api.gouv.fr."""
    return _liste(
        {"nom": epci.nom, "code": epci.code, "codesDepartements": _departements(epci)}
        for epci in EPCIS
        if DEPARTEMENT in _departements(epci)
    )


def cog_communes() -> str:
    """Communes, and the déléguées of the commune nouvelle, keyed on (code, type)."""
    lignes: list[dict[str, Any]] = []
    for commune in communes():
        lignes.append(_cog_commune(commune))
        if commune.code == COMMUNE_NOUVELLE:
            lignes.extend(_cog_deleguee(code, nom, commune) for code, nom in DELEGUEES)
    return _liste(sorted(lignes, key=lambda ligne: (ligne["departement"], ligne["code"], ligne["type"])))


def cog_epci() -> str:
    """EPCI and their members; populations of the vintage before, as in the real file: never mix them."""
    return _liste(_cog_epci(epci) for epci in sorted(EPCIS, key=lambda epci: epci.code))


def cog_departements() -> str:
    """The fictional département and its neighbour."""
    return _liste(
        {"code": code, "region": REGION, "chefLieu": CHEFS_LIEUX[code], "nom": nom, **_liaison(nom), "zone": "metro"}
        for code, nom in sorted(NOMS_DEPARTEMENTS.items())
    )


def cog_regions() -> str:
    """The fictional région."""
    chef_lieu = CHEFS_LIEUX[DEPARTEMENT]
    nom = NOM_REGION
    return _liste([{"code": REGION, "chefLieu": chef_lieu, "nom": nom, **_liaison(nom), "zone": "metro"}])


def siren(huit_chiffres: str) -> str:
    """A nine-digit number that satisfies Luhn's key."""
    return huit_chiffres + cle_luhn(huit_chiffres)


def cle_luhn(chiffres: str) -> str:
    """The digit that completes `chiffres` so that the whole satisfies Luhn's key."""
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (2 if rang % 2 == 0 else 1)
        somme += valeur - 9 if valeur > 9 else valeur
    return str(-somme % 10)


def _feature(commune: CommuneFictive) -> dict[str, Any]:
    contour = contours()[commune.code]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [contour.anneau]},
        "properties": {
            "nom": commune.nom,
            "code": commune.code,
            "codesPostaux": commune.codes_postaux,
            "codeEpci": commune.epci,
            "codeDepartement": commune.departement,
            "codeRegion": REGION,
            "population": commune.population,
            "surface": contour.surface_ha,
            "centre": {"type": "Point", "coordinates": contour.centre},
            "mairie": {"type": "Point", "coordinates": contour.mairie},
        },
    }


def _departements(epci: EpciFictif) -> list[str]:
    return sorted({commune.departement for commune in membres(epci.code)})


def _cog_commune(commune: CommuneFictive) -> dict[str, Any]:
    anciens = list(ANCIENS_CODES.get(commune.code, ()))
    return {
        "code": commune.code,
        "nom": commune.nom,
        **_liaison(commune.nom),
        "zone": "metro",
        "arrondissement": commune.departement + "1",
        "departement": commune.departement,
        "region": REGION,
        "type": "commune-actuelle",
        "rangChefLieu": 3 if commune.code in CHEFS_LIEUX.values() else 0,
        **({"anciensCodes": anciens} if anciens else {}),
        "siren": _siren_commune(commune),
        "codesPostaux": commune.codes_postaux,
        "population": commune.population,
    }


def _cog_deleguee(code: str, nom: str, chef_lieu: CommuneFictive) -> dict[str, Any]:
    return {
        "code": code,
        "nom": nom,
        **_liaison(nom),
        "zone": "metro",
        "type": "commune-deleguee",
        "chefLieu": chef_lieu.code,
        "arrondissement": chef_lieu.departement + "1",
        "departement": chef_lieu.departement,
        "region": REGION,
    }


def _cog_epci(epci: EpciFictif) -> dict[str, Any]:
    lignes = [_membre(commune) for commune in membres(epci.code)]
    return {
        "code": epci.code,
        "nom": epci.nom,
        "type": epci.type,
        "modeFinancement": "FPU",
        "populationTotale": sum(ligne["populationTotale"] for ligne in lignes),
        "populationMunicipale": sum(ligne["populationMunicipale"] for ligne in lignes),
        "membres": lignes,
    }


def _membre(commune: CommuneFictive) -> dict[str, Any]:
    municipale = commune.population * _MILLESIME_EPCI // 100
    return {
        "code": commune.code,
        "siren": _siren_commune(commune),
        "nom": commune.nom,
        "populationTotale": municipale * _POPULATION_TOTALE // 100,
        "populationMunicipale": municipale,
    }


def _siren_commune(commune: CommuneFictive) -> str:
    return siren(f"21{commune.departement}0{commune.code[2:]}")


def _liaison(nom: str) -> dict[str, int]:
    for article, rang in _ARTICLES:
        if nom.startswith(article):
            return {"typeLiaison": rang}
    return {"typeLiaison": int(nom[0] in _VOYELLES)}


def _liste(lignes: Iterable[Mapping[str, Any]]) -> str:
    return "[\n" + ",\n".join(_json(ligne) for ligne in lignes) + "\n]\n"


def _json(valeur: Mapping[str, Any]) -> str:
    return json.dumps(valeur, ensure_ascii=False, separators=(",", ":"))
