"""What the models of hand-written files share: unknown keys refused, nothing coerced, dates that are days."""

import re
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

T = TypeVar("T")

REFUS = "refus"
"""Type of the errors that already speak French."""

_JOUR_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
# Outside, a date is a slip of the keyboard, and a day added to 9999-12-31 does not exist.
_PREMIERE_ANNEE, _DERNIERE_ANNEE = 1800, 2199


class Partie(BaseModel):
    """Base of every part of a file: unknown keys are refused, nothing is coerced, values never change.

    `CHAMPS_REFUSES`: what to say to who writes a key that looks right and is not. `AUTRES_NOMS`: what people call a
    field, folded → the fields that they may mean.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)
    CHAMPS_REFUSES: ClassVar[dict[str, str]] = {}
    AUTRES_NOMS: ClassVar[dict[str, tuple[str, ...]]] = {}


def refus(message: str) -> PydanticCustomError:
    """A validator's error in our words, to raise."""
    return PydanticCustomError(REFUS, "{message}", {"message": message})


def _jour_iso(valeur: object) -> object:
    """Refuse what pydantic would read as a date but people would not: `20260312`, a timestamp, a time of day."""
    jour = valeur if type(valeur) is date else None
    try:
        if isinstance(valeur, str) and _JOUR_ISO.match(valeur):
            jour = date.fromisoformat(valeur)
    except ValueError:
        pass  # 2026-02-30 has the shape of a day and is none: same refusal
    if jour is None:
        raise PydanticCustomError("date_iso", "date attendue, année-mois-jour")
    if not _PREMIERE_ANNEE <= jour.year <= _DERNIERE_ANNEE:
        raise refus(f"Le {jour.isoformat()} est hors bornes : l'année va de {_PREMIERE_ANNEE} à {_DERNIERE_ANNEE}.")
    return jour


def _suite(valeur: Any) -> Any:
    return tuple(valeur) if isinstance(valeur, list) else valeur


Suite = Annotated[tuple[T, ...], BeforeValidator(_suite)]
"""A list that never changes."""
Texte = Annotated[str, Field(min_length=1, max_length=300)]
TexteLong = Annotated[str, Field(min_length=1, max_length=10_000)]
Jour = Annotated[date, BeforeValidator(_jour_iso), Field(strict=False)]
