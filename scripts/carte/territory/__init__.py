"""Territory: communes, EPCI, départements and regions of one vintage, and the commune of a point."""

from carte.territory.cartographie import contours_departements, contours_epci, simplifier
from carte.territory.cog import Cog, CommuneCog, Division, EpciCog, lire_cog
from carte.territory.erreurs import TerritoireInvalide
from carte.territory.geographie import Geographie, cog_de
from carte.territory.isolements import parties_sans_route
from carte.territory.lecture import lire
from carte.territory.manifeste import Couche, conseils_des_manifestes, lire_manifeste, verifier_manifeste
from carte.territory.modele import Barriere, NonResolu, Territoire
from carte.territory.reperes import MILIEU, POINTS_SURS, nommer_le_point
from carte.territory.situer import situer

__all__ = [
    "MILIEU",
    "POINTS_SURS",
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
    "conseils_des_manifestes",
    "contours_departements",
    "contours_epci",
    "lire",
    "lire_cog",
    "lire_manifeste",
    "nommer_le_point",
    "parties_sans_route",
    "simplifier",
    "situer",
    "verifier_manifeste",
]
