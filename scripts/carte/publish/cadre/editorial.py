"""Render the written pages with mkdocs-material, and take the layout of all the others from it."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from carte.erreurs import ErreurCarte
from carte.journal import bavard
from carte.publication import Chantier
from carte.publish.cadre import icones
from carte.publish.cadre.contexte import RACINE, Contexte
from carte.publish.cadre.shell import GABARITS, Gabarit, Shell, page_du_gabarit
from carte.publish.reprise import SANS_REPRISE, Reprise


class PagesInvalides(ErreurCarte):
    """mkdocs refuses the written pages; the message lists its reasons, in its words."""


def construire(contexte: Contexte, site: Chantier, racine: Path = RACINE, reprise: Reprise = SANS_REPRISE) -> Shell:
    """Write the written and report pages, 404 page and static files; return the layout.

    Strict: raises PagesInvalides for any warning of mkdocs (a dead link, a missing page).
    """
    # The static files are those of the program, and their folder is named after their content.
    selon = reprise.avec(replace(contexte, actifs=contexte.actifs.dossier))  # type: ignore[arg-type]
    gabarits, profondeurs = {}, {page_du_gabarit(profondeur): profondeur for profondeur in GABARITS}
    for chemin, contenu in selon.suite("pages", lambda: _batir(contexte, site.dossier.parent, racine)):
        if (profondeur := profondeurs.get(chemin)) is None:
            site.ecrire(chemin, contenu)
        else:
            gabarits[profondeur] = Gabarit.lire(contenu.decode())
    # Every page names them in its head.
    reprise.fichiers("icônes", lambda: icones.ecrire(contexte.configuration, site), site)
    return Shell(contexte.configuration.url, contexte.actifs.dossier, gabarits)


def _batir(contexte: Contexte, ailleurs: Path, racine: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file that mkdocs makes, in a folder of `ailleurs` that is then thrown away."""
    with TemporaryDirectory(dir=ailleurs, prefix=".mkdocs-") as dossier:
        _mkdocs(contexte, Path(dossier), racine)
        for fichier in sorted(Path(dossier).rglob("*")):
            if fichier.is_file():
                yield fichier.relative_to(dossier).as_posix(), fichier.read_bytes()


def _mkdocs(contexte: Contexte, dossier: Path, racine: Path) -> None:
    """Let mkdocs write in `dossier`, which it empties first."""
    # mkdocs-material prints an advertisement for its successor at import unless told not to.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    with _constats():
        config = load_config(str(racine / "mkdocs.yml"), site_dir=str(dossier), strict=True)
        config.extra["contexte"] = contexte
        config.plugins.on_startup(command="build", dirty=False)
        build(config)


@contextmanager
def _constats() -> Iterator[None]:
    """Raise what mkdocs warns of as one error, rather than let it speak on the terminal."""
    from mkdocs.exceptions import MkDocsException

    mkdocs, releve = logging.getLogger("mkdocs"), _Releve(logging.WARNING)
    mkdocs.addHandler(releve)
    mkdocs.propagate = bavard()
    try:
        yield
    except MkDocsException as erreur:
        raisons = "\n".join(f"- {raison}" for raison in releve.raisons or [erreur.format_message()])
        raise PagesInvalides(f"Les pages de site_src/pages ne peuvent pas être publiées :\n{raisons}") from erreur
    finally:
        mkdocs.propagate = True
        mkdocs.removeHandler(releve)


class _Releve(logging.Handler):
    """Keeps each warning."""

    def __init__(self, niveau: int) -> None:
        super().__init__(niveau)
        self.raisons: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.raisons.append(record.getMessage())
