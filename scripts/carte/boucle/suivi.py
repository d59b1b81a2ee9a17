"""The commands that follow the age of the records: which to read again, and the reminders to send."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from carte.boucle.commande import option_message
from carte.commandes import RACINE, Commande, configuration_de, court, option_config, racine_de
from carte.ecriture import remplacer
from carte.journal import dire, journal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carte.config import Configuration
    from carte.picture import Picture
    from carte.publish.relecture.liens import Vu
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
@click.option("--liens", is_flag=True, help="Visiter d'abord les adresses web des fiches : demande le réseau.")
@click.option(
    "--duree",
    type=click.IntRange(1, 600),
    default=10,
    show_default=True,
    metavar="MINUTES",
    help="Le temps donné à --liens ; les adresses vues depuis le plus longtemps passent d'abord.",
)
@click.option(
    "--qui", is_flag=True, help="Écrire aussi qui a vérifié et changé chaque fiche, d'après l'histoire du dépôt."
)
def relire(fichier_config: Path, jour: datetime | None, forme: str, liens: bool, duree: int, qui: bool) -> None:
    """Dire quelles fiches sont à relire, pourquoi, et quoi demander.

    La liste entière, fiches à compléter comprises, est écrite dans build/relire/a-relire.csv, sur cet ordinateur. Avec
    --liens, ce que chaque adresse a répondu est gardé dans build/relire/liens.json, et servira aux fois suivantes. Avec
    --qui, build/relire/qui-a-verifie.csv nomme des personnes : il reste sur cet ordinateur, et rien n'en est publié.
    """
    from carte.boucle.releve import lire_releve
    from carte.boucle.relire import en_markdown, en_texte
    from carte.publish.relecture.page import tableau

    configuration = _au(configuration_de(fichier_config), jour)
    dossier = configuration.dossiers.sortie / "relire"
    image = _image(configuration)
    if liens:
        _visiter(image, dossier / "liens.json", duree)
    lignes = _lignes(image, lire_releve(dossier / "liens.json"))
    fichier = dossier / "a-relire.csv"
    _ecrire(fichier, tableau(lignes, configuration.url))
    if qui:
        _ecrire_qui(image, racine_de(fichier_config), dossier / "qui-a-verifie.csv")
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
    lignes = _lignes(_image(configuration), {})
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


def _image(configuration: "Configuration") -> "Picture":
    """What the worklist is read from. Raises FichesInvalides when a record has a blocker."""
    from carte import entrees, pipeline, records, territory

    territoire = entrees.lire_territoire(configuration, RACINE)
    chargement = entrees.valider(configuration, RACINE, territory.Geographie(territoire))
    if records.bloque(chargement.problemes):
        raise entrees.FichesInvalides(chargement)
    return pipeline.calculer(pipeline.lire_socle(configuration, RACINE, territoire), chargement)


def _lignes(image: "Picture", vus: "Mapping[str, Vu]") -> "list[ALire]":
    """The worklist and the drafts of a deployment."""
    from carte.publish.relecture.liste import a_relire, brouillons

    return [*a_relire(image, vus), *brouillons(image)]


def _visiter(image: "Picture", fichier: Path, duree: int) -> None:
    """Look at the addresses of the records, in `duree` minutes at most, and keep what was seen."""
    from carte.boucle.liens import Reglages, sans_reseau, verifier
    from carte.boucle.releve import a_jour, ecrire_releve, lire_releve
    from carte.publish.relecture.liens import Etat, liens
    from carte.records import dires

    jour, releve = image.configuration.date_publication, lire_releve(fichier)
    ouverts = [e.lieu for e in image.enregistrements if not dires.ferme_pour_toujours(e.lieu, jour)]
    vues = {
        adresse: releve[adresse].le if adresse in releve else date.min for lieu in ouverts for _, adresse in liens(lieu)
    }
    constats = verifier(sorted(vues, key=lambda adresse: (vues[adresse], adresse)), Reglages(duree_s=60 * duree))
    if sans_reseau(constats):
        click.echo("Aucun site n'a répondu : le réseau manque sans doute. Aucun lien n'est dit mort.", err=True)
    ecrire_releve(fichier, a_jour(releve, constats, jour))
    comptes = Counter(etat for etat, _ in constats.values())
    journal.info("Liens : %s.", ", ".join(f"{etat} : {comptes[etat]}" for etat in Etat))


def _ecrire_qui(image: "Picture", racine: Path, fichier: Path) -> None:
    """Who checked and changed each record of the deployment, drafts too. Raises HistoireIllisible."""
    from carte.boucle.historique import lire_histoire, tableau

    histoire = lire_histoire(racine, image.configuration.dossiers.lieux)
    siennes = [
        enregistrement
        for enregistrement in sorted((*image.enregistrements, *image.a_completer), key=lambda e: e.identifiant)
        if enregistrement.departement in image.configuration.departements
    ]
    _ecrire(fichier, tableau(siennes, histoire))
    journal.info("Qui a vérifié : %s (des personnes y sont nommées : gardez ce fichier pour vous).", court(fichier))
    if histoire.coupees:
        journal.warning(
            "Ce dépôt a été copié sans toute son histoire : pour %d fiches, on ne sait pas qui. Pour le savoir : "
            "git fetch --unshallow",
            len(histoire.coupees),
        )


def _ecrire(fichier: Path, contenu: bytes) -> None:
    fichier.parent.mkdir(parents=True, exist_ok=True)
    remplacer(fichier, contenu)
