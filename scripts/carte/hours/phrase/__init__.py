"""Hours as people write them in French → OSM text, only when every word is understood; wrong is worse than unread."""

from carte.hours.phrase.ecriture import JOURS, OSM, Plages, ecrire
from carte.hours.phrase.lecture import lire, lire_plages
from carte.hours.phrase.mots import HorairesNonCompris

__all__ = ["JOURS", "OSM", "HorairesNonCompris", "Plages", "ecrire", "lire", "lire_plages"]
