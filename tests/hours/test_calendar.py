"""Public holidays computed, school holidays shipped, time zones of every territory."""

import itertools
from datetime import date
from zoneinfo import available_timezones

import pytest
from dateutil.easter import easter

from carte.hours import calendrier, jours_feries, paques
from carte.hours.school import DEBUT, FIN, PERIODES, ZONE_DU_DEPARTEMENT


@pytest.mark.parametrize(
    ("annee", "jour"),
    [
        (1961, (4, 2)),
        (2000, (4, 23)),
        (2008, (3, 23)),
        (2011, (4, 24)),
        (2026, (4, 5)),
        (2027, (3, 28)),
        (2038, (4, 25)),
    ],
)
def test_easter(annee: int, jour: tuple[int, int]) -> None:
    assert paques(annee) == date(annee, *jour)


def test_easter_is_that_of_dateutil() -> None:
    """Every Gregorian year that a record may name, against a library that computes it otherwise."""
    assert [annee for annee in range(1583, 4100) if paques(annee) != easter(annee)] == []


def test_the_eleven_national_holidays_of_2026() -> None:
    assert [j.isoformat()[5:] for j in jours_feries(2026)] == (
        ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"]
    )


def test_two_holidays_on_one_day_keep_both_names() -> None:
    assert jours_feries(2008)[date(2008, 5, 1)] == "fête du Travail et Ascension"


LOCAUX = {
    "57": "04-03 12-26",
    "67": "04-03 12-26",
    "68": "04-03 12-26",
    "971": "05-27",
    "972": "05-22",
    "973": "06-10",
    "974": "12-20",
    "975": "",
    "976": "04-27",
    "977": "10-09",
    "978": "05-28",
    "986": "04-28 06-29 07-29",
    "987": "03-05 04-03 11-20",
    "988": "09-24",
    "2A": "",
    "99": "",
}


@pytest.mark.parametrize(("code", "jours"), LOCAUX.items(), ids=LOCAUX.keys())
def test_local_holidays_of_2026(code: str, jours: str) -> None:
    propres = [j.isoformat()[5:] for j in jours_feries(2026, code) if j not in jours_feries(2026)]
    assert propres == jours.split()


@pytest.mark.parametrize(
    ("code", "insee", "fuseau", "zone"),
    [
        ("36", None, "Europe/Paris", "B"),
        ("69M", None, "Europe/Paris", "A"),
        ("2a", None, "Europe/Paris", "Corse"),
        ("75", "75056", "Europe/Paris", "C"),
        ("99", None, "Europe/Paris", "B"),
        ("973", None, "America/Cayenne", None),
        ("975", None, "America/Miquelon", None),
        ("976", None, "Indian/Mayotte", None),
        ("987", None, "Pacific/Tahiti", None),
        ("987", "98731", "Pacific/Marquesas", None),
        ("987", "98719", "Pacific/Gambier", None),
        ("988", None, "Pacific/Noumea", None),
    ],
)
def test_calendar_of_a_place(code: str, insee: str | None, fuseau: str, zone: str | None) -> None:
    trouve = calendrier(code, insee)
    assert (trouve.fuseau, trouve.zone_scolaire) == (fuseau, zone)
    assert trouve.fuseau in available_timezones()


def test_an_unknown_departement_is_refused_in_french() -> None:
    with pytest.raises(ValueError, match="« 00 » n’est pas un code de département connu"):
        calendrier("00")


def test_every_metropolitan_departement_has_a_zone_and_la_reunion_too() -> None:
    attendus = {f"{n:02}" for n in range(1, 96)} | {"2A", "2B", "974", "96", "99"}
    assert set(ZONE_DU_DEPARTEMENT) == attendus


@pytest.mark.parametrize("zone", "ABC")
def test_school_holidays_are_ordered_whole_weeks_from_saturday_to_sunday(zone: str) -> None:
    periodes = PERIODES[zone]
    assert len(periodes) == 10
    assert all(avant[1] < apres[0] for avant, apres in itertools.pairwise(periodes))
    for du, au, nom in periodes:
        assert du.weekday() == 5
        assert DEBUT <= du <= au <= FIN
        if "été" not in nom:
            assert au.weekday() == 6
            assert (au - du).days == 15


@pytest.mark.parametrize("zone", ["Corse", "La Réunion"])
def test_the_calendars_of_the_islands_are_ordered_and_within_the_years_shipped(zone: str) -> None:
    periodes = PERIODES[zone]
    assert len(periodes) == 10
    assert all(DEBUT <= du <= au <= FIN for du, au, _ in periodes)
    assert all(avant[1] < apres[0] for avant, apres in itertools.pairwise(periodes))


@pytest.mark.parametrize(
    ("code", "jour", "attendu"),
    [
        ("36", "2026-10-21", True),
        ("36", "2026-11-02", False),
        ("25", "2026-02-09", True),
        ("36", "2026-02-09", False),
        ("75", "2027-04-05", True),
        ("36", "2025-08-31", None),
        ("36", "2027-09-01", None),
        ("2B", "2026-10-21", True),
        ("971", "2026-10-21", None),
        ("974", "2026-10-21", True),
        ("974", "2026-12-08", False),
        ("974", "2027-01-15", True),
        ("2A", "2026-12-08", False),
        ("2B", "2026-12-28", True),
        ("36", "2027-05-07", None),
    ],
)
def test_school_holidays(code: str, jour: str, attendu: bool | None) -> None:
    assert calendrier(code).vacances(date.fromisoformat(jour)) is attendu
