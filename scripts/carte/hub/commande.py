"""`carte nouveau-hub`: the four questions, and what they become."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from carte.commandes import RACINE, Commande, batir, dossier_ou_adresse
from carte.erreurs import ErreurCarte
from carte.journal import dire

if TYPE_CHECKING:
    from carte.hub.reponses import Reponses

T = TypeVar("T")

_QUESTIONS = {
    "departements": "Quels départements ? (codes ou noms, par exemple : 49, 53)",
    "structure": "Quel est le nom de votre hub ou de votre structure ?",
    "courriel": "À quelle adresse de courriel les visiteurs écriront-ils ?",
    "depot": "Quelle sera l'adresse du dépôt ? (par exemple : https://github.com/votre-hub/carte-49)",
    "adresse": "À quelle adresse le site sera-t-il publié ? (par exemple : https://www.votre-hub.example/carte/)",
}


@click.command("nouveau-hub", cls=Commande)
@click.argument("dossier", type=click.Path(path_type=Path))
@click.option("--departements", help="Codes ou noms, séparés par des virgules.")
@click.option("--structure", help="Le nom du hub ou de la structure qui publie.")
@click.option("--courriel", help="L'adresse de contact, publiée.")
@click.option("--depot", help="L'adresse du dépôt, sur GitHub ou une autre forge.")
@click.option(
    "--forge",
    type=click.Choice(["github", "gitlab", "forgejo"]),
    help="La forge du dépôt, quand son adresse ne suffit pas à le dire ; forgejo vaut pour Gitea.",
)
@click.option("--adresse", help="L'adresse du site ; sans cette option, celle des pages GitHub du dépôt.")
@click.option(
    "--depuis",
    metavar="DOSSIER|ADRESSE",
    callback=dossier_ou_adresse,
    help="Un dossier qui contient déjà les couches, ou l'adresse https d'un miroir. Sans cette option, elles sont "
    "demandées aux services nationaux.",
)
@click.option(
    "--importer",
    "fichier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Un inventaire à importer.",
)
@click.option("--source", help="Le nom de la source de cet inventaire, par exemple france-services.")
@click.option("--programme", help="Où le dépôt ira chercher le programme ; sans cette option, d'où vient celui-ci.")
def nouveau_hub(
    dossier: Path,
    departements: str | None,
    structure: str | None,
    courriel: str | None,
    depot: str | None,
    forge: str | None,
    adresse: str | None,
    depuis: str | None,
    fichier: Path | None,
    source: str | None,
    programme: str | None,
) -> None:
    """Préparer le dépôt d'un nouveau hub.

    DOSSIER est le dossier à créer. Quatre questions, ou quatre options : les départements, le nom de la structure, son
    courriel, l'adresse de son dépôt. Avec --importer et --source, le site est construit aussi. Rien n'est écrit si
    quelque chose échoue en chemin.
    """
    from carte import config, preparation
    from carte.couches.cache import dossier_du_cache
    from carte.hub.creer import Demande, creer, departements_connus, verifier_place
    from carte.hub.programme import reperer

    if (fichier is None) != (source is None):
        raise click.UsageError("--importer et --source vont ensemble : le fichier, et le nom de sa source.")
    debut = time.monotonic()
    verifier_place(dossier)
    pris = reperer(RACINE, programme)
    donnees = {"departements": departements, "structure": structure, "courriel": courriel, "depot": depot}
    reponses = replace(
        _reponses(donnees | {"adresse": adresse}, departements_connus(RACINE)),
        forge_nommee=forge,
    )
    couches = preparation.Demande(depuis=depuis, cache=dossier_du_cache())
    demande = Demande(pris, couches, (source, fichier) if source is not None and fichier is not None else None)
    for phrase in creer(dossier, reponses, demande, RACINE, date.today()):
        dire(phrase)
    if demande.inventaire:
        batir(config.lire(dossier / "carte.yml", dossier.resolve()))
    _suite(dossier, reponses, avec_programme=bool(pris.adresse and pris.commit), secondes=time.monotonic() - debut)


def _suite(dossier: Path, reponses: "Reponses", *, avec_programme: bool, secondes: float) -> None:
    dire(f"Le dépôt de {reponses.hub} est prêt dans {dossier} ({secondes:.0f} s).")
    dire(f"Le site sera publié à l'adresse {reponses.adresse} (ligne « url » de carte.yml).")
    if not avec_programme:
        dire("À compléter avant de publier : l'adresse et l'état du programme, dans programme.mk.")
    dire(f"Ensuite : cd {dossier}, puis make installer, make site, make serve. Son README.md dit comment publier.")


def _reponses(donnees: dict[str, str | None], connus: dict[str, str]) -> "Reponses":
    """The answers given as options, all their faults at once; then the questions for the others.

    Raises ErreurCarte for a fault of an option.
    """
    from carte.hub import reponses as lecture

    lire: dict[str, Callable[[str], object]] = {
        "departements": lambda texte: lecture.lire_departements(texte, connus),
        "structure": lambda texte: lecture.lire_texte("hub", texte),
        "courriel": lambda texte: lecture.lire_texte("courriel", texte),
        "depot": lecture.lire_depot,
        "adresse": lecture.lire_adresse,
    }
    lues, fautes = {}, []
    for nom, valeur in donnees.items():
        if valeur is not None:
            try:
                lues[nom] = lire[nom](valeur)
            except lecture.ReponseRefusee as refus:
                fautes.append(f"--{nom} : {refus.message}")
    if fautes:
        raise ErreurCarte("\n".join(fautes))
    for nom in ("departements", "structure", "courriel", "depot"):
        if nom not in lues:
            lues[nom] = _demander(nom, lire[nom])
    if "adresse" not in lues:
        lues["adresse"] = lecture.adresse_publique(str(lues["depot"])) or _demander("adresse", lire["adresse"])
    return lecture.Reponses(**{"hub" if nom == "structure" else nom: valeur for nom, valeur in lues.items()})  # type: ignore[arg-type]


def _demander(nom: str, lire: Callable[[str], T]) -> T:
    """Ask until the answer can be used. Raises ErreurCarte when nobody answers any more."""
    while True:
        try:
            texte = click.prompt(_QUESTIONS[nom], prompt_suffix="\n> ")
        except click.Abort as fin:
            if sys.stdin.isatty():
                raise  # Ctrl+C
            raise ErreurCarte(f"Il manque une réponse : donnez-la avec l'option --{nom}.") from fin
        try:
            return lire(texte)
        except ErreurCarte as refus:
            click.echo(f"  {refus.message}")
