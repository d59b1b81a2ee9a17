"""What the reader of opening hours says when it refuses a text."""

from carte.erreurs import ErreurCarte


class HorairesInvalides(ErreurCarte, ValueError):
    """A text that is not understood whole: French message, place of the fault, safe correction when there is one.

    `position` counts characters from 0; `suggestion` is an OSM text that says the same, or None when it would
    be a guess.
    """

    def __init__(self, message: str, position: int, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.position = position
        self.suggestion = suggestion

    def format_message(self) -> str:
        return (
            self.message if self.suggestion is None else f"{self.message} Vouliez-vous écrire « {self.suggestion} » ?"
        )

    def __str__(self) -> str:
        return self.format_message()
