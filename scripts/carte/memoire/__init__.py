"""What a build computed, kept for the next one under a name drawn from all that it was computed from."""

from carte.memoire.cle import Empreintes, cle, empreinte, fichiers, programme
from carte.memoire.entrepot import SANS_MEMOIRE, Memoire, ouvrir

__all__ = ["SANS_MEMOIRE", "Empreintes", "Memoire", "cle", "empreinte", "fichiers", "ouvrir", "programme"]
