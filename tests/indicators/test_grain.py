"""On foot and by bicycle: squares of 200 m against the one point of a commune, and a point that is no town hall."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.indicators import NON_EVALUE, Parametres
from carte.indicators.acces.couverture import couvertures, temps_par_commune
from carte.indicators.monde import assembler
from carte.territory.reperes import PART_DU_COTE, erreurs_km, part_mesuree
from hasard import exemples
from indicators.exemple import HYPOTHESES, SEUILS, Monde, plan
from indicators.test_residences import calculer, residences

VILLE: dict[str, Any] = {"code_insee": "01001", "x_km": 0.0, "y_km": 0.0, "surface_km2": 25.0, "population": 10_000.0}
LIEU: dict[str, Any] = {"code_insee": "01001", "x_km": 0.0, "y_km": 0.0}


def grille(dispersion_km: float) -> pd.DataFrame:
    """Squares of 200 m of a town of 5 km by 5, its people thinner and thinner away from the middle."""
    axe = np.arange(-2.4, 2.5, 0.2)
    x, y = (a.ravel() for a in np.meshgrid(axe, axe))
    poids = np.exp(-np.hypot(x, y) / dispersion_km)
    table = residences(*zip(x.tolist(), (poids / poids.sum()).tolist(), strict=True))
    return table.assign(y_km=y)


@pytest.mark.parametrize("dispersion_km", [0.4, 1.0, 5.0], ids=["serrée", "moyenne", "étalée"])
def test_squares_answer_where_one_point_cannot(dispersion_km: float) -> None:
    """On foot the convention said 0 of 10,000; the truth of the squares lies within the bounds of the commune."""
    table = grille(dispersion_km)
    vrais, seul = (calculer(Monde([VILLE], [LIEU]), t).tables["commune"].loc["01001"] for t in (table, None))
    pied = 30 * 4 / 60 / HYPOTHESES.detour_pied
    km = np.maximum(np.hypot(table["x_km"], table["y_km"]), 0.1)
    attendu = 10_000 * float(table["poids"][km <= pied + 1e-9].sum())
    assert vrais["A3_pied_30_num"] == pytest.approx(attendu)
    assert vrais["A3_pied_30_num"] > 1_000
    assert (vrais["A3_pied_30_non_evalues"], vrais["A3_pied_30_statut"]) == (0, "évalué")
    assert (seul["A3_pied_30_num"], seul["A3_pied_30_non_evalues"], seul["A3_pied_30_statut"]) == (
        0,
        10_000,
        NON_EVALUE,
    )
    assert seul["A3_pied_30_bas"] <= vrais["A3_pied_30_bas"] <= vrais["A3_pied_30_haut"] <= seul["A3_pied_30_haut"]
    for profil in ("a_pied", "a_velo", "voiture_requise", "hors_portee"):
        nom = f"A4_20_{profil}"
        assert seul[f"{nom}_bas"] - 1e-6 <= vrais[f"{nom}_num"] <= seul[f"{nom}_haut"] + 1e-6


@pytest.mark.parametrize(
    ("surface_km2", "km", "attendu"),
    [
        pytest.param(4 * (20 / 13) ** 2, 0.0, (1000, 0, 1000, 0), id="juste-assez-fine"),
        pytest.param(9.5, 0.0, (0, 0, 1000, 1000), id="trop-grande"),
        pytest.param(9.5, 3.8, (0, 0, 1000, 1000), id="un-lieu-assez-pres"),
        pytest.param(9.5, 3.9, (0, 0, 0, 0), id="aucun-lieu-assez-pres"),
        pytest.param(math.nan, 0.5, (1000, 0, 1000, 1000), id="surface-inconnue"),
    ],
)
def test_one_rule_says_which_commune_is_evaluated(surface_km2: float, km: float, attendu: tuple[int, ...]) -> None:
    """30 minutes on foot are 20/13 km; the place is in another commune, `km` away, or in this one."""
    ici = {**VILLE, "surface_km2": surface_km2, "population": 1000.0}
    lieu = LIEU | {"x_km": km, "code_insee": "03999" if km else "01001"}
    ligne = calculer(Monde([ici], [lieu])).tables["commune"].loc["01001"]
    assert tuple(ligne[f"A3_pied_30_{fin}"] for fin in ("num", "bas", "haut", "non_evalues")) == attendu


def test_a_few_people_left_out_do_not_hide_the_figure() -> None:
    petite = {**VILLE, "code_insee": "01002", "x_km": 50.0, "surface_km2": 1.0, "population": 90_000.0}
    lieux = [LIEU, LIEU | {"code_insee": "01002", "x_km": 50.0}]
    ligne = calculer(Monde([VILLE, petite], lieux)).tables["perimetre"].loc["perimetre"]
    assert (ligne["A3_pied_30_statut"], ligne["A3_pied_30_non_evalues"]) == ("évalué", 10_000), "exactly a tenth"
    autre = petite | {"population": 89_999.0}
    assert calculer(Monde([VILLE, autre], lieux)).tables["perimetre"]["A3_pied_30_statut"].item() == NON_EVALUE


@exemples(20)
@given(st.floats(0, 2.4), st.floats(0, 2 * math.pi), st.floats(0, 40))
def test_times_to_the_true_town_hall_stay_within_the_bounds(erreur: float, angle: float, lieu_km: float) -> None:
    """The point may be as far as it says from the town hall: whatever the side, the true time is in the interval."""
    ici = {"code_insee": "01001", "x_km": 0.0, "y_km": 0.0, "surface_km2": 100.0, "erreur_km": 2.5}
    la = {"code_insee": "01002", "x_km": 200.0, "y_km": 0.0, "erreur_km": 0.0}
    vraie = ici | {"x_km": erreur * math.cos(angle), "y_km": erreur * math.sin(angle), "erreur_km": 0.0}
    lieux = [{"code_insee": "03999", "x_km": lieu_km, "y_km": 0.0}]
    lu, vrai = (_premiere(Monde([commune, la], lieux)) for commune in (ici, vraie))
    for mode, par_km in (("voiture", 2.0), ("velo", 6.0), ("pied", 19.5)):
        assert lu[f"A1_{mode}_bas"] - 1e-6 <= vrai[f"A1_{mode}_bas"] <= vrai[f"A1_{mode}_haut"]
        assert vrai[f"A1_{mode}_haut"] <= lu[f"A1_{mode}_haut"] + 1e-6
        assert lu[f"A1_{mode}_val"] == pytest.approx(lieu_km * par_km)
    assert lu["A2_voiture_20_bas"] <= vrai["A2_voiture_20_bas"]
    assert vrai["A2_voiture_20_haut"] <= lu["A2_voiture_20_haut"]


def _premiere(monde: Monde) -> dict[str, float]:
    """Times and coverages of the first commune, without the tables of every level."""
    parametres = Parametres(hypotheses=HYPOTHESES)
    calcule = assembler(monde.offre(), monde.territoire(), monde.debit(), SEUILS, parametres, plan)
    return {nom: float(v[0]) for nom, v in (temps_par_commune(calcule) | couvertures(calcule)).items()}


def test_the_error_of_a_middle_is_measured_where_both_points_are_known() -> None:
    surfaces = pd.Series([4.0] * 40)
    chefs = pd.DataFrame({"lon": np.zeros(40), "lat": np.zeros(40)})
    milieux = chefs.assign(lat=np.where(np.arange(40) % 2, 0.01, 0.02))
    part = part_mesuree(milieux, chefs, surfaces)
    assert part == pytest.approx(0.015 * math.pi / 180 * 6371.0088 / 2)
    assert part_mesuree(milieux[:29], chefs[:29], surfaces[:29]) == PART_DU_COTE
    sources = pd.Series(["mairie", "chef-lieu", "centre", "interieur", "aucun"])
    lus = erreurs_km(sources, pd.Series([4.0, 4.0, 4.0, 16.0, 4.0]), 0.5)
    np.testing.assert_array_equal(lus, [0.0, 0.0, 1.0, 2.0, np.nan])
