"""The files of places that the browser reads: one per département, cut by place when it has many.

What one search, or one view of the map, must read does not grow with the number of places of a département.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from carte.publish.atlas import Point

PLACES_MAX = 300
"""Points of a file: some twenty kilobytes, once compressed."""

# A degree of longitude beside one of latitude, at the middle of the country: to cut where a part is longest.
_SERRAGE = 0.7


@dataclass(frozen=True, slots=True)
class Eclat:
    """Points that stand in one file, relative to the folder of the search; never none."""

    departement: str
    fichier: str
    points: Sequence[Point]


def decouper(points: Iterable[Point]) -> list[Eclat]:
    """The files, by département, then from one side to the other: the same for the search and for the map."""
    par_departement: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        par_departement[point.enregistrement.departement].append(point)
    return [eclat for code, membres in sorted(par_departement.items()) for eclat in _du_departement(code, membres)]


def _du_departement(code: str, membres: list[Point]) -> list[Eclat]:
    if len(membres) <= PLACES_MAX:
        return [Eclat(code, f"{code}.json", membres)]
    return [Eclat(code, f"{code}/{rang}.json", lot) for rang, lot in enumerate(_couper(membres))]


def _couper(membres: list[Point]) -> Iterator[list[Point]]:
    """Halves of halves, across the longest side; those that have no position go with the first."""
    if len(membres) <= PLACES_MAX:
        yield membres
        return
    places = [(p.lat, _SERRAGE * p.lon) for p in membres if p.lat is not None and p.lon is not None]
    etendues = [max(axe) - min(axe) for axe in zip(*places, strict=True)] or [0.0, 0.0]
    en_hauteur = etendues[0] > etendues[1]
    ordre = sorted(membres, key=lambda p: _rang(p.lat if en_hauteur else p.lon))
    yield from _couper(ordre[: len(ordre) // 2])
    yield from _couper(ordre[len(ordre) // 2 :])


def _rang(degres: float | None) -> float:
    return -math.inf if degres is None else degres
