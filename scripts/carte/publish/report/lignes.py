"""The figures of territories, row by row: the same values as `Indicateurs.part`, without one search per figure."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from carte.indicators import NON_EVALUE, Indicateurs, Mesure, Part, lire_part

if TYPE_CHECKING:
    from pandas import DataFrame


class _Colonnes(dict[str, "np.ndarray[Any, Any]"]):
    """The columns of a table, each looked up once."""

    def __init__(self, table: "DataFrame") -> None:
        super().__init__()
        self.table = table

    def __missing__(self, nom: str) -> "np.ndarray[Any, Any]":
        if nom not in self.table.columns:
            raise KeyError(nom)
        colonne = self[nom] = self.table[nom].to_numpy()
        return colonne


class Cellules(Mapping[str, Any]):
    """One row of a table, read in place: the rows of a country, copied, take a gigabyte. Values are Python's own."""

    __slots__ = ("_colonnes", "_rang")

    def __init__(self, colonnes: _Colonnes, rang: int) -> None:
        self._colonnes, self._rang = colonnes, rang

    def __getitem__(self, nom: str) -> Any:
        valeur = self._colonnes[nom][self._rang]
        return valeur.item() if isinstance(valeur, np.generic) else valeur

    def __contains__(self, nom: object) -> bool:
        return nom in self._colonnes.table.columns

    def __iter__(self) -> Iterator[str]:
        return iter(map(str, self._colonnes.table.columns))

    def __len__(self) -> int:
        return len(self._colonnes.table.columns)


@dataclass(frozen=True, slots=True)
class Ligne:
    """One territory of one table: its code and its cells by column."""

    code: str
    cellules: Mapping[str, Any]

    @property
    def nom(self) -> str:
        """Its name, or its code when the name is unknown."""
        nom = self.cellules["nom"]
        return nom if isinstance(nom, str) else self.code

    def nombre(self, colonne: str) -> float | None:
        """A plain number; None when unknown. KeyError when the table has no such column."""
        return _nombre(self.cellules[colonne])

    def texte(self, colonne: str) -> str:
        """A word of the tables, such as a status."""
        return str(self.cellules[colonne])

    def part(self, colonne: str) -> Part:
        """A share, by the name of its columns without suffix; its bounds only where it is not evaluated."""
        lue = lire_part(self.cellules, colonne)
        if not self.evaluee(colonne):
            return replace(lue, numerateur=None, dit=None, possible=None)
        return lue

    def evaluee(self, colonne: str) -> bool:
        """Whether a share has a central figure that may be printed."""
        return self.cellules.get(f"{colonne}_statut") != NON_EVALUE

    def mesure(self, colonne: str) -> Mesure:
        """A measure, by the name of its columns without suffix."""
        bas, haut = (_nombre(self.cellules.get(f"{colonne}_{fin}")) for fin in ("bas", "haut"))
        return Mesure(_nombre(self.cellules[f"{colonne}_val"]), bas, haut)


def ligne(indicateurs: Indicateurs, niveau: str, code: str) -> Ligne:
    """One territory; KeyError when the table has none of that code."""
    table = indicateurs.tables[niveau]
    return Ligne(code, Cellules(_Colonnes(table), int(table.index.get_loc(code))))  # type: ignore[arg-type]


def lignes(indicateurs: Indicateurs, niveau: str, departement: str) -> Iterator[Ligne]:
    """The territories of a département, in the order of the table (`commune` and `epci_departement` levels)."""
    table = indicateurs.tables[niveau]
    colonnes = _Colonnes(table)
    for rang in np.flatnonzero(table["code_departement"] == departement):
        yield Ligne(str(table.index[int(rang)]), Cellules(colonnes, int(rang)))


def _nombre(valeur: object) -> float | None:
    if not isinstance(valeur, Real) or math.isnan(float(valeur)):
        return None
    return float(valeur)
