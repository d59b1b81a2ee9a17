"""The coming dates of a stop of a mobile service: only those that its hours, rhythm and anchor make sure.

A stop has hours (OSM: weekdays, or dates of their own), a rhythm (`frequences` of the nomenclature) and sometimes an
anchor, the date of one known call. Which days are calls:

- every week: each day of its hours; without hours, the weekday of the anchor;
- every 2 or 3 weeks: the same, in the weeks counted from the Monday of the anchor's week;
- every 1, 2 or 3 months: the weekday and rank of the anchor (second Thursday), in the months counted from its own. An
  anchor on the last such weekday of its month may mean « fourth » as well as « last »: dates stop where they differ;
- any rhythm: hours that fix the dates themselves (`Mo[1]`, `week 2-52/2`, `2026 Nov 12`) need no anchor;
- the anchor itself, always; nothing else when the rhythm is irregular or has no anchor.

A day that the hours expressly close (`PH off`, a temporary closure) is no call. The list stops at the first day
that cannot be settled (school holidays beyond the shipped calendars) rather than skip it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from carte.hours.calendar import Calendrier
from carte.hours.evaluate import correspond, jour_du_calendrier, segments_du_jour
from carte.hours.horaires import Horaires
from carte.hours.rules import Etat, Regle
from carte.hours.week import unir

HORIZON = 366  # days looked ahead
SEMAINES = {"hebdomadaire": 1, "quinzaine": 2, "trois semaines": 3}
MOIS = {"mensuelle": 1, "bimestrielle": 2, "trimestrielle": 3}
_CERTAINS = (Etat.OUVERT, Etat.SUR_RENDEZ_VOUS)

# Whether the rhythm calls on a day; None: cannot be told.
Rythme = Callable[[date], bool | None]


@dataclass(frozen=True, slots=True)
class Arret:
    """When a mobile service calls at one stop; `ancre` is the date of a known call, past or to come."""

    horaires: Horaires | None
    frequence: str
    ancre: date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One call: its day, and its hours in minutes from midnight (none: unknown hours)."""

    jour: date
    plages: tuple[tuple[int, int], ...]


def prochains_passages(arret: Arret, depuis: datetime, calendrier: Calendrier, n: int = 3) -> list[Passage] | None:
    """The next n sure calls from an aware instant, within 366 days; a call of today counts until its last hour.

    None when no date is known; an empty list when the rhythm is known and nothing is sure within the horizon.
    """
    rythme = _rythme(arret)
    maintenant = calendrier.local(depuis)
    trouves: list[Passage] = []
    for rang in range(HORIZON):
        jour = maintenant.date() + timedelta(days=rang)
        prevu = jour == arret.ancre or (rythme(jour) if rythme else False)
        if prevu is None or (prevu and _incertain(arret, jour, calendrier)):
            break
        passage = _passage(arret, jour, calendrier) if prevu else None
        if passage and not (rang == 0 and _fini(passage, maintenant)):
            trouves.append(passage)
        if len(trouves) == n:
            break
    return trouves if trouves or rythme else None


def _fini(passage: Passage, maintenant: datetime) -> bool:
    return bool(passage.plages) and passage.plages[-1][1] <= maintenant.hour * 60 + maintenant.minute


def _incertain(arret: Arret, jour: date, calendrier: Calendrier) -> bool:
    """Whether the day hangs on school holidays that are not known."""
    if arret.horaires is None or calendrier.vacances(jour) is not None:
        return False
    regles = arret.horaires.regles
    etats = {s.etat for s in segments_du_jour(regles, jour, calendrier)}
    return Etat.INCONNU in etats and etats.isdisjoint(_CERTAINS) and any(r.vacances for r in regles)


def _passage(arret: Arret, jour: date, calendrier: Calendrier) -> Passage | None:
    """The call of a day that the rhythm gives, None when the hours deny it."""
    if arret.horaires is None:
        return Passage(jour, ())
    regles = arret.horaires.regles
    segments = segments_du_jour(regles, jour, calendrier)
    plages = unir([(s.debut, s.fin) for s in segments if s.etat in _CERTAINS])
    if all(s.etat is Etat.FERME for s in segments) and (jour != arret.ancre or _ferme_expres(regles, jour, calendrier)):
        return None
    return Passage(jour, tuple(plages))


def _ferme_expres(regles: tuple[Regle, ...], jour: date, calendrier: Calendrier) -> bool:
    """Whether a rule says `off` of this whole day."""
    vu = jour_du_calendrier(jour, calendrier, False)
    return any(r.sens == "off" and not r.heures and correspond(r, vu) for r in regles)


def _rythme(arret: Arret) -> Rythme | None:
    """The days of call that the rhythm gives, None when it cannot tell."""
    ouvrantes = [r for r in arret.horaires.regles if r.sens != "off"] if arret.horaires else []
    if ouvrantes and (arret.frequence == "hebdomadaire" or all(_fixe(r, arret.frequence) for r in ouvrantes)):
        return lambda jour: True
    if arret.ancre is None:
        return None
    if arret.frequence in SEMAINES:
        return _par_semaines(arret.ancre, SEMAINES[arret.frequence], bool(ouvrantes))
    if arret.frequence in MOIS and any(_nomme(r, arret.ancre) for r in ouvrantes):
        return _par_mois(arret.ancre, MOIS[arret.frequence])
    return None


def _fixe(regle: Regle, frequence: str) -> bool:
    """Whether a rule gives the dates of such a rhythm by itself."""
    if regle.dates and all(debut == fin for debut, fin in regle.dates):
        return True
    alterne = bool(regle.semaines) or (bool(regle.rangs) and not regle.jours)
    if frequence in ("bimestrielle", "trimestrielle"):
        return alterne and bool(regle.dates)  # `Mo[1]` alone comes every month
    return alterne and frequence != "ponctuelle"


def _nomme(regle: Regle, jour: date) -> bool:
    """Whether a rule speaks of this weekday."""
    return bool(regle.jours >> jour.weekday() & 1) or any(rang_jour == jour.weekday() for rang_jour, _ in regle.rangs)


def _par_semaines(ancre: date, pas: int, decrit: bool) -> Rythme:
    lundi = ancre - timedelta(days=ancre.weekday())

    def rythme(jour: date) -> bool:
        return (jour - lundi).days // 7 % pas == 0 and (decrit or jour.weekday() == ancre.weekday())

    return rythme


def _par_mois(ancre: date, pas: int) -> Rythme:
    def rythme(jour: date) -> bool | None:
        mois = 12 * (jour.year - ancre.year) + jour.month - ancre.month
        if mois % pas or jour.weekday() != ancre.weekday():
            return False
        meme_rang = _rang(jour) == _rang(ancre)
        if not _dernier(ancre) or meme_rang == _dernier(jour):
            return meme_rang
        return None

    return rythme


def _rang(jour: date) -> int:
    return (jour.day - 1) // 7


def _dernier(jour: date) -> bool:
    return (jour + timedelta(days=7)).month != jour.month
