"""What the room says when layers cannot be used, or do not tell."""

from carte.erreurs import ErreurCarte

INCONNU = "inconnu"
"""A vintage that no source states."""


class TerritoireInvalide(ErreurCarte):
    """The layers cannot be used; the message names the file and what would be right."""
