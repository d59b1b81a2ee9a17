"""The records whose answer would settle who has a family within reach: a line of communes, ten minutes apart."""

from typing import Any

import pandas as pd
import pytest

from carte.indicators import Parametres
from indicators.exemple import HYPOTHESES, Monde

# 60 x 1.3 x km / 39 km/h: 5 km are 10 minutes; within 20 minutes, a place of the next commune but one.
COMMUNES = [
    {"code_insee": f"0100{n}", "nom": f"C{n}", "x_km": 5.0 * n, "y_km": 0.0, "population": 100.0 * (n + 1)}
    for n in range(6)
]


def lieu(nom: str, commune: int, formation: bool | None, **champs: Any) -> dict[str, Any]:
    return {
        "lieu_id": nom,
        "nom": nom,
        "code_insee": f"0100{commune}",
        "x_km": 5.0 * commune,
        "y_km": 0.0,
        "formation": formation,
        **champs,
    }


def liste(*lieux: dict[str, Any], niveau: str = "departement") -> pd.DataFrame:
    resultat = Monde(COMMUNES, list(lieux)).calculer(parametres=Parametres(hypotheses=HYPOTHESES))
    table = resultat.listes["a_completer"]
    return table[table["niveau"] == niveau].set_index("lieu_id")


def test_an_answer_is_worth_the_people_that_it_would_settle() -> None:
    """« muet » in C4 may serve C2 to C5; C0 to C2 have « dit »: only C3, C4 and C5 wait for it."""
    table = liste(lieu("dit", 0, True), lieu("muet", 4, None))
    assert list(table.index) == ["muet"]
    ligne = table.loc["muet"]
    assert (ligne["famille"], ligne["commune"]) == ("formation", "C4")
    assert ligne["habitants_si_oui"] == ligne["habitants_si_non"] == 400 + 500 + 600


def test_two_silent_places_share_what_a_no_would_settle() -> None:
    """A « non » of one leaves those whom the other may still serve uncertain; the most useful answer comes first."""
    table = liste(lieu("gauche", 1, None), lieu("droite", 4, None))
    assert list(table.index) == ["droite", "gauche"]
    assert list(table["habitants_si_oui"]) == [300 + 400 + 500 + 600, 100 + 200 + 300 + 400]
    assert list(table["habitants_si_non"]) == [500 + 600, 100 + 200]


@pytest.mark.parametrize("formation", [True, False], ids=["oui", "non"])
def test_a_place_that_answers_is_not_asked_again(formation: bool) -> None:
    assert liste(lieu("dit", 0, True), lieu("autre", 4, formation)).empty


def test_two_stops_of_one_record_are_one_answer() -> None:
    arrets = [lieu("bus", n, None, itinerant=True, heures_hebdo=4.0, point_id=f"bus#{n}") for n in (3, 4)]
    table = liste(lieu("dit", 0, True), *arrets)
    assert list(table["habitants_si_oui"]) == [400 + 500]


def test_what_nobody_would_gain_is_no_work() -> None:
    """The people of a silent place are served already: its answer would settle nothing."""
    assert liste(lieu("dit", 2, True), lieu("muet", 2, None, itinerant=True, heures_hebdo=4.0)).empty


def test_a_short_stop_settles_nothing() -> None:
    assert liste(lieu("dit", 0, True), lieu("bref", 4, None, itinerant=True, heures_hebdo=1.15)).empty


def test_each_part_of_an_epci_has_its_own_list_and_its_verdict() -> None:
    table = liste(lieu("dit", 0, True), lieu("muet", 4, None), niveau="epci_departement")
    assert list(table["code"]) == ["E1-01"]
    assert list(table["statut"]) == ["incertain"]
