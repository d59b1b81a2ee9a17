"""Where each network is, point by point; and the networks of one commune that stand at distinct places."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy.spatial.distance import cdist

from carte.access.points import Booleens
from carte.ecrits.texte import replier
from carte.indicators.monde import Monde
from carte.indicators.offre.mutualisation import fixes_distincts, precis
from carte.indicators.offre.points import ouverture
from carte.indicators.reseaux import ACCUEIL, ARRET, PERMANENCE

COLONNES = (
    *("code_departement", "code_epci", "code_insee", "commune", "lieu_id", "nom", "reseau", "operateur", "nature"),
    *("horaires", "heures_hebdo", "deja_comptees"),
)
RAPPROCHEMENTS = (
    *("code_departement", "code_epci", "code_insee", "commune", "reseau_a", "reseau_b", "lieu_a", "nom_a", "lieu_b"),
    *("nom_b", "distance_m", "lieux_a", "lieux_b"),
)


def presences(monde: Monde) -> pd.DataFrame:
    """The list `presences`: see `listes`."""
    communes = monde.communes.set_index("code_insee")
    noms, epci = communes["nom"].to_dict(), communes["code_epci"].to_dict()
    dites = monde.offre[monde.offre["presences"].map(len) > 0]
    graphies = _graphies(presence.reseau for toutes in dites["presences"] for presence in toutes)
    colonnes = ["code_departement", "code_insee", "commune", "lieu_id", "nom", "heures_hebdo", "itinerant", "presences"]
    lignes = [
        {
            **{nom: point[nom] for nom in ("code_departement", "code_insee", "lieu_id", "nom")},
            "code_epci": epci.get(point["code_insee"]),
            "commune": noms.get(point["code_insee"], point["commune"]),
            "reseau": graphies[replier(ligne["reseau"])],
            **{nom: ligne[nom] for nom in ("operateur", "nature", "horaires", "heures_hebdo", "deja_comptees")},
        }
        for point in dites[colonnes].to_dict("records")
        for ligne in _du_point(point)
    ]
    table = pd.DataFrame(lignes, columns=list(COLONNES)).astype({"heures_hebdo": float})
    return table.sort_values(["code_departement", "reseau", "commune", "lieu_id"], kind="stable", ignore_index=True)


def _graphies(noms: Iterable[str]) -> dict[str, str]:
    """One spelling for each name, whatever its case and accents: the first in order."""
    return {replier(nom): nom for nom in sorted(set(noms), reverse=True)}


def _du_point(point: Mapping[Hashable, Any]) -> Iterator[dict[str, Any]]:
    """The hours of a permanence at a mobile service are said of no stop: unknown. Those that a network keeps in its own
    place are already within the hours of that place."""
    chez_eux = {p.reseau for p in point["presences"] if p.nature == ACCUEIL}
    for presence in point["presences"]:
        tenue = presence.nature == PERMANENCE
        heures = point["heures_hebdo"]
        if tenue:
            heures = np.nan if point["itinerant"] else ouverture(presence.horaires).heures_hebdo
        nature = ARRET if point["itinerant"] and presence.nature == ACCUEIL else presence.nature
        yield {
            **presence._asdict(),
            "nature": nature,
            "heures_hebdo": heures,
            "deja_comptees": tenue and presence.reseau in chez_eux,
        }


def rapprochements(monde: Monde, inventaire: pd.DataFrame) -> pd.DataFrame:
    """The list `rapprochements`: see `listes`. Fixed places only; `inventaire`: the list `mutualisation`."""
    fixes = fixes_distincts(monde.offre)
    fixes = fixes[fixes["presences"].map(len) > 0]
    epci = monde.communes.set_index("code_insee")["code_epci"].to_dict()
    noms = monde.communes.set_index("code_insee")["nom"].to_dict()
    surs = precis(monde)
    ensemble = {lieu: rang for rang, lieux in enumerate(inventaire["lieux"]) if len(lieux) > 1 for lieu in lieux}
    lignes = [
        {
            "code_departement": membres["code_departement"].iloc[0],
            "code_epci": epci.get(code),
            "code_insee": code,
            "commune": noms.get(code, membres["commune"].iloc[0]),
            **paire,
        }
        for code, membres in fixes.groupby("code_insee")
        for paire in _paires(membres, monde, surs, ensemble)
    ]
    table = pd.DataFrame(lignes, columns=list(RAPPROCHEMENTS)).astype({"distance_m": float})
    return table.sort_values(["code_departement", "commune", "reseau_a", "reseau_b"], ignore_index=True)


def _paires(
    membres: pd.DataFrame, monde: Monde, surs: Booleens, ensemble: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    """Two networks that nothing brings together, one an operator's: their two nearest places.

    `ensemble`: the group of neighbours of the places that have some.
    """
    par_reseau: dict[str, list[int]] = {}
    operateurs = {p.reseau for toutes in membres["presences"] for p in toutes if p.operateur}
    for rang, toutes in zip(membres.index.to_numpy(dtype=np.intp), membres["presences"], strict=True):
        for reseau in {p.reseau for p in toutes}:
            par_reseau.setdefault(reseau, []).append(int(rang))
    lieux, titres = monde.offre["lieu_id"], monde.offre["nom"]
    for a, b in combinations(sorted(par_reseau), 2):
        ici, la = par_reseau[a], par_reseau[b]
        sites_a, sites_b = ({ensemble.get(lieux[rang], lieux[rang]) for rang in rangs} for rangs in (ici, la))
        if sites_a & sites_b or not operateurs & {a, b}:
            continue
        metres, rang_a, rang_b = _plus_proches(ici, la, monde, surs)
        yield {
            "reseau_a": a,
            "reseau_b": b,
            "lieu_a": lieux[rang_a],
            "nom_a": titres[rang_a],
            "lieu_b": lieux[rang_b],
            "nom_b": titres[rang_b],
            "distance_m": metres,
            "lieux_a": len(ici),
            "lieux_b": len(la),
        }


def _plus_proches(ici: list[int], la: list[int], monde: Monde, surs: Booleens) -> tuple[float, int, int]:
    """Metres, and the two points of the offer; NaN and the first of each when no two are precisely known."""
    a, b = ([rang for rang in rangs if surs[rang]] for rangs in (ici, la))
    if not a or not b:
        return float("nan"), ici[0], la[0]
    points = monde.arrivees.points
    cordes = cdist(points.coordonnees[a], points.coordonnees[b])
    rang = np.unravel_index(int(cordes.argmin()), cordes.shape)
    return float(1000 * points.arc(cordes[rang])), a[int(rang[0])], b[int(rang[1])]
