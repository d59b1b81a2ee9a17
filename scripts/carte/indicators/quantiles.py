"""Weighted quantiles of one rule, and A7: mean, median and ninth decile of the time to the nearest place."""

import numpy as np
import pandas as pd

from carte.access import Mode
from carte.access.points import Reels
from carte.indicators.acces.couverture import distance_km, isolees, route_km
from carte.indicators.monde import TOUTES, Colonnes, Monde, moyenne

MEDIANE, DIXIEME, NEUVIEME_DECILE = 0.5, 0.1, 0.9


def quantiles(valeurs: Reels, poids: Reels, cle: pd.Series, q: float) -> "pd.Series[float]":
    """Quantile of each territory: the least value v such that the weight of all values <= v reaches q times the total.

    `cle` gives the territory of each value (None: none). Values or weights that are unknown (NaN), and weights of zero,
    are left out; a territory left with nothing is absent from the answer.
    """
    rangs, territoires = pd.factorize(cle.to_numpy(), sort=True)
    gardes = np.flatnonzero((rangs >= 0) & ~np.isnan(valeurs) & (poids > 0))
    ordre = gardes[np.lexsort((valeurs[gardes], rangs[gardes]))]
    ou = rangs[ordre]
    cumul = pd.Series(poids[ordre]).groupby(ou).cumsum().to_numpy()
    total = cumul[np.searchsorted(ou, ou, side="right") - 1]
    atteint = np.flatnonzero(cumul >= q * total * (1 - 1e-12))
    presents, premiers = np.unique(ou[atteint], return_index=True)
    return pd.Series(valeurs[ordre[atteint[premiers]]], pd.Index(territoires[presents], name="cle"))


def a7_additif(monde: Monde) -> Colonnes:
    """Sums behind the means: minutes by car, straight line and road kilometres, to the nearest place.

    A commune that a barrier parts from every place is left out (and counted): its infinite time would hide all others.
    """
    temps = monde.trajets.plus_proche(Mode.VOITURE, monde.choix[TOUTES])
    population = np.where(isolees(monde), np.nan, monde.habitants)
    return (
        moyenne("A7_voiture_moyenne", population, temps.minutes)
        | {"_A7_voiture_moyenne_bas": moyenne("x", population, temps.bas)["x_num"]}
        | {"_A7_voiture_moyenne_haut": moyenne("x", population, temps.haut)["x_num"]}
        | moyenne("A7_distance_moyenne", population, distance_km(monde))
        | moyenne("A7_route_moyenne", population, route_km(monde))
    )


def a7_par_niveau(monde: Monde, cle: pd.Series) -> pd.DataFrame:
    """Median and ninth decile of the time by car, with its interval, in minutes, by territory."""
    temps = monde.trajets.plus_proche(Mode.VOITURE, monde.choix[TOUTES])
    colonnes = {
        f"A7_voiture_{nom}_{suffixe}": quantiles(valeurs, monde.habitants, cle.iloc[monde.chez], q)
        for nom, q in (("mediane", MEDIANE), ("p90", NEUVIEME_DECILE))
        for suffixe, valeurs in (("val", temps.minutes), ("bas", temps.bas), ("haut", temps.haut))
    }
    return pd.DataFrame(colonnes)
