"""The command line. Commands only declare their options and call the rooms, imported when they are needed.

A new command goes to the module of its kind, here or in the room that it opens, then into the list below.
"""

import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from carte.boucle.commande import comparer, formater, relecteurs, valider
from carte.boucle.suivi import relances, relire
from carte.cli.donnees import couches, federer, importer, temps
from carte.cli.programme import demo, nomenclature
from carte.cli.site import construire, effacer, servir
from carte.commandes import Groupe
from carte.diagnostic.commande import diagnostic
from carte.francais import parler_francais
from carte.hub.commande import nouveau_hub
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


for commande in (
    *(construire, effacer, servir),
    *(importer, couches, federer, temps),
    *(valider, formater, comparer, recevoir),
    *(relire, relances, relecteurs),
    *(nouveau_hub, diagnostic, demo, nomenclature),
):
    cli.add_command(commande)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point of `carte` and of `scripts/build.py`."""
    # Asked to stop, a build removes its work folder, as it does for Ctrl+C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    cli.main(args=list(arguments) if arguments is not None else None, prog_name="carte")
    raise AssertionError("click ends the process itself")
