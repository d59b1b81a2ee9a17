"""Distances and travel times between communes and places, by mode, with their interval."""

from carte.access.barrieres import Barrieres, placer
from carte.access.calibration import (
    TRAJETS_MINIMAUX,
    Ajustement,
    Calibration,
    Erreur,
    calibrer,
    hypotheses_ajustees,
)
from carte.access.hypotheses import VITESSES_PAR_DENSITE, Hypotheses, Mode
from carte.access.matrice import Matrice, MatriceInvalide, lire_matrice, lire_matrices, non_reconnues, remplacer
from carte.access.paires import Communes, Lieux, Paires
from carte.access.points import Points, geographiques, planes
from carte.access.trajets import (
    TOLERANCE,
    Separes,
    Statut,
    Temps,
    Trajets,
    dans,
    detours,
    estimer,
    estimer_paires,
    grains,
    lenteurs,
    vitesses,
)

__all__ = [
    "TOLERANCE",
    "TRAJETS_MINIMAUX",
    "VITESSES_PAR_DENSITE",
    "Ajustement",
    "Barrieres",
    "Calibration",
    "Communes",
    "Erreur",
    "Hypotheses",
    "Lieux",
    "Matrice",
    "MatriceInvalide",
    "Mode",
    "Paires",
    "Points",
    "Separes",
    "Statut",
    "Temps",
    "Trajets",
    "calibrer",
    "dans",
    "detours",
    "estimer",
    "estimer_paires",
    "geographiques",
    "grains",
    "hypotheses_ajustees",
    "lenteurs",
    "lire_matrice",
    "lire_matrices",
    "non_reconnues",
    "placer",
    "planes",
    "remplacer",
    "vitesses",
]
