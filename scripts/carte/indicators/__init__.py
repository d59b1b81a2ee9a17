"""The figures a report must defend: tables by level, definitions as data, and how a figure is written."""

from carte.config.priorite import CRITERES
from carte.evolution.comparer import Evolution, evolution
from carte.indicators.compute import compute
from carte.indicators.definitions import DEFINITIONS
from carte.indicators.definitions.simulation import DEFINITIONS_SIMULATION
from carte.indicators.entrees import EntreeInvalide, Entrees, lire_entrees
from carte.indicators.listes import LISTES
from carte.indicators.modele import (
    FAMILLES,
    NIVEAUX,
    Definition,
    Indicateurs,
    Mesure,
    Parametres,
    Part,
    seuil_principal,
)
from carte.indicators.offre.completude import Completude, chapman
from carte.indicators.offre.points import construire_offre
from carte.indicators.wording import (
    format_intervalle,
    format_mesure,
    format_nombre,
    format_pct,
    format_quantite,
    format_taux,
)
from carte.simulation.implantation import Site, a_portee, glouton
from carte.simulation.modele import ParametresSimulation, Proposition, Simulations
from carte.simulation.simuler import simuler

__all__ = [
    "CRITERES",
    "DEFINITIONS",
    "DEFINITIONS_SIMULATION",
    "FAMILLES",
    "LISTES",
    "NIVEAUX",
    "Completude",
    "Definition",
    "EntreeInvalide",
    "Entrees",
    "Evolution",
    "Indicateurs",
    "Mesure",
    "Parametres",
    "ParametresSimulation",
    "Part",
    "Proposition",
    "Simulations",
    "Site",
    "a_portee",
    "chapman",
    "compute",
    "construire_offre",
    "evolution",
    "format_intervalle",
    "format_mesure",
    "format_nombre",
    "format_pct",
    "format_quantite",
    "format_taux",
    "glouton",
    "lire_entrees",
    "seuil_principal",
    "simuler",
]
