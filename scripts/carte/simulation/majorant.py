"""What no choice of a few sites can exceed, and how to bring that bound down.

Give each commune a floor, any number >= 0. A chosen site adds, commune by commune, what it gains above the floor: no
choice is worth more than the sum of the floors and of the greatest additions, one a site. Whatever the floors, this is
true; for the best ones it is close (Lagrangian bound of Cornuéjols, Fisher and Nemhauser 1977). Subgradients lead
there, turned as Camerini, Fratta and Maffioli do (1975).

Gains and floors are whole numbers, kept in floats that hold them exactly: sums are the same in any order and with any
processor, so choices, values and bounds are too.
"""

from dataclasses import dataclass

import numpy as np

from carte.access.points import Booleens, Entiers, Reels

_CLAIRSEME = 5
"""Reading one term through its position costs as much as this many read in a row."""
_POIDS_MAX = 2**16
_FINESSE = 64
"""Directions are rounded to this fraction: their sums stay exact."""
_PATIENCE = 10
"""Trials without a better bound before the step is halved."""
_PAS_MIN = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Borne:
    """No choice of `nombre` columns is worth more than `total`: `base`, the floors, and the greatest `ajouts`.

    `ordre`: columns, the greatest additions first, ties to the first ones.
    """

    nombre: int
    planchers: Reels
    base: float
    ajouts: Reels
    ordre: Entiers
    total: float

    @property
    def tete(self) -> Entiers:
        """The columns that the bound counts."""
        return self.ordre[: self.nombre]

    def utiles(self, valeur: float) -> Booleens:
        """Columns that may be part of a choice worth more than `valeur`: each in place of the last that is counted."""
        derniere = self.ajouts[self.tete[-1]]
        return np.asarray(self.total - derniere + np.minimum(self.ajouts, derniere) > valeur, dtype=np.bool_)


class Sommes:
    """What each column adds above floors. `gains` are columns x communes, each column with some gain."""

    def __init__(self, gains: Reels) -> None:
        self.gains = gains
        places = np.flatnonzero(gains > 0)
        self._clairseme = len(places) * _CLAIRSEME < gains.size
        self.cout: int = len(places) * _CLAIRSEME if self._clairseme else gains.size
        if self._clairseme:
            self._communes, self._termes = places % gains.shape[1], gains.ravel()[places]
            self._debuts = np.searchsorted(places, np.arange(len(gains)) * gains.shape[1])
        else:
            self._place = np.empty_like(gains)

    def ajouts(self, planchers: Reels) -> Reels:
        """Sum over communes of what each column gains above the floors."""
        if not len(self.gains):
            return np.empty(0)
        if self._clairseme:
            return np.add.reduceat(np.maximum(self._termes - planchers[self._communes], 0), self._debuts)
        np.maximum(self.gains, planchers, out=self._place)
        return np.asarray(self._place.sum(axis=1) - planchers.sum(), dtype=np.float64)

    def borne(self, planchers: Reels, nombre: int) -> Borne:
        """The bound of these floors."""
        ajouts, base = self.ajouts(planchers), float(planchers.sum())
        ordre = np.argsort(-ajouts, kind="stable")
        return Borne(nombre, planchers, base, ajouts, ordre, base + float(ajouts[ordre[:nombre]].sum()))


class Descente:
    """Floors tried one after the other for `nombre` columns of `sommes`: the `courante` bound, the `meilleure` so far.

    `valeur`: what the columns that the current bound counts are worth. Towns weigh thousands of times what villages do:
    each floor moves in proportion to the greatest gain of its commune.
    """

    def __init__(self, sommes: Sommes, planchers: Reels, nombre: int, pas: float = 1.0) -> None:
        self.pas, self._sommes, self._nombre = pas, sommes, nombre
        self._plafonds = sommes.gains.max(axis=0)
        self._poids = np.rint(self._plafonds * (_POIDS_MAX / self._plafonds.max())) + 1
        self._echecs, self._sens, self._norme = 0, np.empty(0), 0.0
        self._essayer(planchers)
        self.meilleure = self.courante

    def _essayer(self, planchers: Reels) -> None:
        self.courante = self._sommes.borne(planchers, self._nombre)
        prises = self._sommes.gains[self.courante.tete]
        self.valeur = float(prises.max(axis=0).sum())
        # A commune that several counted columns serve above its floor asks for a higher one, one that none serves for
        # a lower one.
        self._pente = 1.0 - (prises > planchers).sum(axis=0)

    def avancer(self, valeur: float) -> bool:
        """Try other floors, towards a bound of `valeur`; False when there is no use in going on."""
        if self._echecs >= _PATIENCE:
            self.pas, self._echecs, self._norme = self.pas / 2, 0, 0.0
            self._essayer(self.meilleure.planchers)
        pousse = self._tourner()
        if not self._norme or self.pas < _PAS_MIN:
            return False
        longueur = self.pas * (self.courante.total - valeur) / self._norme
        bouges = self.courante.planchers - np.rint(longueur * pousse)
        self._essayer(np.minimum(np.maximum(bouges, 0), self._plafonds))
        if self.courante.total < self.meilleure.total:
            self.meilleure, self._echecs = self.courante, 0
        else:
            self._echecs += 1
        return True

    def _tourner(self) -> Reels:
        """The weighted direction: the slope, turned half-way to the last direction when they disagree."""
        sens = self._pente
        if self._norme:
            part = -1.5 * float((self._poids * sens) @ self._sens) / self._norme
            if part > 0:
                sens = np.rint((sens + part * self._sens) * _FINESSE) / _FINESSE
        self._sens, pousse = sens, self._poids * sens
        self._norme = float(pousse @ sens)
        return np.asarray(pousse, dtype=np.float64)
