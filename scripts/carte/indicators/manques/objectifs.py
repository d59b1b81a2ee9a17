"""Targets to discuss for a territory in deficit: figures that come from its own figures, never from a wish."""

import math
from dataclasses import dataclass

from carte.indicators.modele import Part


@dataclass(frozen=True, slots=True)
class Objectif:
    """People too far away: counted today (`reference`), wanted after three and after six years. Whole numbers."""

    reference: int
    annee_3: int
    annee_6: int


def objectif(couverture: Part, deficit_pct: float) -> Objectif | None:
    """The proposed target of a coverage: leave the deficit in six years, half of the way in three.

    The deficit begins when more than `deficit_pct` % of the population is surely out of reach (G3). None when the
    territory is not in deficit, or when that is not known.
    """
    if couverture.non is None or not couverture.denominateur:
        return None
    reference = round(couverture.non)
    limite = math.floor(deficit_pct * couverture.denominateur / 100)
    if reference <= limite:
        return None
    return Objectif(reference, (reference + limite) // 2, limite)
