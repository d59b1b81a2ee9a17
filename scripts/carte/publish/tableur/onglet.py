"""One sheet of a workbook: plain values, which can be sent to another process."""

from dataclasses import dataclass
from datetime import date

Valeur = str | float | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Feuille:
    """One sheet: its first `entetes` rows are headings, and stay in view. A None is an empty cell.

    `liste`: the rows below can be filtered, column by column.
    """

    nom: str
    lignes: tuple[tuple[Valeur, ...], ...]
    largeurs: tuple[int, ...]
    entetes: int = 1
    liste: bool = True
