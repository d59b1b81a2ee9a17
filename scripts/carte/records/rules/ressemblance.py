"""Is this the same place as that record? One score, the facts it is made of, one of three outcomes.

A missing value never counts as a match: a point that is not known used to score as a perfect one in other tools, and
places merged that were far apart. What says where a place is (its address, else its point) counts once.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from carte.ecrits.texte import replier
from carte.records.modele import Lieu

RAYON_M = 150.0
SEUIL_MEME, SEUIL_DOUTE = 80, 42
"""From the first score on, two descriptions are of one place; from the second on, a person decides."""
# Points of each fact. They are set so that two strong facts of different kinds make one place (a telephone and a
# position, an address and a name), while a name and a point, or a name and a telephone, only make a doubt.
_SIRET, _ADRESSE, _TELEPHONE, _PROXIMITE, _NOM, _NOM_PROCHE = 80, 52, 44, 38, 30, 22
_AUTRE_SIRET, _AILLEURS, _AUTRE_COMMUNE = -20, -30, -10
# From this likeness of their own words on, two names may be two writings of one.
_NOMS_PROCHES = 88.0
_RAYON_TERRE_M = 6_371_008.8
# Words that name a kind of place or a network, never one place.
_COMMUNS = {
    *("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "s", "sur", "saint"),
    *("accueil", "bibliotheque", "bus", "centre", "espace", "epn", "france", "fs", "itinerant", "itinerante"),
    *("maison", "mediatheque", "msap", "municipale", "numerique", "poste", "public", "publics", "service", "services"),
}
# The "maisons de services au public" became France services places: one building, two names over time.
_RESEAUX = {"MSAP": "RFS"}


class Issue(StrEnum):
    """What comes of a comparison."""

    MEME = "même lieu"
    DOUTE = "doute"
    DISTINCTS = "lieux distincts"


@dataclass(frozen=True, slots=True)
class Fait:
    """One fact for or against, in French, and its points; `signe`: the trait that both have, when it is one value."""

    texte: str
    points: int
    signe: str = ""


@dataclass(frozen=True, slots=True)
class Ressemblance:
    """How much two descriptions look like one place: `score` from 0 to 100, and the facts that add up to it."""

    score: int
    faits: tuple[Fait, ...]
    issue: Issue

    @property
    def raison(self) -> str:
        """The facts as a phrase: « même nom, à 40 m »."""
        return ", ".join(fait.texte for fait in self.faits)


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a place is compared, folded once. `adresse` is empty without a number: a square is no one's address.

    `mots` are those of the name that are its own, without the kinds of places and the commune; `nom` all of them.
    """

    pivot: str | None
    telephone: str | None
    adresse: str
    point: tuple[float, float] | None
    nom: str
    mots: frozenset[str]
    genres: frozenset[str]
    code_insee: str | None
    commune: str
    code_postal: str | None


def traits(lieu: Lieu) -> Traits:
    """What of a place is compared."""
    commune, nom, adresse = replier(lieu.commune), replier(lieu.nom), replier(lieu.adresse or "")
    connu = lieu.latitude is not None and lieu.longitude is not None
    return Traits(
        lieu.pivot,
        lieu.telephone.replace(" ", "") if lieu.telephone else None,
        adresse if any(map(str.isdigit, adresse)) else "",
        (lieu.longitude, lieu.latitude) if connu else None,  # type: ignore[arg-type]
        nom,
        frozenset(nom.split()) - _COMMUNS - set(commune.split()),
        frozenset(_RESEAUX.get(code, code) for code in lieu.typologie or ()),
        lieu.code_insee,
        commune,
        lieu.code_postal,
    )


def comparer(un: Lieu, autre: Lieu) -> Ressemblance:
    """How much two places look like one, the same both ways."""
    return comparer_traits(traits(un), traits(autre))


def memes_communes(un: Lieu, autre: Lieu) -> bool:
    """Whether two places are of one commune, as far as their records say it."""
    return _memes_communes(traits(un), traits(autre))


def comparer_traits(un: Traits, autre: Traits) -> Ressemblance:
    """The same, of what was folded before."""
    metres = distance_m(un.point, autre.point)
    meme_commune = _memes_communes(un, autre)
    if not meme_commune and (metres is None or metres > RAYON_M):
        return Ressemblance(0, (), Issue.DISTINCTS)  # a mayor's address is the same text in a thousand communes
    faits = list(_faits(un, autre, metres))
    if not meme_commune:
        faits.append(Fait("communes différentes", _AUTRE_COMMUNE))
    score = max(0, min(100, sum(fait.points for fait in faits)))
    if score >= SEUIL_MEME and meme_commune:
        return Ressemblance(score, tuple(faits), Issue.MEME)
    # Over the border of a commune nothing is merged without a person.
    score = min(score, SEUIL_MEME - 1)
    return Ressemblance(score, tuple(faits), Issue.DOUTE if score >= SEUIL_DOUTE else Issue.DISTINCTS)


def _faits(un: Traits, autre: Traits, metres: float | None) -> "list[Fait]":
    faits = []
    nom = _nom(un, autre)
    adresse = bool(un.adresse) and un.adresse == autre.adresse
    proches = metres is not None and metres <= RAYON_M
    if un.pivot and autre.pivot:
        memes = un.pivot == autre.pivot
        faits.append(Fait("même SIRET", _SIRET, "pivot") if memes else Fait("SIRET différents", _AUTRE_SIRET))
    if un.telephone and un.telephone == autre.telephone:
        faits.append(Fait("même téléphone", _TELEPHONE, "telephone"))
    if adresse:
        faits.append(Fait("même adresse", _ADRESSE, "adresse"))
    if nom is not None:
        faits.append(nom)
    if proches and not adresse:
        faits.append(Fait(f"à {metres:.0f} m", _PROXIMITE))
    if nom is None and _ailleurs(un, autre, metres) and un.pivot and un.pivot == autre.pivot:
        # One SIRET serves the town hall and its library.
        faits.append(Fait("autre nom, autre endroit", _AILLEURS))
    return faits


def _ailleurs(un: Traits, autre: Traits, metres: float | None) -> bool:
    if metres is not None:
        return metres > RAYON_M
    return bool(un.adresse and autre.adresse) and un.adresse != autre.adresse


def _nom(un: Traits, autre: Traits) -> Fait | None:
    """Same own words; else words that look alike; names made of common words only match by the kind of place."""
    if not un.mots and not autre.mots:
        return Fait("même nom", _NOM) if un.nom == autre.nom or un.genres & autre.genres else None
    if un.mots == autre.mots:
        return Fait("même nom", _NOM)
    if not un.mots or not autre.mots or _chiffres(un) != _chiffres(autre):
        return None
    # Imported here: who checks one record alone compares it with none.
    from rapidfuzz import fuzz

    # A word in common is enough of a name, not when the places are of two kinds: « La Poste Beffroi », « EPN Beffroi ».
    genres_connus = un.genres and autre.genres
    parente_de = fuzz.token_sort_ratio if genres_connus and not un.genres & autre.genres else fuzz.token_set_ratio
    parente = parente_de(" ".join(sorted(un.mots)), " ".join(sorted(autre.mots)))
    return Fait(f"noms proches ({parente:.0f} %)", _NOM_PROCHE) if parente >= _NOMS_PROCHES else None


def _chiffres(traits: Traits) -> set[str]:
    """A number tells two places of one name apart: « Bus 1 », « Bus 2 »."""
    return {mot for mot in traits.mots if any(map(str.isdigit, mot))}


def _memes_communes(un: Traits, autre: Traits) -> bool:
    """Same code; when one is not known, the same name, unless the postal codes are of two départements."""
    if un.code_insee is not None and autre.code_insee is not None:
        return un.code_insee == autre.code_insee
    departements = {(t.code_insee or t.code_postal or "")[:2] for t in (un, autre)} - {""}
    return un.commune == autre.commune and len(departements) <= 1


def distance_m(un: tuple[float, float] | None, autre: tuple[float, float] | None) -> float | None:
    """Great-circle distance in metres of two points (longitude, latitude, WGS84); None as soon as one is missing."""
    if un is None or autre is None:
        return None
    y1, y2 = math.radians(un[1]), math.radians(autre[1])
    dx = math.radians(autre[0] - un[0])
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin(dx / 2) ** 2
    return 2 * _RAYON_TERRE_M * math.asin(math.sqrt(min(1.0, h)))
