"""Public holidays of France, computed: 11 everywhere, those of Alsace-Moselle, and those of each overseas territory.

Sources: article L3133-1 of the Code du travail (11 days), ordinance of 16 August 1892 (Alsace-Moselle, L3134-13),
decrees 83-1003 and 2012-553 (abolition of slavery), local labour laws of the Pacific territories.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_FIXES: dict[tuple[int, int], str] = {
    (1, 1): "jour de l’An",
    (5, 1): "fête du Travail",
    (5, 8): "8 mai 1945",
    (7, 14): "fête nationale",
    (8, 15): "Assomption",
    (11, 1): "Toussaint",
    (11, 11): "11 novembre 1918",
    (12, 25): "Noël",
}
_MOBILES: dict[int, str] = {1: "lundi de Pâques", 39: "Ascension", 50: "lundi de Pentecôte"}
_VENDREDI_SAINT = "vendredi saint"
_ABOLITION = "abolition de l’esclavage"
_LOCAUX: dict[str, dict[tuple[int, int], str]] = {
    **{code: {(12, 26): "saint Étienne"} for code in ("57", "67", "68")},
    "971": {(5, 27): _ABOLITION},
    "972": {(5, 22): _ABOLITION},
    "973": {(6, 10): _ABOLITION},
    "974": {(12, 20): _ABOLITION},
    "976": {(4, 27): _ABOLITION},
    "977": {(10, 9): _ABOLITION},
    "978": {(5, 28): _ABOLITION},
    "986": {(4, 28): "saint Pierre Chanel", (6, 29): "saints Pierre et Paul", (7, 29): "fête du Territoire"},
    "987": {(3, 5): "arrivée de l’Évangile", (11, 20): "Matari’i"},
    "988": {(9, 24): "fête de la Citoyenneté"},
}
# In Alsace-Moselle the law keeps Good Friday for communes with a Protestant or shared church; it is kept everywhere.
_AVEC_VENDREDI_SAINT = frozenset({"57", "67", "68", "987"})


@lru_cache(maxsize=256)
def paques(annee: int) -> date:
    """Easter Sunday of a Gregorian year (Meeus/Jones/Butcher algorithm)."""
    a, (b, c) = annee % 19, divmod(annee, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    mois, jour = divmod(h + j - 7 * m + 114, 31)
    return date(annee, mois, jour + 1)


class Feries(NamedTuple):
    """Public holidays as rules: (month, day) → name, and days after Easter Sunday → name."""

    fixes: dict[tuple[int, int], str]
    mobiles: dict[int, str]


NATIONAUX = Feries(_FIXES, _MOBILES)


def feries_locaux(code_departement: str) -> Feries:
    """What a département adds to the national holidays."""
    mobiles = {-2: _VENDREDI_SAINT} if code_departement in _AVEC_VENDREDI_SAINT else {}
    return Feries(_LOCAUX.get(code_departement, {}), mobiles)


@lru_cache(maxsize=1024)
def jours_feries(annee: int, code_departement: str = "") -> dict[date, str]:
    """Public holidays of a year in a département (empty code: the 11 national ones), with their French names."""
    locaux = feries_locaux(code_departement)
    # A movable feast on a fixed one (Ascension on 1 or 8 May) keeps both names.
    jours = {date(annee, mois, jour): nom for (mois, jour), nom in (_FIXES | locaux.fixes).items()}
    for decalage, nom in (_MOBILES | locaux.mobiles).items():
        jour_mobile = paques(annee) + timedelta(days=decalage)
        jours[jour_mobile] = f"{jours[jour_mobile]} et {nom}" if jour_mobile in jours else nom
    return dict(sorted(jours.items()))
