"""The command line. Commands only declare their options and call the rooms, imported when they are needed."""

import signal
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from carte.boucle.commande import comparer, formater, relecteurs, valider
from carte.boucle.suivi import relances, relire
from carte.commandes import (
    RACINE,
    AvecRangement,
    Groupe,
    batir,
    configuration_de,
    court,
    dossier_ou_adresse,
    option_config,
    option_de_cote,
    option_ordonnanceur,
    option_sans_memoire,
)
from carte.diagnostic.commande import diagnostic
from carte.ecriture import remplacer
from carte.erreurs import ErreurCarte
from carte.francais import parler_francais
from carte.hub.commande import nouveau_hub
from carte.journal import dire
from carte.reception.commande import recevoir

parler_francais()


@click.group(
    cls=Groupe,
    context_settings={"help_option_names": ["-h", "--aide", "--help"], "max_content_width": 100},
    subcommand_metavar="COMMANDE [ARGUMENTS]",
)
@click.version_option(package_name="carte", message="carte %(version)s", help="Affiche la version.")
def cli() -> None:
    """Carte : la carte des lieux de médiation numérique, et des manques.

    Les fiches sont dans offers/, une par lieu. « carte construire » en fait un site.
    """


@cli.command()
@option_config
@option_de_cote
@option_ordonnanceur
@option_sans_memoire
def construire(fichier_config: Path, mettre_de_cote: bool, ordonnanceur: str | None, sans_memoire: bool) -> None:
    """Construire le site : vérifier, joindre, calculer, publier.

    Le nouveau site prend la place de l'ancien d'un seul coup, à la fin. En cas d'erreur, l'ancien reste entier. Un
    dossier ou des fichiers que Carte n'a pas faits ne sont jamais effacés.

    Ce qu'une construction d'avant a calculé des mêmes fiches et des mêmes couches est repris de build/memoire, sans
    changer un octet du site.
    """
    batir(
        configuration_de(fichier_config),
        mettre_de_cote=mettre_de_cote,
        ordonnanceur=ordonnanceur,
        sans_memoire=sans_memoire,
    )
    dire("Pour le voir : make serve, puis ouvrir http://localhost:8000/ dans un navigateur.")


@cli.command()
@option_config
def effacer(fichier_config: Path) -> None:
    """Effacer le site construit.

    Seul un site que Carte a fait, et que personne n'a changé, est effacé. Les fiches et les couches restent.
    """
    from carte.publication import effacer as effacer_site

    site = configuration_de(fichier_config).dossiers.sortie / "site"
    dire(f"Site effacé : {court(site)}." if effacer_site(site) else f"Pas de site dans {court(site)}.")


@cli.command()
@option_config
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Le port à écouter.")
@click.option("--suivre", is_flag=True, help="Reconstruire à chaque enregistrement, et montrer le résultat.")
@option_sans_memoire
def servir(fichier_config: Path, port: int, suivre: bool, sans_memoire: bool) -> None:
    """Montrer le site construit, sur cet ordinateur."""
    from carte import serveur
    from carte.boucle import suivre as boucle

    dossiers = configuration_de(fichier_config).dossiers
    site = dossiers.sortie / "site"
    if not site.is_dir():
        raise ErreurCarte("Le site n'est pas encore construit. Lancez d'abord : make site")
    dire(f"Ouvrez http://localhost:{port}/ dans un navigateur. Ctrl+C pour arrêter.")
    if suivre:
        lus = [fichier_config, dossiers.lieux, dossiers.geo]
        changes = boucle.changements(lambda: boucle.empreinte(lus))

        def rebatir() -> None:
            batir(configuration_de(fichier_config), sans_memoire=sans_memoire)

        boucle.suivre(site, port, changes, rebatir, dire)
    else:
        serveur.servir(site, port)


@cli.command()
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


@cli.command(cls=AvecRangement)
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


@cli.command()
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


@cli.command()
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


@cli.command()
@option_de_cote
def demo(mettre_de_cote: bool) -> None:
    """Réécrire le département fictif Val-d'Exemple.

    Un fichier qui a changé n'est pas remplacé : la commande le dit, et n'écrit rien.
    """
    from carte.demo import ecrire

    dire(f"{len(ecrire(RACINE, mettre_de_cote=mettre_de_cote))} fichiers écrits dans offers/ et geo/.")


@cli.command()
def nomenclature() -> None:
    """Refaire les fichiers tirés des vocabulaires.

    Le schéma des éditeurs, les tables de documentation et les listes des formulaires.
    """
    from carte.imports import schema
    from carte.records.documentation import generated_files

    for chemin, texte in {**generated_files(RACINE), schema.FICHIER: schema.en_json()}.items():
        remplacer(chemin, texte.encode("utf-8"))
        dire(f"Écrit : {court(chemin)}")


cli.add_command(valider)
cli.add_command(formater)
cli.add_command(comparer)
cli.add_command(recevoir)
cli.add_command(relire)
cli.add_command(relances)
cli.add_command(relecteurs)
cli.add_command(nouveau_hub)
cli.add_command(diagnostic)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point of `carte` and of `scripts/build.py`."""
    # Asked to stop, a build removes its work folder, as it does for Ctrl+C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    cli.main(args=list(arguments) if arguments is not None else None, prog_name="carte")
    raise AssertionError("click ends the process itself")
