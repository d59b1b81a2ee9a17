"""Barriers as arrays: which pairs a straight line may not join, and how many minutes their crossing takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from carte.access.hypotheses import Mode
from carte.access.points import Booleens, Entiers, Reels
from carte.territory import Barriere

_SANS_RIVE = -1
_HORS_DE_L_ILE, _SUR_L_ILE = 0, 1


@dataclass(frozen=True, eq=False)
class Barrieres:
    """Sides of the communes of a world.

    `rives` (communes + 1, barriers): side of each commune, -1 where a barrier does not concern it; the last row is that
    of places outside the communes loaded, whose position is -1. `minutes[mode]`: crossing of each barrier, NaN unknown,
    infinite when nobody crosses.
    """

    rives: Entiers
    minutes: Mapping[Mode, Reels]

    def parmi(self, rangs: Entiers) -> "Barrieres":
        """The same barriers over some of the communes, in this order, and the outside."""
        return Barrieres(self.rives[[*rangs, -1]], self.minutes)

    def separees(self, ici: Entiers, la: Entiers) -> Booleens:
        """Whether a barrier lies between the communes of each pair (positions, -1: outside)."""
        groupes, premiers = self._groupes
        separes = np.zeros((len(premiers), len(premiers)), dtype=np.bool_)
        for _, entre in self._entre(premiers):
            separes |= entre
        return np.asarray(separes[groupes[ici], groupes[la]], dtype=np.bool_)

    def traversees(self, ici: Entiers, la: Entiers, mode: Mode) -> Reels:
        """Minutes of the crossings between the communes of each pair; NaN: one is unknown, infinite: nobody crosses."""
        groupes, premiers = self._groupes
        total, aucune = np.zeros((2, len(premiers), len(premiers)))
        for rang, entre in self._entre(premiers):
            minutes = self.minutes[mode][rang]
            total[entre] += minutes
            aucune[entre] += np.isinf(minutes)
        return np.asarray(np.where(aucune > 0, np.inf, total)[groupes[ici], groupes[la]], dtype=np.float64)

    def cotes(self) -> Iterator[tuple[Booleens, list[Booleens]]]:
        """Communes alike before every barrier, and the groups of places where their quickest may be.

        Places as communes and, last, the outside: first those that nothing parts from them, then those of each group
        that has one crossing by car, known and the same for all.
        """
        groupes, premiers = self._groupes
        for depart in np.unique(groupes[:-1]):
            ici = np.full(len(premiers), premiers[depart], dtype=np.intp)
            separes, minutes = self.separees(ici, premiers), self.traversees(ici, premiers, Mode.VOITURE)
            franchis = np.flatnonzero(separes & np.isfinite(minutes))
            yield groupes[:-1] == depart, [~separes[groupes], *(groupes == groupe for groupe in franchis)]

    @cached_property
    def _groupes(self) -> tuple[Entiers, Entiers]:
        """The group of each row of `rives`, and the first row of each group: millions of pairs, a few groups.

        Looked for once: the simulations of a country ask for times more than a thousand times.
        """
        _, premiers, groupes = np.unique(self.rives, axis=0, return_index=True, return_inverse=True)
        return groupes.ravel().astype(np.intp), premiers.astype(np.intp)

    def _entre(self, premiers: Entiers) -> Iterator[tuple[int, Booleens]]:
        """For each barrier, between which groups it lies: a square table."""
        for rang in range(self.rives.shape[1]):
            rives = self.rives[premiers, rang]
            concernes = rives != _SANS_RIVE
            yield rang, (rives[:, None] != rives) & concernes[:, None] & concernes


def placer(barrieres: Sequence[Barriere], codes: Sequence[str]) -> Barrieres | None:
    """The barriers of a territory over the communes of a world, by their codes; None when no barrier parts any."""
    utiles = [barriere for barriere in barrieres if not barriere.rives.keys().isdisjoint(codes)]
    if not utiles:
        return None
    rives = np.column_stack([_rives(barriere, codes) for barriere in utiles])
    minutes = {mode: np.array([b.minutes[mode] for b in utiles], dtype=np.float64) for mode in Mode}
    return Barrieres(rives, minutes)


def _rives(barriere: Barriere, codes: Sequence[str]) -> Entiers:
    """Side of each commune, then of the outside: that of the mainland for an island, none for an estuary."""
    if barriere.ile:
        cotes = [_SUR_L_ILE if code in barriere.rives else _HORS_DE_L_ILE for code in codes]
        return np.array([*cotes, _HORS_DE_L_ILE], dtype=np.intp)
    numeros = {rive: rang for rang, rive in enumerate(sorted(set(barriere.rives.values())))}
    cotes = [numeros[barriere.rives[code]] if code in barriere.rives else _SANS_RIVE for code in codes]
    return np.array([*cotes, _SANS_RIVE], dtype=np.intp)
