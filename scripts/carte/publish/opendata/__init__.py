"""Open data: places (CSV of the national standard, GeoJSON, JSON), tables of the report, and their description."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from carte.evolution.lecture import decrire_parametres
from carte.federation.paquet import FORMAT
from carte.picture import Picture
from carte.publication import Chantier
from carte.publish import maps
from carte.publish.opendata import cartes, lieux, tables
from carte.publish.opendata.blocs import blocs, conformite, entite
from carte.publish.opendata.champs import champs
from carte.publish.opendata.formats import Ressource, en_json
from carte.publish.opendata.parties import ENSEMBLE, Decoupage, decoupage
from carte.publish.opendata.standard import COLONNES_STANDARD, ligne_standard
from carte.publish.reprise import SANS_REPRISE, Reprise
from carte.publish.sources import Source, toutes_les_sources

if TYPE_CHECKING:
    from carte.publish.maps.contours import Contours

__all__ = ["COLONNES_STANDARD", "champs", "conformite", "datapackage", "ecrire", "entite", "ligne_standard", "modele"]

DOSSIER = "donnees"
Description = dict[str, Any]
"""An entry of the package: a resource without its content."""
LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}


def ecrire(
    picture: Picture,
    site: Chantier,
    contours: "Mapping[str, Contours] | None" = None,
    reprise: Reprise = SANS_REPRISE,
    chiffres: Reprise = SANS_REPRISE,
) -> None:
    """Write every open-data file and `datapackage.json` in `donnees/`; and, not described again, the rows of each
    département in `donnees/lieux/`, for whoever downloads a list of the search.

    `contours` (see `maps.preparer`) are prepared here when the caller has none. `reprise`, `chiffres`: the memory of
    what is made from the records, and from the figures (see `site._chiffres`).
    """
    coupe, siens = decoupage(picture), blocs(picture, reprise)

    def ecrire_tables() -> list[Description]:
        return _ecrire(tables.ressources(picture, coupe, chiffres), site)

    def ecrire_contours() -> list[Description]:
        return _ecrire(cartes.ressources(picture.indicateurs, contours or maps.preparer(picture), coupe), site)

    descriptions = [
        *_ecrire(lieux.ressources(picture, coupe, siens, reprise), site),
        *chiffres.fichiers("tables", ecrire_tables, site),
        *chiffres.fichiers("contours", ecrire_contours, site),
    ]
    site.ecrire(f"{DOSSIER}/datapackage.json", en_json(datapackage(picture, descriptions)))
    for code, contenu in lieux.par_departement(siens).items():
        site.ecrire(f"{DOSSIER}/lieux/{code}.csv", contenu)


def _ecrire(ressources: Iterable[Ressource], site: Chantier) -> list[Description]:
    """Write the files of these resources, one at a time: those of a country do not fit in memory together."""
    descriptions = []
    for ressource in ressources:
        for fichier, contenu in ressource.fichiers.items():
            site.ecrire(f"{DOSSIER}/{fichier}", contenu)
        descriptions.append(_description(ressource))
    return descriptions


def modele(picture: Picture, reprise: Reprise = SANS_REPRISE) -> dict[str, Any]:
    """What the data page says of the files: how many rows follow the standard, which files are cut and their parts."""
    coupe = decoupage(picture)
    return {
        "conformite": conformite(picture, reprise),
        "coupes": coupe.fichiers,
        "parties": list(_parties(picture, coupe)),
    }


def _parties(picture: Picture, coupe: Decoupage) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each département, or the rest, and its parts: path, then the name once downloaded."""
    departements = picture.territoire.departements
    noms = dict(zip(departements["code"], departements["nom"], strict=True))
    for code in coupe.codes:
        nom = "D’aucun département du site" if code == ENSEMBLE else f"{noms.get(code, code)} ({code})"
        chemins = [coupe.chemin(fichier, code) for fichier in sorted(coupe.fichiers)]
        yield nom, [(chemin, chemin.rpartition("/")[2]) for chemin in chemins]


def datapackage(picture: Picture, descriptions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The description of the package (frictionless Data Package v1): licence, dates, sources, one entry a file."""
    configuration = picture.configuration
    fictif = " Données fictives, pour la démonstration." if configuration.demonstration else ""
    return {
        "profile": "data-package",
        "format_carte": FORMAT,
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
        "resources": list(descriptions),
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


def _description(ressource: Ressource) -> Description:
    somme, octets = hashlib.sha256(), 0
    for morceau in ressource.morceaux():
        somme.update(morceau)
        octets += len(morceau)
    commun = {
        "name": ressource.nom,
        "path": list(ressource.parties) or ressource.fichier,
        "title": ressource.titre,
        "format": ressource.fichier.rsplit(".", 1)[1],
        "mediatype": ressource.mediatype,
        "encoding": "utf-8",
        "bytes": octets,
        "hash": f"sha256:{somme.hexdigest()}",
    }
    if not ressource.champs:
        return {**commun, **ressource.dits}
    schema = {"fields": list(ressource.champs), "missingValues": [""]}
    return {**commun, "profile": "tabular-data-resource", "schema": schema, **ressource.dits}
