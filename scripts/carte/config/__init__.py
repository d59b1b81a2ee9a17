"""One deployment = one configuration, read from one YAML file."""

from carte.config.lecture import ConfigurationInvalide, avis, ligne, lire
from carte.config.modele import Configuration, Dossiers, Options, Priorite, Revision

__all__ = [
    "Configuration",
    "ConfigurationInvalide",
    "Dossiers",
    "Options",
    "Priorite",
    "Revision",
    "avis",
    "ligne",
    "lire",
]
