"""The places of the map: how many there are, told before any is loaded, and what stands for them until then."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from carte.publish.atlas import Atlas, Point
from carte.publish.eclats import Eclat
from carte.publish.libelles import Libelles
from carte.publish.textes import nombre, pluriel, typographie
from carte.records import dires

CASE = 0.25
"""Side, in degrees, of the squares whose places stand together on a map seen from afar."""
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
        if self.absents:
            sur += f" Sans position connue, dans la liste seulement : {pluriel(self.absents, 'lieu', 'lieux')}."
        return typographie(sur)


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


def amas(morceaux: Iterable[Eclat], atlas: Atlas, libelles: Libelles, jour: date) -> list[dict[str, Any]]:
    """What stands for the places of each file of the search until it is read, when it has one on the map that day.

    `code`, `nom`: of the département; `cadre`: west, south, east, north; `cases`: for each square of a quarter of a
    degree, the middle of its points (latitude, longitude, in thousandths of a degree), then how many there are, for all
    families and for each in the vocabulary's order: one list of whole numbers after the other.
    """
    return [
        _un(morceau, poses, atlas, libelles)
        for morceau in morceaux
        if (poses := [p for p in morceau.points if est_pose(p) and not _ferme(p, jour)])
    ]


def cadre(points: Iterable[Point]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of the places on the map; None without any."""
    places = _places(points)
    if not places:
        return None
    lons, lats = zip(*places, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _ferme(point: Point, jour: date) -> bool:
    return dires.ferme_pour_toujours(point.enregistrement.lieu, jour)


def _un(morceau: Eclat, poses: Sequence[Point], atlas: Atlas, libelles: Libelles) -> dict[str, Any]:
    par_case: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for point in poses:
        ((lon, lat),) = _places([point])
        par_case[math.floor(lat / CASE), math.floor(lon / CASE)].append(point)
    return {
        "code": morceau.departement,
        "nom": atlas.nom_du_departement(morceau.departement),
        "fichier": morceau.fichier,
        "cadre": [round(borne, 4) for borne in cadre(poses) or ()],
        "cases": [nombre for _, lot in sorted(par_case.items()) for nombre in _case(lot, libelles)],
    }


def _case(lot: Sequence[Point], libelles: Libelles) -> list[int]:
    lons, lats = zip(*_places(lot), strict=True)
    milieu = [round(1000 * sum(axe) / len(axe)) for axe in (lats, lons)]
    return [
        *milieu,
        len(lot),
        *(sum(famille in libelles.rendues(p.enregistrement.lieu) for p in lot) for famille in libelles.familles),
    ]


def _places(points: Iterable[Point]) -> list[tuple[float, float]]:
    return [(p.lon, p.lat) for p in points if est_pose(p) and p.lon is not None and p.lat is not None]
