"""The figures of territories, row by row: the same values as `Indicateurs.part`, without one search per figure."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

from carte.indicators import NON_EVALUE, Indicateurs, Mesure, Part, lire_part


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
    cellules = indicateurs.tables[niveau].loc[code].to_dict()
    return Ligne(code, {str(nom): valeur for nom, valeur in cellules.items()})


def lignes(indicateurs: Indicateurs, niveau: str, departement: str) -> Iterator[Ligne]:
    """The territories of a département, in the order of the table (`commune` and `epci_departement` levels)."""
    table = indicateurs.tables[niveau]
    for code, cellules in table[table["code_departement"] == departement].to_dict("index").items():
        yield Ligne(str(code), {str(nom): valeur for nom, valeur in cellules.items()})


def _nombre(valeur: object) -> float | None:
    if not isinstance(valeur, Real) or math.isnan(float(valeur)):
        return None
    return float(valeur)
