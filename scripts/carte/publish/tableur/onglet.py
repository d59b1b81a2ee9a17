"""One sheet of a workbook: plain values, which can be sent to another process."""

import math
from dataclasses import dataclass
from datetime import date
from numbers import Real

Valeur = str | float | int | bool | date | None

AUCUN = "aucun lieu"
"""Written for an infinite time: there is no such place anywhere."""


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


def valeur(brut: object) -> Valeur:
    """A cell of a frame: a number stays a number, the unknown is empty, infinity says « aucun lieu »."""
    if type(brut) is float:  # most cells, by far
        if brut != brut:
            return None
        return AUCUN if math.isinf(brut) else int(brut) if brut.is_integer() else brut
    if isinstance(brut, str):
        return str(brut)
    if brut is None or str(brut) in ("<NA>", "NaT") or brut != brut:
        return None
    if isinstance(brut, bool) or type(brut).__name__ == "bool":
        return bool(brut)
    if isinstance(brut, Real):
        nombre = float(brut)
        return AUCUN if math.isinf(nombre) else int(nombre) if nombre.is_integer() else nombre
    if isinstance(brut, list | tuple):
        return " ; ".join(map(str, brut))
    return brut if isinstance(brut, date) else str(brut)


def nombre(valeur: float) -> str:
    """A number as both formats write it: twelve digits, those of the open data, and all of a whole number."""
    return f"{valeur:.12G}" if type(valeur) is float else repr(valeur)
