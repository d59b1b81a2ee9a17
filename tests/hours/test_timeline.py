"""Next change and coming openings, checked against a minute-by-minute reading, also when clocks change."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from carte.hours import Etat, calendrier, etat, parse, periodes, prochain_changement, prochaines_ouvertures

INDRE = calendrier("36")


def _paris(texte: str) -> datetime:
    return datetime.fromisoformat(texte).replace(tzinfo=INDRE.tz)


CHANGEMENTS = {
    "ferme-a-midi": ("Mo-Fr 09:00-12:00", "2026-11-23T10:00", "2026-11-23T12:00", Etat.FERME),
    "ouvre-lundi": ("Mo-Fr 09:00-12:00", "2026-11-27T12:00", "2026-11-30T09:00", Etat.OUVERT),
    "saute-le-ferie": ("Mo-Fr 09:00-12:00; PH off", "2026-04-30T12:00", "2026-05-04T09:00", Etat.OUVERT),
    "minuit": ("Fr 18:00-24:00", "2026-11-27T20:00", "2026-11-28T00:00", Etat.FERME),
    "nuit": ("Fr 22:00-04:00", "2026-11-27T23:00", "2026-11-28T04:00", Etat.FERME),
    "jours-colles": ("Mo 18:00-24:00; Tu 00:00-12:00", "2026-11-23T20:00", "2026-11-24T12:00", Etat.FERME),
    "vers-rendez-vous": ('Mo 09:00-12:00 || "sur rdv"', "2026-11-23T10:00", "2026-11-23T12:00", Etat.SUR_RENDEZ_VOUS),
    "quinzaine": ("week 1-53/2 Mo 09:00-12:00", "2026-11-23T10:00", "2026-11-30T09:00", Etat.OUVERT),
    # Days of 25 and of 23 hours, until their last minutes.
    "fin-du-jour-long": ("Su 23:40-23:50", "2026-10-25T22:00", "2026-10-25T23:40", Etat.OUVERT),
    "ferme-au-jour-long": ("Su 23:40-23:59", "2026-10-25T23:45", "2026-10-25T23:59", Etat.FERME),
    "fin-du-jour-court": ("Su 23:40-23:50", "2027-03-28T22:00", "2027-03-28T23:40", Etat.OUVERT),
    # 2027-03-28: at 2:00 the clock says 3:00.
    "avance": ("Sa 22:00-26:30", "2027-03-27T23:00", "2027-03-28T03:00", Etat.FERME),
    # 2026-10-25: at 3:00 the clock says 2:00 again; 2:30 comes twice, so the place closes and opens once more.
    "recule": ("Sa 22:00-26:30", "2026-10-24T23:00", "2026-10-25T02:30", Etat.FERME),
}


@pytest.mark.parametrize(("texte", "local", "attendu", "ensuite"), CHANGEMENTS.values(), ids=CHANGEMENTS.keys())
def test_next_change(texte: str, local: str, attendu: str, ensuite: Etat) -> None:
    assert prochain_changement(parse(texte), _paris(local), INDRE) == (_paris(attendu), ensuite)


@pytest.mark.parametrize("texte", ["24/7", "off", "unknown", "2020 Mo 09:00-12:00", "PH off; Feb 29 10:00-12:00"])
def test_no_change_within_sixty_days(texte: str) -> None:
    assert prochain_changement(parse(texte), _paris("2026-05-26T10:00"), INDRE) is None


def test_nothing_is_known_of_absent_hours() -> None:
    assert prochain_changement(None, _paris("2026-11-23T10:00"), INDRE) is None
    assert prochaines_ouvertures(None, _paris("2026-11-23T10:00"), INDRE) == []


@pytest.mark.parametrize(
    "depart",
    ["2026-10-24T20:30", "2027-03-27T20:30", "2026-12-31T20:30"],
    ids=["heure-d-hiver", "heure-d-ete", "nouvel-an"],
)
@pytest.mark.parametrize(
    "texte",
    ["Mo-Su 22:00-26:30", "Sa-Su 01:00-02:15", "Su 02:10-02:50", "24/7; 02:00-03:00 off", "week 53 00:00-03:30"],
)
def test_next_change_is_the_first_minute_whose_state_differs(texte: str, depart: str) -> None:
    horaires = parse(texte)
    instant = _paris(depart).astimezone(UTC)
    for pas in range(0, 12 * 60, 17):
        maintenant = instant + timedelta(minutes=pas)
        present = etat(horaires, maintenant, INDRE)
        minute = maintenant
        while etat(horaires, minute, INDRE) is present and minute < maintenant + timedelta(days=1):
            minute += timedelta(minutes=1)
        trouve = prochain_changement(horaires, maintenant, INDRE)
        if minute < maintenant + timedelta(days=1):
            assert trouve is not None
            assert trouve[0].astimezone(UTC) == minute
            assert trouve[1] is etat(horaires, minute, INDRE)
        else:
            assert trouve is None or trouve[0].astimezone(UTC) >= minute


def test_coming_openings_start_with_the_present_one() -> None:
    ouvertures = prochaines_ouvertures(parse("Mo-Fr 09:00-12:00,14:00-17:00"), _paris("2026-11-27T10:00"), INDRE, 3)
    assert ouvertures == [
        (_paris("2026-11-27T09:00"), _paris("2026-11-27T12:00")),
        (_paris("2026-11-27T14:00"), _paris("2026-11-27T17:00")),
        (_paris("2026-11-30T09:00"), _paris("2026-11-30T12:00")),
    ]


def test_an_opening_over_midnight_is_one_opening() -> None:
    ouvertures = prochaines_ouvertures(parse("Fr 22:00-04:00"), _paris("2026-11-28T01:00"), INDRE, 1)
    assert ouvertures == [(_paris("2026-11-27T22:00"), _paris("2026-11-28T04:00"))]


@pytest.mark.parametrize(("jour", "ouvertures"), [("2027 Jan 1", 1), ("2027 Jan 2", 0)], ids=["60-jours", "61-jours"])
def test_openings_are_looked_for_within_sixty_days(jour: str, ouvertures: int) -> None:
    trouvees = prochaines_ouvertures(parse(f"{jour} 09:00-10:00"), _paris("2026-11-02T12:00"), INDRE)
    assert len(trouvees) == ouvertures


def test_the_short_night_lasts_an_hour_less() -> None:
    ((debut, fin),) = prochaines_ouvertures(parse("2027 Mar 27 22:00-28:00"), _paris("2027-03-27T12:00"), INDRE, 1)
    assert fin.astimezone(UTC) - debut.astimezone(UTC) == timedelta(hours=5)


def test_periods_follow_each_other_without_gap() -> None:
    suite = list(periodes(parse("Mo-Fr 09:00-12:00"), _paris("2026-10-23T00:00").date(), INDRE, 5))
    assert all(avant.fin == apres.debut and avant.etat is not apres.etat for avant, apres in itertools.pairwise(suite))
    assert [p.etat for p in suite].count(Etat.OUVERT) == 3
