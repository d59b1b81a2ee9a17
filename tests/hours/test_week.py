"""The normal week: intervals, weekly minutes averaged over alternating weeks, and the flags of the indicators."""

import pytest

from carte.hours import parse

# text: (weekly minutes, days, Saturday, evening, lunch)
SEMAINES = {
    "standard": ("Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00", 2460, 6, True, True, False),
    "jour-continu": ("Mo-Th 10:00-18:00", 1920, 4, False, False, True),
    "midi-entame": ("Mo 09:00-12:30", 210, 1, False, False, True),
    "chevauchement": ("Mo 09:00-12:00,11:00-13:00", 240, 1, False, False, True),
    "24/7": ("24/7", 10080, 7, True, True, True),
    "nuit": ("Fr 18:00-26:00", 480, 1, True, True, False),
    "feries-sans-effet": ("Mo-Fr 09:00-12:00; PH off; SH off", 900, 5, False, False, False),
    "vacances-seules": ("SH Mo-Fr 09:00-12:00", None, None, None, None, None),
    "exceptions-sans-effet": ("Mo-Fr 09:00-12:00; Jul 14-Aug 15 off; Dec 24 09:00-17:00", 900, 5, False, False, False),
    "quinzaine": ("week 1-53/2 Mo 09:00-12:00", 90, 1, False, False, False),
    "alternance": ("week 1-53/2 Mo 09:00-12:00; week 2-52/2 Tu 14:00-17:00", 180, 2, False, False, False),
    "premier-lundi": ("Mo[1] 09:00-17:40", 120, 1, False, False, True),  # 520 min, 12 times in 52 weeks
    "dernier-lundi": ("Mo[-1] 09:00-17:40", 120, 1, False, False, True),
    "cinquieme-lundi": ("Mo[5] 09:00-17:40", 40, 1, False, False, True),  # 4 times in 52 weeks
    "saisons": ("Sep-Jun Mo 09:00-13:20; Jul-Aug Mo 09:00-10:44", 233, 1, False, False, True),
    "saison-un-autre-jour": ("Sa 09:00-12:00; Jul-Aug Mo 09:00-12:00", 211, 2, True, False, False),
    "annee-ignoree": ("2025 Mo-Fr 09:00-12:00", None, None, None, None, None),
    "rendez-vous": ('"sur rendez-vous"', None, None, None, None, None),
    "rendez-vous-le-samedi": ('Mo 09:00-12:00; Sa 09:00-19:00 "sur rdv"', 180, 1, None, None, None),
    "samedi-inconnu": ("Mo 09:00-12:00; Sa 09:00-12:00 unknown", 180, 1, None, False, False),
    "fin-ouverte": ("Mo-Fr 09:00+", None, None, None, None, None),
    "fermetures-seules": ("PH off", None, None, None, None, None),
    "off": ("off", None, None, None, None, None),
}


@pytest.mark.parametrize(
    ("texte", "minutes", "jours", "samedi", "soir", "midi"), SEMAINES.values(), ids=SEMAINES.keys()
)
def test_normal_week(
    texte: str, minutes: int | None, jours: int | None, samedi: bool | None, soir: bool | None, midi: bool | None
) -> None:
    h = parse(texte)
    assert (h.minutes_hebdo(), h.jours_ouverts()) == (minutes, jours)
    assert (h.samedi(), h.soir(), h.midi()) == (samedi, soir, midi)


def test_intervals_are_sorted_joined_and_keep_nights_whole() -> None:
    semaine = parse("Mo 14:00-18:00,09:00-12:00,11:00-13:00; Su 22:00-02:00").semaine()
    assert semaine == [[(540, 780), (840, 1080)], [], [], [], [], [], [(1320, 1560)]]


def test_alternating_weeks_are_shown_together() -> None:
    h = parse("week 1-53/2 Mo 09:00-12:00; week 2-52/2 Mo 14:00-17:00")
    assert h.semaine()[0] == [(540, 720), (840, 1020)]
    assert h.minutes_hebdo() == 180
    assert h.alternance()
    assert not parse("Mo 09:00-12:00; PH off").alternance()


def test_a_short_week_inside_a_longer_one_changes_nothing() -> None:
    h = parse("week 1-53/2 Mo 08:00-09:00,10:00-14:00; week 2-52/2 Mo 11:00-12:00")
    assert h.semaine()[0] == [(480, 540), (600, 840)]


@pytest.mark.parametrize(
    "texte", ["Mo-Fr 09:00-12:00,14:00-17:00", "24/7", "Fr 18:00-26:00", "Su 22:00-02:00", "Mo-Su 00:00-24:00"]
)
def test_intervals_add_up_to_the_weekly_minutes(texte: str) -> None:
    h = parse(texte)
    assert sum(fin - debut for jour in h.semaine() for debut, fin in jour) == h.minutes_hebdo()
