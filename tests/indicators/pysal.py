"""E2SFCA by PySAL `access`, on times already known."""

import warnings
from collections.abc import Iterable

import numpy as np
import pandas as pd

from access import Access, weights
from carte.access import Mode, Trajets


def couts(trajets: Trajets, maximum: float) -> pd.DataFrame:
    """The trips by car of at most so many minutes, as PySAL takes them."""
    paires = trajets.paires
    # As exact as our thresholds are: a time that falls on one is within it.
    minutes = np.round(trajets.minutes[Mode.VOITURE], 9)
    tous = pd.DataFrame({"origin": paires.commune, "dest": paires.lieu, "cost": minutes})
    return tous[tous["cost"] <= maximum]


def e2sfca(
    habitants: Iterable[float], heures: Iterable[float], couts: pd.DataFrame, zones: Iterable[tuple[float, float]]
) -> pd.Series:
    """Hours by inhabitant of each commune, NaN where nothing is in reach. PySAL takes neither an unknown number nor an
    empty list of trips."""
    demande, offre = pd.DataFrame({"pop": habitants}), pd.DataFrame({"heures": heures})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pair = Access(
            demand_df=demande.assign(id=demande.index),
            demand_index="id",
            demand_value="pop",
            supply_df=offre.assign(id=offre.index),
            supply_index="id",
            supply_value="heures",
            cost_df=couts,
            cost_origin="origin",
            cost_dest="dest",
            cost_name="cost",
        )
        return pair.enhanced_two_stage_fca(name="e", weight_fn=weights.step_fn(dict(zones)))["e_heures"]
