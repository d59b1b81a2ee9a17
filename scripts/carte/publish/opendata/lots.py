"""Tables as CSV, some rows at a time: rows that have not changed since the last build are not written again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from carte.publish.opendata import parties
from carte.publish.opendata.formats import Ressource, cellule, cellules_csv, entete_csv
from carte.publish.opendata.parties import CLES, Decoupage
from carte.publish.reprise import SANS_REPRISE, Reprise

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_LOT = 250
"""Rows written together: those of a country do not fit in memory as texts, and few of them change at a time."""
_PEU = 2_000
"""Cells that are written sooner than they are looked for."""


@dataclass(frozen=True, slots=True)
class Redacteur:
    """Writes tables, whole or in the parts of `coupe`."""

    coupe: Decoupage
    reprise: Reprise = SANS_REPRISE

    def ressource(self, modele: Ressource, table: "DataFrame") -> Ressource:
        """The resource with its content: every column of `table`, in order."""
        return parties.table(self.coupe, modele, table, self._csv, self._par_departement)

    def _par_departement(self, table: "DataFrame") -> "Iterator[tuple[str, DataFrame]]":
        noms = [nom for nom in CLES if nom in table]
        cles = [dict(zip(noms, ligne, strict=True)) for ligne in table[noms].itertuples(index=False)]
        groupes = self.coupe.grouper(range(len(table)), lambda rang: self.coupe.de_la_ligne(cles[rang]))
        return ((code, table.iloc[rangs]) for code, rangs in groupes.items())

    def _csv(self, table: "DataFrame") -> bytes:
        lots = (table.iloc[debut : debut + _LOT] for debut in range(0, len(table), _LOT))
        return entete_csv([str(nom) for nom in table.columns]) + b"".join(map(self._lot, lots))

    def _lot(self, lot: "DataFrame") -> bytes:
        if not self.reprise.memoire.active or lot.size < _PEU:
            return _lignes(lot)
        return self.reprise.du_contenu("lignes de table", lambda: _lignes(lot), [self.reprise.empreinte(lot)])


def _lignes(lot: "DataFrame") -> bytes:
    """The rows as they are written, by columns."""
    colonnes = (map(cellule, _valeurs(lot.iloc[:, rang])) for rang in range(lot.shape[1]))
    return cellules_csv(zip(*colonnes, strict=True))


def _valeurs(colonne: "Series[Any]") -> list[Any]:
    """The values that an iteration gives, without the cost of asking for each."""
    if colonne.dtype == "str":
        return list(colonne.to_numpy(dtype=object))
    return colonne.tolist() if isinstance(colonne.dtype, np.dtype) else list(colonne)
