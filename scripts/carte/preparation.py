"""What a deployment prepares before it builds: the layers of its territory, the records of an inventory."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from carte import entrees, indicators, territory
from carte.access import valhalla
from carte.access.matrice import FICHIER
from carte.config import Configuration
from carte.couches import departement as couches
from carte.couches import sources
from carte.ecriture import FichiersChanges, etrangers
from carte.imports import importer


def preparer_couches(
    configuration: Configuration, racine: Path, depuis: Path | None, *, mettre_de_cote: bool = False
) -> Iterator[str]:
    """Write the layers of every configured département, from a folder or from the national services.

    Yields what a person should know, in French. Raises CouchesIndisponibles, or FichiersChanges unless
    `mettre_de_cote`, before anything of any département is written.
    """
    cog = territory.lire_cog([racine / entrees.COG_NATIONAL])
    # A national table is fetched once for all the départements of a run.
    source = sources.Dossier(depuis) if depuis else sources.Reseau(date.today(), cache(sources.telecharger))
    geo = configuration.dossiers.geo
    lots = [
        (departement, couches.rassembler(departement, source, geo, cog, mettre_de_cote=mettre_de_cote))
        for departement in configuration.departements
    ]
    for departement, lot in lots:
        preparation = couches.ecrire(lot)
        nombre = len(preparation.couches)
        yield f"Département {departement} : {nombre} couche{'s' * (nombre > 1)} dans {preparation.dossier}."
        yield from (f"  À savoir : {remarque}" for remarque in preparation.remarques)


def importer_inventaire(
    configuration: Configuration, racine: Path, source: str, fichier: Path, *, recommencer: bool = False
) -> str:
    """Turn an inventory into records, write the listing of what was not understood, and tell the outcome in French.

    With `recommencer`, the records that imports wrote and nobody changed are removed first.
    """
    territoire = entrees.lire_territoire(configuration, racine)
    communes = territoire.communes
    liste = configuration.dossiers.lieux.parent / "imports" / f"{source}.csv"
    bilan = importer.importer(
        source,
        fichier,
        configuration.departements,
        territory.Geographie(territoire),
        configuration.dossiers.lieux,
        entrees.contexte_de_validation(configuration, racine, territoire),
        liste,
        voisines=frozenset(communes.loc[~communes["dans_perimetre"], "code_insee"]),
        recommencer=recommencer,
    )
    return f"{importer.bilan_en_texte(bilan)}\nLa liste : {liste}"


def calculer_temps(
    configuration: Configuration, racine: Path, extrait: Path, *, mettre_de_cote: bool = False
) -> Iterator[str]:
    """Write the real travel times of every configured département, `geo/<département>/temps.csv`, with Valhalla.

    Origins are the loaded communes, destinations the points of offer. Yields what a person should know, in French.
    Raises RouteurIndisponible when the routing engine or the extract is missing, FichiersChanges when a `temps.csv` is
    somebody's own (with `mettre_de_cote`, it is kept beside its folder); nothing is written then.
    """
    for departement in configuration.departements:
        dossier = configuration.dossiers.geo / departement
        if etrangers(dossier, [FICHIER]) and not mettre_de_cote:
            raise FichiersChanges(dossier, [FICHIER])
    territoire = entrees.lire_territoire(configuration, racine)
    chargement = entrees.valider(configuration, racine, territoire)
    offre = indicators.construire_offre(
        chargement.enregistrements, territoire, entrees.lire_vocabulaires(racine), configuration.date_publication
    )
    communes = territoire.communes.dropna(subset=["lon", "lat"])
    origines = [valhalla.Point(c.code_insee, c.lon, c.lat, c.code_insee) for c in communes.itertuples()]
    situes = offre.dropna(subset=["lon", "lat"])
    arrivees = [valhalla.Point(p.point_id, p.lon, p.lat, p.code_insee) for p in situes.itertuples()]
    cache = configuration.dossiers.sortie / "tuiles"
    for departement in configuration.departements:
        propres = set(communes.loc[communes["code_departement"] == departement, "code_insee"])
        departs = [point for point in origines if point.identifiant in propres]
        sortie = configuration.dossiers.geo / departement / FICHIER
        bilan = valhalla.produire(extrait, departs, arrivees, sortie, cache)
        yield f"Département {departement} : {bilan.trajets} trajets écrits dans {sortie} ({bilan.source})."
        if bilan.garde:
            yield f"  À savoir : l'ancien {FICHIER}, qui n'était pas de Carte, est gardé dans {bilan.garde}."
        if bilan.sans_route:
            yield f"  À savoir : {bilan.sans_route} trajets sans route restent inconnus."
        if bilan.hors_extrait:
            yield f"  À savoir : hors de l'extrait, donc sans temps : {', '.join(bilan.hors_extrait)}."
