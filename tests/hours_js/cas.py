"""The questions put to both evaluators, and the answers of the Python one."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from carte.hours import (
    Arret,
    Calendrier,
    Etat,
    Fermeture,
    Horaires,
    HorairesInvalides,
    avec_fermetures,
    calendrier,
    etat,
    jours_particuliers,
    parse,
    phrase_etat,
    prochain_changement,
    prochaines_ouvertures,
    prochains_passages,
    segments_du_jour,
)
from carte.records import Lieu

# Clock changes, week 53, the turn of a year, the ends of the school calendars, a leap day.
CHARNIERES = (
    *("2026-03-29T00:30", "2026-03-29T01:30", "2026-10-25T00:30", "2026-10-25T01:30", "2026-12-28T08:10"),
    *("2026-12-31T23:30", "2027-01-01T10:00", "2026-05-14T08:00", "2025-08-31T12:00", "2027-08-31T12:00"),
    *("2028-02-29T09:00", "2026-04-03T09:00", "2026-12-26T09:00", "2026-05-27T13:00", "2026-12-20T06:00"),
)


@dataclass(frozen=True)
class Cas:
    """Hours of one place or stop, and the instants (aware) at which they are asked about."""

    texte: str | None
    departement: str
    instants: tuple[datetime, ...]
    commune: str | None = None
    fermetures: tuple[Fermeture, ...] = ()
    frequence: str | None = None
    ancre: date | None = None

    @cached_property
    def nus(self) -> Horaires | None:
        """The hours as written; None when absent or not understood."""
        try:
            return parse(self.texte) if self.texte else None
        except HorairesInvalides:
            return None

    @cached_property
    def horaires(self) -> Horaires | None:
        return avec_fermetures(self.nus, self.fermetures)

    @cached_property
    def calendrier(self) -> Calendrier:
        return calendrier(self.departement, self.commune)

    def question(self) -> dict[str, Any]:
        """What the browser gets."""
        return {
            "regles": self.nus.donnees() if self.nus else None,
            "fermetures": [{"du": str(du), "au": str(au), "motif": motif} for du, au, motif in self.fermetures],
            "departement": self.departement,
            "commune": self.commune or "",
            "instants": [_ms(i) for i in self.instants],
            "arret": self.frequence and {"frequence": self.frequence, "ancre": self.ancre and str(self.ancre)},
        }

    @cached_property
    def reponses(self) -> list[dict[str, Any]]:
        """What Python answers, in the shape of `evaluer.mjs`."""
        return [self._moment(i) | self._passages(i) for i in self.instants]

    def _moment(self, instant: datetime) -> dict[str, Any]:
        h, c = self.horaires, self.calendrier
        changement = prochain_changement(h, instant, c)
        particuliers = jours_particuliers(h, c, c.local(instant).date())
        return {
            "etat": str(etat(h, instant, c)),
            "changement": changement and [_ms(changement[0]), str(changement[1])],
            "ouvertures": [[_ms(debut), _ms(fin)] for debut, fin in prochaines_ouvertures(h, instant, c)],
            "phrase": phrase_etat(h, instant, c),
            "particuliers": [j._asdict() | {"jour": str(j.jour)} for j in particuliers],
            "maintenant": _oui_non(etat(h, instant, c)),
            "jeudi17h": self._fois(instant, 3, time(17)),
            "dimanche2h30": self._fois(instant, 6, time(2, 30)),
            "samedi": self._pendant(instant, {5}, 0),
            "soir": self._pendant(instant, set(range(7)), 1080),
        }

    def _passages(self, instant: datetime) -> dict[str, Any]:
        if self.frequence is None:
            return {}
        passages = prochains_passages(Arret(self.horaires, self.frequence, self.ancre), instant, self.calendrier)
        return {"passages": passages and [[str(p.jour), [list(h) for h in p.plages]] for p in passages]}

    def _fois(self, instant: datetime, jour: int, heure: time) -> list[Any]:
        """The next time that this weekday and hour come, and whether the place is open then."""
        aujourd_hui = self.calendrier.local(instant).date()
        prochain = aujourd_hui + timedelta(days=(jour - aujourd_hui.weekday()) % 7)
        fois = datetime.combine(prochain, heure, self.calendrier.tz)
        if fois.astimezone(UTC) < instant:
            fois = datetime.combine(prochain + timedelta(days=7), heure, self.calendrier.tz)
        # Through UTC: a skipped hour (2:30 in March) exists on no clock.
        return [_ms(fois), _oui_non(etat(self.horaires, fois.astimezone(UTC), self.calendrier))]

    def _pendant(self, instant: datetime, jours: set[int], debut: int) -> bool | None:
        """Open on some of these weekdays after that minute within five weeks."""
        if self.horaires is None:
            return None
        depuis = self.calendrier.local(instant).date()
        semaines = (depuis + timedelta(days=rang) for rang in range(35))
        etats = {
            s.etat
            for jour in semaines
            if jour.weekday() in jours
            for s in segments_du_jour(self.horaires.regles, jour, self.calendrier)
            if s.fin > debut
        }
        if Etat.OUVERT in etats:
            return True
        return None if etats - {Etat.FERME} else False


def _oui_non(present: Etat) -> bool | None:
    return {Etat.OUVERT: True, Etat.FERME: False}.get(present)


def _ms(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)


def instants(hasard: random.Random, nombre: int) -> tuple[datetime, ...]:
    """Instants of 2025 to 2028, to the minute or not: by twos around turning points and ordinary days."""
    tires: list[datetime] = []
    while len(tires) < nombre:
        if hasard.random() < 0.5:
            centre = datetime.fromisoformat(hasard.choice(CHARNIERES)).replace(tzinfo=UTC)
        else:
            centre = datetime(2025, 6, 1, tzinfo=UTC) + timedelta(minutes=hasard.randrange(3 * 366 * 1440))
        ecarts = (hasard.randrange(-180, 180) * 60 + hasard.choice([0, 0, 0, 1, 59]) for _ in range(2))
        tires += [centre + timedelta(seconds=ecart) for ecart in ecarts]
    return tuple(tires[:nombre])


def des_lieux(lieux: Iterable[tuple[str, Lieu]], tires: Sequence[datetime]) -> list[Cas]:
    """Every hours of records given with their département: of the place, of its permanences, of its stops."""
    trouves: list[Cas] = []
    for departement, lieu in lieux:
        fermetures = tuple((f.du, f.au, f.motif) for f in lieu.fermetures or ())
        base = Cas(lieu.horaires, departement, tuple(tires), lieu.code_insee, fermetures)
        trouves.append(base)
        trouves += [replace(base, texte=p.horaires) for p in lieu.permanences or ()]
        trouves += [
            replace(base, texte=a.horaires, frequence=a.frequence, ancre=a.prochain_passage) for a in lieu.tournee or ()
        ]
    return trouves
