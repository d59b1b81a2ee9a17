"""The commands that follow the age of the records: which to read again, and the reminders to send."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from carte.boucle.commande import option_message
from carte.commandes import RACINE, Commande, configuration_de, court, option_config
from carte.ecriture import remplacer
from carte.journal import dire

if TYPE_CHECKING:
    from carte.config import Configuration
    from carte.publish.relecture.modele import ALire


option_jour = click.option(
    "--date",
    "jour",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="AAAA-MM-JJ",
    help="Le jour auquel compter les âges ; sans cette option, aujourd'hui.",
)


@click.command(cls=Commande)
@option_config
@option_jour
@option_message
def relire(fichier_config: Path, jour: datetime | None, forme: str) -> None:
    """Dire quelles fiches sont à relire, pourquoi, et quoi demander.

    La liste entière, fiches à compléter comprises, est écrite dans build/relire/a-relire.csv, sur cet ordinateur.
    """
    from carte.boucle.relire import en_markdown, en_texte
    from carte.publish.relecture.page import tableau

    configuration = _au(configuration_de(fichier_config), jour)
    lignes = _lignes(configuration)
    fichier = configuration.dossiers.sortie / "relire" / "a-relire.csv"
    _ecrire(fichier, tableau(lignes, configuration.url))
    click.echo((en_markdown if forme == "markdown" else en_texte)(lignes, configuration))
    if forme == "texte":
        dire(f"Liste écrite : {court(fichier)} (ouvrez-la dans un tableur).")


@click.command(cls=Commande)
@option_config
@option_jour
def relances(fichier_config: Path, jour: datetime | None) -> None:
    """Préparer les courriels de relance, un par adresse.

    build/relances/relances.csv : courriel, lieux, fiches, ce qui est à confirmer, et un message prêt à envoyer, pour un
    publipostage. Rien n'est envoyé, et rien de ce fichier n'est publié : il contient les courriels des lieux.
    """
    from carte.publish.relecture.relances import relances as composer
    from carte.publish.relecture.relances import tableau

    configuration = _au(configuration_de(fichier_config), jour)
    lignes = _lignes(configuration)
    rangees = composer(lignes, configuration)
    fichier = configuration.dossiers.sortie / "relances" / "relances.csv"
    _ecrire(fichier, tableau(rangees))
    joints = sum(bool(ligne.enregistrement.lieu.courriels) for ligne in lignes)
    dire(f"Messages écrits : {court(fichier)} ({len(rangees)} adresses, {joints} lieux).")
    if len(lignes) > joints:
        dire(f"{len(lignes) - joints} lieux à relire n'ont pas de courriel : « carte relire » donne leur téléphone.")


def _au(configuration: "Configuration", jour: datetime | None) -> "Configuration":
    """The deployment as it is on a day: ages go on after a publication."""
    from carte.config import jour_de_lecture

    return replace(configuration, date_publication=jour_de_lecture(configuration, jour.date() if jour else None))


def _lignes(configuration: "Configuration") -> "list[ALire]":
    """The worklist and the drafts of a deployment. Raises FichesInvalides when a record has a blocker."""
    from carte import entrees, pipeline, records
    from carte.publish.relecture.liste import a_relire, brouillons

    territoire = entrees.lire_territoire(configuration, RACINE)
    chargement = entrees.valider(configuration, RACINE, territoire)
    if records.bloque(chargement.problemes):
        raise entrees.FichesInvalides(chargement)
    image = pipeline.calculer(pipeline.lire_socle(configuration, RACINE, territoire), chargement)
    return [*a_relire(image), *brouillons(image)]


def _ecrire(fichier: Path, contenu: bytes) -> None:
    fichier.parent.mkdir(parents=True, exist_ok=True)
    remplacer(fichier, contenu)
