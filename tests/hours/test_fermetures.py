"""Temporary closures: the hours say them, and nothing else changes."""

from datetime import date, datetime

import pytest

from carte.hours import Etat, JourParticulier, calendrier, etat, jours_particuliers, parse, phrase_etat
from carte.hours.fermetures import Fermeture, avec_fermetures

INDRE = calendrier("36")
TRAVAUX: Fermeture = (date(2026, 12, 21), date(2026, 12, 31), "travaux")


def test_a_closure_is_the_dated_rule_that_osm_would_write() -> None:
    ecrit = parse('Mo-Fr 09:00-12:00; 2026 Dec 21-2026 Dec 31 off "travaux"')
    pose = avec_fermetures(parse("Mo-Fr 09:00-12:00"), [TRAVAUX])
    assert pose is not None
    assert pose.regles == ecrit.regles


@pytest.mark.parametrize("texte", ["Mo-Su 09:00-12:00", '"voir le site"', '"sur rdv"', None], ids=str)
def test_closed_those_days_and_as_before_on_the_others(texte: str | None) -> None:
    avant = parse(texte) if texte else None
    apres = avec_fermetures(avant, [TRAVAUX])
    for jour in range(15, 32):
        instant = datetime(2026, 12, jour, 10, tzinfo=INDRE.tz)
        assert etat(apres, instant, INDRE) is (Etat.FERME if jour >= 21 else etat(avant, instant, INDRE))


def test_no_closure_changes_nothing() -> None:
    assert avec_fermetures(None, []) is None
    assert avec_fermetures(parse("24/7"), []) is parse("24/7")


def test_the_sentence_looks_beyond_the_closure() -> None:
    horaires = avec_fermetures(parse("Mo-Fr 09:00-12:00"), [TRAVAUX])
    instant = datetime(2026, 12, 23, 10, tzinfo=INDRE.tz)
    assert phrase_etat(horaires, instant, INDRE) == "Fermé, ouvre le 1er janvier à 9 h"


def test_a_closure_of_another_year_says_nothing_of_this_holiday() -> None:
    ancienne: Fermeture = (date(2025, 12, 25), date(2025, 12, 25), None)
    horaires = avec_fermetures(parse("Mo-Fr 09:00-12:00"), [ancienne])
    a_verifier = JourParticulier(date(2026, 12, 25), "Noël", "à vérifier (d’habitude : 9 h – 12 h)", False)
    assert jours_particuliers(horaires, INDRE, date(2026, 12, 15)) == [a_verifier]
