"""A mesh of hexagons, grown into communes: every shared edge is exact because it is the same pair of mesh nodes.

Only + - * / and comparisons on floats, and the one generator method whose stream Python guarantees
(`random.Random(seed).random`): the same bytes on every machine.
"""

import heapq
from collections.abc import Iterable, Mapping
from random import Random

Cellule = tuple[int, int]  # axial coordinates (q, r)
Noeud = tuple[int, int]  # corner of a hexagon, in half-widths and half-edges: integers, so never two spellings
Point = tuple[float, float]  # kilometres, east and north

COTE_KM = 0.76  # about 1.5 km² per hexagon: a commune counts some forty of them
_RACINE_3 = 1.7320508075688772
_PAS_X = _RACINE_3 * COTE_KM / 2
_PAS_Y = COTE_KM / 2
_VOISINES = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
# Corners anticlockwise from the lower right: edge k goes from corner k to k + 1 and faces neighbour k.
_COINS = ((1, -1), (1, 1), (0, 2), (-1, 1), (-1, -1), (0, -2))


def centre(cellule: Cellule) -> Point:
    """Centre of a hexagon, in kilometres."""
    q, r = cellule
    return ((2 * q + r) * _PAS_X, 3 * r * _PAS_Y)


def cellules_dans(polygone: list[Point], hors: Iterable[Cellule] = ()) -> list[Cellule]:
    """Hexagons whose centre is inside `polygone`, except those of `hors`, sorted."""
    exclues = set(hors)
    xs, ys = [x for x, _ in polygone], [y for _, y in polygone]
    lignes = range(int(min(ys) / (3 * _PAS_Y)) - 1, int(max(ys) / (3 * _PAS_Y)) + 2)
    trouvees = []
    for r in lignes:
        for q in range(int(min(xs) / (2 * _PAS_X)) - r, int(max(xs) / (2 * _PAS_X)) + 2):
            cellule = (q, r)
            if cellule not in exclues and est_dedans(centre(cellule), polygone):
                trouvees.append(cellule)
    return sorted(trouvees)


def est_dedans(point: Point, anneau: list[Point]) -> bool:
    """Even-odd rule; the ring need not be closed."""
    x, y = point
    dedans = False
    for (xa, ya), (xb, yb) in zip(anneau, anneau[1:] + anneau[:1], strict=True):
        if (ya > y) != (yb > y) and x < (xb - xa) * (y - ya) / (yb - ya) + xa:
            dedans = not dedans
    return dedans


def plus_proche(point: Point, cellules: Iterable[Cellule]) -> Cellule:
    """The hexagon whose centre is nearest to `point`; the smallest of equals."""
    x, y = point
    return min(cellules, key=lambda c: ((centre(c)[0] - x) ** 2 + (centre(c)[1] - y) ** 2, c))


def faire_pousser(graines: Mapping[str, Cellule], cellules: Iterable[Cellule], hasard: Random) -> dict[Cellule, str]:
    """Give each hexagon to the seed it is cheapest to reach from: connected, irregular regions.

    Crossing a hexagon costs 1 to 2, drawn once per hexagon. Every hexagon reachable from a seed is given.
    """
    couts = {cellule: 1 + hasard.random() for cellule in sorted(cellules)}
    tas = [(0.0, nom, cellule) for nom, cellule in graines.items()]
    heapq.heapify(tas)
    proprietaire: dict[Cellule, str] = {}
    while tas:
        cout, nom, cellule = heapq.heappop(tas)
        if cellule in proprietaire:
            continue
        proprietaire[cellule] = nom
        q, r = cellule
        for dq, dr in _VOISINES:
            suivante = (q + dq, r + dr)
            if suivante in couts and suivante not in proprietaire:
                heapq.heappush(tas, (cout + couts[suivante], nom, suivante))
    return proprietaire


def anneaux(proprietaire: Mapping[Cellule, str]) -> dict[str, list[Noeud]]:
    """Outer ring of each region, anticlockwise, not closed, from its smallest node.

    Raises ValueError when a region has a hole or several pieces: the seeds must then be moved.
    """
    suivants: dict[str, dict[Noeud, Noeud]] = {}
    for (q, r), nom in sorted(proprietaire.items()):
        x, y = 2 * q + r, 3 * r
        for k, (dq, dr) in enumerate(_VOISINES):
            if proprietaire.get((q + dq, r + dr)) != nom:
                (xa, ya), (xb, yb) = _COINS[k], _COINS[(k + 1) % 6]
                suivants.setdefault(nom, {})[(x + xa, y + ya)] = (x + xb, y + yb)
    return {nom: _suivre(nom, bords) for nom, bords in suivants.items()}


def _suivre(nom: str, bords: dict[Noeud, Noeud]) -> list[Noeud]:
    depart = min(bords)
    anneau, noeud = [depart], bords[depart]
    while noeud != depart:
        anneau.append(noeud)
        noeud = bords[noeud]
    if len(anneau) != len(bords):
        raise ValueError(f"{nom} is not one piece without a hole: move its seed")
    return anneau


def placer(anneaux_par_nom: Mapping[str, list[Noeud]], hasard: Random) -> dict[Noeud, Point]:
    """Where each node of a boundary lies, in kilometres: shaken, then smoothed so that edges read as natural limits."""
    voisins: dict[Noeud, set[Noeud]] = {}
    for anneau in anneaux_par_nom.values():
        for a, b in zip(anneau, anneau[1:] + anneau[:1], strict=True):
            voisins.setdefault(a, set()).add(b)
            voisins.setdefault(b, set()).add(a)
    positions = {(x, y): _secouer(x * _PAS_X, y * _PAS_Y, hasard) for x, y in sorted(voisins)}
    for _ in range(2):
        positions = {noeud: _lisser(noeud, voisins[noeud], positions) for noeud in positions}
    return positions


def _secouer(x: float, y: float, hasard: Random) -> Point:
    ampleur = 0.6 * COTE_KM
    return (x + ampleur * (hasard.random() - 0.5), y + ampleur * (hasard.random() - 0.5))


def _lisser(noeud: Noeud, voisins: set[Noeud], positions: Mapping[Noeud, Point]) -> Point:
    """Half-way to the middle of its two neighbours; a node where three limits meet stays."""
    x, y = positions[noeud]
    if len(voisins) != 2:
        return (x, y)
    (xa, ya), (xb, yb) = (positions[voisin] for voisin in sorted(voisins))
    return ((2 * x + xa + xb) / 4, (2 * y + ya + yb) / 4)
