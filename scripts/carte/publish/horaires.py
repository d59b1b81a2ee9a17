"""Opening hours as rows of a table and as one line; the words come from the hours room."""

from dataclasses import dataclass
from functools import lru_cache

from carte import hours
from carte.hours import french
from carte.publish.atlas import Point
from carte.publish.libelles import Libelles

# What the hours room writes on a closed day.
FERME = "fermé"
_LIGNE_MAX = 110


@dataclass(frozen=True, slots=True)
class Tableau:
    """`lignes`: (day, hours) pairs; `brut`: the text itself when it cannot be read, never lost."""

    lignes: tuple[tuple[str, str], ...]
    brut: str = ""


@lru_cache(maxsize=50_000)
def tableau(texte: str) -> Tableau:
    """The table of an opening_hours text."""
    try:
        return Tableau(tuple(hours.lignes(hours.parse(texte))))
    except hours.HorairesInvalides:
        return Tableau((), texte)


@lru_cache(maxsize=50_000)
def resume(texte: str | None) -> str:
    """One line for lists: « lundi à vendredi, 35 h par semaine »; empty when nothing is known."""
    if not texte:
        return ""
    try:
        horaires = hours.parse(texte)
    except hours.HorairesInvalides:
        return texte
    ouverts = sum(1 << rang for rang, plages in enumerate(horaires.semaine()) if plages)
    if not ouverts:
        fermes = all(heures == FERME for _, heures in tableau(texte).lignes)
        return "Fermé tous les jours" if fermes else "Horaires particuliers : voir la fiche"
    minutes = horaires.minutes_hebdo()
    amplitude = f", {_duree(minutes)} par semaine" if minutes else ""
    return f"Ouvert {french.jours(ouverts) or 'tous les jours'}{amplitude}"


def quand(point: Point, libelles: Libelles) -> str:
    """One line on when a place, or one stop of a tour, can be met; empty when nothing is known."""
    if point.arret is None:
        lieu = point.enregistrement.lieu
        return resume(lieu.horaires) or _tels_quels(lieu.horaires_detail)
    return passage(point.arret.horaires, libelles.liste("frequences", [point.arret.frequence])[0])


def _tels_quels(texte: str | None) -> str:
    """What the place writes of its hours, when it holds on one line; else where to read it."""
    if not texte:
        return ""
    ligne = " ".join(texte.split())
    return ligne if len(ligne) <= _LIGNE_MAX else "Horaires en toutes lettres : voir la fiche"


def jours_et_heures(texte: str, jours_max: int | None = None) -> str:
    """The open days with their hours, « mardi 9 h – 12 h, jeudi 14 h – 17 h »; the text itself when unreadable."""
    jours = [f"{jour} {heures}" for jour, heures in tableau(texte).lignes if heures != FERME]
    return ", ".join(jours[:jours_max]) or texte


def en_une_phrase(texte: str) -> str:
    """Everything that hours say, on one line: the open days, then holidays, exceptions; the text when unreadable."""
    dites = [
        f"{jour} {heures}" for jour, heures in tableau(texte).lignes if heures != FERME or jour not in french.JOURS
    ]
    return ", ".join(dites) or texte


def passage(texte: str | None, rythme: str) -> str:
    """One line for a stop: « lundi 14 h – 17 h (une semaine sur deux) »; a length per week would mislead."""
    quand = jours_et_heures(texte, 3) if texte else ""
    return f"{quand} ({rythme.lower()})" if quand else rythme


def _duree(minutes: int) -> str:
    heures, reste = divmod(minutes, 60)
    return f"{heures} h {reste:02d}" if reste else f"{heures} h"
