"""The model year: 52 weeks numbered 1 to 52, laid out as twelve months of 5, 4 and 4 weeks, without any holiday.

A day is a weekday (0 = Monday) and a week (0 to 51). Places differ by their hours more than by the days they choose:
what a choice of days means over the year is kept, and one day is painted for all those that the same rules speak of.
"""

from functools import lru_cache

from carte.hours.evaluate import Jour, Segments, correspond, deborde, etat_par_defaut, peindre
from carte.hours.rules import Borne, Pas, Regle

_ANNEE_TYPE = 2025  # only fixes Easter of the model year
_SEMAINES_PAR_MOIS = (5, 4, 4) * 4

Visages = dict[Segments, tuple[int, ...]]
"""What a weekday looks like: each different day, and the weeks that look so; week 0 alone when all weeks are alike."""


def _semaines_types() -> list[tuple[int, int, int, int]]:
    """(month, week number, rank in the month, rank from its end) of the 52 weeks of the model year."""
    semaines: list[tuple[int, int, int, int]] = []
    for mois, nombre in enumerate(_SEMAINES_PAR_MOIS, start=1):
        for rang in range(1, nombre + 1):
            semaines.append((mois, len(semaines) + 1, rang, rang - nombre - 1))
    return semaines


def _jour_type(jour_semaine: int, semaine: tuple[int, int, int, int]) -> Jour:
    mois, numero, rang, rang_fin = semaine
    # The fifth week stands at the end of the month; February never has one here.
    return Jour(_ANNEE_TYPE, mois, min(7 * rang - 3, 30), jour_semaine, numero, rang, rang_fin, False, False)


JOURS = tuple(tuple(_jour_type(jour, semaine) for semaine in _semaines_types()) for jour in range(7))
"""The days of the model year, by weekday then by week."""


def alterne(regle: Regle) -> bool:
    """Whether the rule makes weeks differ."""
    return bool(regle.semaines or regle.rangs or regle.datee)


def peindre_l_annee(regles: tuple[Regle, ...], gardees: tuple[tuple[int, ...], ...]) -> tuple[Visages, ...]:
    """The seven weekdays, Monday first, as the rules kept for each of them (positions in `regles`) paint them."""
    defaut = etat_par_defaut(regles)
    peints: dict[tuple[object, ...], Segments] = {}
    annee = []
    for rangs, cas in zip(gardees, _cas(tuple(map(_selecteur, regles)), gardees), strict=True):
        choisies = tuple(regles[rang] for rang in rangs)
        visages: Visages = {}
        for present, hier, semaines in cas:
            cle = (rangs, present, hier)
            if cle not in peints:
                peints[cle] = peindre(choisies, present, hier, defaut)
            visages[peints[cle]] = (*visages.get(peints[cle], ()), *semaines)
        annee.append(visages)
    return tuple(annee)


_Selecteur = tuple[
    tuple[Pas, ...],
    tuple[tuple[Borne, Borne], ...],
    tuple[Pas, ...],
    int,
    tuple[tuple[int, int], ...],
    *tuple[bool, bool, bool, bool],
]
"""What a rule asks about a day: years, dates, weeks, days, ranks, holidays; then whether it goes past midnight."""

_Presence = tuple[bool, ...]


def _selecteur(r: Regle) -> _Selecteur:
    return r.annees, r.dates, r.semaines, r.jours, r.rangs, r.feries, r.vacances, r.conjonction, deborde(r)


@lru_cache(maxsize=16_384)
def _cas(
    selecteurs: tuple[_Selecteur, ...], gardees: tuple[tuple[int, ...], ...]
) -> tuple[tuple[tuple[_Presence, _Presence, tuple[int, ...]], ...], ...]:
    """For each weekday its different cases: which rules speak of it, which of the night before, and the weeks so."""
    vus = [_presences(selecteur) for selecteur in selecteurs]
    tous = []
    for jour, rangs in enumerate(gardees):
        cas: dict[tuple[_Presence, _Presence], list[int]] = {}
        for semaine in range(len(JOURS[jour]) if any(vus[rang][1] for rang in rangs) else 1):
            # The night of Sunday belongs to the week before.
            veille, autre = (jour - 1, semaine) if jour else (6, semaine - 1)
            present = tuple(vus[rang][0][jour][semaine] for rang in rangs)
            hier = tuple(selecteurs[rang][-1] and vus[rang][0][veille][autre] for rang in rangs)
            cas.setdefault((present, hier), []).append(semaine)
        tous.append(tuple((*cle, tuple(semaines)) for cle, semaines in cas.items()))
    return tuple(tous)


@lru_cache(maxsize=16_384)
def _presences(selecteur: _Selecteur) -> tuple[tuple[_Presence, ...], bool]:
    """Which days of the model year a selector chooses, by weekday then by week; whether it makes weeks differ."""
    annees, dates, semaines, jours, rangs, feries, vacances, conjonction, _ = selecteur
    regle = Regle(
        annees=annees,
        dates=dates,
        semaines=semaines,
        jours=jours,
        rangs=rangs,
        feries=feries,
        vacances=vacances,
        conjonction=conjonction,
    )
    return tuple(tuple(correspond(regle, jour) for jour in jours_types) for jours_types in JOURS), alterne(regle)
