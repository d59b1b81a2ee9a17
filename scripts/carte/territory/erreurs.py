"""What the room says when layers cannot be used, or do not tell."""

from carte.ecrits.fichier import EcritInvalide

INCONNU = "inconnu"
"""A vintage that no source states."""


class TerritoireInvalide(EcritInvalide):
    """The layers cannot be used; the message names the file and what would be right."""
