"""Choose a few sites among many: the sum over communes of the best gain that a chosen site brings (facility location).

Maximal covering (Church and ReVelle 1974: a gain is the population, or nothing) and p-median (Hakimi 1964: a gain is
the person-minutes saved) are both of this shape. Greedy choices reach at least 1 - 1/e, 63 %, of the optimum, because
gains only decrease as sites are added (Nemhauser, Wolsey and Fisher 1978); the same property bounds the optimum from
above, which often proves the greedy choice without any search. Else HiGHS (scipy.optimize.milp) decides.
"""

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from carte.access.points import Entiers, Reels

TAILLE_MAX = 400_000
"""Above this number of terms the exact problem is not tried: the choice stays greedy then swapped, and unproved."""
NOEUDS_MAX = 20_000
"""Branches explored by the solver; counted in branches, not in seconds, so that two runs give the same answer."""
ESSAIS_MAX = 300
"""Up to this number of choices, all are tried: a solver would take longer to be told of them."""
_EGAL = 1e-9


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best choice known, its value, the greedy one's, and whether no better choice exists.

    `choisis` are columns, each bringing the most after those before it; fewer than asked when more would add nothing.
    """

    choisis: tuple[int, ...]
    valeur: float
    glouton: tuple[int, ...]
    valeur_gloutonne: float
    prouve: bool

    @property
    def glouton_egale(self) -> bool | None:
        """Whether the greedy choice is the optimum; None when the optimum is not proved."""
        if self.valeur_gloutonne < self.valeur * (1 - _EGAL):
            return False
        return True if self.prouve else None


def valeur(gains: Reels, choisis: tuple[int, ...]) -> float:
    """Total gain of a choice of columns of `gains` (communes x candidates, >= 0)."""
    return float(gains[:, list(choisis)].max(axis=1).sum()) if choisis else 0.0


def glouton(gains: Reels, nombre: int, parmi: tuple[int, ...] | None = None) -> tuple[int, ...]:
    """Choose up to `nombre` columns one after the other, each adding the most; ties go to the first.

    `parmi` restricts the choice to some columns. Stops when no column adds anything.
    """
    permises = list(range(gains.shape[1])) if parmi is None else sorted(parmi)
    acquis, choisis = np.zeros(gains.shape[0]), []
    for _ in range(min(nombre, len(permises))):
        ajouts = _ajouts(gains[:, permises], acquis)
        rang = int(np.argmax(ajouts))
        if ajouts[rang] <= _EGAL:
            break
        choisis.append(permises[rang])
        acquis = np.maximum(acquis, gains[:, permises[rang]])
    return tuple(choisis)


def majorant(gains: Reels, suite: tuple[int, ...], nombre: int) -> float:
    """No choice of `nombre` columns is worth more: least, over the beginnings of `suite`, of its value plus the
    `nombre` greatest additions to it."""
    bornes, acquis = [], np.zeros(gains.shape[0])
    for rang in range(len(suite) + 1):
        ajouts = np.sort(_ajouts(gains, acquis))[::-1]
        bornes.append(float(acquis.sum() + ajouts[:nombre].sum()))
        if rang < len(suite):
            acquis = np.maximum(acquis, gains[:, suite[rang]])
    return min(bornes)


def optimiser(gains: Reels, nombre: int, taille_max: int = TAILLE_MAX, essais_max: int = ESSAIS_MAX) -> Optimum:
    """The best choice of at most `nombre` columns of `gains` (communes x candidates, finite, >= 0), proved or not."""
    gains = gains[gains.any(axis=1)]
    suite = glouton(gains, nombre)
    acquis = valeur(gains, suite)
    if nombre == 1 or majorant(gains, suite, nombre) <= acquis * (1 + _EGAL) + _EGAL:
        return Optimum(suite, acquis, suite, acquis, True)
    echanges = echanger(gains, suite)
    retenues = prometteuses(gains, nombre, echanges)
    if comb(len(retenues), nombre) <= essais_max:
        trouves, prouve = _tous_essayes(gains, nombre, retenues), True
    else:
        trouves, prouve = _exact(gains, nombre, retenues, taille_max)
    meilleurs = max((echanges, trouves), key=lambda choix: valeur(gains, choix))
    if valeur(gains, meilleurs) <= acquis * (1 + _EGAL):
        return Optimum(suite, acquis, suite, acquis, prouve)
    ordonnes = glouton(gains, nombre, meilleurs)
    return Optimum(ordonnes, valeur(gains, ordonnes), suite, acquis, prouve)


def echanger(gains: Reels, choisis: tuple[int, ...]) -> tuple[int, ...]:
    """Swap one chosen column for another while that adds something (Teitz and Bart 1968)."""
    courants, acquis = list(choisis), valeur(gains, choisis)
    rang = 0
    while rang < len(courants):
        autres = courants[:rang] + courants[rang + 1 :]
        socle = gains[:, autres].max(axis=1) if autres else np.zeros(gains.shape[0])
        ajouts = _ajouts(gains, socle)
        meilleur = int(np.argmax(ajouts))
        total = float(socle.sum() + ajouts[meilleur])
        if total > acquis * (1 + _EGAL) + _EGAL:
            courants[rang], acquis, rang = meilleur, total, 0
        else:
            rang += 1
    return tuple(courants)


def prometteuses(gains: Reels, nombre: int, choisis: tuple[int, ...]) -> Entiers:
    """Columns that may be part of a choice worth more than `choisis`.

    Whatever is chosen, a choice that holds a column is worth no more than any set of columns, what this one adds to it,
    and the best `nombre` - 1 other additions to it. Columns that are left out no longer count as others.
    """
    acquis = valeur(gains, choisis) * (1 + _EGAL)
    socles = [np.zeros(gains.shape[0]), gains[:, list(choisis)].max(axis=1)]
    socles += [gains[:, [a for a in choisis if a != c]].max(axis=1, initial=0.0) for c in choisis]
    restantes = np.arange(gains.shape[1])
    while len(restantes):
        ajouts = [_ajouts(gains[:, restantes], socle) for socle in socles]
        bornes = [socle.sum() + _en_compagnie(a, nombre) for socle, a in zip(socles, ajouts, strict=True)]
        gardees = np.min(bornes, axis=0) > acquis
        if gardees.all():
            break
        restantes = restantes[gardees]
    return np.asarray(restantes, dtype=np.intp)


def _en_compagnie(ajouts: Reels, nombre: int) -> Reels:
    """Each addition with the best of the others: the first ones, itself not counted twice when it is one of them."""
    premiers = np.sort(ajouts)[::-1][:nombre]
    moindre = premiers[-1] if len(premiers) == nombre else 0.0
    return np.asarray(ajouts + premiers.sum() - np.maximum(ajouts, moindre), dtype=np.float64)


def _ajouts(gains: Reels, acquis: Reels) -> Reels:
    """What each column adds to what is already gained, row by row."""
    return np.asarray(np.maximum(gains - acquis[:, None], 0).sum(axis=0), dtype=np.float64)


def _exact(gains: Reels, nombre: int, colonnes: Entiers, taille_max: int) -> tuple[tuple[int, ...], bool]:
    """Solve by mixed-integer programming among some columns: the choice, and whether it is the best.

    Nothing and False when the problem is too large or the solver gives up.

    Each row earns its gain by steps (Elloumi 2010): the step from one distinct value to the next is earned when some
    chosen column gives at least the upper one. With one step a row this is the usual model of maximal covering.
    """
    marches, couvre = _marches(gains[:, colonnes], taille_max)
    if couvre is None:
        return (), False
    sites = len(colonnes)
    contrainte = np.concatenate([np.ones(sites), np.zeros(len(marches))])
    liens = csr_array(couvre)
    matrice = _cote_a_cote(liens, len(marches))
    reponse = milp(
        c=np.concatenate([np.zeros(sites), -marches]),
        integrality=np.concatenate([np.ones(sites), np.zeros(len(marches))]),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(matrice, lb=0), LinearConstraint(contrainte[None, :], ub=nombre)],
        options={"node_limit": NOEUDS_MAX, "mip_rel_gap": 0},
    )
    if reponse.x is None:
        return (), False
    return tuple(int(rang) for rang in colonnes[np.flatnonzero(reponse.x[:sites] > 0.5)]), bool(reponse.success)


def _tous_essayes(gains: Reels, nombre: int, colonnes: Entiers) -> tuple[int, ...]:
    """The best of all the choices of some columns; ties go to the first."""
    choix = list(combinations(map(int, colonnes), min(nombre, len(colonnes))))
    return max(choix, key=lambda choisis: valeur(gains, choisis))


def _cote_a_cote(liens: csr_array, marches: int) -> csr_array:
    """`liens @ sites - marches >= 0` as one matrix."""
    liens = liens.tocoo()
    lignes = np.concatenate([liens.row, np.arange(marches)])
    colonnes = np.concatenate([liens.col, liens.shape[1] + np.arange(marches)])
    valeurs = np.concatenate([liens.data, -np.ones(marches)])
    return csr_array((valeurs, (lignes, colonnes)), shape=(marches, liens.shape[1] + marches))


def _marches(gains: Reels, taille_max: int) -> tuple[Reels, coo_array | None]:
    """Height of every step of every row, and which columns earn it (steps x columns); None above `taille_max` terms."""
    hauteurs: list[float] = []
    lignes: list[Entiers] = []
    colonnes: list[Entiers] = []
    taille = 0
    for rangee in gains:
        utiles = np.flatnonzero(rangee)
        ordre = utiles[np.argsort(rangee[utiles], kind="stable")]
        niveaux, debuts = np.unique(rangee[ordre], return_index=True)
        taille += int((len(ordre) - debuts).sum())
        if taille > taille_max:
            return np.empty(0), None
        for hauteur, debut in zip(np.diff(niveaux, prepend=0.0), debuts, strict=True):
            lignes.append(np.full(len(ordre) - debut, len(hauteurs), dtype=np.intp))
            colonnes.append(ordre[debut:])
            hauteurs.append(float(hauteur))
    indices = (np.concatenate(lignes), np.concatenate(colonnes))
    return np.array(hauteurs), coo_array((np.ones(taille), indices), shape=(len(hauteurs), gains.shape[1]))
