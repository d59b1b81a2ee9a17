"""A perimeter as large as the country: every commune of the COG, with invented places, published by the product.

The names and codes of communes are those of the COG package, an ordinary dependency. Their positions are the middles
of the outlines of ../shared when it is there, read in place; else a grid, one square of 75 km per département. Each
outline is reduced to a small square: the search and the fiches ask for positions only.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import geopandas
import numpy as np
import pandas
import shapely

from bench import monde_lieux
from bench.monde_lieux import JOUR, Ancre
from carte import entrees, nomenclature, territory
from carte.config import Configuration, Dossiers
from carte.picture import Picture
from carte.publication import Chantier
from carte.publish import fiche, horsligne, listes, search
from carte.publish.atlas import Atlas, Point
from carte.publish.cadre import actifs, editorial
from carte.publish.cadre.contexte import Contexte
from carte.publish.libelles import Libelles
from carte.territory import Territoire

RACINE = Path(__file__).resolve().parents[2]
CONTOURS = RACINE.parent / "shared" / "data" / "contours-2018"
COTE_DEPARTEMENT = 0.75  # degrees of latitude
DEMI_CARRE = 0.01


@cache
def communes() -> tuple[Ancre, ...]:
    """Every current commune that can be placed, by code."""
    cog = _cog()
    places = _milieux(CONTOURS) if CONTOURS.is_dir() else _grille(cog)
    for ancien, actuel in cog.successeurs.items():
        if ancien in places:
            places.setdefault(actuel, places[ancien])
    return tuple(
        Ancre(c.code, c.nom, c.departement, c.codes_postaux, float(np.nan_to_num(c.population)), *places[c.code])
        for c in sorted(cog.actuelles.values())
        if c.code in places
    )


def picture(nombre: int) -> Picture:
    """The picture of `nombre` places over the whole country, with what the pages for people read of it.

    Indicators and broadband are left out: the search and the fiches do not read them.
    """
    enregistrements = monde_lieux.tirer(communes(), nombre)
    morceaux = SimpleNamespace(
        configuration=_configuration(),
        vocabulaires=_vocabulaires(),
        enregistrements=enregistrements,
        problemes=(),
        territoire=territoire(),
        indicateurs=SimpleNamespace(definitions=()),
        millesimes={"cog": "2026", "lieux": JOUR.isoformat()},
    )
    return cast(Picture, morceaux)


@cache
def territoire() -> Territoire:
    """The communes above, their EPCI and départements, all in the perimeter."""
    cog, ancres = _cog(), communes()
    table = pandas.DataFrame([_ligne(ancre, cog) for ancre in ancres])
    carres = shapely.box(
        table["lon"] - DEMI_CARRE, table["lat"] - DEMI_CARRE, table["lon"] + DEMI_CARRE, table["lat"] + DEMI_CARRE
    )
    codes = sorted({ancre.departement for ancre in ancres})
    departements = [{"code": code, "nom": cog.departements[code].nom, "dans_perimetre": True} for code in codes]
    return Territoire(
        communes=geopandas.GeoDataFrame(table, geometry=carres, crs="EPSG:4326"),
        epci=pandas.DataFrame([_epci(epci) for epci in cog.epci.values()]),
        departements=pandas.DataFrame(departements).assign(
            code_region=[cog.departements[code].region for code in codes]
        ),
        regions=pandas.DataFrame({"code": list(cog.regions), "nom": [r.nom for r in cog.regions.values()]}),
        successeurs=dict(cog.successeurs),
        millesimes=dict(cog.millesimes),
        cog=cog,
    )


@cache
def libelles() -> Libelles:
    """The words of the project's vocabularies."""
    return Libelles.lire(_vocabulaires())


@cache
def _vocabulaires() -> dict[str, nomenclature.Vocabulaire]:
    return nomenclature.lire(RACINE / "offers" / "nomenclature")


@cache
def _cog() -> territory.Cog:
    return territory.lire_cog([RACINE / entrees.COG_NATIONAL])


def _configuration() -> Configuration:
    return Configuration(
        nom="Carte d’essai du pays entier",
        hub="Banc d’essai",
        courriel="contact@hub.example",
        url="https://carte.example/",
        departements=tuple(sorted({ancre.departement for ancre in communes()})),
        date_publication=JOUR,
        dossiers=Dossiers(lieux=RACINE / "offers", geo=RACINE / "geo", sortie=RACINE / "build"),
        demonstration=True,
    )


def _ligne(ancre: Ancre, cog: territory.Cog) -> dict[str, Any]:
    return {
        "code_insee": ancre.code,
        "nom": ancre.nom,
        "code_departement": ancre.departement,
        "code_region": cog.actuelles[ancre.code].region,
        "code_epci": _epci_des_communes().get(ancre.code),
        "population": ancre.population,
        "surface_km2": 15.0,
        "lat": ancre.lat,
        "lon": ancre.lon,
        "point_source": "centre",
        "codes_postaux": list(ancre.codes_postaux),
        "dans_perimetre": True,
        "origine": "perimetre",
    }


@cache
def _epci_des_communes() -> dict[str, str]:
    return _cog().epci_des_communes()


def _epci(epci: Any) -> dict[str, Any]:
    departements = sorted({_cog().actuelles[code].departement for code in epci.membres if code in _cog().actuelles})
    return {
        "code_epci": epci.code,
        "nom": epci.nom,
        "type": epci.type,
        "codes_departements": departements,
        "membres": list(epci.membres),
        "population": math.nan,
    }


def _milieux(dossier: Path) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the middle of each outline's bounding box."""
    places = {}
    for fichier in sorted(dossier.glob("*.geojson")):
        for trait in json.loads(fichier.read_text(encoding="utf-8"))["features"]:
            points = np.array(list(_sommets(trait["geometry"]["coordinates"])))
            lon, lat = (points.min(axis=0) + points.max(axis=0)) / 2
            places[trait["properties"]["code"]] = (round(float(lat), 5), round(float(lon), 5))
    return places


def _sommets(coordonnees: Any) -> Iterator[list[float]]:
    if isinstance(coordonnees[0], int | float):
        yield coordonnees
        return
    for partie in coordonnees:
        yield from _sommets(partie)


def _grille(cog: territory.Cog) -> dict[str, tuple[float, float]]:
    """One square per département, ten by line, and its communes on a grid inside."""
    membres: dict[str, list[str]] = defaultdict(list)
    for commune in sorted(cog.actuelles.values()):
        membres[commune.departement].append(commune.code)
    places = {}
    for rang, (_, codes) in enumerate(sorted(membres.items())):
        cote = math.ceil(math.sqrt(len(codes)))
        sud, ouest = 42.5 + COTE_DEPARTEMENT * (rang // 10), -4.5 + COTE_DEPARTEMENT / 0.7 * (rang % 10)
        for place, code in enumerate(codes):
            lat = sud + COTE_DEPARTEMENT * (place // cote) / cote
            places[code] = (round(lat, 5), round(ouest + COTE_DEPARTEMENT / 0.7 * (place % cote) / cote, 5))
    return places


def publier(image: Picture, dossier: Path, *, pages: bool = False) -> list[Point]:
    """Write the home page, what it loads and the search data with the product's own functions; return the points.

    `pages`: the fiches, the lists and what is kept offline too; for the whole country they would take minutes, and no
    search reads them.
    """
    atlas = Atlas(image.territoire)
    points = atlas.points(image.enregistrements)
    contexte = Contexte(
        configuration=image.configuration,
        actifs=actifs.rassembler(RACINE),
        modele={"definitions": (), "millesimes": image.millesimes, "complet": True},
    )
    site = Chantier.sur(dossier)
    shell = editorial.construire(contexte, site, RACINE)
    fraicheur, jour = image.configuration.seuils.fraicheur_jours, image.configuration.date_publication
    search.ecrire(points, atlas, libelles(), site, fraicheur_jours=fraicheur, jour=jour)
    if pages:
        fiche.ecrire(image, shell, atlas, libelles(), site)
        listes.ecrire(points, shell, atlas, libelles(), jour, site)
        horsligne.ecrire(image.configuration, atlas, site)
    return points


def departement(image: Picture, code: str) -> Picture:
    """The part of a picture that one département would publish alone."""
    entier = image.territoire
    epci = entier.epci["codes_departements"].map(lambda codes: code in codes)
    return cast(
        Picture,
        SimpleNamespace(
            **{
                **vars(image),
                "configuration": replace(image.configuration, departements=(code,)),
                "enregistrements": tuple(e for e in image.enregistrements if e.departement == code),
                "territoire": replace(
                    entier,
                    communes=entier.communes[entier.communes["code_departement"] == code],
                    epci=entier.epci[epci],
                ),
            }
        ),
    )
