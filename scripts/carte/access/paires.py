"""Which place can matter to which commune: a sparse list of pairs, never the full table.

Three questions in turn: the pairs within a radius (k-d tree), the stops of mobile services (own commune only), and the
nearest place of communes that have none within the radius.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from carte.access.barrieres import Barrieres
from carte.access.points import Booleens, Entiers, Points, Reels

Couples = tuple[Entiers, Entiers]
"""Positions of communes, positions of places: two arrays of one length."""

_AUCUN: Entiers = np.empty(0, dtype=np.intp)
_VOISINS = 8
"""Places looked at first around a commune, and how many times more at each turn."""
_COUPLES_MAX = 1_000_000
_ARRONDI = 1e-9
_MARGE = 1 + 1e-12  # a place exactly at the radius stays in, whatever the rounding of the chord


@dataclass(frozen=True, slots=True, eq=False)
class Communes:
    """Where people live: one point per commune, its area, and the speed by car there (km/h).

    `relief` marks the communes whose roads wind (None: none does); `barrieres`: what no straight line crosses. Rows may
    be followed by points inside communes, which `chez` tells: the row of the commune of each row, that of a commune
    being its own (None: there are only communes). `erreur_km`: how far each point may be from where people gather
    (None: all are exact).
    """

    points: Points
    surface_km2: Reels
    vitesse_kmh: Reels
    relief: Booleens | None = None
    barrieres: Barrieres | None = None
    chez: Entiers | None = None
    erreur_km: Reels | None = None

    def parmi(self, rangs: Entiers) -> "Communes":
        """Some of the communes, in this order, where there are only communes (no `chez`): what is computed between
        them is the same, and costs what they are."""
        assert self.chez is None
        return Communes(
            self.points.parmi(rangs),
            self.surface_km2[rangs],
            self.vitesse_kmh[rangs],
            None if self.relief is None else self.relief[rangs],
            None if self.barrieres is None else self.barrieres.parmi(rangs),
            erreur_km=None if self.erreur_km is None else self.erreur_km[rangs],
        )

    def de(self, lignes: Entiers) -> Entiers:
        """The commune of each row."""
        return lignes if self.chez is None else self.chez[lignes]


@dataclass(frozen=True, slots=True, eq=False)
class Lieux:
    """Where people go: one point per place or stop, and its own commune (position in `Communes`, -1 if outside).

    `local` marks stops of mobile services: they serve their own commune only. `approches` marks those whose place in
    the commune is unknown: their point is that of the commune (None: none is).
    """

    points: Points
    commune: Entiers
    local: Booleens
    approches: Booleens | None = None

    def __post_init__(self) -> None:
        if not len(self.points) == len(self.commune) == len(self.local):
            raise ValueError("Lieux attend des tableaux de même longueur.")


@dataclass(frozen=True, slots=True, eq=False)
class Paires:
    """Pairs of positions (commune, place), sorted and unique, and their straight-line distance in km."""

    commune: Entiers
    lieu: Entiers
    d_km: Reels

    def __len__(self) -> int:
        return len(self.d_km)


def chercher(
    communes: Communes,
    lieux: Lieux,
    rayon_km: float,
    choix: Sequence[Booleens] = (),
    couts: Sequence[Reels] | None = None,
) -> Paires:
    """Every pair at most `rayon_km` apart, every stop with its own commune, and what may be nearest.

    For each mask of `choix` (a family of services, for instance) every commune has, among its pairs, the marked fixed
    place that costs least, however far; unless there is no such place, or only behind barriers that have no known
    crossing. `couts`: what a kilometre costs at each commune, in as many ways; a pair costs the mean of its ends. When
    None, hours by car and kilometres.
    """
    couts = [1 / communes.vitesse_kmh, np.ones(len(communes.points))] if couts is None else couts
    ici, la = _dans_un_rayon(communes, lieux, rayon_km)
    d_km = _distances_conventionnelles(communes, lieux, ici, la)
    # Nearer than this, no place beyond the radius can cost less.
    proches = d_km <= rayon_km / max(float(np.max(cout) / np.min(cout)) for cout in couts)
    morceaux = [(ici, la), _arrets(communes, lieux)]
    for depuis, groupes in _cotes(communes, lieux):
        for masque in choix:
            servies = ~depuis
            servies[ici[proches & (masque & groupes[0])[la]]] = True
            morceaux += [_les_moindres(communes, lieux, ~servies, masque & groupe, couts) for groupe in groupes]
    toutes = uniques(np.concatenate([cles(commune, lieu, lieux) for commune, lieu in morceaux]))
    return mesurer(communes, lieux, toutes)


def _cotes(communes: Communes, lieux: Lieux) -> list[tuple[Booleens, list[Booleens]]]:
    """Communes, and the groups of places among which their quickest is looked for; a crossing is the same in a group.

    The first group is that of the places that nothing parts from them: one of it nearby is quicker than any far away.
    """
    if communes.barrieres is None:
        return [(np.ones(len(communes.points), dtype=np.bool_), [np.ones(len(lieux.points), dtype=np.bool_)])]
    return [(depuis, [g[lieux.commune] for g in groupes]) for depuis, groupes in communes.barrieres.cotes()]


def uniques(cles_des_paires: Entiers) -> Entiers:
    """Sorted keys without doubles. `numpy.unique` hashes whole numbers: 4 s for 2.5 million keys, 0.04 s here."""
    triees = np.sort(cles_des_paires)
    return triees[np.diff(triees, prepend=-1) > 0]


def _dans_un_rayon(communes: Communes, lieux: Lieux, rayon_km: float) -> Couples:
    ici, la = np.flatnonzero(communes.points.connus), np.flatnonzero(lieux.points.connus & ~lieux.local)
    corde = float(communes.points.corde(rayon_km)) * _MARGE
    arbre, autre = communes.points.arbre(ici), lieux.points.arbre(la)
    trouvees = arbre.sparse_distance_matrix(autre, corde, output_type="ndarray")
    return ici[trouvees["i"]], la[trouvees["j"]]


def _arrets(communes: Communes, lieux: Lieux) -> Couples:
    arrets = np.flatnonzero(lieux.points.connus & lieux.local & (lieux.commune >= 0))
    if communes.chez is None:
        arrets = arrets[communes.points.connus[lieux.commune[arrets]]]
        return lieux.commune[arrets], arrets
    # Every row of its commune, and the commune's own: rows in the order of their communes, a slice for each stop.
    ordre = np.argsort(communes.chez, kind="stable")
    bornes = [np.searchsorted(communes.chez, lieux.commune[arrets], cote, sorter=ordre) for cote in ("left", "right")]
    morceaux = [ordre[debut:fin] for debut, fin in zip(*bornes, strict=True)]
    lignes = np.concatenate([_AUCUN, *morceaux])
    repetes = np.repeat(arrets, [len(morceau) for morceau in morceaux])
    connues = communes.points.connus[lignes]
    return lignes[connues], repetes[connues]


def _les_moindres(
    communes: Communes, lieux: Lieux, voulues: Booleens, choix: Booleens, couts: Sequence[Reels]
) -> Couples:
    """Pairs of the wanted communes with the chosen places that cost least; ties are all kept.

    A place may cost less than a nearer one. The nearest are looked at, more and more of them, until the next ones are
    too far to cost as little, were all their kilometres the cheapest there are: of a family that some regions do not
    have, a country would else keep most of its pairs.
    """
    candidats = np.flatnonzero(lieux.points.connus & ~lieux.local & choix)
    reste = np.flatnonzero(communes.points.connus & voulues)
    if not len(candidats) or not len(reste):
        return _AUCUN, _AUCUN
    arbre, trouvees, nombre = lieux.points.arbre(candidats), [], _VOISINS
    while len(reste):
        nombre, suite = min(nombre, len(candidats)), []
        for lot in np.array_split(reste, 1 + len(reste) * nombre // _COUPLES_MAX):
            gardes, finies = _parmi_les_proches(communes, lieux, lot, candidats, arbre, nombre, couts)
            finies |= nombre == len(candidats)
            ici, rangs = np.nonzero(gardes.retenus & finies[:, None])
            trouvees.append((lot[ici], gardes.lieux[ici, rangs]))
            suite.append(lot[~finies])
        reste, nombre = np.concatenate(suite), nombre * _VOISINS
    return np.concatenate([t[0] for t in trouvees]), np.concatenate([t[1] for t in trouvees])


@dataclass(frozen=True, slots=True, eq=False)
class _Proches:
    """The nearest places of each row of a lot, and which of them cost least: two arrays of (rows, places)."""

    lieux: Entiers
    retenus: Booleens


def _parmi_les_proches(
    communes: Communes,
    lieux: Lieux,
    lot: Entiers,
    candidats: Entiers,
    arbre: Any,
    nombre: int,
    couts: Sequence[Reels],
) -> tuple[_Proches, Booleens]:
    """Those that cost least among the `nombre` nearest of each row, and whether none farther may cost as little."""
    cordes, rangs = arbre.query(communes.points.coordonnees[lot], k=np.arange(1, nombre + 1))
    la, ici = candidats[rangs], np.repeat(lot, nombre)
    d_km = _distances_conventionnelles(communes, lieux, ici, la.ravel()).reshape(la.shape)
    plus_loin = communes.points.arc(cordes[:, -1])
    retenus, finies = np.zeros(la.shape, dtype=np.bool_), np.ones(len(lot), dtype=np.bool_)
    for cout in couts:
        total = d_km * moyenne_des_bouts(cout, lieux, ici, la.ravel()).reshape(la.shape)
        # Whatever the rounding of those who compute the same in another order.
        moindres = total.min(axis=1) * (1 + _ARRONDI)
        retenus |= total <= moindres[:, None]
        finies &= plus_loin * (cout[lot] + cout.min()) / 2 > moindres
    return _Proches(la, retenus), finies


def moyenne_des_bouts(valeurs: Reels, lieux: Lieux, ici: Entiers, la: Entiers) -> Reels:
    """Mean of the values of both communes; that of the origin when the place is outside the communes loaded."""
    depart = valeurs[ici]
    chez = lieux.commune[la]
    return (depart + np.where(chez >= 0, valeurs[chez], depart)) / 2


def cles(commune: Entiers, lieu: Entiers, lieux: Lieux) -> Entiers:
    """One integer per pair, in the order of the pairs: small to sort, quick to find."""
    return commune * max(len(lieux.points), 1) + lieu


def mesurer(communes: Communes, lieux: Lieux, cles_des_paires: Entiers) -> Paires:
    """The pairs of sorted, unique keys (see `cles`), with their distance."""
    ici, la = np.divmod(cles_des_paires, max(len(lieux.points), 1))
    return Paires(ici, la, _distances_conventionnelles(communes, lieux, ici, la))


def _distances_conventionnelles(communes: Communes, lieux: Lieux, ici: Entiers, la: Entiers) -> Reels:
    """Straight line, but never less than half the square root of its area within one commune (never zero)."""
    d_km = communes.points.distances(ici, lieux.points, la)
    interne = lieux.commune[la] == communes.de(ici)
    # An area that no layer gives (a commune younger than the outlines) leaves the straight line.
    d_km[interne] = np.fmax(d_km[interne], 0.5 * np.sqrt(communes.surface_km2[ici[interne]]))
    return d_km
