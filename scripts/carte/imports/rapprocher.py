"""Is this the same place as that record? Sure, doubtful, or no. A missing coordinate never counts as a match.

A point that is not known used to score as a perfect match in other tools, and places merged that were far apart.
Only places of one commune are compared; only places of two different sources are ever merged.
"""

import math
from enum import StrEnum

from carte.imports.textes import normaliser
from carte.records.modele import Lieu

RAYON_M = 150.0
# Words that name a kind of place or a network, never one place.
_COMMUNS = {
    *("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "s", "sur", "st", "saint"),
    *("accueil", "bibliotheque", "bus", "centre", "espace", "epn", "france", "fs", "itinerant", "itinerante"),
    *("maison", "mediatheque", "msap", "municipale", "numerique", "poste", "public", "publics", "service", "services"),
}
# The "maisons de services au public" became France services places: one building, two names over time.
_RESEAUX = {"MSAP": "RFS"}


class Lien(StrEnum):
    """How sure it is that two descriptions are of one place."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


def comparer(un: Lieu, autre: Lieu) -> tuple[Lien, str] | None:
    """How sure, and the reason in French; None when nothing brings the two together.

    Certain: same pivot; same phone with the same address or less than 150 m; same address with the same name
    (words of the place's own, kinds of place and commune put aside).
    """
    if un.code_insee is None or un.code_insee != autre.code_insee:
        return None
    if un.pivot and un.pivot == autre.pivot:
        return Lien.CERTAIN, "même SIRET"
    metres = distance_m(un, autre)
    proches = metres is not None and metres <= RAYON_M
    adresse, telephone = _meme_adresse(un, autre), bool(un.telephone and un.telephone == autre.telephone)
    if telephone and (adresse or proches):
        return Lien.CERTAIN, "même téléphone, même adresse" if adresse else f"même téléphone, à {metres:.0f} m"
    if adresse and memes_noms(un, autre):
        return Lien.CERTAIN, "même adresse, même nom"
    faits = [fait for fait, vrai in (("même téléphone", telephone), ("même adresse", adresse)) if vrai]
    if proches and memes_noms(un, autre):
        faits.append(f"même nom, à {metres:.0f} m")
    return (Lien.POSSIBLE, ", ".join(faits)) if faits else None


def distance_m(un: Lieu, autre: Lieu) -> float | None:
    """Great-circle distance in metres, None as soon as one coordinate is missing."""
    if un.latitude is None or un.longitude is None or autre.latitude is None or autre.longitude is None:
        return None
    y1, y2 = math.radians(un.latitude), math.radians(autre.latitude)
    dx = math.radians(autre.longitude - un.longitude)
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin(dx / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(math.sqrt(h))


def memes_noms(un: Lieu, autre: Lieu) -> bool:
    """Same own words; names made only of common words match when the places are of one kind."""
    mots, autres = _mots(un), _mots(autre)
    return mots == autres if mots or autres else bool(_genres(un) & _genres(autre))


def _mots(lieu: Lieu) -> set[str]:
    return set(normaliser(lieu.nom).split()) - _COMMUNS - set(normaliser(lieu.commune).split())


def _genres(lieu: Lieu) -> set[str]:
    return {_RESEAUX.get(code, code) for code in lieu.typologie or ()}


def _meme_adresse(un: Lieu, autre: Lieu) -> bool:
    """Same number and street; a street without a number ("Place de la Mairie") is no address of one place."""
    adresse = normaliser(un.adresse or "")
    return any(map(str.isdigit, adresse)) and adresse == normaliser(autre.adresse or "")
