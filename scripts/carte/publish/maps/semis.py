"""The places of the map: how many there are, told before any is loaded, and where each département has its own."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from carte.publish.atlas import Atlas, Point
from carte.publish.libelles import Libelles
from carte.publish.textes import nombre, pluriel

TOUTES = ""
"""Stands for all families together."""


@dataclass(frozen=True, slots=True)
class Compte:
    """Distinct places on the map, and those that are only in the list, their position being unknown; stops that stand
    somewhere in their commune."""

    poses: int
    absents: int
    arrets: int = 0

    @property
    def ecrit(self) -> str:
        """Those on the map, as it is written beside a choice."""
        return nombre(self.poses)

    @property
    def phrase(self) -> str:
        sur = f"{pluriel(self.poses, 'lieu', 'lieux')} sur la carte." if self.poses else "Aucun lieu sur la carte."
        if self.arrets:
            sur += f" {pluriel(self.arrets, 'arrêt')} de bus, en pointillés : quelque part dans la commune."
        if not self.absents:
            return sur
        return f"{sur} Sans position connue, dans la liste seulement : {pluriel(self.absents, 'lieu', 'lieux')}."


def est_pose(point: Point) -> bool:
    """Whether a point has a position of its own, or is a stop of a known commune; `carte/lieux.js` draws these."""
    return point.lat is not None and point.lon is not None and (not point.approche or point.arret is not None)


def compter(points: Iterable[Point], libelles: Libelles) -> dict[str, Compte]:
    """Everything that is published, for all families (TOUTES) and for each."""
    tous: dict[str, set[str]] = defaultdict(set)
    poses: dict[str, set[str]] = defaultdict(set)
    arrets: Counter[str] = Counter()
    for point in points:
        for famille in (TOUTES, *libelles.rendues(point.enregistrement.lieu)):
            tous[famille].add(point.enregistrement.identifiant)
            if est_pose(point):
                poses[famille].add(point.enregistrement.identifiant)
                arrets[famille] += point.approche
    return {f: Compte(len(poses[f]), len(tous[f] - poses[f]), arrets[f]) for f in (TOUTES, *libelles.familles)}


def amas(points: Iterable[Point], atlas: Atlas, libelles: Libelles) -> list[dict[str, Any]]:
    """One heap per département that has a place on the map: what stands for its places until they are loaded.

    `cadre`: west, south, east, north; `centre`: latitude, longitude; `points`: for all families, then for each, in the
    vocabulary's order.
    """
    membres: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        if est_pose(point):
            membres[point.enregistrement.departement].append(point)
    return [_un(code, lot, atlas, libelles) for code, lot in sorted(membres.items())]


def cadre(points: Iterable[Point]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of the places on the map; None without any."""
    places = _places(points)
    if not places:
        return None
    lons, lats = zip(*places, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _un(code: str, lot: Sequence[Point], atlas: Atlas, libelles: Libelles) -> dict[str, Any]:
    places = _places(lot)
    nombres = [len(lot), *(sum(f in libelles.rendues(p.enregistrement.lieu) for p in lot) for f in libelles.familles)]
    return {
        "code": code,
        "nom": atlas.nom_du_departement(code),
        "fichier": f"{code}.json",
        "cadre": [round(borne, 4) for borne in cadre(lot) or ()],
        "centre": [round(sum(lats) / len(places), 4) for lats in reversed(list(zip(*places, strict=True)))],
        "points": nombres,
    }


def _places(points: Iterable[Point]) -> list[tuple[float, float]]:
    return [(p.lon, p.lat) for p in points if est_pose(p) and p.lon is not None and p.lat is not None]
