"""Opening hours of a place: the text as written, its rules, and what indicators and pages ask of them."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from carte.hours import week
from carte.hours.errors import HorairesInvalides
from carte.hours.parser import lire
from carte.hours.rules import JOURNEE, Regle, en_donnees
from carte.hours.suggestion import proposer

_SOIR = 18 * 60
_MIDI = (12 * 60, 14 * 60)


@dataclass(frozen=True)
class Horaires:
    """Hours that were understood whole; build them with `parse`."""

    texte: str
    regles: tuple[Regle, ...]

    @cached_property
    def _normale(self) -> week.Normale:
        return week.normale(self.regles)

    def semaine(self) -> list[list[tuple[int, int]]]:
        """Seven lists (Monday first) of open (start, end) minutes of the normal week; end over 1440 past midnight.

        Alternating weeks are shown together (union); `minutes_hebdo` averages them. See `carte.hours.week`.
        """
        return self._normale.semaine()

    def minutes_hebdo(self) -> int | None:
        """Mean minutes of opening per week; None when no sure opening is known (fortnightly counts for half)."""
        return self._normale.minutes_hebdo

    def jours_ouverts(self) -> int | None:
        """Number of weekdays with some opening in the normal week; None when none is known."""
        ouverts = sum(1 for jour in self.semaine() if jour)
        return ouverts or None

    def alternance(self) -> bool:
        """True when weeks differ (odd and even weeks, first Monday, seasons)."""
        return self._normale.alterne

    def samedi(self) -> bool | None:
        """Open on some Saturday; None when it is by appointment or unknown."""
        return self._normale.ouvert_pendant(range(5, 6), 0, JOURNEE)

    def soir(self) -> bool | None:
        """Open some day after 18:00; None when it is by appointment or unknown."""
        return self._normale.ouvert_pendant(range(7), _SOIR, JOURNEE)

    def midi(self) -> bool | None:
        """Open some day between 12:00 and 14:00, even in part; None when it is by appointment or unknown."""
        return self._normale.ouvert_pendant(range(7), *_MIDI)

    def donnees(self) -> list[dict[str, Any]]:
        """The rules as JSON values, for the browser."""
        return en_donnees(self.regles)


@lru_cache(maxsize=65_536)
def parse(texte: str) -> Horaires:
    """Reads an OSM opening_hours text. Raises HorairesInvalides (French message, position, suggestion)."""
    try:
        return Horaires(texte, lire(texte))
    except HorairesInvalides as refus:
        raise HorairesInvalides(refus.message, refus.position, proposer(texte)) from None
