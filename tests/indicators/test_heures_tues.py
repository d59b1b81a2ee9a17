"""Hours that nobody says are unknown: never zero, wherever a place that keeps silent may be reached."""

import math

import pytest

from carte.indicators import Indicateurs
from indicators.exemple import Monde
from indicators.test_monde import commune, lieu

HEURES = ("O2_val", "A8_15_val", "A9_e2sfca_val", "A9_2sfca_val")


def valeurs(indicateurs: Indicateurs, code: str) -> list[float]:
    return [float(indicateurs.tables["commune"].loc[code, nom]) for nom in HEURES]


def test_a_place_that_keeps_silent_is_not_a_place_that_never_opens() -> None:
    proche, loin = commune("01001", 0.0), commune("01002", 200.0)
    tu = Monde([proche, loin], [lieu("01001", 0.0)]).calculer()
    assert all(map(math.isnan, valeurs(tu, "01001")))
    assert valeurs(tu, "01002") == [0.0] * 4  # nothing to be reached: none
    assert math.isnan(tu.tables["departement"].loc["01", "A8_15_val"])
    dit = Monde([proche, loin], [lieu("01001", 0.0), lieu("01001", 0.0, heures_hebdo=10.0)]).calculer()
    assert valeurs(dit, "01001")[:2] == pytest.approx([10.0, 10.0])  # a minimum


def test_a_place_that_never_opens_has_no_hours() -> None:
    ferme = Monde([commune("01001", 0.0)], [lieu("01001", 0.0, heures_hebdo=0.0)]).calculer()
    assert valeurs(ferme, "01001") == [0.0] * 4
