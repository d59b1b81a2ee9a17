"""G6: where one more place would bring the most people within reach (maximal covering location, greedy).

Church and ReVelle 1974 for the problem; the greedy choice reaches at least 63 % of the optimum (Nemhauser, Wolsey and
Fisher 1978). The answer depends on the threshold: print several.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from carte.access import Communes, Hypotheses, Lieux, Mode, dans, estimer
from carte.access.points import Booleens, Entiers, Reels
from carte.simulation import optimum


@dataclass(frozen=True, slots=True)
class Site:
    """One choice: position of the candidate, people it adds, and people covered after it."""

    candidat: int
    gain: float
    couverts: float


def a_portee(communes: Communes, candidats: Entiers, seuil: float, hypotheses: Hypotheses) -> csr_array:
    """Which communes (rows) a place put in each candidate commune (columns) would serve by car within the threshold."""
    lieux = Lieux(
        type(communes.points)(communes.points.coordonnees[candidats], communes.points.spherique),
        candidats,
        np.zeros(len(candidats), dtype=np.bool_),
    )
    trajets = estimer(communes, lieux, {Mode.VOITURE: seuil}, hypotheses)
    atteintes = dans(trajets.minutes[Mode.VOITURE], seuil)
    lignes, colonnes = trajets.paires.commune[atteintes], trajets.paires.lieu[atteintes]
    return csr_array((np.ones(len(lignes)), (lignes, colonnes)), shape=(len(communes.points), len(candidats)))


def glouton(atteint: csr_array, population: Reels, couvertes: Booleens, nombre: int) -> list[Site]:
    """Choose up to `nombre` candidates one after the other, each adding the most people; ties go to the first.

    `atteint` as `a_portee` makes it; `couvertes` marks the communes already served. Communes of unknown population
    count for nobody. Stops when no candidate adds anyone.
    """
    gains = atteint.toarray() * (np.nan_to_num(population) * ~couvertes)[:, None]
    suite = optimum.glouton(gains, nombre)
    totaux = [optimum.valeur(gains, suite[:rang]) for rang in range(len(suite) + 1)]
    deja = float(np.nan_to_num(population)[couvertes].sum())
    return [Site(site, totaux[r + 1] - totaux[r], deja + totaux[r + 1]) for r, site in enumerate(suite)]
