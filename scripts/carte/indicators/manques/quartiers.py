"""The quartiers prioritaires, apart from the communes they lie in: their people, the places inside, the walk to one."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import shapely

from carte.access import Communes, Lieux, Mode, dans, estimer, geographiques
from carte.access.points import Entiers
from carte.indicators.entrees import Entrees
from carte.indicators.monde import TOUTES, Monde
from carte.indicators.offre.mutualisation import precis
from carte.territory.mesures import surfaces_km2

COLONNES = (
    *("code_departement", "code", "nom", "commune", "population"),
    *("lieux", "lieux_incertains", "pied_val", "pied_bas", "pied_haut", "pied_statut"),
)
SUR, INCERTAIN, NON, INCONNU = "sûr", "incertain", "non", "inconnu"


def quartiers(monde: Monde, entrees: Entrees) -> pd.DataFrame:
    """The list `quartiers`: see `listes`. Population is that of the quarter, never added to the communes'.

    A place is inside by its coordinates; one that stands at the point of its commune is « incertain ». The walk starts
    from a point inside the quarter, and within the quarter is at least half the root of its area.
    """
    if entrees.quartiers is None or entrees.quartiers.empty:
        return pd.DataFrame(columns=list(COLONNES))
    table = entrees.quartiers
    formes = table.geometry.to_numpy()
    points = shapely.points(monde.offre["lon"].to_numpy(dtype=float), monde.offre["lat"].to_numpy(dtype=float))
    la, ici = shapely.STRtree(formes).query(points[monde.lieux_connus], predicate="intersects")
    lieux = np.flatnonzero(monde.lieux_connus)[la]
    surs = precis(monde)[lieux]
    identifiants = monde.offre["lieu_id"].to_numpy(dtype=object)
    return pd.DataFrame(
        {
            **{nom: table[nom].to_numpy() for nom in ("code_departement", "code", "nom", "commune", "population")},
            "lieux": _distincts(ici[surs], identifiants[lieux[surs]], len(table)),
            "lieux_incertains": _distincts(ici[~surs], identifiants[lieux[~surs]], len(table)),
            **_marche(monde, formes, lieux, ici),
        }
    )[list(COLONNES)]


def _distincts(quartier: Iterable[int], lieux: Iterable[str], nombre: int) -> list[int]:
    couples = set(zip(quartier, lieux, strict=True))
    return [sum(q == rang for q, _ in couples) for rang in range(nombre)]


def _marche(monde: Monde, formes: Any, lieux: Entiers, ici: Entiers) -> dict[str, object]:
    """Minutes on foot to the nearest place, with their interval, and what they say of the threshold."""
    interieurs = shapely.point_on_surface(formes)
    origines = Communes(
        geographiques(shapely.get_x(interieurs), shapely.get_y(interieurs)),
        surfaces_km2(formes),
        np.full(len(formes), monde.parametres.hypotheses.voiture_kmh),
    )
    dedans = np.full(len(monde.offre), -1, dtype=np.intp)
    dedans[lieux] = ici
    choix = monde.choix[TOUTES] & monde.lieux_connus & ~monde.arrivees.local
    arrivees = Lieux(monde.arrivees.points, dedans, np.zeros(len(dedans), dtype=np.bool_))
    seuil = monde.seuils.pied
    temps = estimer(origines, arrivees, {Mode.PIED: seuil}, monde.parametres.hypotheses, [choix]).plus_proche(
        Mode.PIED, choix
    )
    statut = np.select(
        [np.isnan(temps.minutes), dans(temps.haut, seuil), ~dans(temps.bas, seuil)], [INCONNU, SUR, NON], INCERTAIN
    )
    return {"pied_val": temps.minutes, "pied_bas": temps.bas, "pied_haut": temps.haut, "pied_statut": statut}
