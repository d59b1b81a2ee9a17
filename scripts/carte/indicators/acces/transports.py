"""A3 by public transport: a proxy that says a trip is possible, never how long it takes.

A commune and a place are linked when each is near a stop of one same network from which enough vehicles leave on a
weekday. Networks that nobody gave are not known: the figure speaks of those that were read.
"""

from typing import TypeGuard

import numpy as np
import pandas as pd

from carte.access.points import Booleens, Points, geographiques
from carte.indicators.acces.couverture import Portee
from carte.indicators.monde import TOUTES, Monde


def liaison(monde: Monde, arrets: pd.DataFrame | None) -> Portee:
    """Whether each line of people is linked to a place they can go to.

    NaN without stops, where nothing places the line, and where only stops of unknown departures would link it. Nobody
    is « surely » linked: hamlets are farther from the stop than the point of their commune.
    """
    if not departs_connus(arrets):
        inconnu = np.full(len(monde.habitants), np.nan)
        return Portee(inconnu, inconnu, inconnu)
    departs = arrets["departs_par_jour"]
    servis = departs >= monde.parametres.departs_par_jour
    lies, peut_etre = (_lies(monde, arrets[x].reset_index(drop=True)) for x in (servis, servis | departs.isna()))
    connus = monde.trajets.communes_connues & (lies | ~peut_etre)
    taux = np.where(connus, lies.astype(np.float64), np.nan)
    return Portee(taux, np.where(connus, 0.0, np.nan), taux)


def departs_connus(arrets: pd.DataFrame | None) -> TypeGuard[pd.DataFrame]:
    """Whether stops were given, and the departures of some are known (or there is no stop at all)."""
    return arrets is not None and (arrets.empty or bool(arrets["departs_par_jour"].notna().any()))


def sans_reponse(monde: Monde, arrets: pd.DataFrame | None) -> Booleens:
    """Communes of which a part at least is left out of A3 for want of departures; none when A3 is not evaluated."""
    toutes = np.zeros(len(monde.communes), dtype=np.bool_)
    if departs_connus(arrets):
        manque = np.isnan(liaison(monde, arrets).taux) & monde.trajets.communes_connues
        toutes[monde.chez[manque]] = True
    return toutes


def _lies(monde: Monde, arrets: pd.DataFrame) -> Booleens:
    """Whether one network of these stops passes near each line of people and near a place."""
    ou_aller = monde.choix[TOUTES] & monde.lieux_connus & ~monde.arrivees.local
    lieux = _reseaux(monde.arrivees.points, ou_aller, arrets, monde.parametres.arret_m)
    desservis = set().union(*lieux)
    communes = _reseaux(monde.origines.points, monde.trajets.communes_connues, arrets, monde.parametres.arret_m)
    return np.array([bool(reseaux & desservis) for reseaux in communes], dtype=np.bool_)


def _reseaux(points: Points, retenus: Booleens, arrets: pd.DataFrame, rayon_m: float) -> list[set[str]]:
    """The networks that have a stop within the radius of each point; none for those that are not kept."""
    trouves: list[set[str]] = [set() for _ in range(len(points))]
    rangs = np.flatnonzero(retenus)
    if arrets.empty or not len(rangs):
        return trouves
    situes = geographiques(arrets["longitude"], arrets["latitude"])
    arbre = situes.arbre(np.arange(len(situes), dtype=np.intp))
    noms = arrets["reseau"].to_numpy(dtype=object)
    voisins = arbre.query_ball_point(points.coordonnees[rangs], float(situes.corde(rayon_m / 1000)))
    for rang, proches in zip(rangs, voisins, strict=True):
        trouves[rang] = set(noms[proches])
    return trouves
