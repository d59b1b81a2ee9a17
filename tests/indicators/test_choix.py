"""Site choice, completeness and evolution on figures small enough to work out."""

from collections.abc import Set
from datetime import date

import numpy as np
import pytest
from scipy.sparse import csr_array

from carte.access import Communes, Hypotheses, planes
from carte.evolution.comparer import evolution
from carte.indicators import chapman
from carte.simulation.implantation import Site, a_portee, glouton

POPULATION = np.array([100.0, 300.0, 50.0, np.nan])
ATTEINT = csr_array(np.array([[1, 0, 0], [0, 1, 1], [0, 0, 1], [1, 1, 1]], dtype=float))
"""Rows: communes; columns: candidates. The fourth commune has no known population."""
AUCUNE = np.zeros(4, dtype=bool)


def test_glouton_prend_le_plus_de_monde_puis_s_arrete() -> None:
    assert glouton(ATTEINT, POPULATION, AUCUNE, 5) == [Site(2, 350.0, 350.0), Site(0, 100.0, 450.0)]


def test_glouton_ne_recompte_pas_les_communes_servies() -> None:
    couvertes = np.array([False, True, False, False])
    assert glouton(ATTEINT, POPULATION, couvertes, 1) == [Site(0, 100.0, 400.0)]


def test_glouton_a_egalite_prend_le_premier() -> None:
    assert glouton(ATTEINT, np.array([50.0, 0.0, 50.0, 0.0]), AUCUNE, 1)[0].candidat == 0


def test_a_portee_dans_le_temps_de_la_voiture() -> None:
    communes = Communes(planes([0.0, 7.5, 20.0], [0.0, 0.0, 0.0]), np.full(3, 4.0), np.full(3, 39.0))
    atteint = a_portee(communes, np.array([0, 2]), 15, Hypotheses())
    assert atteint.toarray().tolist() == [[1, 0], [1, 0], [0, 1]]


def test_chapman_sur_un_cas_connu() -> None:
    resultat = chapman(100, 80, 40)
    assert resultat.estimation == pytest.approx(101 * 81 / 41 - 1)
    assert resultat.variance == pytest.approx(101 * 81 * 60 * 40 / (41**2 * 42))
    assert resultat.bas < resultat.estimation < resultat.haut
    assert resultat.fiable


def test_chapman_borne_basse_au_nombre_de_lieux_vus() -> None:
    resultat = chapman(10, 10, 9)
    assert resultat.bas == 11.0
    assert chapman(3, 0, 0).couverture_liste is None
    assert not chapman(3, 2, 1).fiable


@pytest.mark.parametrize(("n1", "n2", "m"), [(3, 2, 3), (3, 2, -1)])
def test_chapman_impossible(n1: int, n2: int, m: int) -> None:
    with pytest.raises(ValueError, match="impossible"):
        chapman(n1, n2, m)


def test_evolution_separe_et_fait_la_somme() -> None:
    poids = {"a": 10.0, "b": 5.0, "c": 3.0, "d": 2.0, "e": 1.0}

    def chiffre(lieux: Set[str]) -> float:
        return sum(poids[lieu] for lieu in lieux)

    ouverts = {"c": date(2025, 1, 1), "d": date(2026, 6, 1), "e": None}
    resultat = evolution(chiffre, {"a", "b"}, {"a", "c", "d", "e"}, ouverts, date(2026, 1, 1))
    effets = (resultat.recensement, resultat.date_inconnue, resultat.ouvertures, resultat.retraits)
    assert effets == (3.0, 1.0, 2.0, -5.0)
    assert sum(effets) == resultat.variation == 1.0
