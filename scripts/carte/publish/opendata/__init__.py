"""Open data: places (CSV of the national standard, GeoJSON, JSON), tables of the report, and their description."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carte.evolution.lecture import decrire_parametres
from carte.picture import Picture
from carte.publish import maps
from carte.publish.opendata import cartes, tables
from carte.publish.opendata.formats import Ressource, en_json, table_csv
from carte.records import Enregistrement, Lieu

if TYPE_CHECKING:
    from carte.publish.maps.contours import Contours

# The 32 columns of the national standard v1.0.2, in its order. `id` is the record's path.
COLONNES_STANDARD = (
    "id pivot nom commune code_postal code_insee adresse complement_adresse latitude longitude typologie telephone "
    "courriels site_web horaires presentation_resume presentation_detail source itinerance structure_parente date_maj "
    "services publics_specifiquement_adresses prise_en_charge_specifique frais_a_charge "
    "dispositif_programmes_nationaux formations_labels autres_formations_labels modalites_acces "
    "modalites_accompagnement fiche_acces_libre prise_rdv"
).split()

LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}


def ecrire(picture: Picture, dossier: Path, contours: "Mapping[str, Contours] | None" = None) -> None:
    """Write every open-data file and `datapackage.json` in `dossier/donnees`.

    `contours` (see `maps.preparer`) are prepared here when the caller has none.
    """
    destination = dossier / "donnees"
    destination.mkdir(parents=True, exist_ok=True)
    ressources = [
        *_lieux(picture),
        *tables.ressources(picture),
        *cartes.ressources(picture.indicateurs, contours or maps.preparer(picture)),
    ]
    for ressource in ressources:
        (destination / ressource.fichier).write_bytes(ressource.contenu)
    (destination / "datapackage.json").write_bytes(en_json(datapackage(picture, ressources)))


def datapackage(picture: Picture, ressources: Iterable[Ressource]) -> dict[str, Any]:
    """The description of the package (frictionless Data Package v1): licence, dates, sources, one entry a file."""
    configuration = picture.configuration
    fictif = " Données fictives, pour la démonstration." if configuration.demonstration else ""
    return {
        "profile": "data-package",
        "name": "carte-" + "-".join(configuration.departements).lower(),
        "title": configuration.nom,
        "description": f"Lieux de médiation numérique et indicateurs d'accès, publiés par {configuration.hub}.{fictif}",
        "homepage": configuration.url,
        "created": f"{configuration.date_publication.isoformat()}T00:00:00Z",
        "licenses": [LICENCE],
        "contributors": [{"title": configuration.hub, "email": configuration.courriel, "role": "publisher"}],
        "millesimes": dict(sorted(picture.millesimes.items())),
        "parametres": decrire_parametres(picture.indicateurs.seuils, picture.indicateurs.parametres),
        "resources": [_description(ressource) for ressource in ressources],
    }


def _description(ressource: Ressource) -> dict[str, Any]:
    commun = {
        "name": ressource.nom,
        "path": ressource.fichier,
        "title": ressource.titre,
        "format": ressource.fichier.rsplit(".", 1)[1],
        "mediatype": ressource.mediatype,
        "encoding": "utf-8",
        "bytes": len(ressource.contenu),
        "hash": f"sha256:{hashlib.sha256(ressource.contenu).hexdigest()}",
    }
    if not ressource.champs:
        return commun
    schema = {"fields": list(ressource.champs), "missingValues": [""]}
    return {**commun, "profile": "tabular-data-resource", "schema": schema}


def _lieux(picture: Picture) -> list[Ressource]:
    enregistrements = sorted(picture.enregistrements, key=lambda e: e.identifiant)
    return [
        Ressource(
            "lieux",
            "lieux.csv",
            "Lieux de médiation numérique, au format du standard national v1.0.2",
            table_csv(COLONNES_STANDARD, map(ligne_standard, enregistrements)),
            "text/csv",
            tuple(_champ_standard(nom) for nom in COLONNES_STANDARD),
        ),
        Ressource(
            "lieux-geojson",
            "lieux.geojson",
            "Lieux de médiation numérique, avec les champs ajoutés au standard, pour une carte",
            en_json({"type": "FeatureCollection", "features": [entite(e) for e in enregistrements]}),
            "application/geo+json",
        ),
        Ressource(
            "lieux-json",
            "lieux.json",
            "Lieux de médiation numérique, fiches complètes",
            en_json([{"id": e.identifiant, **_champs_ecrits(e)} for e in enregistrements]),
            "application/json",
        ),
    ]


def champs(lieu: Lieu) -> dict[str, Any]:
    """The fields a record really has, as JSON values; what is unknown is absent."""
    return lieu.model_dump(mode="json", exclude_none=True)


def _champs_ecrits(enregistrement: Enregistrement) -> dict[str, Any]:
    """The fields of a record, an arrondissement's code given back as it was written, for the place and its stops."""
    lieu, valeurs = enregistrement.lieu, champs(enregistrement.lieu)
    if trouve := enregistrement.arrondissement(lieu):
        valeurs["code_insee"] = trouve.code
    for arret, ecrit in zip(lieu.tournee or (), valeurs.get("tournee", ()), strict=True):
        if trouve := enregistrement.arrondissement(arret):
            ecrit["code_insee"] = trouve.code
    return valeurs


def entite(enregistrement: Enregistrement) -> dict[str, Any]:
    """A GeoJSON feature (WGS84, longitude first); the geometry is null when the coordinates are unknown."""
    lieu = enregistrement.lieu
    situe = lieu.latitude is not None and lieu.longitude is not None
    return {
        "type": "Feature",
        "id": enregistrement.identifiant,
        "geometry": {"type": "Point", "coordinates": [lieu.longitude, lieu.latitude]} if situe else None,
        "properties": {"id": enregistrement.identifiant, **_champs_ecrits(enregistrement)},
    }


def ligne_standard(enregistrement: Enregistrement) -> dict[str, object]:
    """A record as one row of the national standard: multiple values joined by `|`, unknown left empty."""
    valeurs = {"id": enregistrement.identifiant, **_champs_ecrits(enregistrement)}
    return {
        nom: "|".join(valeur) if isinstance(valeur := valeurs.get(nom), list) else valeur for nom in COLONNES_STANDARD
    }


def _champ_standard(nom: str) -> dict[str, str]:
    types = {"latitude": "number", "longitude": "number", "date_maj": "date"}
    return {"name": nom, "type": types.get(nom, "string")}
