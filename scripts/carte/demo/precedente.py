"""The former publication of the demonstration: its open data six months before, made from today's by going back.

It shows each effect of an evolution once: other travel assumptions (method), other populations and one commune not yet
merged (population), one record corrected since, a place that was open but not listed (census), one whose opening date
is unknown, two opened since, one closed since. A record renamed since shows that a new name is no new place.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from carte.choix import Seuils
from carte.demo.communes import COMMUNE_NOUVELLE, DELEGUEES, DEPARTEMENT, CommuneFictive, communes
from carte.demo.contours import contours, decaler
from carte.demo.fiches import SOURCE, lieux

DOSSIER = "publication-precedente"
DATE = "2026-05-04"
TITRES = {
    "lieux.json": "Publication précédente : fiches complètes",
    "indicateurs-commune.csv": "Publication précédente : communes, populations et emplacements",
    "datapackage.json": "Publication précédente : date, paramètres et fichiers",
}
PARAMETRES = {
    "seuils": {"voiture": Seuils().voiture, "velo": Seuils().velo, "pied": Seuils().pied},
    # Longer by road than what is assumed today.
    "hypotheses": {"detour_voiture": 1.4},
}

OUVERTS_DEPUIS = ("99/ecrivains-publics-de-hautbuisson", "99/espace-de-vie-sociale-des-deux-clochers")
RECENSE_DEPUIS = "99/tiers-lieu-la-grange-aux-idees"
DATE_INCONNUE = "99/cyber-cafe-associatif-de-pont-d-erve"
CORRIGE = "99/france-services-de-sablonniere"
FERME = "99/atelier-numerique-de-bellelande"

_POPULATION_PCT = {"249900010": 99, "249900028": 102}  # former population, in % of today's; others: unchanged
_DELEGUEE_PCT = 65  # share of the merged commune that lived in its present seat


def fichiers() -> dict[str, str]:
    """The files of the package, by name."""
    contenus = {"lieux.json": _lieux(), "indicateurs-commune.csv": _communes()}
    return {**contenus, "datapackage.json": _paquet(contenus)}


def _paquet(contenus: dict[str, str]) -> str:
    paquet = {
        "profile": "data-package",
        "name": f"carte-{DEPARTEMENT}-precedente",
        "title": "Publication précédente de la démonstration (extrait)",
        "description": "Ce que la comparaison lit d’une publication. Données fictives, générées par carte demo.",
        "created": f"{DATE}T00:00:00Z",
        "parametres": PARAMETRES,
        "resources": [
            {"name": nom.split(".")[0], "path": nom, "title": TITRES[nom], "encoding": "utf-8"} for nom in contenus
        ],
    }
    return json.dumps(paquet, ensure_ascii=False, indent=1) + "\n"


def _lieux() -> str:
    """The records as they were, one a line, under the identifiers of the time."""
    absents = {*OUVERTS_DEPUIS, RECENSE_DEPUIS, DATE_INCONNUE}
    anciens = {
        cle: lieu.model_dump(mode="json", exclude_none=True)
        for cle, lieu in lieux().items()
        if cle not in absents and lieu.doublon_de is None
    }
    anciens[CORRIGE]["services"].remove("Accès internet et matériel informatique")
    anciens[FERME] = _ferme()
    renommees = {(fiche.get("anciens_identifiants") or [cle])[0]: fiche for cle, fiche in anciens.items()}
    lignes = (json.dumps({"id": cle, **fiche}, ensure_ascii=False) for cle, fiche in sorted(renommees.items()))
    return "[\n" + ",\n".join(lignes) + "\n]\n"


def _ferme() -> dict[str, Any]:
    commune = next(c for c in communes() if c.nom == "Bellelande")
    longitude, latitude = decaler(contours()[commune.code].mairie, 25, -30)
    return {
        "nom": "Atelier numérique de Bellelande",
        "commune": commune.nom,
        "code_insee": commune.code,
        "code_postal": commune.codes_postaux[0],
        "latitude": latitude,
        "longitude": longitude,
        "horaires": "We 14:00-17:00",
        "source": SOURCE,
        "date_maj": "2026-03-12",
        "services": ["Maîtrise des outils numériques du quotidien"],
        "modalites_acces": ["Se présenter"],
    }


def _communes() -> str:
    sortie = io.StringIO(newline="")
    ecrivain = csv.writer(sortie, lineterminator="\n")
    ecrivain.writerow(["code", "nom", "code_epci", "code_departement", "population", "lat", "lon", "surface_km2"])
    ecrivain.writerows(
        ligne for commune in communes() if commune.departement == DEPARTEMENT for ligne in _avant(commune)
    )
    return sortie.getvalue()


def _avant(commune: CommuneFictive) -> Iterator[tuple[object, ...]]:
    """The row of a commune; two for the one that was merged since."""
    population = commune.population * _POPULATION_PCT.get(commune.epci, 100) // 100
    contour = contours()[commune.code]
    commun = (commune.epci, commune.departement)
    if commune.code != COMMUNE_NOUVELLE:
        yield commune.code, commune.nom, *commun, population, *_place(contour.mairie), contour.surface_ha / 100
        return
    siege = population * _DELEGUEE_PCT // 100
    autre = lieux()["99/bibliotheque-de-lande-sainte-croix"]
    places = (contour.mairie, (autre.longitude, autre.latitude))
    for (code, nom), habitants, place in zip(DELEGUEES, (siege, population - siege), places, strict=True):
        yield code, nom, *commun, habitants, *_place(place), contour.surface_ha / 200


def _place(point: tuple[float | None, float | None]) -> tuple[float | None, float | None]:
    return point[1], point[0]
