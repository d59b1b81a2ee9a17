"""What visitors read: the table, the sentence of the moment, the coming public holidays, the advice."""

from datetime import date, datetime

import pytest

from carte.hours import JourParticulier, calendrier, conseils, jours_particuliers, lignes, parse, phrase_etat

INDRE = calendrier("36")
_JOURS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


def _semaine(*textes: str) -> list[tuple[str, str]]:
    return list(zip(_JOURS, textes, strict=True))


_MATIN = _semaine(*["9 h – 12 h"] * 5, "fermé", "fermé")
TABLES = {
    "standard": (
        "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00",
        _semaine(*["9 h – 12 h, 14 h – 18 h 30"] * 5, "8 h 30 – 12 h", "fermé"),
    ),
    "feries": ("Mo-Fr 09:00-12:00; PH off", [*_MATIN, ("jours fériés", "fermé")]),
    "vacances": (
        "Mo-Fr 09:00-12:00; SH We,Fr 14:00-16:00",
        [*_MATIN, ("vacances scolaires (mercredi et vendredi)", "14 h – 16 h")],
    ),
    "feries-et-vacances": ("Mo-Fr 09:00-12:00; PH,SH off", [*_MATIN, ("jours fériés et vacances scolaires", "fermé")]),
    "exceptions": (
        "Mo-Fr 09:00-12:00; Jul 14-Aug 15 off; Dec 25,Jan 1 off; Dec 24 Mo-Fr 09:00-10:30; easter +1 day off",
        [
            *_MATIN,
            ("du 14 juillet au 15 août", "fermé"),
            ("25 décembre et 1er janvier", "fermé"),
            ("24 décembre", "du lundi au vendredi : 9 h – 10 h 30"),
            ("lundi de Pâques", "fermé"),
        ],
    ),
    "annee": ('Mo-Fr 09:00-12:00; 2026 Aug off "travaux"', [*_MATIN, ("août en 2026", "fermé (travaux)")]),
    "secours": (
        'Mo-Fr 09:00-12:00 || "sur rendez-vous"',
        [
            *_semaine(*["9 h – 12 h"] * 5, "sur rendez-vous", "sur rendez-vous"),
            ("en dehors de ces heures", "sur rendez-vous"),
        ],
    ),
    "quinzaine": (
        "week 1-53/2 Mo 09:00-12:00; week 2-52/2 Mo 14:00-17:00",
        _semaine("9 h – 12 h (semaines impaires) ; 14 h – 17 h (semaines paires)", *["fermé"] * 6),
    ),
    "rangs": ("Mo[1,-1] 10:00-12:00", _semaine("10 h – 12 h (1er et dernier lundi du mois)", *["fermé"] * 6)),
    "saisons": (
        "Sep-Jun Mo 09:00-17:00; Jul-Aug Mo 09:00-12:00",
        _semaine("9 h – 17 h (de septembre à juin) ; 9 h – 12 h (juillet et août)", *["fermé"] * 6),
    ),
    "nuit": ("Fr 18:00-26:00", _semaine(*["fermé"] * 4, "18 h – 2 h", "fermé", "fermé")),
    "nuit-de-dimanche": ("Su 18:00-26:00", _semaine(*["fermé"] * 6, "18 h – 2 h")),
    "minuit": ("Fr 18:00-24:00", _semaine(*["fermé"] * 4, "18 h – minuit", "fermé", "fermé")),
    "fin-ouverte": (
        "Mo 09:00+; Tu 09:00-12:00+",
        _semaine("à partir de 9 h", "9 h – 12 h ou plus tard", *["fermé"] * 5),
    ),
    "remarques": (
        'Mo 09:00-12:00 "sur rdv"; Tu "sur rendez-vous"; We unknown; Th 09:00-10:00 open "entrée libre"; Sa off "bal"',
        _semaine(
            "9 h – 12 h (sur rdv)",
            "sur rendez-vous",
            "horaires inconnus",
            "9 h – 10 h (entrée libre)",
            "fermé",
            "fermé (bal)",
            "fermé",
        ),
    ),
    "24/7": ("24/7", _semaine(*["24 heures sur 24"] * 7)),
    "fermetures-seules": ("PH off", [*_semaine(*["horaires inconnus"] * 7), ("jours fériés", "fermé")]),
    # OSM forgets a closure that comes before the usual hours: the table must not promise it.
    "fermeture-effacee": ("PH off; Mo-Fr 09:00-12:00", _MATIN),
}


@pytest.mark.parametrize(("texte", "attendu"), TABLES.values(), ids=TABLES.keys())
def test_table(texte: str, attendu: list[tuple[str, str]]) -> None:
    assert lignes(parse(texte)) == attendu


PHRASES = {
    "ouvert": ("Mo-Fr 09:00-12:00,14:00-18:00", "2026-11-23T15:00", "Ouvert, ferme à 18 h"),
    "entre-deux": ("Mo-Fr 09:00-12:00,14:30-18:00", "2026-11-23T13:00", "Fermé, ouvre à 14 h 30"),
    "demain": ("Mo-Fr 09:00-12:00", "2026-11-23T13:00", "Fermé, ouvre demain à 9 h"),
    "jeudi": ("Th 09:00-12:00", "2026-11-23T13:00", "Fermé, ouvre jeudi à 9 h"),
    "dans-longtemps": ("Jan 2-31 09:00-12:00", "2026-11-23T13:00", "Fermé, ouvre le 2 janvier à 9 h"),
    "dans-une-semaine": ("Mo 09:00-12:00", "2026-11-23T13:00", "Fermé, ouvre le 30 novembre à 9 h"),
    "minuit": ("Fr 18:00-24:00", "2026-11-27T20:00", "Ouvert, ferme à minuit"),
    "apres-minuit": ("Fr 18:00-26:00", "2026-11-27T20:00", "Ouvert, ferme demain à 2 h"),
    "toujours": ("24/7", "2026-11-27T20:00", "Ouvert"),
    "jamais": ("off", "2026-11-27T20:00", "Fermé"),
    "rendez-vous": ('"sur rendez-vous"', "2026-11-27T20:00", "Sur rendez-vous"),
    "puis-rendez-vous": (
        'Mo 09:00-12:00; Mo 14:00-17:00 "sur rdv"',
        "2026-11-23T09:00",
        "Fermé, sur rendez-vous à partir de 14 h",
    ),
    "rendez-vous-demain": (
        'Tu 14:00-17:00 "sur rdv"',
        "2026-11-23T09:00",
        "Fermé, sur rendez-vous demain à partir de 14 h",
    ),
    "remarque": ('"voir le site"', "2026-11-27T20:00", "Horaires inconnus"),
    "fin-inconnue": ("Mo 09:00-12:00+", "2026-11-23T10:00", "Ouvert"),
}


@pytest.mark.parametrize(("texte", "local", "attendu"), PHRASES.values(), ids=PHRASES.keys())
def test_sentence(texte: str, local: str, attendu: str) -> None:
    assert phrase_etat(parse(texte), datetime.fromisoformat(local).replace(tzinfo=INDRE.tz), INDRE) == attendu


def test_sentence_without_hours() -> None:
    instant = datetime(2026, 11, 23, 10, tzinfo=INDRE.tz)
    assert phrase_etat(None, instant, INDRE) == "Horaires inconnus"


NOEL = date(2026, 12, 25)
PARTICULIERS = {
    "dit": ("Mo-Fr 09:00-12:00; PH off", JourParticulier(NOEL, "Noël", "fermé", True)),
    "dit-par-la-date": ("Mo-Fr 09:00-12:00; Dec 25 off", JourParticulier(NOEL, "Noël", "fermé", True)),
    "ouvert-expres": ("Mo-Fr 09:00-12:00; PH 10:00-11:00", JourParticulier(NOEL, "Noël", "10 h – 11 h", True)),
    "non-dit": (
        "Mo-Fr 09:00-12:00",
        JourParticulier(NOEL, "Noël", "à vérifier (d’habitude : 9 h – 12 h)", False),
    ),
    "dit-d-une-autre-annee": (
        "Mo-Fr 09:00-12:00; 2025 Dec 25 off",
        JourParticulier(NOEL, "Noël", "à vérifier (d’habitude : 9 h – 12 h)", False),
    ),
    "dit-des-annees-passees": (
        "Mo-Fr 09:00-12:00; 2024-2025 Dec 25 off",
        JourParticulier(NOEL, "Noël", "à vérifier (d’habitude : 9 h – 12 h)", False),
    ),
    "dit-de-cette-annee": ("Mo-Fr 09:00-12:00; 2026 Dec 25 off", JourParticulier(NOEL, "Noël", "fermé", True)),
    "dit-par-une-saison": (
        "Mo-Fr 09:00-12:00; Dec 24-26 10:00-11:00",
        JourParticulier(NOEL, "Noël", "à vérifier (d’habitude : 10 h – 11 h)", False),
    ),
    "toujours": ("24/7", JourParticulier(NOEL, "Noël", "24 heures sur 24", True)),
    "toujours-sauf": ("24/7; 02:00-03:00 off", JourParticulier(NOEL, "Noël", "0 h – 2 h, 3 h – minuit", True)),
    "toujours-mais-ferme": ("24/7; PH off", JourParticulier(NOEL, "Noël", "fermé", True)),
    "toute-la-semaine": (
        "Mo-Su 00:00-24:00",
        JourParticulier(NOEL, "Noël", "à vérifier (d’habitude : 24 heures sur 24)", False),
    ),
    "jour-ferme": ("Mo 09:00-12:00", JourParticulier(NOEL, "Noël", "fermé", False)),
}


@pytest.mark.parametrize(("texte", "attendu"), PARTICULIERS.values(), ids=PARTICULIERS.keys())
def test_public_holidays_to_come(texte: str, attendu: JourParticulier) -> None:
    assert jours_particuliers(parse(texte), INDRE, date(2026, 12, 15)) == [attendu]


def test_public_holidays_follow_the_departement() -> None:
    jours = jours_particuliers(None, calendrier("67"), date(2026, 12, 15))
    assert [(j.jour.day, j.nom, j.texte) for j in jours] == [
        (25, "Noël", "horaires inconnus"),
        (26, "saint Étienne", "horaires inconnus"),
    ]
    assert jours_particuliers(None, INDRE, date(2026, 12, 15), 10) == []


@pytest.mark.parametrize(
    ("texte", "extrait"),
    [
        ("PH off; Mo-Fr 09:00-12:00", "« jours fériés » est effacée"),
        ("Jul 14-Aug 15 off; Mo-Fr 09:00-12:00", "« du 14 juillet au 15 août » est effacée"),
        ("Mo 00:00-00:00", "dure 24 heures"),
        ('Mo-Fr 09:00-12:00; "sur rendez-vous"', "« || »"),
    ],
)
def test_advice_on_texts_that_do_not_say_what_was_meant(texte: str, extrait: str) -> None:
    (avis,) = conseils(parse(texte))
    assert extrait in avis


@pytest.mark.parametrize(
    "texte",
    [
        "Mo-Fr 09:00-12:00; PH off",
        'Mo 09:00-12:00 || "sur rdv"',
        '"sur rdv"',
        "24/7",
        # A fallback and an addition forget nothing; neither does a season.
        'Mo 09:00-12:00; PH off || "sur rdv"',
        "PH off, Mo 09:00-12:00",
        "PH off; Jul-Aug Mo 09:00-12:00",
    ],
)
def test_no_advice_on_sound_texts(texte: str) -> None:
    assert conseils(parse(texte)) == []
