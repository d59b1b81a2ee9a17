"""The normal week of a set of rules: what is shown, counted and compared.

Normal means: no public holiday, no school holiday, no exception. A rule with dates (months, days, Easter) is an
exception on the weekdays that an undated rule already opens; on the other weekdays it is a season and counts for
its share of the year. Rules limited to some years never count.

Alternating rules are averaged over a model year of 52 weeks, numbered 1 to 52 and laid out as twelve months of
5, 4 and 4 weeks: one week in two weighs 26/52, the first Monday of the month 12/52, a fifth Monday 4/52, July and
August 9/52. `semaine()` shows the union of these weeks (all that can happen); `minutes_hebdo` is their mean.
"""

from functools import lru_cache
from typing import NamedTuple

from carte.hours.evaluate import Jour, Segments, etat_par_defaut, peindre_jour
from carte.hours.rules import JOURNEE, Etat, Regle

_ANNEE_TYPE = 2025  # only fixes Easter of the model year
_SEMAINES_PAR_MOIS = (5, 4, 4) * 4
Intervalle = tuple[int, int]


class Variante(NamedTuple):
    """One day of the model year and what it looks like."""

    jour: Jour
    segments: Segments


def _semaines_types() -> list[tuple[int, int, int, int]]:
    """(month, week number, rank in the month, rank from its end) of the 52 weeks of the model year."""
    semaines: list[tuple[int, int, int, int]] = []
    for mois, nombre in enumerate(_SEMAINES_PAR_MOIS, start=1):
        for rang in range(1, nombre + 1):
            semaines.append((mois, len(semaines) + 1, rang, rang - nombre - 1))
    return semaines


_SEMAINES = _semaines_types()


def _jour_type(jour_semaine: int, semaine: tuple[int, int, int, int]) -> Jour:
    mois, numero, rang, rang_fin = semaine
    # The fifth week stands at the end of the month; February never has one here.
    return Jour(_ANNEE_TYPE, mois, min(7 * rang - 3, 30), jour_semaine, numero, rang, rang_fin, False, False)


def concerne(regle: Regle, jour_semaine: int) -> bool:
    """Whether the rule can speak of this weekday in a normal week."""
    if (regle.feries or regle.vacances) and regle.conjonction:
        return False
    return bool(regle.jours >> jour_semaine & 1) or any(jour == jour_semaine for jour, _ in regle.rangs)


def regles_normales(regles: tuple[Regle, ...], jour_semaine: int) -> tuple[Regle, ...]:
    """The rules that make the normal week on this weekday (0 = Monday)."""
    sans_annee = tuple(r for r in regles if not _annuelle(r))
    if any(r.sens != "off" and not r.datee and concerne(r, jour_semaine) for r in sans_annee):
        return tuple(r for r in sans_annee if not r.datee)
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


@lru_cache(maxsize=65_536)
def variantes(regles: tuple[Regle, ...]) -> tuple[tuple[Variante, ...], ...]:
    """For each weekday (Monday first) the 52 days of the model year, or a single one when all weeks are the same."""
    defaut = etat_par_defaut(regles)
    if not any(_alterne(r) for r in regles):
        return _semaine_fixe(regles, defaut)
    semaine_gardee = [regles_normales(regles, jour) for jour in range(7)]
    return tuple(
        _variantes_du_jour(gardees, jour, _SEMAINES if any(map(_alterne, gardees)) else _SEMAINES[:1], defaut)
        for jour, gardees in enumerate(semaine_gardee)
    )


def _semaine_fixe(regles: tuple[Regle, ...], defaut: Etat) -> tuple[tuple[Variante, ...], ...]:
    """Every week is the same: days chosen by the same rules are painted once."""
    peints: dict[tuple[int, int], tuple[Variante, ...]] = {}
    choix = [sum((r.jours >> jour & 1) << rang for rang, r in enumerate(regles)) for jour in range(7)]
    semaine_peinte = []
    for jour in range(7):
        cle = (choix[jour], choix[jour - 1])
        if cle not in peints:
            peints[cle] = _variantes_du_jour(regles, jour, _SEMAINES[:1], defaut)
        semaine_peinte.append(peints[cle])
    return tuple(semaine_peinte)


def _alterne(regle: Regle) -> bool:
    return bool(regle.semaines or regle.rangs or regle.datee)


def _variantes_du_jour(
    gardees: tuple[Regle, ...], jour_semaine: int, semaines: list[tuple[int, int, int, int]], defaut: Etat
) -> tuple[Variante, ...]:
    jours: list[Variante] = []
    for semaine_type in semaines:
        jour = _jour_type(jour_semaine, semaine_type)
        # The night of Sunday belongs to the week before.
        autre = semaine_type if jour_semaine else _SEMAINES[semaine_type[1] - 2]
        veille = _jour_type((jour_semaine - 1) % 7, autre)
        jours.append(Variante(jour, peindre_jour(gardees, jour, veille, defaut)))
    return tuple(jours)


def _intervalles(segments: Segments, etat: Etat) -> list[Intervalle]:
    return unir([(s.debut, s.fin) for s in segments if s.etat is etat])


def unir(intervalles: list[Intervalle]) -> list[Intervalle]:
    """Union of intervals, sorted; touching ones are joined."""
    unis: list[Intervalle] = []
    for debut, fin in sorted(intervalles):
        if unis and debut <= unis[-1][1]:
            unis[-1] = (unis[-1][0], max(unis[-1][1], fin))
        else:
            unis.append((debut, fin))
    return unis


@lru_cache(maxsize=65_536)
def semaine_par_jour(regles: tuple[Regle, ...], etat: Etat = Etat.OUVERT) -> tuple[tuple[Intervalle, ...], ...]:
    """For each day (Monday first) the intervals in that state, in minutes, cut at midnight; union over the cycle."""
    return tuple(tuple(unir([i for v in jours for i in _intervalles(v.segments, etat)])) for jours in variantes(regles))


def semaine(regles: tuple[Regle, ...]) -> list[list[Intervalle]]:
    """Opening intervals of the normal week; those that go past midnight stay whole, with an end over 1440."""
    jours = [list(jour) for jour in semaine_par_jour(regles)]
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


def minutes_hebdo(regles: tuple[Regle, ...]) -> int | None:
    """Mean weekly opening in minutes; None when no sure opening is known (by appointment, comments, closures)."""
    total = 0.0
    for jours in variantes(regles):
        total += sum(f - d for v in jours for d, f in _intervalles(v.segments, Etat.OUVERT)) / len(jours)
    return round(total) if total > 0 else None


def ouvert_pendant(regles: tuple[Regle, ...], jours: range, debut: int, fin: int) -> bool | None:
    """Whether some opening of these weekdays overlaps [debut, fin[; None when only doubt does."""
    if _touche(semaine_par_jour(regles), jours, debut, fin):
        return True
    doutes = (Etat.INCONNU, Etat.SUR_RENDEZ_VOUS)
    if minutes_hebdo(regles) is None or any(
        _touche(semaine_par_jour(regles, doute), jours, debut, fin) for doute in doutes
    ):
        return None
    return False


def _touche(semaine_cle: tuple[tuple[Intervalle, ...], ...], jours: range, debut: int, fin: int) -> bool:
    return any(d < fin and f > debut for jour in jours for d, f in semaine_cle[jour])
