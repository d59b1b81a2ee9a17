"""What the rules need to know beyond the record itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from carte.nomenclature import Vocabulaire


class Geographie(Protocol):
    """What the code and coordinates rules ask of a territory; `territory.Geographie` answers."""

    def statut(self, code: str) -> str:
        """`actuelle`, `arrondissement` (of Paris, Lyon, Marseille), `ancienne` (merged or déléguée) or `inconnue`."""

    def successeur(self, code: str) -> str | None:
        """The current code that replaced an old one."""

    def nom(self, code: str) -> str | None:
        """The commune's name."""

    def codes_du_nom(self, nom: str, departement: str) -> list[str]:
        """Current codes of the département's communes of that name, whatever its case, accents or hyphens."""

    def commune_du_point(self, lon: float, lat: float) -> str | None:
        """The commune whose outline holds a point (WGS84 degrees), None outside the known outlines."""

    def communes_des_points(self, lons: Sequence[float], lats: Sequence[float]) -> Iterable[str | None]:
        """The same for many points at once."""

    def distances_to_commune(
        self, codes: Sequence[str], lons: Sequence[float], lats: Sequence[float]
    ) -> Iterable[float]:
        """Kilometres from each point to its commune's outline: 0 inside, NaN when the outline is unknown."""


def _horaires_de_la_maison(texte: str) -> object:
    from carte.hours import parse

    return parse(texte)


@dataclass(frozen=True, slots=True)
class Contexte:
    """The reference of one validation. A missing part makes `load` say which rules were not applied.

    `today` is the reference date: nothing recorded can be later. `analyser_horaires` raises a ValueError with
    `message` and `position` (offset in the text) when opening hours cannot be read.
    """

    today: date
    vocabulaires: "Mapping[str, Vocabulaire]" = field(default_factory=dict)
    geographie: Geographie | None = None
    analyser_horaires: Callable[[str], object] = _horaires_de_la_maison
    valides: "Mapping[str, frozenset[str]]" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        valides = {nom: frozenset(v.valeur for v in vocabulaire) for nom, vocabulaire in self.vocabulaires.items()}
        object.__setattr__(self, "valides", valides)
