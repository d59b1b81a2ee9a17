"""Render the written pages with mkdocs-material, and take the layout of all the others from it."""

import os
from pathlib import Path

from carte.publish.cadre import icones
from carte.publish.cadre.contexte import RACINE, Contexte
from carte.publish.cadre.shell import Shell, extraire


def construire(contexte: Contexte, dossier: Path, racine: Path = RACINE) -> Shell:
    """Write the written and report pages, 404 page and static files in `dossier`; return the layout.

    Strict: any warning of mkdocs (a dead link, a missing page) raises click.ClickException.
    """
    # mkdocs-material prints an advertisement for its successor at import unless told not to.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(racine / "mkdocs.yml"), site_dir=str(dossier), strict=True)
    config.extra["contexte"] = contexte
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    # Every page names them in its head.
    icones.ecrire(contexte.configuration, dossier)
    return extraire(dossier, contexte.configuration.url, contexte.actifs.dossier)
