"""The figures a report must defend: tables by level, definitions as data, and how a figure is written."""

from carte.indicators.definitions import DEFINITIONS
from carte.indicators.model import (
    FAMILLES,
    NIVEAUX,
    Definition,
    Indicateurs,
    Mesure,
    Parametres,
    Part,
)
from carte.indicators.wording import format_intervalle, format_mesure, format_nombre, format_pct, format_taux

__all__ = [
    "DEFINITIONS",
    "FAMILLES",
    "NIVEAUX",
    "Definition",
    "Indicateurs",
    "Mesure",
    "Parametres",
    "Part",
    "format_intervalle",
    "format_mesure",
    "format_nombre",
    "format_pct",
    "format_taux",
]
