"""The federation: the data packages of other hubs, and one set of records with who keeps each and what conflicts."""

from carte.federation.federer import Essai, bilan, en_lignes, federer, prendre
from carte.federation.modele import Conflit, Echec, Federation, HubLu, Nature, Paquet, PaquetRefuse, Reunion
from carte.federation.reunir import rassembler

__all__ = [
    "Conflit",
    "Echec",
    "Essai",
    "Federation",
    "HubLu",
    "Nature",
    "Paquet",
    "PaquetRefuse",
    "Reunion",
    "bilan",
    "en_lignes",
    "federer",
    "prendre",
    "rassembler",
]
