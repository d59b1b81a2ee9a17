"""Words of the report that once said something false; each test is one figure as people read it."""

import html
import re

import pytest

from carte.indicators import Mesure, Parametres, Part
from carte.publish import maps, report
from carte.publish.report import phrases
from carte.publish.report.inventaires import _selon_les_fiches
from publish import monde_rapport


@pytest.mark.parametrize(
    ("poids", "texte"),
    [
        (
            {"distance": 1.0, "debit": 1.0, "besoin": 1.0},
            "éloignement 33,3\xa0%, débit filaire 33,3\xa0% et besoin 33,3\xa0%",
        ),
        (
            {"distance": 2.0, "debit": 1.0, "besoin": 1.0},
            "éloignement 50,0\xa0%, débit filaire 25,0\xa0% et besoin 25,0\xa0%",
        ),
        ({"distance": 3.0, "debit": 0.0, "besoin": 1.0}, "éloignement 75,0\xa0% et besoin 25,0\xa0%"),
    ],
    ids=["égaux", "double", "sans débit"],
)
def test_the_weights_make_one_whole(poids: dict[str, float], texte: str) -> None:
    assert phrases.poids(Parametres(poids_priorite=poids)) == texte


def test_a_few_places_for_two_million_people_are_not_none() -> None:
    assert phrases.mesure(Mesure(2 / 2_103_778 * 10_000), "") == "moins de 0,1"
    assert phrases.mesure(Mesure(0.0), "heures") == "0,0\xa0heure"
    assert phrases.mesure(Mesure(1.94), "heures") == "1,9\xa0heure"
    assert phrases.mesure(Mesure(1.96), "heures") == "2,0\xa0heures"
    assert phrases.mesure(Mesure(1.2), "lieux", 0) == "1\xa0lieu"
    assert phrases.mesure(Mesure(1.2), "min") == "1,2\xa0min"


@pytest.mark.parametrize(
    ("part", "texte"),
    [
        (Part(1, 4, 1, 4), " ; de 25,0\xa0% à 100,0\xa0% selon les fiches qui ne disent rien"),
        (Part(1, 4, 1, 1), " ; toutes les fiches le disent"),
        (Part(0, 0, 0, 0), ""),
    ],
    ids=["des silences", "tout est dit", "aucune fiche"],
)
def test_no_record_says_nothing_of_labels(part: Part, texte: str) -> None:
    assert _selon_les_fiches(part) == texte


def _report(horaires: str | None) -> str:
    picture = monde_rapport.picture(monde_rapport.place("un", 46.0, horaires=horaires, labels=None))
    fragment = report.pages(report.preparer(picture, maps.preparer(picture)), "assets/carte-x")["rapports/99.html"]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", fragment)).replace("\u00a0", " ").split())


def test_hours_that_no_record_says_are_unknown_not_none() -> None:
    """Maine-et-Loire had « 0,0 heure » a week for 833,776 people: none of its 216 records gives its hours."""
    texte = _report(None)
    assert "pour 1 000 habitants O2 inconnu nombre d’heures inconnu par semaine pour" in texte
    assert "à 20 minutes au plus en voiture A8 inconnu" in texte
    assert "Ouverts au moins 24 heures par semaine O3 inconnu, au plus 100,0 %" in texte
    assert "Au moins un label en cours : inconnu, au plus 100,0 %" in texte
    assert "Tous les labels terminés : inconnu, au plus 100,0 %" in texte
    dits = _report("Mo 09:00-12:00")
    assert "3 heures par semaine pour" in dits
    assert "Ouverts au moins 24 heures par semaine O3 0,0 %" in dits


def test_no_table_of_closings_without_a_closing() -> None:
    assert "Aucune fermeture à venir n’est connue. Déjà fermées : aucune commune" in _report(None)
