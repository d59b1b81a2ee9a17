"""What a deployment prepares before it builds: the layers of its territory, the records of an inventory."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from carte import pipeline, territory
from carte.config import Configuration
from carte.imports import couches, couches_sources, importer


def preparer_couches(configuration: Configuration, racine: Path, depuis: Path | None) -> Iterator[str]:
    """Write the layers of every configured département, from a folder or from the national services.

    Yields what a person should know, in French. Raises CouchesIndisponibles before anything is written.
    """
    cog = territory.read_cog([racine / pipeline.COG_NATIONAL])
    source = couches_sources.Dossier(depuis) if depuis else couches_sources.Reseau(date.today())
    for departement in configuration.departements:
        preparation = couches.preparer(departement, source, configuration.dossiers.geo, cog)
        yield f"Département {departement} : {len(preparation.couches)} couches écrites dans {preparation.dossier}."
        yield from (f"  À savoir : {remarque}" for remarque in preparation.remarques)


def importer_inventaire(configuration: Configuration, racine: Path, source: str, fichier: Path) -> str:
    """Turn an inventory into records, write the listing of what was not understood, and tell the outcome in French."""
    territoire = pipeline.lire_territoire(configuration, racine)
    communes = territoire.communes
    liste = configuration.dossiers.lieux.parent / "imports" / f"{source}.csv"
    bilan = importer.importer(
        source,
        fichier,
        configuration.departements,
        territory.Geographie(territoire),
        configuration.dossiers.lieux,
        pipeline.contexte_de_validation(configuration, racine, territoire),
        liste,
        voisines=frozenset(communes.loc[~communes["dans_perimetre"], "code_insee"]),
    )
    return f"{importer.bilan_en_texte(bilan)}\nLa liste : {liste}"
