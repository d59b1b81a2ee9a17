"""The assumptions that turn a straight line into minutes. All are printed by the report; none is calibrated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Mode(StrEnum):
    """Ways to travel that are estimated; public transport is not, for want of timetables."""

    VOITURE = "voiture"
    VELO = "velo"
    PIED = "pied"


VITESSES_PAR_DENSITE: Mapping[str, float] = MappingProxyType(
    {"dense": 25.0, "intermediaire": 35.0, "rural": 50.0, "tres_disperse": 55.0}
)
"""Car speed in km/h by density class of a commune."""


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """Detours (road length over straight line), speeds in km/h, and the interval put around an estimated time.

    `voiture_kmh` is the car speed used where no density class is known: with a detour of 1.3, 39 km/h is exactly two
    minutes per kilometre of straight line. It stands between "intermédiaire" (35) and "rural" (50). In communes of
    mountain, coast or island the detour of every mode is `allongement_relief` times longer: 1.4 by car instead of 1.3.
    """

    detour_voiture: float = 1.3
    detour_velo: float = 1.25
    detour_pied: float = 1.3
    allongement_relief: float = 1.4 / 1.3
    voiture_kmh: float = 39.0
    voiture_kmh_par_densite: Mapping[str, float] = field(default_factory=lambda: VITESSES_PAR_DENSITE)
    velo_kmh: float = 13.0
    pied_kmh: float = 4.0
    borne_basse: float = 0.8
    borne_haute: float = 1.25

    def detour(self, mode: Mode) -> float:
        return {Mode.VOITURE: self.detour_voiture, Mode.VELO: self.detour_velo, Mode.PIED: self.detour_pied}[mode]

    def detour_en_relief(self, mode: Mode) -> float:
        """Detour of a mode where roads wind."""
        return self.detour(mode) * self.allongement_relief

    def vitesse_kmh(self, mode: Mode) -> float:
        """Speed of a mode where nothing finer is known, in km/h."""
        return {Mode.VOITURE: self.voiture_kmh, Mode.VELO: self.velo_kmh, Mode.PIED: self.pied_kmh}[mode]
