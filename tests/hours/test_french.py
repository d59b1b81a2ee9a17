"""Each wording on its own: the table and the sentence only show some of them."""

from datetime import date

import pytest

from carte.hours import french, parse
from carte.hours.rules import SANS_FIN


@pytest.mark.parametrize(
    ("minute", "mots"),
    [(0, "0 h"), (5, "0 h 05"), (570, "9 h 30"), (720, "12 h"), (1440, "minuit"), (1441, "0 h 01"), (1560, "2 h")],
)
def test_an_hour(minute: int, mots: str) -> None:
    assert french.heure(minute) == mots


@pytest.mark.parametrize(
    ("debut", "fin", "mots"),
    [
        (540, 720, "9 h – 12 h"),
        (0, 1440, "24 heures sur 24"),
        (360, 1800, "24 heures sur 24"),
        (0, 1439, "0 h – 23 h 59"),
        (1080, 1560, "18 h – 2 h"),
    ],
)
def test_a_range_of_hours(debut: int, fin: int, mots: str) -> None:
    assert french.plage(debut, fin) == mots


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("Mo-Su", ""),
        ("Mo", "lundi"),
        ("Mo,Tu", "lundi et mardi"),
        ("Mo-We", "du lundi au mercredi"),
        ("Fr-Su", "du vendredi au dimanche"),
        ("Mo,We,Fr", "lundi, mercredi et vendredi"),
        ("Mo-We,Fr", "lundi, mardi, mercredi et vendredi"),
        ("Sa-Mo", "lundi, samedi et dimanche"),
        ("Mo[1]", "1er lundi du mois"),
        ("Tu,Mo[2,-2]", "mardi, 2e lundi du mois et avant-dernier lundi du mois"),
        ("Su[-3]", "3e à partir de la fin, dimanche du mois"),
    ],
)
def test_days(texte: str, mots: str) -> None:
    (regle,) = parse(texte).regles
    assert french.jours(regle.jours, regle.rangs) == mots


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("week 1-53/2", "semaines impaires"),
        ("week 1-51/2", "semaines impaires"),
        ("week 2-52/2", "semaines paires"),
        ("week 2-51/2", "semaines paires"),
        ("week 1-50/2", "semaines 1 à 50 (une sur 2)"),
        ("week 3-53/2", "semaines 3 à 53 (une sur 2)"),
        ("week 1-53/3", "semaines 1 à 53 (une sur 3)"),
        ("week 10-20", "semaines 10 à 20"),
        ("week 53", "semaine 53"),
        ("week 1,10-20,30", "semaines 1, 10 à 20 et 30"),
        ("week 1,2-52/2", "semaines 1 et 2 à 52 (une sur 2)"),
    ],
)
def test_weeks(texte: str, mots: str) -> None:
    assert french.semaines(parse(texte).regles[0].semaines) == mots


@pytest.mark.parametrize(
    ("suite", "mots"),
    [
        ((2026, 2026, 1), "en 2026"),
        ((2026, 2027, 1), "de 2026 à 2027"),
        ((2026, 2036, 2), "de 2026 à 2036 (une année sur 2)"),
        ((2026, SANS_FIN, 1), "à partir de 2026"),
    ],
)
def test_years(suite: tuple[int, int, int], mots: str) -> None:
    assert french.annees((suite,)) == mots


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("Dec 25", "25 décembre"),
        ("May 1", "1er mai"),
        ("Jul", "juillet"),
        ("Jul-Aug", "juillet et août"),
        ("Dec-Jan", "décembre et janvier"),
        ("Jan-Jun", "de janvier à juin"),
        ("Apr-Jun", "d’avril à juin"),
        ("Oct-Dec", "d’octobre à décembre"),
        ("Jul 14-Aug 15", "du 14 juillet au 15 août"),
        ("Jul 1-Aug 15", "du 1er juillet au 15 août"),
        ("Jul 2-31", "du 2 juillet au 31 juillet"),
        ("2026 Dec 20-2027 Jan 5", "du 20 décembre 2026 au 5 janvier 2027"),
        ("easter", "dimanche de Pâques"),
        ("easter +1 day", "lundi de Pâques"),
        ("easter -2 days", "vendredi saint"),
        ("easter +39 days", "Ascension"),
        ("easter +50 days", "lundi de Pentecôte"),
        ("easter +3 days", "3 jours après Pâques"),
        ("easter -3 days", "3 jours avant Pâques"),
        ("2026 easter-2026 easter +1 day", "du dimanche de Pâques 2026 au lundi de Pâques 2026"),
    ],
)
def test_dates(texte: str, mots: str) -> None:
    (regle,) = parse(f"{texte} off").regles
    assert french.dates(regle.dates[0]) == mots


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("Mo 09:00-12:00,14:00-18:00", "9 h – 12 h, 14 h – 18 h"),
        ("Mo 09:00+", "à partir de 9 h"),
        ("Mo 09:00-12:00+", "9 h – 12 h ou plus tard"),
        ("Mo", "24 heures sur 24"),
        ('Mo open "entrée libre"', "24 heures sur 24 (entrée libre)"),
        ('Mo 09:00-12:00 open "entrée libre"', "9 h – 12 h (entrée libre)"),
        ("Mo off", "fermé"),
        ('Mo off "travaux"', "fermé (travaux)"),
        ("Mo 09:00-12:00 off", "fermé (9 h – 12 h)"),
        ("Mo unknown", "horaires inconnus"),
        ("Mo 09:00-12:00 unknown", "9 h – 12 h (à confirmer)"),
        ('Mo "voir le site"', "voir le site"),
        ('Mo 09:00-12:00 "voir le site"', "9 h – 12 h (voir le site)"),
        ('Mo "sur rdv"', "sur rdv"),
        ('Mo 09:00-12:00 "sur rdv"', "9 h – 12 h (sur rdv)"),
    ],
)
def test_the_hours_of_a_rule(texte: str, mots: str) -> None:
    (regle,) = parse(texte).regles
    assert french.heures_de_regle(regle) == mots


def test_a_date() -> None:
    assert [french.jour_et_mois(date(2026, mois, mois)) for mois in (1, 12)] == ["1er janvier", "12 décembre"]
