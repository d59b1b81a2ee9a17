"""What the room says when layers cannot be used, or do not tell."""

import click

INCONNU = "inconnu"
"""A vintage that no source states."""


class TerritoireInvalide(click.ClickException):
    """The layers cannot be used; the message names the file and what would be right."""
