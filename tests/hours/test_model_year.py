"""The model year against the plain way: every day of the 52 weeks painted by itself."""

import random

import pytest

from carte.hours import parse
from carte.hours.errors import HorairesInvalides
from carte.hours.evaluate import etat_par_defaut, peindre_jour
from carte.hours.model_year import JOURS, alterne
from carte.hours.rules import Regle
from carte.hours.week import Variante, regles_normales, variantes
from hasard import Graine
from hours import tirages


def _jour_par_jour(regles: tuple[Regle, ...]) -> tuple[tuple[Variante, ...], ...]:
    """What `variantes` gives, a day after the other."""
    change = any(map(alterne, regles))
    annee = []
    for jour in range(7):
        gardees = regles_normales(regles, jour) if change else regles
        semaines = range(52 if any(map(alterne, gardees)) else 1)
        veilles = [JOURS[jour - 1][rang if jour else rang - 1] for rang in semaines]
        defaut = etat_par_defaut(regles)
        annee.append(
            tuple(
                Variante(JOURS[jour][rang], peindre_jour(gardees, JOURS[jour][rang], veille, defaut))
                for rang, veille in zip(semaines, veilles, strict=True)
            )
        )
    return tuple(annee)


def _lisible(texte: str) -> tuple[Regle, ...] | None:
    try:
        return parse(texte).regles
    except HorairesInvalides:
        return None


def test_a_day_painted_once_is_the_day_of_each_week(graine: Graine) -> None:
    hasard = random.Random(graine(2026))
    lus = [regles for _ in range(300) if (regles := _lisible(tirages.texte(hasard))) is not None]
    assert len(lus) > 100
    assert sum(any(map(alterne, regles)) for regles in lus) > 50
    for regles in lus:
        assert variantes(regles) == _jour_par_jour(regles)


@pytest.mark.parametrize(
    "texte",
    ["week 1-53/2 Su 22:00-26:00; Mo 09:00-12:00", "Su[-1] 20:00-27:00", "Mo-Fr 09:00-12:00; Jul-Aug Sa 09:00-26:00"],
    ids=["quinzaine", "dernier-dimanche", "saison"],
)
def test_the_night_of_sunday_belongs_to_the_week_before(texte: str) -> None:
    regles = parse(texte).regles
    assert variantes(regles) == _jour_par_jour(regles)


def test_the_days_of_the_model_year() -> None:
    """The fifth week of a month falls on its 30th day, that rules with dates reach."""
    lundis = [(jour.mois, jour.jour, jour.rang, jour.rang_fin) for jour in JOURS[0]]
    assert lundis[:6] == [(1, 4, 1, -5), (1, 11, 2, -4), (1, 18, 3, -3), (1, 25, 4, -2), (1, 30, 5, -1), (2, 4, 1, -4)]
    assert [jour.semaine for jour in JOURS[6]] == list(range(1, 53))
    assert not any(jour.ferie or jour.vacances for jours in JOURS for jour in jours)
