"""`carte recevoir`: it declares its options, reads the messages and writes the records; the rest is in this room."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from carte.commandes import RACINE, Commande, configuration_de, court, option_config
from carte.ecriture import remplacer
from carte.erreurs import ErreurCarte
from carte.journal import dire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carte.config import Configuration
    from carte.reception.fusion import Choix
    from carte.reception.modele import Recue
    from carte.reception.recevoir import Demande


@click.command(cls=Commande)
@option_config
@click.argument("fichiers", metavar="FICHIER...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--verifier", is_flag=True, help="Dire ce qui serait reçu, sans rien écrire.")
@click.option(
    "--trancher",
    "choix",
    type=click.Choice(["message", "fiche"]),
    help="Là où la fiche a changé depuis que la personne l'a lue : prendre ce que dit le message, ou garder la fiche.",
)
@click.option("--relu", is_flag=True, help="Recevoir aussi une fiche changée ou abîmée en chemin : vous l'avez relue.")
@click.option(
    "--branche",
    is_flag=True,
    help="Mettre chaque fiche dans une branche de Git à elle, proposition/<fiche>, sans toucher à vos fichiers.",
)
def recevoir(
    fichier_config: Path,
    fichiers: tuple[Path, ...],
    verifier: bool,
    choix: "Choix | None",
    relu: bool,
    branche: bool,
) -> None:
    """Recevoir les fiches envoyées par le formulaire du site.

    FICHIER : un message enregistré (.eml, .txt, .html), un fichier .yml joint, une boîte (mbox), ou un dossier de ces
    fichiers. Chaque fiche est vérifiée comme par « carte valider », puis rangée à sa place. Rien du message n'est
    gardé, que la fiche. Recevoir deux fois le même message ne change rien. Code de sortie : 1 si quelque chose n'a pas
    été reçu ; ce qui a pu l'être est écrit.
    """
    from carte.reception import courrier, texte
    from carte.reception.recevoir import recevoir as examiner

    configuration = configuration_de(fichier_config)
    demande = _demande(configuration, relu=relu, choix=choix)
    recues = examiner((lu for fichier in fichiers for lu in courrier.lire(fichier)), demande)
    refusees = [recue for recue in recues if recue.raison]
    click.echo(texte.en_texte(refusees), err=True, nl=bool(refusees))
    recues_bien = [recue for recue in recues if not recue.raison]
    dire("\n".join(filter(None, (texte.en_texte(recues_bien), texte.bilan(recues)))))
    textes = {recue.identifiant: recue for recue in recues if recue.texte is not None}
    if not verifier and textes:
        lieux = configuration.dossiers.lieux
        if branche:
            refusees += _proposer(textes, lieux)
        else:
            _ecrire(textes, lieux)
    sys.exit(1 if refusees else 0)


def _demande(configuration: "Configuration", *, relu: bool, choix: "Choix | None") -> "Demande":
    from carte import entrees
    from carte.reception.recevoir import Demande

    geographie = entrees.lire_geographie(configuration, RACINE)
    contexte = entrees.contexte_de_validation(configuration, RACINE, geographie)
    return Demande(configuration.dossiers.lieux, contexte, geographie, configuration.departements, relu, choix)


def _ecrire(recues: "Mapping[str, Recue]", lieux: Path) -> None:
    """Write each record, the last text when several messages speak of it."""
    from carte import records

    places = {Path(records.fichier_de(lieux, i).chemin): recue.texte or "" for i, recue in recues.items()}
    for place, contenu in places.items():
        remplacer(place, contenu.encode("utf-8"))
    dire(f"Relisez {', '.join(map(court, places))}, puis proposez ce changement comme un autre.")


def _proposer(recues: "Mapping[str, Recue]", lieux: Path) -> "list[Recue]":
    """Put each record on its branch; those that cannot be, once said why."""
    from carte.reception.branche import depot_de, proposer
    from carte.reception.modele import Sort

    depot = depot_de(lieux)
    branches, refusees = [], []
    for identifiant, recue in recues.items():
        try:
            branches.append(proposer(depot, identifiant, recue.texte or "", neuve=recue.sort is Sort.AJOUTEE))
        except ErreurCarte as refus:
            click.echo(refus.format_message(), err=True)
            refusees.append(recue)
    if branches:
        dire(f"Pour proposer : git push origin {' '.join(branches)}")
    return refusees
