"""One deployment = one configuration, read from one YAML file."""

from carte.config.depot import FORGES, adresse_modification, adresse_nouvelle, forge_de, forge_de_l_adresse
from carte.config.ecrit import TOUT
from carte.config.federation import Hub, Voisin
from carte.config.lecture import ConfigurationInvalide, avis, conseils, ligne, lire
from carte.config.modele import Configuration, Dossiers, Options, Priorite, Revision, jour_de_lecture

__all__ = [
    "FORGES",
    "TOUT",
    "Configuration",
    "ConfigurationInvalide",
    "Dossiers",
    "Hub",
    "Options",
    "Priorite",
    "Revision",
    "Voisin",
    "adresse_modification",
    "adresse_nouvelle",
    "avis",
    "conseils",
    "forge_de",
    "forge_de_l_adresse",
    "jour_de_lecture",
    "ligne",
    "lire",
]
