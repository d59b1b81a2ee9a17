"""Saying how a long download goes, on the error output."""

from collections.abc import Callable
from dataclasses import dataclass, field

from carte.couches.pannes import court
from carte.journal import journal

_TOUTES_LES_S = 5.0


@dataclass(slots=True)
class Suivi:
    """The progress of one file: said every few seconds, so that small files say nothing. `total`: None when unknown."""

    adresse: str
    total: int | None
    chrono: Callable[[], float]
    debut: float = field(init=False)
    dernier: float = field(init=False)

    def __post_init__(self) -> None:
        self.debut = self.dernier = self.chrono()

    @property
    def duree_s(self) -> float:
        """Seconds since the beginning."""
        return self.chrono() - self.debut

    def avancer(self, octets: int) -> None:
        """Say how far it is, when it is time to."""
        if self.chrono() - self.dernier >= _TOUTES_LES_S:
            self.dernier = self.chrono()
            sur = f" sur {mo(self.total)} ({100 * octets // self.total} %)" if self.total else ""
            journal.info("  %s : %s%s", court(self.adresse), mo(octets), sur)


def mo(octets: int) -> str:
    """« 1,2 Mo »."""
    return f"{octets / 1_000_000:.1f} Mo".replace(".", ",")
