"""A3 by public transport: a proxy that says a trip is possible, never how long it takes.

A commune and a place are linked when each is near a stop of one same network from which enough vehicles leave on a
weekday. Networks that nobody gave are not known: the figure speaks of those that were read.
"""

import numpy as np
import pandas as pd

from carte.access.points import Booleens, Points, geographiques
from carte.indicators.acces.couverture import Portee
from carte.indicators.monde import TOUTES, Monde


def liaison(monde: Monde, arrets: pd.DataFrame | None) -> Portee:
    """Whether each line of people is linked to a place they can go to; NaN without stops, or where nothing places it.

    Nobody is « surely » linked: hamlets are farther from the stop than the point of their commune.
    """
    taille = len(monde.habitants)
    if arrets is None:
        inconnu = np.full(taille, np.nan)
        return Portee(inconnu, inconnu, inconnu)
    servis = arrets[arrets["departs_par_jour"] >= monde.parametres.departs_par_jour].reset_index(drop=True)
    ou_aller = monde.choix[TOUTES] & monde.lieux_connus & ~monde.arrivees.local
    lieux = _reseaux(monde.arrivees.points, ou_aller, servis, monde.parametres.arret_m)
    desservis = set().union(*lieux)
    communes = _reseaux(monde.origines.points, monde.trajets.communes_connues, servis, monde.parametres.arret_m)
    lies = np.array([bool(reseaux & desservis) for reseaux in communes], dtype=np.float64)
    taux = np.where(monde.trajets.communes_connues, lies, np.nan)
    return Portee(taux, np.where(np.isnan(taux), np.nan, 0.0), taux)


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
