"""Which days a run of words names, and which hours: what may be read in two ways is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from carte.hours.phrase.ecriture import JOURS, Plages
from carte.hours.phrase.mots import ENSEMBLES, HorairesNonCompris, Mot

NOMS_DE_JOURS = ("jour", "court", "code")
DE_JOURS = (*NOMS_DE_JOURS, *ENSEMBLES, "rang", "dumois")
LIENS = ("lien", "barre", "tiret", "jusque", "en")
MOITIES = ("matin", "aprem")
# A morning ends before, an afternoon begins after: half an hour of lunch either way.
FIN_MATIN, DEBUT_APREM = 13 * 60 + 30, 11 * 60 + 30
_BORNES_NUES = range(6, 24)  # « 10-12 » is hours, « 2-3 » is nothing sure


@dataclass(frozen=True, slots=True)
class Jours:
    """Ranks of days; `rangs`: which ones of the month, empty for every week; `moitie`: the half-day they speak of."""

    jours: tuple[int, ...]
    rangs: tuple[int, ...] = ()
    moitie: str = ""


def lire_jours(mots: Sequence[Mot]) -> Jours:
    """Days of a run: « lundi, mardi et du jeudi au samedi », « 2e et 4e jeudis du mois », « mardi matin »."""
    moities = {mot.genre for mot in mots if mot.genre in MOITIES}
    utiles = _sans_bords([mot for mot in mots if mot.genre not in MOITIES])
    if len(moities) > 1 or not utiles:
        raise HorairesNonCompris("« matin » et « après-midi » pour les mêmes jours")
    moitie = next(iter(moities), "")
    if any(mot.genre in ("rang", "dumois") for mot in utiles):
        return _du_mois(utiles, moitie)
    return Jours(_suites(utiles), (), moitie)


def _sans_bords(mots: Sequence[Mot]) -> list[Mot]:
    """The run without the links at its ends, which tie it to its neighbours."""
    rangs = [rang for rang, mot in enumerate(mots) if mot.genre not in LIENS]
    return list(mots[rangs[0] : rangs[-1] + 1]) if rangs else []


def _du_mois(mots: Sequence[Mot], moitie: str) -> Jours:
    rangs = [mot.valeur for mot in mots if mot.genre == "rang"]
    nommes = [mot.valeur for mot in mots if mot.genre in NOMS_DE_JOURS]
    autres = {mot.genre for mot in mots} - {"rang", "dumois", "lien", *NOMS_DE_JOURS}
    derniers = [rang for rang, mot in enumerate(mots) if mot.genre == "rang"]
    jour = next((rang for rang, mot in enumerate(mots) if mot.genre in NOMS_DE_JOURS), -1)
    if len(nommes) != 1 or not rangs or autres or derniers[-1] > jour or mots[-1].genre != "dumois":
        raise HorairesNonCompris("le jour du mois n'est pas sûr")
    return Jours((nommes[0],), tuple(sorted(set(rangs))), moitie)


def _suites(mots: Sequence[Mot]) -> tuple[int, ...]:
    rangs: list[int] = []
    tirets = [rang for rang, mot in enumerate(mots) if mot.genre == "tiret"]
    if tirets:
        rangs = _avec_tirets(mots)
    else:
        rang = 0
        while rang < len(mots):
            mot = mots[rang]
            if rang + 2 < len(mots) and mots[rang + 1].genre == "jusque":
                rangs += _plage(mot, mots[rang + 2])
                rang += 3
            elif mot.genre in ENSEMBLES:
                rangs += sorted(ENSEMBLES[mot.genre])
                rang += 1
            elif mot.genre in NOMS_DE_JOURS:
                rangs.append(mot.valeur)
                rang += 1
            elif mot.genre in ("lien", "barre"):
                rang += 1
            else:
                raise HorairesNonCompris("la suite de jours n'est pas sûre")
    doubles = {rang for rang in rangs if rangs.count(rang) > 1}
    if doubles:
        raise HorairesNonCompris(f"le {JOURS[min(doubles)]} est donné deux fois")
    return tuple(sorted(rangs))


def _plage(debut: Mot, fin: Mot) -> list[int]:
    if debut.genre not in NOMS_DE_JOURS or fin.genre not in NOMS_DE_JOURS or debut.valeur >= fin.valeur:
        raise HorairesNonCompris("la suite de jours n'est pas sûre")
    return list(range(debut.valeur, fin.valeur + 1))


def _avec_tirets(mots: Sequence[Mot]) -> list[int]:
    """A dash is a range or a list. Sure: codes of OpenStreetMap; two neighbours; three days and more, only dashes
    between; Monday to the end of the week, the days of a counter. Everything else is refused."""
    jours = [mot for mot in mots if mot.genre in NOMS_DE_JOURS]
    if len(jours) * 2 - 1 != len(mots) or any(mot.genre != "tiret" for mot in mots[1::2]):
        if all(mot.genre == "code" for mot in jours):
            return _codes(mots)
        raise HorairesNonCompris("un tiret entre des jours peut être une suite ou une liste")
    rangs = [mot.valeur for mot in jours]
    if len(jours) > 2 or rangs[1] == rangs[0] + 1:
        return rangs
    if all(mot.genre == "code" for mot in jours) or (rangs[0] == 0 and rangs[1] >= 4):
        return _plage(*jours)
    raise HorairesNonCompris(f"« {JOURS[rangs[0]]} - {JOURS[rangs[1]]} » peut être une suite ou une liste")


def _codes(mots: Sequence[Mot]) -> list[int]:
    """« Mo-We, Fr » of OpenStreetMap."""
    rangs: list[int] = []
    reste = [mot for mot in mots if mot.genre != "lien"]
    rang = 0
    while rang < len(reste):
        if rang + 2 < len(reste) and reste[rang + 1].genre == "tiret":
            rangs += _plage(reste[rang], reste[rang + 2])
            rang += 3
        elif reste[rang].genre == "code":
            rangs.append(reste[rang].valeur)
            rang += 1
        else:
            raise HorairesNonCompris("la suite de jours n'est pas sûre")
    return rangs


def lire_heures(mots: Sequence[Mot], moitie: str = "") -> Plages:
    """Pairs of strictly growing times: then every reading of the separators gives the same hours.

    « 9h et 14h » are two moments, never a range; bare numbers are hours only around a dash or « à ».
    """
    utiles = [mot for mot in mots if mot.genre not in MOITIES]
    places = [rang for rang, mot in enumerate(utiles) if mot.genre in ("heure", "nombre")]
    instants = [_instant(utiles[rang]) for rang in places]
    croissants = all(avant < apres for avant, apres in pairwise(instants))
    if not instants or len(instants) % 2 or not croissants:
        raise HorairesNonCompris("les heures ne forment pas des plages sûres")
    for debut, fin in zip(places[::2], places[1::2], strict=True):
        entre = {mot.genre for mot in utiles[debut + 1 : fin]}
        avant = {mot.genre for mot in utiles[max(debut - 1, 0) : debut]}
        nus = [utiles[rang].genre == "nombre" for rang in (debut, fin)]
        if "lien" in entre and "entre" not in avant:
            raise HorairesNonCompris("deux heures reliées par « et » ne sont pas une plage sûre")
        if any(nus) and not entre & {"tiret", "jusque"}:
            raise HorairesNonCompris("un nombre seul n'est pas une heure sûre")
    for fin, debut in zip(places[1::2], places[2::2], strict=False):
        if any(mot.genre == "jusque" for mot in utiles[fin + 1 : debut]):
            raise HorairesNonCompris("les heures ne forment pas des plages sûres")
    plages = list(zip(instants[::2], instants[1::2], strict=True))
    _verifier_moities(mots, plages, moitie)
    return plages


def _instant(mot: Mot) -> int:
    if mot.genre == "heure":
        return mot.valeur
    if mot.valeur not in _BORNES_NUES:
        raise HorairesNonCompris(f"« {mot.valeur} » n'est pas une heure sûre")
    return mot.valeur * 60


def _verifier_moities(mots: Sequence[Mot], plages: Plages, moitie: str) -> None:
    """« matin » and « après-midi » must agree with the hours that they speak of."""
    attendues = [moitie] * len(plages)
    lues = 0
    for mot in mots:
        if mot.genre in ("heure", "nombre"):
            lues += 1
        elif mot.genre in MOITIES and lues:
            attendues[(lues - 1) // 2] = mot.genre
    if not all(dans_la_moitie(plage, attendue) for plage, attendue in zip(plages, attendues, strict=True)):
        raise HorairesNonCompris("« matin » ou « après-midi » ne va pas avec ces heures")


def dans_la_moitie(plage: tuple[int, int], moitie: str) -> bool:
    """Whether hours are of that half-day; any hours are when none is said."""
    return {"matin": plage[1] <= FIN_MATIN, "aprem": plage[0] >= DEBUT_APREM}.get(moitie, True)
