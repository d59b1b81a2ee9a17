"""What is kept of an error that nobody foresaw, for whoever mends it. Imported only then."""

import platform
import sys
import tempfile
import traceback
from datetime import datetime
from importlib import metadata

import click

from carte.erreurs import cause
from carte.journal import bavard


def noter(erreur: Exception) -> str:
    """Keep the whole story in a file; the sentence that names it."""
    pile = "".join(traceback.format_exception(erreur))
    if bavard():
        click.echo(pile, err=True)
    try:
        with tempfile.NamedTemporaryFile("w", prefix="carte-erreur-", suffix=".txt", delete=False) as fichier:
            fichier.write(f"{_machine()}\n{pile}")
    except OSError as refus:
        return f"une erreur imprévue a tout arrêté, et n'a pas pu être notée ({cause(refus)}) : relancez avec -v."
    return f"une erreur imprévue a tout arrêté ; joignez à votre signalement le détail, écrit dans {fichier.name}."


def _machine() -> str:
    """What whoever mends needs to know first; nothing of the records."""
    return "\n".join(
        [
            f"Carte {_version()}, {datetime.now().isoformat(timespec='seconds')}",
            f"Python {platform.python_version()}, {platform.platform()}",
            f"Commande : {' '.join(sys.argv)}",
        ]
    )


def _version() -> str:
    try:
        return metadata.version("carte")
    except metadata.PackageNotFoundError:  # run from its folder, without installation
        return "de ce dossier"
