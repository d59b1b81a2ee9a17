"""Open data: places (CSV of the national standard, GeoJSON, JSON), tables of the report, and their description."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carte.indicators import Indicateurs
from carte.picture import Picture
from carte.records import Enregistrement, Lieu

if TYPE_CHECKING:
    from pandas import DataFrame

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
# A spreadsheet runs a cell that starts so, unless it is a plain number or an international telephone number.
_FORMULE = re.compile(r"[=+\-@\t\r]")
_INOFFENSIF = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Ressource:
    """One published file: its name, its bytes, and how the data package describes it."""

    nom: str
    fichier: str
    titre: str
    contenu: bytes
    mediatype: str
    champs: tuple[dict[str, str], ...] = ()


def ecrire(picture: Picture, dossier: Path) -> None:
    """Write every open-data file and `datapackage.json` in `dossier/donnees`."""
    destination = dossier / "donnees"
    destination.mkdir(parents=True, exist_ok=True)
    ressources = [*_lieux(picture), *_tables(picture.indicateurs)]
    for ressource in ressources:
        (destination / ressource.fichier).write_bytes(ressource.contenu)
    (destination / "datapackage.json").write_bytes(_json(datapackage(picture, ressources)))


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
            _json({"type": "FeatureCollection", "features": [entite(e) for e in enregistrements]}),
            "application/geo+json",
        ),
        Ressource(
            "lieux-json",
            "lieux.json",
            "Lieux de médiation numérique, fiches complètes",
            _json([{"id": e.identifiant, **champs(e.lieu)} for e in enregistrements]),
            "application/json",
        ),
    ]


def champs(lieu: Lieu) -> dict[str, Any]:
    """The fields a record really has, as JSON values; what is unknown is absent."""
    return lieu.model_dump(mode="json", exclude_none=True)


def entite(enregistrement: Enregistrement) -> dict[str, Any]:
    """A GeoJSON feature (WGS84, longitude first); the geometry is null when the coordinates are unknown."""
    lieu = enregistrement.lieu
    situe = lieu.latitude is not None and lieu.longitude is not None
    return {
        "type": "Feature",
        "id": enregistrement.identifiant,
        "geometry": {"type": "Point", "coordinates": [lieu.longitude, lieu.latitude]} if situe else None,
        "properties": {"id": enregistrement.identifiant, **champs(lieu)},
    }


def ligne_standard(enregistrement: Enregistrement) -> dict[str, object]:
    """A record as one row of the national standard: multiple values joined by `|`, unknown left empty."""
    valeurs = {"id": enregistrement.identifiant, **champs(enregistrement.lieu)}
    return {
        nom: "|".join(valeur) if isinstance(valeur := valeurs.get(nom), list) else valeur for nom in COLONNES_STANDARD
    }


def _champ_standard(nom: str) -> dict[str, str]:
    types = {"latitude": "number", "longitude": "number", "date_maj": "date"}
    return {"name": nom, "type": types.get(nom, "string")}


def _tables(indicateurs: Indicateurs) -> list[Ressource]:
    definitions = [asdict(definition) for definition in indicateurs.definitions]
    return [_table_de_niveau(niveau, table.copy().reset_index()) for niveau, table in indicateurs.tables.items()] + [
        Ressource(
            "definitions",
            "definitions.csv",
            "Définition de chaque indicateur : formule, unité, source, biais",
            table_csv(list(definitions[0]), definitions),
            "text/csv",
            tuple({"name": nom, "type": "string"} for nom in definitions[0]),
        )
    ]


def _table_de_niveau(niveau: str, table: "DataFrame") -> Ressource:
    nom = f"indicateurs-{niveau.replace('_', '-')}"
    lignes: list[dict[str, object]] = [
        dict(zip(table.columns, ligne, strict=True)) for ligne in table.itertuples(index=False)
    ]
    return Ressource(
        nom,
        f"{nom}.csv",
        f"Indicateurs du rapport, niveau : {niveau.replace('_', ' ')}",
        table_csv(list(table.columns), lignes),
        "text/csv",
        tuple({"name": str(colonne), "type": _type(table[colonne])} for colonne in table.columns),
    )


def _type(colonne: Any) -> str:
    """The frictionless type of a table's column."""
    if colonne.dtype.kind == "b" or str(colonne.dtype) == "boolean":
        return "boolean"
    if colonne.dtype.kind in "iu":
        return "integer"
    return "number" if colonne.dtype.kind == "f" else "string"


def table_csv(colonnes: Iterable[str], lignes: Iterable[Mapping[str, object]]) -> bytes:
    """A comma-separated UTF-8 table; unknown is an empty cell, and no cell can act as a formula."""
    colonnes = list(colonnes)
    sortie = io.StringIO(newline="")
    ecrivain = csv.writer(sortie, lineterminator="\n")
    ecrivain.writerow(colonnes)
    ecrivain.writerows([cellule(ligne[nom]) for nom in colonnes] for ligne in lignes)
    return sortie.getvalue().encode()


def cellule(valeur: object) -> str:
    """One cell: empty when unknown; a text that a spreadsheet would run is preceded by an apostrophe."""
    # Only NaN differs from itself.
    if valeur is None or str(valeur) == "<NA>" or valeur != valeur:
        return ""
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, int | float):
        return repr(valeur)
    if isinstance(valeur, list | tuple):
        return cellule("|".join(map(str, valeur)))
    texte = str(valeur)
    return f"'{texte}" if _FORMULE.match(texte) and not _INOFFENSIF.fullmatch(texte) else texte


def _json(valeur: object) -> bytes:
    return (json.dumps(valeur, ensure_ascii=False, separators=(",", ":"), sort_keys=False) + "\n").encode()
