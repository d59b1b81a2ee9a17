"""Detours and speeds fitted on real times, and how far the estimate is from them.

The estimate is `minutes = 60 x detour x km / speed`: times alone only tell the ratio of detour and speed. When the
matrix also gives the length of the roads (column `km`), the detour is their median ratio to the straight line; else it
stays that of the assumptions. What is fitted, by robust least squares, is the factor between measured and estimated
times: all speeds of a mode move together, so that those of the density classes keep their ratios. Trips that no matrix
measures are then estimated with the fitted detour and speeds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.optimize import least_squares

from carte.access.hypotheses import Hypotheses, Mode
from carte.access.paires import Lieux
from carte.access.points import Booleens, Reels
from carte.access.trajets import Trajets

TRAJETS_MINIMAUX = 30
"""Under this number of measured trips of a mode nothing is fitted."""
TRANCHES_KM = (0.0, 5.0, 10.0, 20.0, 40.0, np.inf)
_SEUIL_ROBUSTE = 2.0  # minutes: a larger error weighs less than its square


@dataclass(frozen=True, slots=True)
class Erreur:
    """Errors of the estimate over the measured trips of a band of straight-line distance, in minutes.

    `mediane`: half of the estimates are within it. `biais`: median of estimate minus measure (positive: too slow).
    """

    de_km: float
    a_km: float
    trajets: int
    mediane: float
    biais: float


@dataclass(frozen=True, slots=True)
class Ajustement:
    """One mode: what was assumed, what fits best, and both errors.

    `facteur`: measured over estimated time; `detour_mesure` says whether the detour comes from road lengths or is that
    of the assumptions; `vitesse_kmh`, `minutes_par_km`: the mean ones of the measured trips.
    `erreur_avant`, `erreur_apres`: median absolute error in minutes over all trips, with the assumptions, with the fit.
    `dans_l_intervalle`: share of the measured times inside the interval printed around the fitted estimate (0 to 1);
    `tranches`: errors of that estimate.
    """

    mode: Mode
    trajets: int
    facteur: float
    detour: float
    detour_mesure: bool
    vitesse_kmh: float
    minutes_par_km: float
    erreur_avant: float
    erreur_apres: float
    dans_l_intervalle: float
    tranches: tuple[Erreur, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fit of every mode that has enough measured trips; `insuffisants` counts the trips of the others."""

    ajustements: tuple[Ajustement, ...]
    insuffisants: Mapping[Mode, int]
    sources: tuple[str, ...]

    def pour(self, mode: Mode) -> Ajustement | None:
        """The fit of one mode; None when it could not be made."""
        return next((ajustement for ajustement in self.ajustements if ajustement.mode is mode), None)


def calibrer(mesures: Trajets, lieux: Lieux, sources: Sequence[str] = ()) -> Calibration:
    """Compare the estimates with the measured times of the same pairs, and fit the speed of each mode.

    `mesures` is what `remplacer` made with a matrix of estimates to `lieux`. Trips inside one commune are left out of
    the fit, their distance being a convention; so are those that a barrier parts.
    """
    ailleurs = lieux.commune[mesures.paires.lieu] != mesures.paires.commune
    if mesures.separes is not None:
        ailleurs[mesures.separes.paires] = False
    ajustements, insuffisants = [], {}
    for mode in Mode:
        choisis = mesures.mesures.get(mode, np.zeros(len(mesures.paires), dtype=np.bool_))
        choisis = choisis & ailleurs & (mesures.minutes[mode] > 0) & (mesures.paires.d_km > 0)
        if int(choisis.sum()) < TRAJETS_MINIMAUX:
            insuffisants[mode] = int(choisis.sum())
            continue
        ajustements.append(_ajuster(mode, mesures, choisis))
    return Calibration(tuple(ajustements), insuffisants, tuple(sources))


def ajuster_pente(km: Reels, minutes: Reels) -> float:
    """Minutes per straight-line kilometre, or per estimated minute; robust least squares (soft L1) on the minutes.

    A few trips round an estuary or through a broken road hardly move it.
    """
    depart = float(np.median(minutes / km))
    reponse = least_squares(lambda x: x[0] * km - minutes, [depart], loss="soft_l1", f_scale=_SEUIL_ROBUSTE)
    return float(reponse.x[0])


def hypotheses_ajustees(hypotheses: Hypotheses, calibration: Calibration) -> Hypotheses:
    """The assumptions with the fitted detours and speeds; those of a mode without enough measures do not move."""
    for ajuste in calibration.ajustements:
        rapport = ajuste.detour / hypotheses.detour(ajuste.mode) / ajuste.facteur
        champs: dict[str, Any] = {
            f"{ajuste.mode}_kmh": rapport * hypotheses.vitesse_kmh(ajuste.mode),
            f"detour_{ajuste.mode}": ajuste.detour,
        }
        if ajuste.mode is Mode.VOITURE:
            classes = hypotheses.voiture_kmh_par_densite.items()
            champs["voiture_kmh_par_densite"] = {classe: rapport * vitesse for classe, vitesse in classes}
        hypotheses = replace(hypotheses, **champs)
    return hypotheses


def _ajuster(mode: Mode, mesures: Trajets, choisis: Booleens) -> Ajustement:
    km, reels = mesures.paires.d_km[choisis], mesures.minutes[mode][choisis]
    suppose = mesures.estimes[mode][choisis]
    pente, facteur = ajuster_pente(km, reels), ajuster_pente(suppose, reels)
    ajuste = facteur * suppose
    detour, mesure = _detour(mode, mesures, choisis)
    bas, haut = mesures.hypotheses.borne_basse * ajuste, mesures.hypotheses.borne_haute * ajuste
    return Ajustement(
        mode=mode,
        trajets=int(choisis.sum()),
        facteur=facteur,
        detour=detour,
        detour_mesure=mesure,
        vitesse_kmh=60 * detour / pente,
        minutes_par_km=pente,
        erreur_avant=float(np.median(np.abs(suppose - reels))),
        erreur_apres=float(np.median(np.abs(ajuste - reels))),
        dans_l_intervalle=float(((bas <= reels) & (reels <= haut)).mean()),
        tranches=tuple(_tranches(km, ajuste - reels)),
    )


def _detour(mode: Mode, mesures: Trajets, choisis: Booleens) -> tuple[float, bool]:
    """Median of road over straight line where the matrix gives roads, and whether it does."""
    routes = mesures.routes.get(mode)
    rapports = np.empty(0) if routes is None else (routes / mesures.paires.d_km)[choisis]
    rapports = rapports[np.isfinite(rapports) & (rapports > 0)]
    if len(rapports) < TRAJETS_MINIMAUX:
        return mesures.hypotheses.detour(mode), False
    return float(np.median(rapports)), True


def _tranches(km: Reels, ecarts: Reels) -> list[Erreur]:
    bandes = []
    for debut, fin in pairwise(TRANCHES_KM):
        ici = ecarts[(km >= debut) & (km < fin)]
        if len(ici):
            bandes.append(Erreur(debut, fin, len(ici), float(np.median(np.abs(ici))), float(np.median(ici))))
    return bandes
