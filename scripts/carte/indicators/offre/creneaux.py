"""O4, O5 and A8: what one finds at the end of the trip, when, and for how many hours."""

import numpy as np

from carte.access import Mode, dans
from carte.access.points import Booleens, Reels
from carte.indicators.monde import TOUTES, Colonnes, Monde, moyenne, part, sommes

CRENEAUX = {"O4_soir": "soir", "O4_samedi": "samedi", "O4_midi": "midi", "O5": "sans_rdv"}
"""Indicator -> column of the offer that may be True, False or unknown."""


def acces_aux_creneaux(monde: Monde) -> Colonnes:
    """O4 and O5: people with such a place within T by car; low: known yes, high: not known no. Additive columns."""
    colonnes: Colonnes = {}
    for nom, champ in CRENEAUX.items():
        oui = monde.offre[champ].eq(True).fillna(False).to_numpy(dtype=bool)
        non = monde.offre[champ].eq(False).fillna(False).to_numpy(dtype=bool)
        for seuil in monde.seuils.voiture:
            sur, possible = _couvert(monde, oui, seuil), _couvert(monde, ~non, seuil)
            colonnes |= part(f"{nom}_{seuil}", monde.habitants, sur, sur, possible)
    return colonnes


def heures_accessibles(monde: Monde) -> Colonnes:
    """A8: weekly hours of all places within T by car, weighted by the population; additive columns.

    Places without known hours add nothing: the figure is a minimum. `_ici_…`: the hours themselves, which a commune has
    even when nobody lives there. `_A8_<T>_muets`: communes that may reach such a place, whose hours are not zero.
    """
    temps = monde.trajets.temps(Mode.VOITURE)
    colonnes: Colonnes = {"_A9_muets": _muets(monde, dans(temps.bas, monde.zone_max))}
    for seuil in monde.seuils.voiture:
        colonnes[f"_A8_{seuil}_muets"] = _muets(monde, dans(temps.bas, seuil))
        heures = _heures(monde, dans(temps.minutes, seuil))
        colonnes |= moyenne(f"A8_{seuil}", monde.habitants, heures) | {f"_ici_A8_{seuil}_num": heures}
        for suffixe, minutes in (("bas", temps.haut), ("haut", temps.bas)):
            heures = _heures(monde, dans(minutes, seuil))
            colonnes[f"_A8_{seuil}_{suffixe}"] = moyenne("x", monde.habitants, heures)["x_num"]
            colonnes[f"_ici__A8_{seuil}_{suffixe}"] = heures
    return colonnes


def _couvert(monde: Monde, lieux: Booleens, seuil: float) -> Reels:
    """1 where such a place is within the threshold by car, else 0; NaN where the commune has no point."""
    minutes = monde.trajets.plus_proche(Mode.VOITURE, monde.choix[TOUTES] & lieux).minutes
    return np.where(np.isnan(minutes), np.nan, dans(minutes, seuil))


def _muets(monde: Monde, atteintes: Booleens) -> Reels:
    """1 for a commune with a place in reach that receives the public at hours nobody knows, else 0."""
    paires = monde.trajets.paires
    inconnues = monde.accueil & monde.offre["heures_hebdo"].isna().to_numpy(dtype=bool)
    communes = np.unique(paires.commune[atteintes & inconnues[paires.lieu]])
    return np.isin(np.arange(len(monde.habitants)), communes).astype(np.float64)


def _heures(monde: Monde, atteintes: Booleens) -> Reels:
    """Sum of the known hours of the places that receive the public, over the pairs in reach."""
    paires = monde.trajets.paires
    heures = np.where(monde.accueil, monde.offre["heures_hebdo"].to_numpy(dtype=np.float64), np.nan)[paires.lieu]
    retenues = atteintes & ~np.isnan(heures)
    somme = sommes(paires.commune[retenues], heures[retenues], len(monde.habitants))
    return np.where(monde.trajets.communes_connues, somme, np.nan)
