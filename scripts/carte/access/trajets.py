"""Travel times of the pairs by mode, with their interval, and what can be asked of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from carte.access.hypotheses import Hypotheses, Mode
from carte.access.paires import Communes, Lieux, Paires, chercher, moyenne_des_bouts
from carte.access.points import Booleens, Entiers, Reels

DIAGONALE = 2 * 2**0.5
"""A stop put at the point of its commune may be as far as the diagonal of a square of its area: `sqrt(2 x area)`,
against the convention of `sqrt(area) / 2`."""
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
class Separes:
    """Pairs that a barrier parts: their positions, the minutes of the straight line and of the crossing by mode.

    A crossing is NaN when unknown, infinite when nobody crosses.
    """

    paires: Entiers
    directs: Mapping[Mode, Reels]
    traversees: Mapping[Mode, Reels]

    def minutes(self, mode: Mode, detour: float = 1.0) -> Reels:
        """Straight line (times `detour`) and crossing; infinite when the crossing is unknown."""
        return np.nan_to_num(detour * self.directs[mode] + self.traversees[mode], nan=np.inf, posinf=np.inf)

    def bas(self, mode: Mode) -> Reels:
        """Before the interval: an unknown crossing takes no time at best."""
        sans_traversee = np.isnan(self.traversees[mode])
        return np.where(sans_traversee, self.directs[mode], self.minutes(mode))


@dataclass(frozen=True, slots=True, eq=False)
class Trajets:
    """The pairs and their times by mode; `minutes[mode]` and `mesures[mode]` are aligned with the pairs.

    A measured time (from a matrix) has no interval; an estimated one has that of the assumptions. `routes[mode]`:
    length of the road of each pair in km, NaN where no matrix gives it; `estimes[mode]`: the estimates that measured
    times replaced. `separes`: pairs that a barrier parts; `approches` marks the pairs of a stop whose place in its
    commune is unknown. `imprecision[mode]`: minutes that the error of the point of each commune is worth, by row of the
    communes; it widens the bounds of what is estimated (None: every point is exact).
    """

    paires: Paires
    communes_connues: Booleens
    minutes: dict[Mode, Reels]
    mesures: dict[Mode, Booleens]
    hypotheses: Hypotheses
    routes: dict[Mode, Reels] = field(default_factory=dict)
    estimes: dict[Mode, Reels] = field(default_factory=dict)
    separes: Separes | None = None
    approches: Booleens | None = None
    imprecision: Mapping[Mode, Reels] | None = None

    def temps(self, mode: Mode) -> Temps:
        """Times of every pair, with bounds."""
        minutes = self.minutes[mode]
        bas, haut = self.hypotheses.borne_basse * minutes, self.hypotheses.borne_haute * minutes
        if self.separes is not None:
            bas[self.separes.paires] = self.hypotheses.borne_basse * self.separes.bas(mode)
        if self.approches is not None:
            haut = np.where(self.approches, DIAGONALE * haut, haut)
        bas, haut = self._elargir(mode, bas, haut, self.paires.commune)
        if mode in self.mesures:
            bas, haut = (np.where(self.mesures[mode], minutes, borne) for borne in (bas, haut))
        return Temps(minutes, bas, haut)

    def plus_proche(self, mode: Mode, lieux: Booleens) -> Temps:
        """Least time of each commune to the places marked True, with the least bounds."""
        retenues = lieux[self.paires.lieu]
        if mode in self.mesures or self.separes is not None or self.approches is not None:
            temps = self.temps(mode)
            return Temps(*(self.minimum(v, retenues) for v in (temps.minutes, temps.bas, temps.haut)))
        minutes = self.minimum(self.minutes[mode], retenues)
        bas, haut = self.hypotheses.borne_basse * minutes, self.hypotheses.borne_haute * minutes
        return Temps(minutes, *self._elargir(mode, bas, haut, slice(None)))

    def _elargir(self, mode: Mode, bas: Reels, haut: Reels, lignes: Entiers | slice) -> tuple[Reels, Reels]:
        """Bounds once the point of each row of the communes may be elsewhere."""
        if self.imprecision is None:
            return bas, haut
        ecart = self.imprecision[mode][lignes]
        return (
            np.maximum(bas - self.hypotheses.borne_basse * ecart, 0.0),
            haut + self.hypotheses.borne_haute * ecart,
        )

    def minimum(self, valeurs: Reels, retenues: Booleens) -> Reels:
        """Least value of each commune over the pairs kept: inf where none is, NaN where the commune has no point."""
        resultat = np.where(self.communes_connues, np.inf, np.nan)
        np.minimum.at(resultat, self.paires.commune[retenues], valeurs[retenues])
        return resultat

    def lieu_le_plus_proche(self, mode: Mode, lieux: Booleens) -> NDArray[np.intp]:
        """Position of the quickest marked place of each commune, -1 where there is none; ties go to the first."""
        retenues = np.flatnonzero(lieux[self.paires.lieu] & np.isfinite(self.minutes[mode]))
        commune = self.paires.commune[retenues]
        rangs = np.lexsort((self.paires.lieu[retenues], self.minutes[mode][retenues], commune))
        servies, premiers = np.unique(commune[rangs], return_index=True)
        resultat = np.full(len(self.communes_connues), -1, dtype=np.intp)
        resultat[servies] = self.paires.lieu[retenues[rangs[premiers]]]
        return resultat

    def au_detour(self, mode: Mode, rapport: float) -> Reels:
        """Minutes of every pair if all detours were `rapport` times theirs; crossings and measures do not move."""
        minutes = rapport * self.minutes[mode]
        if self.separes is not None:
            minutes[self.separes.paires] = self.separes.minutes(mode, rapport)
        return np.where(self.mesures[mode], self.minutes[mode], minutes) if mode in self.mesures else minutes


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

    Each mask of `choix` (families of services) is guaranteed its nearest fixed place in every commune, however far: the
    quickest by each mode, that of the shortest road and that of the shortest straight line.
    """
    couts = [
        *(lenteurs(mode, communes.vitesse_kmh, communes.relief, hypotheses) for mode in Mode),
        _detours(Mode.VOITURE, communes, hypotheses),
        np.ones(len(communes.points)),
    ]
    paires = chercher(communes, lieux, rayon_km(portees, communes, hypotheses), choix, couts)
    return estimer_paires(paires, communes, lieux, hypotheses)


def estimer_paires(paires: Paires, communes: Communes, lieux: Lieux, hypotheses: Hypotheses) -> Trajets:
    """Estimate the times of pairs: `60 x detour x km / speed`, and the crossing of the barriers between their ends."""
    minutes = estimer_minutes(paires, communes, lieux, hypotheses)
    separes = _separer(paires, communes, lieux, minutes)
    if separes is not None:
        for mode, valeurs in minutes.items():
            valeurs[separes.paires] = separes.minutes(mode)
    approches = None if lieux.approches is None else lieux.approches[paires.lieu]
    imprecision = _imprecision(communes, hypotheses)
    connues = communes.points.connus
    return Trajets(
        paires, connues, minutes, {}, hypotheses, separes=separes, approches=approches, imprecision=imprecision
    )


def grains(mode: Mode, communes: Communes, km: Reels, hypotheses: Hypotheses) -> Reels:
    """Minutes that some straight-line kilometres take at each row of the communes."""
    return 60 * km * lenteurs(mode, communes.vitesse_kmh, communes.relief, hypotheses)


def _imprecision(communes: Communes, hypotheses: Hypotheses) -> dict[Mode, Reels] | None:
    """What the errors of points are worth, in minutes; None when all are exact (or nobody says)."""
    if communes.erreur_km is None or not np.nan_to_num(communes.erreur_km).any():
        return None
    return {mode: grains(mode, communes, np.nan_to_num(communes.erreur_km), hypotheses) for mode in Mode}


def estimer_minutes(paires: Paires, communes: Communes, lieux: Lieux, hypotheses: Hypotheses) -> dict[Mode, Reels]:
    """Minutes of each pair by mode as if no barrier were there: `60 x detour x km / speed`.

    Half of the way has the detour (and, by car, the speed) of each end.
    """
    return {mode: 60 * paires.d_km * _lenteur(mode, communes, lieux, paires, hypotheses) for mode in Mode}


def detours(mode: Mode, communes: Communes, lieux: Lieux, paires: Paires, hypotheses: Hypotheses) -> Reels:
    """Road length over straight line of each pair: the mean of both ends."""
    return moyenne_des_bouts(_detours(mode, communes, hypotheses), lieux, paires.commune, paires.lieu)


def lenteurs(mode: Mode, vitesses_kmh: Reels, relief: Booleens | None, hypotheses: Hypotheses) -> Reels:
    """Hours per kilometre of straight line at each commune (`vitesses_kmh`: by car there; `relief`: whose roads wind).

    A way takes the mean of those of its two ends, that of the one that is known when the other is not."""
    vitesse = vitesses_kmh if mode is Mode.VOITURE else hypotheses.vitesse_kmh(mode)
    return _detours_de(mode, len(vitesses_kmh), relief, hypotheses) / vitesse


def _lenteur(mode: Mode, communes: Communes, lieux: Lieux, paires: Paires, hypotheses: Hypotheses) -> Reels:
    """Hours per kilometre of straight line of each pair."""
    if communes.relief is None and mode is not Mode.VOITURE:  # the same everywhere: millions of pairs are not looked up
        return np.full(len(paires), hypotheses.detour(mode) / hypotheses.vitesse_kmh(mode))
    chacune = lenteurs(mode, communes.vitesse_kmh, communes.relief, hypotheses)
    return moyenne_des_bouts(chacune, lieux, paires.commune, paires.lieu)


def _detours(mode: Mode, communes: Communes, hypotheses: Hypotheses) -> Reels:
    return _detours_de(mode, len(communes.points), communes.relief, hypotheses)


def _detours_de(mode: Mode, nombre: int, relief: Booleens | None, hypotheses: Hypotheses) -> Reels:
    partout = np.full(nombre, hypotheses.detour(mode))
    return partout if relief is None else np.where(relief, hypotheses.detour_en_relief(mode), partout)


def _separer(paires: Paires, communes: Communes, lieux: Lieux, minutes: Mapping[Mode, Reels]) -> Separes | None:
    if communes.barrieres is None:
        return None
    ici, la = paires.commune, lieux.commune[paires.lieu]
    positions = np.flatnonzero(communes.barrieres.separees(ici, la))
    if not len(positions):
        return None
    directs = {mode: valeurs[positions] for mode, valeurs in minutes.items()}
    traversees = {mode: communes.barrieres.traversees(ici[positions], la[positions], mode) for mode in Mode}
    return Separes(positions, directs, traversees)
