"""Travel times of the pairs by mode, with their interval, and what can be asked of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from carte.access.hypotheses import Hypotheses, Mode
from carte.access.paires import Communes, Lieux, Paires, chercher
from carte.access.points import Booleens, Reels

TOLERANCE = 1e-9
"""Thresholds are inclusive: a time equal to T up to this many minutes is within T."""


class Statut(StrEnum):
    """How sure it is that a commune is covered; « inconnu » when it has no point to measure from."""

    SUR = "sûr"
    INCERTAIN = "incertain"
    NON = "non"
    INCONNU = "inconnu"


@dataclass(frozen=True, slots=True, eq=False)
class Temps:
    """Minutes, their low and high bounds: three arrays of one length. `inf`: no such place; NaN: unknown."""

    minutes: Reels
    bas: Reels
    haut: Reels

    def statuts(self, seuil: float) -> NDArray[np.str_]:
        """« sûr » when the high bound is within the threshold, « incertain » when only the low one is, else « non »."""
        return np.select(
            [np.isnan(self.minutes), dans(self.haut, seuil), dans(self.bas, seuil)],
            [Statut.INCONNU.value, Statut.SUR.value, Statut.INCERTAIN.value],
            Statut.NON.value,
        )


def dans(minutes: Reels, seuil: float) -> Booleens:
    """Whether each time is within an inclusive threshold (minutes)."""
    return minutes <= seuil + TOLERANCE


@dataclass(frozen=True, slots=True, eq=False)
class Trajets:
    """The pairs and their times by mode; `minutes[mode]` and `mesures[mode]` are aligned with the pairs.

    A measured time (from a matrix) has no interval; an estimated one has that of the assumptions. `routes[mode]`:
    length of the road of each pair in km, NaN where no matrix gives it.
    """

    paires: Paires
    communes_connues: Booleens
    minutes: dict[Mode, Reels]
    mesures: dict[Mode, Booleens]
    hypotheses: Hypotheses
    routes: dict[Mode, Reels] = field(default_factory=dict)

    def temps(self, mode: Mode) -> Temps:
        """Times of every pair, with bounds."""
        minutes = self.minutes[mode]
        bas, haut = self.hypotheses.borne_basse * minutes, self.hypotheses.borne_haute * minutes
        if mode in self.mesures:
            bas, haut = (np.where(self.mesures[mode], minutes, borne) for borne in (bas, haut))
        return Temps(minutes, bas, haut)

    def plus_proche(self, mode: Mode, lieux: Booleens) -> Temps:
        """Least time of each commune to the places marked True, with the least bounds."""
        retenues = lieux[self.paires.lieu]
        if mode in self.mesures:
            temps = self.temps(mode)
            return Temps(*(self.minimum(v, retenues) for v in (temps.minutes, temps.bas, temps.haut)))
        minutes = self.minimum(self.minutes[mode], retenues)
        return Temps(minutes, self.hypotheses.borne_basse * minutes, self.hypotheses.borne_haute * minutes)

    def minimum(self, valeurs: Reels, retenues: Booleens) -> Reels:
        """Least value of each commune over the pairs kept: inf where none is, NaN where the commune has no point."""
        resultat = np.where(self.communes_connues, np.inf, np.nan)
        np.minimum.at(resultat, self.paires.commune[retenues], valeurs[retenues])
        return resultat

    def lieu_le_plus_proche(self, mode: Mode, lieux: Booleens) -> NDArray[np.intp]:
        """Position of the quickest marked place of each commune, -1 where there is none; ties go to the first."""
        retenues = np.flatnonzero(lieux[self.paires.lieu])
        commune = self.paires.commune[retenues]
        rangs = np.lexsort((self.paires.lieu[retenues], self.minutes[mode][retenues], commune))
        servies, premiers = np.unique(commune[rangs], return_index=True)
        resultat = np.full(len(self.communes_connues), -1, dtype=np.intp)
        resultat[servies] = self.paires.lieu[retenues[rangs[premiers]]]
        return resultat


def vitesses(densites: Sequence[object], hypotheses: Hypotheses) -> Reels:
    """Car speed of each commune in km/h, from its density class; the default one where the class is unknown."""
    connues = hypotheses.voiture_kmh_par_densite
    return np.array([connues.get(str(densite), hypotheses.voiture_kmh) for densite in densites], dtype=np.float64)


def rayon_km(portees: Mapping[Mode, float], communes: Communes, hypotheses: Hypotheses) -> float:
    """Straight line beyond which nothing is within the thresholds (minutes by mode), even by the low bound."""
    vitesses_max = {mode: hypotheses.vitesse_kmh(mode) for mode in Mode}
    vitesses_max[Mode.VOITURE] = float(np.max(communes.vitesse_kmh))
    return max(
        (seuil + TOLERANCE) / hypotheses.borne_basse * vitesses_max[mode] / (60 * hypotheses.detour(mode))
        for mode, seuil in portees.items()
    )


def estimer(
    communes: Communes,
    lieux: Lieux,
    portees: Mapping[Mode, float],
    hypotheses: Hypotheses,
    choix: Sequence[Booleens] = (),
) -> Trajets:
    """Estimate the times of every pair that can be within the thresholds (minutes by mode), and of the nearest places.

    Each mask of `choix` (families of services) is guaranteed its nearest fixed place in every commune, however far.
    """
    paires = chercher(communes, lieux, rayon_km(portees, communes, hypotheses), choix)
    minutes = estimer_minutes(paires, communes, lieux, hypotheses)
    return Trajets(paires, communes.points.connus, minutes, {}, hypotheses)


def estimer_minutes(paires: Paires, communes: Communes, lieux: Lieux, hypotheses: Hypotheses) -> dict[Mode, Reels]:
    """Minutes of each pair by mode: `60 x detour x km / speed`; by car, half of the way at the speed of each end."""
    minutes = {mode: 60 * hypotheses.detour(mode) / hypotheses.vitesse_kmh(mode) * paires.d_km for mode in Mode}
    minutes[Mode.VOITURE] = 60 * hypotheses.detour_voiture * paires.d_km / _vitesse_voiture(communes, lieux, paires)
    return minutes


def _vitesse_voiture(communes: Communes, lieux: Lieux, paires: Paires) -> Reels:
    """Harmonic mean of the speeds at both ends; the origin's alone when the place is outside the communes loaded."""
    depart = communes.vitesse_kmh[paires.commune]
    chez = lieux.commune[paires.lieu]
    arrivee = np.where(chez >= 0, communes.vitesse_kmh[chez], depart)
    return 2 / (1 / depart + 1 / arrivee)
