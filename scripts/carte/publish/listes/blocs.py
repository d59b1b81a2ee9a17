"""The lists by département: what is written again together when one of the places that they name has changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from carte.publish.atlas import Atlas, Commune, Epci


@dataclass(frozen=True, slots=True)
class Bloc:
    """The lists of a département: those of its communes and of the EPCI that go with it."""

    code: str
    communes: Sequence[Commune]
    epci: Sequence[Epci]

    @property
    def toutes(self) -> list[Commune]:
        """Every commune that its pages say something of."""
        autres = (commune for epci in self.epci for commune in epci.communes)
        return list({commune.code: commune for commune in (*self.communes, *autres)}.values())


def blocs(atlas: Atlas, codes: Iterable[str]) -> list[Bloc]:
    """One per code; an EPCI across a border goes with the first of its départements."""
    epci: dict[str, list[Epci]] = defaultdict(list)
    for un in atlas.epci.values():
        epci[min(commune.departement for commune in un.communes)].append(un)
    communes: dict[str, list[Commune]] = defaultdict(list)
    for commune in atlas.propres:
        communes[commune.departement].append(commune)
    return [Bloc(code, communes[code], epci[code]) for code in codes]
