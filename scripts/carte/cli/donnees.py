"""The commands that bring in what the site is made of: inventories, layers, records of other hubs, travel times."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from carte.commandes import (
    RACINE,
    AvecRangement,
    Commande,
    configuration_de,
    dossier_ou_adresse,
    option_config,
    option_de_cote,
    option_ordonnanceur,
)
from carte.journal import dire


@click.command(cls=Commande)
@option_config
@click.argument("arguments", metavar="[SOURCE] FICHIER", nargs=-1, required=True)
@click.option(
    "--date",
    "jour",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="AAAA-MM-JJ",
    help="La date de l'inventaire, pour les lignes qui n'en ont pas.",
)
@click.option(
    "--recommencer",
    is_flag=True,
    help="Retirer d'abord les fiches que des imports ont écrites et que personne n'a changées, de toute source.",
)
@click.option(
    "--deviner",
    is_flag=True,
    help="Ne rien importer : proposer, dans le dossier sources, ce que chaque colonne de FICHIER veut dire.",
)
def importer(
    fichier_config: Path, arguments: tuple[str, ...], jour: datetime | None, recommencer: bool, deviner: bool
) -> None:
    """Importer un inventaire dans les fiches.

    SOURCE est un inventaire connu (standard, france-services…) ou un fichier de votre dossier sources ; un nom inconnu
    en donne la liste. FICHIER est l'inventaire : CSV, XLSX, ODS, JSON ou GeoJSON. Ce qui n'est pas compris est
    listé, jamais perdu.
    """
    from carte import preparation

    if len(arguments) != (1 if deviner else 2):
        attendu = "--deviner FICHIER" if deviner else "SOURCE FICHIER, ou --deviner FICHIER"
        raise click.UsageError(f"Attendu : carte importer {attendu}.")
    fichier = Path(arguments[-1])
    configuration = configuration_de(fichier_config)
    if deviner:
        for ligne in preparation.deviner_correspondance(configuration, RACINE, fichier):
            dire(ligne)
        return
    dire(
        preparation.importer_inventaire(
            configuration,
            RACINE,
            arguments[0],
            fichier,
            jour=jour.date() if jour else None,
            recommencer=recommencer,
        )
    )


@click.command(cls=AvecRangement)
@option_config
@click.argument("perimetre", metavar="[TERRITOIRE]...", nargs=-1)
@click.option(
    "--depuis",
    metavar="DOSSIER|ADRESSE",
    callback=dossier_ou_adresse,
    help="Un dossier qui contient déjà les couches, ou l'adresse https d'un miroir de ce dossier. Sans cette option, "
    "elles sont demandées aux services nationaux.",
)
@click.option(
    "--verifier",
    is_flag=True,
    help="Dire ce qui est plus récent à la source, sans rien écrire dans le dossier des couches. Code de sortie : 0 si "
    "rien ne l'est, 4 si une couche l'est, 5 si une couche n'a pas pu être vérifiée.",
)
@click.option(
    "--sans-cache",
    is_flag=True,
    help="Redemander tous les fichiers, et n'en garder aucune copie sur cet ordinateur.",
)
@option_de_cote
def couches(
    fichier_config: Path,
    perimetre: tuple[str, ...],
    depuis: str | None,
    verifier: bool,
    sans_cache: bool,
    mettre_de_cote: bool,
) -> None:
    """Préparer les contours, les EPCI, les débits et les tables nationales.

    TERRITOIRE : des départements (36, 2A, 974), des régions par leur code (R24) ou leur nom (« Centre-Val de Loire »),
    ou france. Sans lui, les départements de la configuration.

    Tout est demandé et vérifié avant d'écrire : si les contours, les intercommunalités ou les débits d'un département
    ne se lisent pas, rien n'est écrit. Une table nationale qui manque est dite, avec ce qu'elle coûte ;
    l'ancienne reste. Une couche que quelqu'un a changée n'est pas remplacée : la commande le dit, et n'écrit rien.
    """
    from carte import preparation
    from carte.couches.cache import dossier_du_cache

    configuration = configuration_de(fichier_config)
    cache = None if sans_cache else dossier_du_cache()
    demande = preparation.Demande(perimetre, depuis, cache, mettre_de_cote)
    if verifier:
        lignes, code = preparation.verifier_couches(configuration, RACINE, demande)
        dire("\n".join(lignes))
        sys.exit(code)
    for ligne in preparation.preparer_couches(configuration, RACINE, demande):
        dire(ligne)


@click.command(cls=Commande)
@option_config
def federer(fichier_config: Path) -> None:
    """Prendre les fiches que d'autres hubs publient.

    Le paquet de chaque hub de « federation » est vérifié en entier, puis gardé dans le dossier federation, à côté des
    fiches. Un hub qui échoue garde son dernier bon paquet. Code de sortie : 0 si aucun n'échoue, 4 sinon.
    """
    from carte.federation import prendre

    lignes, code = prendre(configuration_de(fichier_config), RACINE, date.today())
    dire("\n".join(lignes))
    sys.exit(code)


@click.command(cls=Commande)
@option_config
@click.argument("extrait", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option_de_cote
@option_ordonnanceur
def temps(fichier_config: Path, extrait: Path, mettre_de_cote: bool, ordonnanceur: str | None) -> None:
    """Calculer les temps de trajet réels.

    EXTRAIT est un fichier OpenStreetMap (.osm.pbf) du territoire. Le calcul demande Valhalla, qui s'installe à part,
    avec Python 3.12 ou plus récent. Les temps calculés remplacent ensuite les estimations dans le rapport.

    Avec --ordonnanceur, chaque machine a Valhalla, et le même fichier EXTRAIT à la même place.
    """
    from carte import execution, preparation

    configuration = configuration_de(fichier_config)
    with execution.choisir(ordonnanceur) as executeur:
        lignes = preparation.calculer_temps(
            configuration, RACINE, extrait.resolve(), executeur, mettre_de_cote=mettre_de_cote
        )
        for ligne in lignes:
            dire(ligne)
