"""`carte diagnostic`: the list, and its exit code."""

from collections import Counter
from pathlib import Path

import click

from carte.commandes import RACINE, Commande, fichier_config_par_defaut
from carte.journal import dire, discret


@click.command(cls=Commande)
@click.option(
    "--config",
    "fichier_config",
    type=click.Path(path_type=Path),
    default=fichier_config_par_defaut,
    show_default="carte.yml",
    help="Le fichier de configuration du déploiement.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Le port de carte servir.")
@click.option("--tests", is_flag=True, help="Examiner aussi ce que demandent les tests.")
@click.pass_context
def diagnostic(contexte: click.Context, fichier_config: Path, port: int, tests: bool) -> None:
    """Dire ce qui empêcherait de construire, et quoi faire.

    Outils, bibliothèques, configuration, couches, fiches, place du site, port : une ligne chacun. Rien n'est écrit ni
    installé. Code de sortie : 0 s'il n'y a rien à corriger, 1 sinon.
    """
    from carte.diagnostic import constat as lignes
    from carte.diagnostic import deploiement, outils

    vus: Counter[lignes.Etat] = Counter()
    for examen in (outils.examiner(RACINE, tests=tests), deploiement.examiner(fichier_config, RACINE, port)):
        for constat in examen:
            vus[constat.etat] += 1
            if constat.etat is lignes.Etat.A_CORRIGER or not discret():
                click.echo(lignes.ecrire(constat))
    dire(", ".join(f"{vus[etat]} {etat}" for etat in lignes.Etat if vus[etat]) + ".")
    contexte.exit(1 if vus[lignes.Etat.A_CORRIGER] else 0)
