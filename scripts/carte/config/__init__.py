"""One deployment = one configuration, read from one YAML file."""

from carte.config.lecture import MARQUE_HUB, ConfigurationInvalide, avis, ligne, lire, racine_du_depot
from carte.config.modele import Configuration, Dossiers, Options, Priorite, Revision

__all__ = [
    "MARQUE_HUB",
    "Configuration",
    "ConfigurationInvalide",
    "Dossiers",
    "Options",
    "Priorite",
    "Revision",
    "avis",
    "ligne",
    "lire",
    "racine_du_depot",
]
