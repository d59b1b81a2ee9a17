"""The normal week of a set of rules: what is shown, counted and compared.

Normal means: no public holiday, no school holiday, no exception. A rule with dates (months, days, Easter) is an
exception on the weekdays that an undated rule already opens; on the other weekdays it is a season and counts for
its share of the year. Rules limited to some years never count.

Alternating rules are averaged over a model year of 52 weeks (see `model_year`): one week in two weighs 26/52, the
first Monday of the month 12/52, a fifth Monday 4/52, July and August 9/52. `semaine()` shows the union of these weeks
(all that can happen); `minutes_hebdo()` is their mean.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from carte.hours.evaluate import Jour, Segments
from carte.hours.model_year import JOURS, Visages, alterne, peindre_l_annee
from carte.hours.rules import JOURNEE, Etat, Regle

Intervalle = tuple[int, int]
Jours = tuple[tuple[Intervalle, ...], ...]
"""Intervals of each day (Monday first), in minutes, cut at midnight."""


class Variante(NamedTuple):
    """One day of the model year and what it looks like."""

    jour: Jour
    segments: Segments


def concerne(regle: Regle, jour_semaine: int) -> bool:
    """Whether the rule can speak of this weekday in a normal week."""
    if (regle.feries or regle.vacances) and regle.conjonction:
        return False
    return bool(regle.jours >> jour_semaine & 1) or any(jour == jour_semaine for jour, _ in regle.rangs)


def regles_normales(regles: tuple[Regle, ...], jour_semaine: int) -> tuple[Regle, ...]:
    """The rules that make the normal week on this weekday (0 = Monday)."""
    return tuple(regles[rang] for rang in _normales(regles, jour_semaine))


def _normales(regles: tuple[Regle, ...], jour_semaine: int) -> tuple[int, ...]:
    """The same rules, by their positions."""
    sans_annee = tuple(rang for rang, r in enumerate(regles) if not _annuelle(r))
    if any(
        regles[rang].sens != "off" and not regles[rang].datee and concerne(regles[rang], jour_semaine)
        for rang in sans_annee
    ):
        return tuple(rang for rang in sans_annee if not regles[rang].datee)
    return sans_annee


def annulee(regles: tuple[Regle, ...], rang: int) -> Regle | None:
    """The later rule that forgets this one on its usual days (OSM: `;` overrides), None when there is none.

    `PH off; Mo-Fr 09:00-12:00` opens on public holidays from Monday to Friday: the closure must come last.
    """
    regle = regles[rang]
    if not (regle.datee or regle.feries or regle.vacances):
        return None
    for suivante in regles[rang + 1 :]:
        remplace = suivante.separateur == ";" and suivante.sens != "off"
        if remplace and not (suivante.conjonction or suivante.datee or suivante.semaines) and suivante.jours:
            return suivante
    return None


def _annuelle(regle: Regle) -> bool:
    return bool(regle.annees) or any(debut[0] for debut, _ in regle.dates)


def unir(intervalles: list[Intervalle]) -> list[Intervalle]:
    """Union of intervals, sorted; touching ones are joined."""
    unis: list[Intervalle] = []
    for debut, fin in sorted(intervalles):
        if unis and debut <= unis[-1][1]:
            unis[-1] = (unis[-1][0], max(unis[-1][1], fin))
        else:
            unis.append((debut, fin))
    return unis


@dataclass(frozen=True)
class Normale:
    """The normal week of some rules; each question is answered once."""

    visages: tuple[Visages, ...] = field(repr=False)

    @cached_property
    def ouverts(self) -> Jours:
        """When it is open; union over the year."""
        return self._dans((Etat.OUVERT,))

    @cached_property
    def douteux(self) -> Jours:
        """When it is unknown or by appointment, some week at least."""
        return self._dans((Etat.INCONNU, Etat.SUR_RENDEZ_VOUS))

    @cached_property
    def minutes_hebdo(self) -> int | None:
        """Mean weekly opening in minutes; None when no sure opening is known (by appointment, comments, closures)."""
        total = 0.0
        for visages in self.visages:
            semaines = sum(map(len, visages.values()))
            ouvertes = (len(quand) * sum(f - d for d, f in _en(s, (Etat.OUVERT,))) for s, quand in visages.items())
            total += sum(ouvertes) / semaines
        return round(total) if total > 0 else None

    @property
    def alterne(self) -> bool:
        """Whether weeks differ."""
        return any(len(visages) > 1 for visages in self.visages)

    def semaine(self) -> list[list[Intervalle]]:
        """Opening intervals; those that go past midnight stay whole, with an end over 1440."""
        jours = [list(jour) for jour in self.ouverts]
        entiers = [bool(jour) and jour[0] == (0, JOURNEE) for jour in jours]
        for jour in range(7):
            lendemain = (jour + 1) % 7
            soir, matin = jours[jour], jours[lendemain]
            if not (soir and matin) or entiers[jour] or entiers[lendemain]:
                continue
            (debut, fin), (tot, jusqu_a) = soir[-1], matin[0]
            if fin == JOURNEE and tot == 0 and jusqu_a < debut:
                soir[-1] = (debut, JOURNEE + jusqu_a)
                matin.pop(0)
        return jours

    def ouvert_pendant(self, jours: range, debut: int, fin: int) -> bool | None:
        """Whether some opening of these weekdays overlaps [debut, fin[; None when only doubt does."""
        if _touche(self.ouverts, jours, debut, fin):
            return True
        if self.minutes_hebdo is None or _touche(self.douteux, jours, debut, fin):
            return None
        return False

    def _dans(self, etats: tuple[Etat, ...]) -> Jours:
        return tuple(tuple(unir([i for s in visages for i in _en(s, etats)])) for visages in self.visages)


@lru_cache(maxsize=65_536)
def normale(regles: tuple[Regle, ...]) -> Normale:
    """The normal week of these rules."""
    if not any(map(alterne, regles)):
        return Normale(peindre_l_annee(regles, (tuple(range(len(regles))),) * 7))
    return Normale(peindre_l_annee(regles, tuple(_normales(regles, jour) for jour in range(7))))


def variantes(regles: tuple[Regle, ...]) -> tuple[tuple[Variante, ...], ...]:
    """For each weekday (Monday first) the 52 days of the model year, or a single one when all weeks are the same."""
    semaine = []
    for jours, visages in zip(JOURS, normale(regles).visages, strict=True):
        peints = {rang: segments for segments, quand in visages.items() for rang in quand}
        semaine.append(tuple(Variante(jours[rang], peints[rang]) for rang in range(len(peints))))
    return tuple(semaine)


def _en(segments: Segments, etats: tuple[Etat, ...]) -> Iterable[Intervalle]:
    return ((s.debut, s.fin) for s in segments if s.etat in etats)


def _touche(semaine: Jours, jours: range, debut: int, fin: int) -> bool:
    return any(d < fin and f > debut for jour in jours for d, f in semaine[jour])
