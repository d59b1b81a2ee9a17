"""Distances and travel times between communes and places, by mode, with their interval."""

from carte.access.hypotheses import VITESSES_PAR_DENSITE, Hypotheses, Mode
from carte.access.matrice import Matrice, MatriceInvalide, lire_matrice, non_reconnues, remplacer
from carte.access.paires import Communes, Lieux, Paires
from carte.access.points import Points, geographiques, planes
from carte.access.trajets import TOLERANCE, Statut, Temps, Trajets, dans, estimer, vitesses

__all__ = [
    "TOLERANCE",
    "VITESSES_PAR_DENSITE",
    "Communes",
    "Hypotheses",
    "Lieux",
    "Matrice",
    "MatriceInvalide",
    "Mode",
    "Paires",
    "Points",
    "Statut",
    "Temps",
    "Trajets",
    "dans",
    "estimer",
    "geographiques",
    "lire_matrice",
    "non_reconnues",
    "planes",
    "remplacer",
    "vitesses",
]
