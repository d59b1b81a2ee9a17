"""What a chapter of the report is made of. The page and the PDF write the same blocks, each in its own way."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carte.publish.report.tableaux import Tableau

if TYPE_CHECKING:
    from carte.publish.report.cartes import Carte


@dataclass(frozen=True, slots=True)
class Texte:
    """A paragraph of plain text. `code` of the definition of its figure, `fichier` of its open data: may be empty."""

    texte: str
    code: str = ""
    fichier: str = ""


@dataclass(frozen=True, slots=True)
class Intertitre:
    """A heading within a chapter."""

    identifiant: str
    titre: str


@dataclass(frozen=True, slots=True)
class Planche:
    """Maps side by side, with the sources to write under each."""

    cartes: tuple["Carte", ...]
    sources: str


@dataclass(frozen=True, slots=True)
class Liste:
    """A folded list: what invites to open it, its lines."""

    invitation: str
    lignes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarteInteractive:
    """Where the page offers its interactive map; nothing on paper."""


Bloc = Tableau | Texte | Intertitre | Planche | Liste | CarteInteractive


@dataclass(frozen=True, slots=True)
class Chapitre:
    """One numbered part of the report."""

    cle: str
    titre: str
    blocs: tuple[Bloc, ...]
