"""The layout of the site, rendered once by mkdocs-material for all the tests of this folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from carte.publication import Chantier
from carte.publish.atlas import Atlas
from carte.publish.cadre import actifs, editorial
from carte.publish.cadre.contexte import Contexte
from carte.publish.cadre.polices import pour_typst
from carte.publish.cadre.shell import Shell
from publish import monde


@dataclass(frozen=True)
class Socle:
    """The written pages on disk, and the layout taken from them."""

    dossier: Path
    shell: Shell


@pytest.fixture(scope="session")
def socle(tmp_path_factory: pytest.TempPathFactory) -> Socle:
    """Every written page of the small world's demonstration, with two generated ones."""
    dossier = tmp_path_factory.mktemp("socle")
    pages = {
        "rapports/99/index.html": '<h1>Rapport &amp; essai</h1><h2 id="un">Un</h2><h2 id="deux">Deux</h2>'
        '<h3 id="x">X</h3><h2 id="trois">Trois</h2><p>Fragment : {{ intact }}</p>',
        "rapports/note.md": "# Une note\n\nDu texte.\n",
    }
    contexte = Contexte(monde.configuration(), actifs.rassembler(monde.RACINE), pages, {"complet": True})
    return Socle(dossier, editorial.construire(contexte, Chantier.sur(dossier)))


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas(monde.territoire())


@pytest.fixture(scope="session")
def polices() -> Iterator[Path]:
    """The folder of the site's fonts, as typst reads them."""
    with pour_typst(monde.RACINE) as dossier:
        yield dossier
