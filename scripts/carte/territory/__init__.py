"""Territory: communes, EPCI, départements and regions of one vintage, and the commune of a point."""

from carte.territory.cartographie import contours_departements, contours_epci, simplifier
from carte.territory.cog import Cog, CommuneCog, Division, EpciCog, read_cog
from carte.territory.geographie import Geographie, cog_de
from carte.territory.lecture import read
from carte.territory.manifeste import Couche, lire_manifeste, verifier_manifeste
from carte.territory.modele import Barriere, NonResolu, Territoire, TerritoireInvalide

__all__ = [
    "Barriere",
    "Cog",
    "CommuneCog",
    "Couche",
    "Division",
    "EpciCog",
    "Geographie",
    "NonResolu",
    "Territoire",
    "TerritoireInvalide",
    "cog_de",
    "contours_departements",
    "contours_epci",
    "lire_manifeste",
    "read",
    "read_cog",
    "simplifier",
    "verifier_manifeste",
]
