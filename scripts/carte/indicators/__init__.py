"""The figures a report must defend: tables by level, definitions as data, and how a figure is written."""

from carte.indicators.compute import compute
from carte.indicators.definitions import DEFINITIONS
from carte.indicators.definitions.simulation import DEFINITIONS_SIMULATION
from carte.indicators.entrees import EntreeInvalide, Entrees, lire_entrees
from carte.indicators.listes import LISTES
from carte.indicators.modele import (
    NIVEAUX,
    NON_EVALUE,
    Definition,
    Indicateurs,
    Mesure,
    Parametres,
    Part,
    lire_part,
)
from carte.indicators.monde import trop_courts
from carte.indicators.offre.completude import Completude, chapman
from carte.indicators.offre.equipements import sans_services
from carte.indicators.offre.points import construire_offre, en_service, ouverture
from carte.indicators.reseaux import ACCUEIL, ARRET, PERMANENCE, RELAIS, RESEAUX
from carte.indicators.wording import (
    format_nombre,
    format_pct,
    format_quantite,
    format_taux,
)

__all__ = [
    "ACCUEIL",
    "ARRET",
    "DEFINITIONS",
    "DEFINITIONS_SIMULATION",
    "LISTES",
    "NIVEAUX",
    "NON_EVALUE",
    "PERMANENCE",
    "RELAIS",
    "RESEAUX",
    "Completude",
    "Definition",
    "EntreeInvalide",
    "Entrees",
    "Indicateurs",
    "Mesure",
    "Parametres",
    "Part",
    "chapman",
    "compute",
    "construire_offre",
    "en_service",
    "format_nombre",
    "format_pct",
    "format_quantite",
    "format_taux",
    "lire_entrees",
    "lire_part",
    "ouverture",
    "sans_services",
    "trop_courts",
]
