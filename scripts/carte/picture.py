"""The picture: everything one publication says, computed in memory before anything is written."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carte.config import Configuration
from carte.federation.modele import Federation
from carte.nomenclature import Vocabulaire
from carte.records import Doute, Enregistrement, Problem

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from carte.access import Calibration
    from carte.broadband import Debit
    from carte.evolution.modele import Comparaison
    from carte.indicators import Indicateurs
    from carte.simulation import Simulations
    from carte.territory import Territoire


@dataclass(frozen=True, slots=True)
class Picture:
    """One consistent state of a deployment. Frames follow the contracts of their rooms.

    `calibration`: None without measured times (then times are « non calibrés »). `evolution`: None without a former
    publication. `a_completer`: the records that say they are not complete; nothing of them is published.
    `doutes`: the pairs of records that may be of one place. `federation`: the other hubs published here. `couches`:
    fingerprint of the layers and the départements that all of this was computed from; `chiffres`: of all that the
    figures and the simulations were; empty when nothing is kept from one build to the next.
    """

    configuration: Configuration
    vocabulaires: dict[str, Vocabulaire]
    enregistrements: tuple[Enregistrement, ...]
    problemes: tuple[Problem, ...]
    territoire: "Territoire"
    debit: "Debit"
    offre: "GeoDataFrame"
    indicateurs: "Indicateurs"
    millesimes: dict[str, str]
    simulations: "Simulations | None" = None
    calibration: "Calibration | None" = None
    evolution: "Comparaison | None" = None
    a_completer: tuple[Enregistrement, ...] = ()
    doutes: tuple[Doute, ...] = ()
    federation: Federation = field(default_factory=Federation)
    couches: str = ""
    chiffres: str = ""
