"""Choose a few sites among many: the sum over communes of the best gain that a chosen site brings (facility location).

Maximal covering (Church and ReVelle 1974: a gain is the population, or nothing) and p-median (Hakimi 1964: a gain is
the person-minutes saved) are both of this shape. Greedy choices reach at least 1 - 1/e, 63 %, of the optimum, because
gains only decrease as sites are added (Nemhauser, Wolsey and Fisher 1978). They are then swapped, and searched around
until no better one can exist, or until the work allowed is done: the answer then says how far it may be from the best.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from carte.access.points import Reels
from carte.simulation.majorant import Borne, Sommes
from carte.simulation.recherche import Noeud, Recherche, Travail

TRAVAIL_MAX = 1_600_000_000
"""Terms read for one territory: about 4 s on a small machine."""
_PART = 4
"""One problem takes at most this part of what is left to its territory."""
_FINESSE_MAX, _TOTAL_MAX = 10, 50
"""Powers of two: gains are rounded to 1/1024, and their sum stays under 2**50."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best choice known, its value, what no choice exceeds, and the greedy choice.

    `choisis` are columns, each bringing the most after those before it; fewer than asked when more would add nothing.
    """

    choisis: tuple[int, ...]
    valeur: float
    majorant: float
    glouton: tuple[int, ...]
    prouve: bool

    @property
    def ecart(self) -> float:
        """The part of the best possible value that may be missing: 0 when the choice is proved the best."""
        return 0.0 if self.prouve else 1 - self.valeur / self.majorant

    @property
    def glouton_egale(self) -> bool | None:
        """Whether the greedy choice is the optimum; None when the optimum is not proved."""
        if self.glouton != self.choisis:
            return False
        return True if self.prouve else None


def valeur(gains: Reels, choisis: tuple[int, ...]) -> float:
    """Total gain of a choice of columns of `gains` (communes x candidates, >= 0)."""
    return float(gains[:, list(choisis)].max(axis=1).sum()) if choisis else 0.0


def optimiser(gains: Reels, nombres: Sequence[int], travail: Travail | None = None) -> tuple[Optimum, ...]:
    """For each of `nombres`, the best choice of at most as many columns of `gains` (communes x candidates, >= 0).

    Gains are finite, and compared to 1/1024. `travail`: what is left to the territory; TRAVAIL_MAX when None.
    """
    travail = travail or Travail(TRAVAIL_MAX)
    echelle = _echelle(gains)
    comptes = gains > 0.5 / echelle  # what does not round to nothing
    colonnes = np.flatnonzero(comptes.any(axis=0))
    entiers = np.rint(gains[np.ix_(np.flatnonzero(comptes.any(axis=1)), colonnes)].T * echelle, order="C")
    sommes = Sommes(entiers)
    suite = glouton(sommes, max(nombres))
    travail.faire(sommes.cout * (1 + len(suite.choisis)))

    def optimum(nombre: int) -> Optimum:
        recherche, majorant = _chercher(sommes, suite, nombre, travail)
        pas_a_pas = suite.choisis[:nombre]
        choisis = pas_a_pas if recherche.choisis == pas_a_pas else _ranger(entiers, recherche.choisis)
        siens, ceux_du_glouton = (tuple(map(int, colonnes[list(c)])) for c in (choisis, pas_a_pas))
        prouve, total = majorant <= recherche.valeur, valeur(gains, siens)
        plafond = total if prouve else (majorant + len(gains) / 2) / echelle
        return Optimum(siens, total, plafond, ceux_du_glouton, prouve)

    return tuple(map(optimum, nombres))


def _echelle(gains: Reels) -> float:
    """What gains are multiplied by before they are rounded, so that sums of whole numbers stay exact."""
    total = float(gains.max(axis=1, initial=0).sum())
    return 2.0 ** min(_FINESSE_MAX, _TOTAL_MAX - math.frexp(total)[1])


@dataclass(frozen=True, slots=True)
class Suite:
    """The greedy choice, and the bound at each step, whose floors are what is gained so far."""

    choisis: tuple[int, ...]
    etapes: tuple[Borne, ...]

    def valeur(self, nombre: int) -> float:
        """What the first `nombre` columns are worth."""
        return self.etapes[min(nombre, len(self.choisis))].base

    def majorant(self, nombre: int) -> float:
        """What no choice of `nombre` columns exceeds: often the value of the greedy one."""
        return min(e.base + float(e.ajouts[e.ordre[:nombre]].sum()) for e in self.etapes)


def glouton(sommes: Sommes, nombre: int) -> Suite:
    """Choose up to `nombre` columns one after the other, each adding the most; ties go to the first.

    Stops when no column adds anything.
    """
    acquis = np.zeros(sommes.gains.shape[1])
    etapes = [sommes.borne(acquis, nombre)]
    choisis: list[int] = []
    while len(choisis) < nombre and etapes[-1].total > etapes[-1].base:
        choisis.append(int(etapes[-1].ordre[0]))
        acquis = np.maximum(acquis, sommes.gains[choisis[-1]])
        etapes.append(sommes.borne(acquis, nombre))
    return Suite(tuple(choisis), tuple(etapes))


def _ranger(gains: Reels, choisis: tuple[int, ...]) -> tuple[int, ...]:
    """Chosen columns of `gains` (columns x communes), each bringing the most after those before it."""
    colonnes = sorted(choisis)
    return tuple(colonnes[rang] for rang in glouton(Sommes(gains[colonnes]), len(colonnes)).choisis)


def echanger(sommes: Sommes, choisis: tuple[int, ...], travail: Travail) -> tuple[tuple[int, ...], float]:
    """Swap one chosen column for another while that adds something (Teitz and Bart 1968); and what that is worth."""
    courants, essais, rang = list(choisis), 0, 0
    acquis = float(sommes.gains[courants].max(axis=0, initial=0).sum())
    while essais < len(courants) and not travail.fini:
        socle = sommes.gains[courants[:rang] + courants[rang + 1 :]].max(axis=0, initial=0)
        ajouts = sommes.ajouts(socle)
        travail.faire(sommes.cout)
        meilleur, essais = int(ajouts.argmax()), essais + 1
        if socle.sum() + ajouts[meilleur] > acquis:
            courants[rang], acquis, essais = meilleur, float(socle.sum() + ajouts[meilleur]), 0
        rang = (rang + 1) % len(courants)
    return tuple(courants), acquis


def _chercher(sommes: Sommes, suite: Suite, nombre: int, travail: Travail) -> tuple[Recherche, float]:
    """The best choice of `nombre` columns that part of the work finds, and what none exceeds."""
    permis = Travail(travail.reste / _PART)
    recherche = Recherche(suite.choisis[:nombre], suite.valeur(nombre), permis)
    majorant = suite.majorant(nombre)
    if majorant > recherche.valeur:
        avant = permis.reste
        echanges, total = echanger(sommes, recherche.choisis, permis)
        recherche.proposer(echanges, total)
        # Between what the nearest chosen site and the next one give, the best floors are never far.
        planchers = np.rint(np.sort(sommes.gains[list(echanges)], axis=0)[-2:].mean(axis=0))
        noeud = Noeud(sommes, np.arange(len(sommes.gains)), planchers, nombre)
        majorant = min(majorant, recherche.explorer(noeud))
        travail.reste -= avant - permis.reste
    return recherche, majorant
