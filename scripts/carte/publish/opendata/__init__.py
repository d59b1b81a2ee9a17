"""Open data: places (CSV of the national standard, GeoJSON, JSON), tables of the report, and their description."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carte.evolution.lecture import decrire_parametres
from carte.picture import Picture
from carte.publish import maps
from carte.publish.opendata import cartes, lieux, tables
from carte.publish.opendata.champs import champs
from carte.publish.opendata.formats import Ressource, en_json
from carte.publish.opendata.lieux import conformite, entite
from carte.publish.opendata.standard import COLONNES_STANDARD, ligne_standard
from carte.publish.sources import Source, toutes_les_sources

if TYPE_CHECKING:
    from carte.publish.maps.contours import Contours

__all__ = ["COLONNES_STANDARD", "champs", "conformite", "datapackage", "ecrire", "entite", "ligne_standard"]

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
        *lieux.ressources(picture),
        *tables.ressources(picture),
        *cartes.ressources(picture.indicateurs, contours or maps.preparer(picture)),
    ]
    for ressource in ressources:
        (destination / ressource.fichier).write_bytes(ressource.contenu)
    (destination / "datapackage.json").write_bytes(en_json(datapackage(picture, ressources)))


def ecrire_par_departement(picture: Picture, dossier: Path) -> None:
    """Write the rows of each département alone in `dossier/donnees/lieux`, for whoever downloads a list of the search:
    parts of `lieux-tableur.csv`, not described again."""
    destination = dossier / "donnees" / "lieux"
    destination.mkdir(parents=True, exist_ok=True)
    for code, contenu in lieux.par_departement(picture).items():
        (destination / f"{code}.csv").write_bytes(contenu)


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
        "sources": [_source(source, configuration.url) for source in toutes_les_sources(picture)],
        "millesimes": dict(sorted(picture.millesimes.items())),
        "parametres": decrire_parametres(picture.indicateurs.seuils, picture.indicateurs.parametres),
        "resources": [_description(ressource) for ressource in ressources],
    }


def _source(source: Source, site: str) -> dict[str, str]:
    """A source of the package: `title`, `path` and, beyond the standard, its vintage and licence. The records have no
    other page than the site's."""
    adresse = source.adresse or (site if source.cle == "lieux" and site.startswith("https://") else "")
    return {
        "title": f"{source.titre} : {source.complet}",
        **({"path": adresse} if adresse else {}),
        "millesime": source.millesime,
        "licence": source.licence,
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
        return {**commun, **ressource.dits}
    schema = {"fields": list(ressource.champs), "missingValues": [""]}
    return {**commun, "profile": "tabular-data-resource", "schema": schema, **ressource.dits}
