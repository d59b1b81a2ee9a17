"""The data block of a fiche: true, never more than the page says, and nothing of a record can leave it."""

import json
from typing import Any

import pytest
from markupsafe import Markup

from carte.publish.fiche.donnees_liees import donnees_liees
from publish import monde

REEL = monde.configuration(demonstration=False)
OUVERTURE, FIN = '<script type="application/ld+json">', "</script>"


def lire(bloc: Markup) -> dict[str, Any]:
    assert bloc.startswith(OUVERTURE)
    assert bloc.endswith(FIN)
    lu: dict[str, Any] = json.loads(bloc.removeprefix(OUVERTURE).removesuffix(FIN))
    return lu


def test_it_says_what_the_page_says() -> None:
    lieu = monde.fiche(
        adresse="1 rue Haute", code_postal="99000", latitude=46.0, longitude=2.0, horaires="Mo 09:00-12:00; PH off"
    )
    assert lire(donnees_liees(lieu, REEL)) == {
        "@context": "https://schema.org",
        "@type": "Place",
        "name": "Médiathèque d'Alpha",
        "url": "https://carte.example/essai/lieux/99/lieu/",
        "telephone": "+33123456789",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "1 rue Haute",
            "postalCode": "99000",
            "addressLocality": "Alpha",
            "addressCountry": "FR",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 46.0, "longitude": 2.0},
        "openingHoursSpecification": [
            {"@type": "OpeningHoursSpecification", "dayOfWeek": "Monday", "opens": "09:00", "closes": "12:00"}
        ],
    }


@pytest.mark.parametrize(
    "horaires",
    [
        None,
        'Mo 09:00-12:00 "sur rendez-vous"',
        "Mo[1] 09:00-12:00",
        "Jun-Aug Mo 09:00-12:00",
        "week 2-52/2 Mo 09:00-12:00",
        "Mo 09:00-12:00; SH off",
        "Mo 09:00+",
        "quand il fait beau",
    ],
)
def test_hours_that_a_week_cannot_say_are_left_out(horaires: str | None) -> None:
    assert "openingHoursSpecification" not in lire(donnees_liees(monde.fiche(horaires=horaires), REEL))


def test_nobody_is_sent_where_nobody_is_received() -> None:
    arret = {"commune": "Gamma", "frequence": "hebdomadaire", "horaires": "Mo 09:00-12:00"}
    for champs in ({"tournee": [arret]}, {"modalites_acces": ["Ce lieu n'accueille pas de public"]}):
        assert "address" not in lire(donnees_liees(monde.fiche(**champs), REEL))


def test_a_hostile_record_stays_in_it() -> None:
    bloc = donnees_liees(monde.hostile(), REEL)
    corps = bloc.removeprefix(OUVERTURE).removesuffix(FIN)
    assert not set(corps) & set("<>&\u2028\u2029\u202e")
    assert lire(bloc)["name"].startswith(monde.SCRIPT)
    assert "telephone" not in lire(bloc)


def test_an_invented_place_is_offered_to_no_engine() -> None:
    assert donnees_liees(monde.fiche(), monde.configuration(demonstration=True)) == ""
