"""Targets to discuss for a territory in deficit: what the measure retained brings, never a wish."""

import math
from dataclasses import dataclass

from carte.indicators.modele import Part

PARTS_ATTEINTES = {3: 0.5, 6: 1.0}
"""Years of the programme -> share of the gain of the measure that is expected by then."""


@dataclass(frozen=True, slots=True)
class Attendu:
    """People too far away: central estimate, least and most. Whole numbers."""

    estime: int
    bas: int
    haut: int


@dataclass(frozen=True, slots=True)
class Objectif:
    """People too far away today, after three and after six years; None without a measure that brings enough of them."""

    reference: Attendu
    annee_3: Attendu | None
    annee_6: Attendu | None


@dataclass(frozen=True, slots=True)
class Gain:
    """People that a measure brings within reach: central estimate, surely (long times), possibly (short ones)."""

    estime: float
    sur: float
    possible: float


def objectif(couverture: Part, deficit_pct: float, gain: Gain | None = None) -> Objectif | None:
    """The proposed target of a coverage: the people too far today, less the gain of the measure retained.

    The deficit begins when more than `deficit_pct` % of the population is surely out of reach (G3): None when the
    territory is not in deficit, or when that is not known. The central count takes the places that may give the family
    as giving it, as the simulation does; its bounds hold whatever they answer. `gain`: over the same people.
    """
    if couverture.bas is None or couverture.haut is None or not couverture.denominateur:
        return None
    total = couverture.denominateur
    if round(total - couverture.haut) <= math.floor(deficit_pct * total / 100):
        return None
    centre = couverture.haut if couverture.numerateur is None else couverture.numerateur
    if couverture.possible is not None:
        centre = couverture.possible
    loin = (total - centre, total - couverture.haut, total - couverture.bas)
    if gain is None:
        return Objectif(_attendu(loin, (0.0, 0.0, 0.0), 0.0), None, None)
    # Short times leave fewer people too far, today and with the measure; long ones more.
    gains = (gain.estime, gain.possible, gain.sur)
    annee_3, annee_6 = (_attendu(loin, gains, PARTS_ATTEINTES[annee]) for annee in (3, 6))
    return Objectif(_attendu(loin, gains, 0.0), annee_3, annee_6)


def _attendu(loin: tuple[float, ...], gains: tuple[float, ...], part: float) -> Attendu:
    """Those who stay too far: central, by short times, by long ones."""
    estime, *autres = (round(max(0.0, n - part * max(0.0, g))) for n, g in zip(loin, gains, strict=True))
    return Attendu(estime, min(estime, *autres), max(estime, *autres))
