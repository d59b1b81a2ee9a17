"""The commands of the hub's loop: they declare their options and write; the rest is in this room's other modules."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from carte.commandes import RACINE, Commande, configuration_de, option_config, racine_de
from carte.ecriture import remplacer
from carte.erreurs import ErreurCarte
from carte.journal import dire, discret

if TYPE_CHECKING:
    from carte.boucle.formater import MiseEnForme
    from carte.config import Configuration
    from carte.records import Chargement, Contexte


option_message = click.option(
    "--format",
    "forme",
    type=click.Choice(["texte", "markdown"]),
    default="texte",
    show_default=True,
    help="texte pour lire, markdown pour le message que la forge montre.",
)
_fichiers = click.argument("fichiers", metavar="[FICHIER]...", nargs=-1, type=click.Path(exists=True, path_type=Path))


@click.command(cls=Commande)
@option_config
@_fichiers
@click.option(
    "--format",
    "forme",
    type=click.Choice(["texte", "github", "gitlab", "json"]),
    default="texte",
    show_default=True,
    help="texte pour lire, github ou gitlab pour annoter une proposition, json pour un autre programme.",
)
def valider(fichier_config: Path, fichiers: tuple[Path, ...], forme: str) -> None:
    """Vérifier les fiches et lister tous les problèmes.

    FICHIER : une fiche ou un dossier de fiches, lues seules, bien plus vite ; le territoire et les doublons ne sont pas
    vérifiés alors. Sans lui, tout est vérifié. Code de sortie : 0 si rien ne bloque (les conseils ne bloquent
    jamais), 1 s'il y a un problème bloquant.
    """
    from carte import forge, records
    from carte.ecrits.fichier import EcritInvalide

    try:
        configuration = configuration_de(fichier_config)
        lire = _lues_seules if fichiers else _lues_ensemble
        chargement = lire(configuration, fichiers or (fichier_config,))
    except ErreurCarte as refus:
        problemes = refus.problemes if isinstance(refus, EcritInvalide) else ()
        if forme == "github" and problemes:
            racine = racine_de(fichier_config)
            forge.annoncer(problemes, "Les fiches n'ont pas pu être relues.", racine, racine)
        elif forme == "github":
            click.echo(records.refus_github(refus.format_message()))
        elif forme == "gitlab":
            click.echo(forge.rapport_gitlab(problemes, racine_de(fichier_config), racine_de(fichier_config)))
        elif forme == "json":
            click.echo(records.en_json(problemes))
        raise
    lieux = configuration.dossiers.lieux
    if forme == "github":
        forge.annoncer(chargement.problemes, records.resume(chargement), lieux.parent, RACINE)
    elif forme == "gitlab":
        click.echo(forge.rapport_gitlab(chargement.problemes, lieux.parent, racine_de(fichier_config)))
    elif forme == "json":
        click.echo(records.en_json(chargement.problemes))
    else:
        montres = [p for p in chargement.problemes if not discret() or records.bloque([p])]
        click.echo(records.en_texte(montres), nl=bool(montres))
        dire(records.resume(chargement))
        if fichiers:
            dire("Lues seules : le territoire et les doublons n'ont pas été vérifiés (carte valider, sans fichier).")
    sys.exit(1 if records.bloque(chargement.problemes) else 0)


def _lues_ensemble(configuration: "Configuration", ecrits: tuple[Path, ...]) -> "Chargement":
    """Every record, and the advice on what goes with them: the configuration (`ecrits`), manifests of layers."""
    from carte import config, territory
    from carte.federation import rassembler

    chargement = rassembler(configuration, RACINE).chargement
    autour = [
        *(probleme for fichier in ecrits for probleme in config.conseils(fichier, racine_de(fichier))),
        *territory.conseils_des_manifestes(configuration.dossiers.geo, configuration.departements),
    ]
    return replace(chargement, problemes=tuple(sorted((*chargement.problemes, *autour))))


def _lues_seules(configuration: "Configuration", fichiers: tuple[Path, ...]) -> "Chargement":
    """The records asked for, without what needs the others or the outlines: these cost seconds."""
    from carte import records
    from carte.boucle.formater import choisir

    contexte = _contexte(configuration)
    lues = [records.lire_une(fichier, contexte) for fichier in choisir(configuration.dossiers.lieux, fichiers)]
    return records.Chargement((), tuple(sorted(p for lue in lues for p in lue.problemes)), len(lues))


def _contexte(configuration: "Configuration") -> "Contexte":
    """What the rules on one record need."""
    from carte import config, nomenclature, records

    return records.Contexte(vocabulaires=nomenclature.du_programme(RACINE), today=config.jour_de_lecture(configuration))


@click.command(cls=Commande)
@option_config
@_fichiers
@click.option(
    "--verifier",
    is_flag=True,
    help="Dire quelles fiches changeraient, sans rien écrire. Code de sortie : 1 s'il y en a une.",
)
def formater(fichier_config: Path, fichiers: tuple[Path, ...], verifier: bool) -> None:
    """Mettre les fiches en forme : même ordre, même écriture, commentaires gardés.

    FICHIER : une fiche ou un dossier de fiches ; sans lui, toutes les fiches. Une fiche qui a un problème bloquant
    reste telle qu'elle est. Code de sortie : 1 s'il y en a une.
    """
    from carte.boucle.formater import choisir, mettre_en_forme

    configuration = configuration_de(fichier_config)
    resultats = mettre_en_forme(choisir(configuration.dossiers.lieux, fichiers), _contexte(configuration))
    for resultat in resultats:
        _appliquer(resultat, ecrire=not verifier)
    changees = sum(resultat.texte is not None for resultat in resultats)
    refusees = sum(resultat.refusee for resultat in resultats)
    dire(_bilan(len(resultats), changees, refusees, verifier=verifier))
    sys.exit(1 if refusees or (verifier and changees) else 0)


def _appliquer(resultat: "MiseEnForme", *, ecrire: bool) -> None:
    from carte import records

    fichier = resultat.fiche.fichier
    if resultat.refusee:
        click.echo(records.en_texte([p for p in resultat.fiche.problemes if records.bloque([p])]), err=True)
    elif resultat.texte is not None:
        if ecrire:
            remplacer(Path(fichier.chemin), resultat.texte.encode("utf-8"))
        dire(f"{'Mise en forme' if ecrire else 'À mettre en forme'} : {fichier.fichier}")


def _bilan(lues: int, changees: int, refusees: int, *, verifier: bool) -> str:
    """`54 fiches lues : 2 mises en forme, 1 à corriger d'abord.`"""
    if not lues:
        return "Aucune fiche lue."
    verbe = "à mettre en forme" if verifier else f"mise{'s' if changees > 1 else ''} en forme"
    parties = [f"{changees or 'aucune'} {verbe}"]
    if refusees:
        parties.append(f"{refusees} à corriger d'abord")
    return f"{lues} fiche{'s' if lues > 1 else ''} lue{'s' if lues > 1 else ''} : {', '.join(parties)}."


@click.command(cls=Commande)
@option_config
@click.argument("base", metavar="BASE")
@option_message
@click.option("--sans-effet", is_flag=True, help="Ne pas calculer ce qui change dans le rapport : plus rapide.")
def comparer(fichier_config: Path, base: str, forme: str, sans_effet: bool) -> None:
    """Dire ce qui change depuis BASE, dans les fiches et dans le rapport.

    BASE : un état du dépôt (main, v2026-05, origin/main…). Les fiches ajoutées, retirées, changées, champ par champ ;
    puis les communes, les intercommunalités et les phrases du rapport qui changent. Rien n'est écrit ni publié.
    """
    from carte.boucle import commentaire
    from carte.boucle.proposition import examiner
    from carte.config import Revision

    configuration = configuration_de(fichier_config)
    base_lue = Revision(base, configuration="", racine=racine_de(fichier_config))
    comparaison = examiner(configuration, base_lue, RACINE, _contexte(configuration), effet=not sans_effet)
    rendre = commentaire.en_markdown if forme == "markdown" else commentaire.en_texte
    click.echo(rendre(comparaison), nl=forme == "texte")


@click.command(cls=Commande)
@option_config
@click.option(
    "--verifier",
    is_flag=True,
    help="Dire si le fichier de la forge est celui de la configuration, sans rien écrire. Code de sortie : 1 sinon.",
)
def relecteurs(fichier_config: Path, verifier: bool) -> None:
    """Écrire, pour la forge, qui relit les fiches de chaque département.

    Le fichier CODEOWNERS est tiré des lignes « relecteurs » de la configuration, à la place et dans l'écriture que la
    forge attend. Celui que quelqu'un a écrit à la main n'est jamais remplacé.
    """
    from carte.boucle.relecteurs import relecteurs as composer
    from carte.boucle.relecteurs import texte_ecrit

    configuration, racine = configuration_de(fichier_config), racine_de(fichier_config)
    voulu = composer(configuration)
    ecrit = texte_ecrit(racine / voulu.place, libre=not configuration.relecteurs) if voulu else None
    if voulu is None or (ecrit is None and not configuration.relecteurs):
        dire("La configuration ne nomme aucun relecteur : rien à écrire.")
    elif ecrit == voulu.texte:
        dire(f"{voulu.place} est à jour.")
    elif verifier:
        raise ErreurCarte(f"{voulu.place} ne dit pas ce que dit la configuration : lancez « carte relecteurs ».")
    else:
        remplacer(racine / voulu.place, voulu.texte.encode("utf-8"))
        dire(f"Écrit : {voulu.place}.")
