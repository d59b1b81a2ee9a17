"""People at several points of one commune: worked out by hand, and nothing changes when these points are its own."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from carte.access import Matrice
from carte.indicators import Indicateurs, Parametres, compute
from carte.territory import Barriere
from hasard import exemples
from indicators.exemple import HYPOTHESES, SEUILS, Monde, plan
from indicators.test_proprietes import mondes

# Detour 1.3 at 39 km/h: two minutes by car for a kilometre.
COMMUNES: list[dict[str, Any]] = [
    {"code_insee": "01001", "x_km": 0.0, "y_km": 0.0, "locaux": 100.0, "thd30_min": 60.0, "thd30_max": 60.0},
    {"code_insee": "01002", "x_km": 100.0, "y_km": 0.0, "locaux": 100.0, "thd30_min": 60.0, "thd30_max": 60.0},
]
LIEU = {"code_insee": "01002", "x_km": 5.0, "y_km": 0.0, "heures_hebdo": 20.0}


def residences(*points: tuple[float, float], code: str = "01001", surface: float = 0.04) -> pd.DataFrame:
    """x in km, and share of the people."""
    lignes = [(code, x, 0.0, poids, surface, "carreau") for x, poids in points]
    return pd.DataFrame(lignes, columns=["code_insee", "x_km", "y_km", "poids", "surface_km2", "nature"])


def calculer(monde: Monde, table: pd.DataFrame | None = None, **autres: Any) -> Indicateurs:
    barrieres = autres.pop("barrieres", ())
    territoire = replace(monde.territoire(), residences=table, barrieres=barrieres)
    parametres = Parametres(hypotheses=HYPOTHESES)
    return compute(monde.offre(), territoire, monde.debit(), SEUILS, parametres, plan, **autres)


def test_each_point_has_its_own_time() -> None:
    """Three quarters of 1,000 people at 1 km of the place (2 min), a quarter at 10 km (20 min), the centre at 5 km."""
    indicateurs = calculer(Monde(COMMUNES, [LIEU]), residences((4.0, 0.75), (-5.0, 0.25)))
    commune = indicateurs.tables["commune"].loc["01001"]
    assert (commune["population"], commune["communes"]) == (1000, 1)
    assert (commune["A2_voiture_15_num"], commune["A2_voiture_20_num"], commune["A2_voiture_20_den"]) == (
        750,
        1000,
        1000,
    )
    assert (commune["A2_voiture_20_bas"], commune["A2_voiture_20_haut"]) == (750, 1000)
    assert commune["A1_voiture_val"] == pytest.approx(0.75 * 2 + 0.25 * 20)
    assert commune["A7_voiture_moyenne_val"] == pytest.approx(6.5)
    assert commune["A8_15_val"] == pytest.approx(0.75 * 20)
    assert commune["G1_15_num"] == pytest.approx(0.4 * 250)
    assert (commune["B1_thd30_num"], commune["B1_thd30_den"]) == (40, 100), "premises count once"
    ensemble = indicateurs.tables["perimetre"].loc["perimetre"]
    assert (ensemble["population"], ensemble["communes"], ensemble["A2_voiture_15_num"]) == (2000, 2, 750)
    assert ensemble["A7_voiture_mediane_val"] == pytest.approx(20)


def test_without_a_point_a_commune_counts_by_its_residences() -> None:
    sans_point = [COMMUNES[0] | {"x_km": math.nan}, COMMUNES[1]]
    indicateurs = calculer(Monde(sans_point, [LIEU]), residences((4.0, 0.75), (-5.0, 0.25)))
    assert indicateurs.tables["commune"].loc["01001", "A2_voiture_15_num"] == 750
    assert indicateurs.exclusions["communes sans coordonnées"] == 0


def test_in_one_s_own_commune_a_square_is_as_far_as_it_is() -> None:
    """A place at 3 km in the same commune of 100 km²: 6 minutes, not the ten of half the square root of its area."""
    grande = [COMMUNES[0] | {"surface_km2": 100.0}, COMMUNES[1]]
    chez = LIEU | {"code_insee": "01001", "x_km": 3.0}
    assert calculer(Monde(grande, [chez]), None).tables["commune"].loc["01001", "A1_voiture_val"] == pytest.approx(10)
    table = residences((0.0, 0.5), (3.0, 0.5))
    attendu = 0.5 * 6 + 0.5 * 0.2  # at the very square: half its side
    assert calculer(Monde(grande, [chez]), table).tables["commune"].loc["01001", "A1_voiture_val"] == pytest.approx(
        attendu
    )


def test_stops_barriers_and_measures_are_the_commune_s() -> None:
    """A stop serves the squares of its commune only; water parts all of them; a measured time is that of each."""
    arret = LIEU | {"code_insee": "01001", "x_km": 1.0, "itinerant": True}
    table = residences((0.0, 0.5), (-3.0, 0.5))
    par_arret = calculer(Monde(COMMUNES, [arret]), table).tables["commune"]["A1_voiture_val"]
    assert par_arret["01001"] == pytest.approx(0.5 * 2 + 0.5 * 8)
    assert par_arret["01002"] == math.inf
    ile = Barriere("Île", {"01001": ""}, True, dict.fromkeys(("voiture", "velo", "pied"), math.inf))
    separes = calculer(Monde(COMMUNES, [LIEU]), table, barrieres=(ile,))
    assert separes.tables["commune"].loc["01001", "A2_voiture_30_num"] == 0
    assert sum(n for raison, n in separes.exclusions.items() if "barrière" in raison) == 1
    temps = pd.DataFrame(
        {"origine": ["01001"], "destination": ["P0"], "minutes": [29.0], "mode": "voiture", "source": "x", "km": np.nan}
    )
    mesures = calculer(Monde(COMMUNES, [LIEU]), table, matrice=Matrice(temps)).tables["commune"]
    assert (mesures.loc["01001", "A1_voiture_val"], mesures.loc["01001", "A2_voiture_30_num"]) == (29.0, 1000)


@exemples(15)
@given(mondes())
def test_points_at_the_commune_s_own_change_nothing(monde: Monde) -> None:
    avant = calculer(monde, None)
    communes = monde.territoire().communes
    doubles = communes.loc[communes.index.repeat(2), ["code_insee", "x_km", "y_km", "surface_km2"]]
    table = doubles.assign(poids=np.tile([0.25, 0.75], len(communes)), nature="carreau")
    apres = calculer(monde, pd.DataFrame(table).reset_index(drop=True))
    for nom, attendue in avant.tables.items():
        pd.testing.assert_frame_equal(apres.tables[nom], attendue, check_exact=False, rtol=1e-9, obj=nom)
    assert apres.exclusions == avant.exclusions
