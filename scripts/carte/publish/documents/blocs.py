"""A document to fill in, as values: what both formats write."""

from dataclasses import dataclass

LARGEUR_MM = 180
"""Width of the text on an A4 page, between its margins."""


@dataclass(frozen=True, slots=True)
class Tableau:
    """`largeurs`: of the columns, in mm; their sum is LARGEUR_MM. A cell is its paragraphs: none is a place to write.

    `entete`: titles of the columns, none for a form whose first column names each row. `titre` may be empty.
    """

    titre: str
    largeurs: tuple[int, ...]
    entete: tuple[str, ...]
    lignes: tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet, on pages of its own."""

    titre: str
    tableaux: tuple[Tableau, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A cover (title, paragraphs), then the sheets. `pied`: foot of every page; `auteur` and title are its metadata."""

    titre: str
    auteur: str
    pied: str
    presentation: tuple[str, ...]
    sections: tuple[Section, ...]
