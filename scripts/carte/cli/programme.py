"""The commands for whoever changes the program itself."""

import click

from carte.commandes import RACINE, Commande, court, option_de_cote
from carte.ecriture import remplacer
from carte.journal import dire


@click.command(cls=Commande)
@option_de_cote
def demo(mettre_de_cote: bool) -> None:
    """Réécrire le département fictif Val-d'Exemple.

    Un fichier qui a changé n'est pas remplacé : la commande le dit, et n'écrit rien.
    """
    from carte.demo import ecrire

    dire(f"{len(ecrire(RACINE, mettre_de_cote=mettre_de_cote))} fichiers écrits dans offers/ et geo/.")


@click.command(cls=Commande)
def nomenclature() -> None:
    """Refaire les fichiers tirés des vocabulaires.

    Le schéma des éditeurs, les tables de documentation et les listes des formulaires.
    """
    from carte.imports import schema
    from carte.records.documentation import generated_files

    for chemin, texte in {**generated_files(RACINE), schema.FICHIER: schema.en_json()}.items():
        remplacer(chemin, texte.encode("utf-8"))
        dire(f"Écrit : {court(chemin)}")
