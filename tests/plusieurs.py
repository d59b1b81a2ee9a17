"""A world of several départements, small enough to draw: squares side by side, nine communes in each, some places.

Codes are those of real départements, for their order and their calendars; everything else is invented. Published with
the product's own functions: the home page, the search, the map and the worker.
"""

import math
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from geopandas import GeoDataFrame
from pandas import DataFrame
from shapely.geometry import box

from carte import indicators, nomenclature
from carte.config import Configuration, Dossiers
from carte.picture import Picture
from carte.publication import Chantier
from carte.publish import horsligne, maps, search
from carte.publish.atlas import Atlas
from carte.publish.cadre import actifs, editorial
from carte.publish.cadre.contexte import Contexte
from carte.publish.cadre.shell import ecrire_page
from carte.publish.libelles import Libelles
from carte.publish.search import repertoire
from carte.records import Enregistrement, Lieu
from carte.territory import Territoire
from sites import RACINE

JOUR = date(2026, 11, 2)
PAR_LIGNE = 6
LARGEUR, HAUTEUR = 0.9, 0.6  # degrees: about 65 km
COTE = 3  # communes on each side of a département
# Left without coordinates: they are on the list, and not on the map.
SANS_POSITION = 2


def place(rang: int) -> tuple[float, float]:
    """West and south of a département, by its rank."""
    return -1.0 + LARGEUR * (rang % PAR_LIGNE), 44.0 + HAUTEUR * (rang // PAR_LIGNE)


def territoire(propres: Sequence[str], autres: Sequence[str] = ()) -> Territoire:
    """The départements of the deployment, then others beside them."""
    codes = [*propres, *autres]
    lignes = [ligne for rang, code in enumerate(codes) for ligne in _communes(rang, code, code in propres)]
    noms = [f"Pays {code}" for code in codes]
    return Territoire(
        communes=GeoDataFrame(lignes, geometry="geometry", crs="EPSG:4326"),
        epci=DataFrame(columns=["code_epci", "nom", "type", "codes_departements", "membres", "population"]),
        departements=DataFrame({"code": codes, "nom": noms, "code_region": "00"}),
        regions=DataFrame({"code": ["00"], "nom": ["Exemple"]}),
        successeurs={},
        millesimes={"cog": "2026"},
    )


def _communes(rang: int, code: str, propre: bool) -> list[dict[str, Any]]:
    ouest, sud = place(rang)
    large, haut = LARGEUR / COTE, HAUTEUR / COTE
    communes = []
    for n in range(COTE * COTE):
        x, y = ouest + large * (n % COTE), sud + haut * (n // COTE)
        communes.append(
            {
                "code_insee": f"{code}{n + 1:03}", "nom": f"Bourg{'abcdefghi'[n]}-{code}", "code_departement": code,
                "code_region": "00", "code_epci": None, "population": 1000.0 - n, "surface_km2": 400.0,
                "lat": y + haut / 2, "lon": x + large / 2, "point_source": "mairie", "codes_postaux": [f"{code}00{n}"],
                "dans_perimetre": propre, "origine": "perimetre" if propre else "voisin",
                "geometry": box(x, y, x + large, y + haut),
            }
        )  # fmt: skip
    return communes


def lieux(monde: Territoire, par_departement: int) -> tuple[Enregistrement, ...]:
    """« France services » in so many communes of each département, the last ones without coordinates."""
    fiches = []
    for code, communes in monde.communes.groupby("code_departement", sort=True):
        for n in range(par_departement):
            commune = communes.iloc[n % len(communes)]
            ecart = 0.01 * (n // len(communes))
            pose = {"latitude": float(commune.lat) + ecart, "longitude": float(commune.lon)}
            champs: dict[str, Any] = {
                "nom": f"France services de {commune.nom}",
                "commune": commune.nom,
                "code_insee": commune.code_insee,
                "services": ["Aide aux démarches administratives"],
                "source": "Essai",
                "date_maj": JOUR,
                **(pose if n < par_departement - SANS_POSITION else {}),
            }
            identifiant = f"{code}/france-services-{n:03}"
            fiches.append(Enregistrement(identifiant, f"offers/{identifiant}.yml", Lieu(**champs)))
    return tuple(fiches)


def publier(
    dossier: Path,
    propres: Sequence[str],
    autres: Sequence[str] = (),
    par_departement: int = 6,
    un_seul_fichier: int = repertoire.UN_SEUL_FICHIER,
) -> Path:
    """Write the home page, the search, the map, bare fiches and the worker of such a world; returns `dossier`.

    `un_seul_fichier`: above so many names, a directory is cut into buckets, as that of the country is.
    """
    monde = territoire(propres, autres)
    fiches = lieux(monde, par_departement)
    configuration = Configuration(
        nom="Carte de plusieurs départements",
        hub="Essai",
        courriel="contact@hub.example",
        url="https://carte.example/",
        departements=tuple(propres),
        date_publication=JOUR,
        dossiers=Dossiers(lieux=RACINE / "offers", geo=RACINE / "geo", sortie=dossier),
        demonstration=True,
    )
    morceaux = SimpleNamespace(
        configuration=configuration,
        vocabulaires=_vocabulaires(),
        enregistrements=fiches,
        problemes=(),
        territoire=monde,
        offre=indicators.construire_offre(fiches, monde, _vocabulaires(), JOUR),
        indicateurs=SimpleNamespace(definitions=()),
        millesimes={"cog": "2026"},
    )
    image = cast(Picture, morceaux)
    atlas, libelles = Atlas(monde), Libelles.lire(_vocabulaires())
    contexte = Contexte(
        configuration=configuration,
        actifs=actifs.rassembler(RACINE),
        modele={"definitions": (), "millesimes": image.millesimes, "complet": True},
    )
    shell = editorial.construire(contexte, Chantier.sur(dossier), RACINE)
    points = atlas.points(fiches)
    search.ecrire(points, atlas, libelles, Chantier.sur(dossier), jour=JOUR, un_seul_fichier=un_seul_fichier)
    maps.ecrire(image, points, atlas, libelles, shell, maps.preparer(image), Chantier.sur(dossier))
    for fiche in fiches:
        chemin = f"lieux/{fiche.identifiant}/"
        ecrire_page(Chantier.sur(dossier), chemin, shell.page(chemin, fiche.lieu.nom, f"<h1>{fiche.lieu.nom}</h1>"))
    horsligne.ecrire(configuration, atlas, Chantier.sur(dossier))
    return dossier


@cache
def _vocabulaires() -> dict[str, nomenclature.Vocabulaire]:
    return nomenclature.lire(RACINE / "offers" / "nomenclature")


def cadre(nombre: int) -> tuple[float, float, float, float]:
    """West, south, east and north of the first `nombre` départements."""
    ouests, suds = zip(*map(place, range(nombre)), strict=True)
    return min(ouests), min(suds), max(ouests) + LARGEUR, max(suds) + HAUTEUR


def zoom_attendu(nombre: int, large: int, haut: int) -> float:
    """The zoom at which the perimeter fills a map of that size, in whole and half steps of Leaflet."""
    ouest, sud, est, nord = cadre(nombre)
    hauteur = (math.asinh(math.tan(math.radians(nord))) - math.asinh(math.tan(math.radians(sud)))) / (2 * math.pi)
    zoom = min(math.log2(large / ((est - ouest) / 360 * 256)), math.log2(haut / (hauteur * 256)))
    return math.floor(zoom * 2) / 2
