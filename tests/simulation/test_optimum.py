"""The choice of sites against brute force on small cases: the solver's answer is the best there is.

`spopt` is not a dependency: every choice of a small problem is tried instead, which needs no other library's word.
"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from carte.simulation.optimum import ESSAIS_MAX, echanger, glouton, majorant, optimiser, prometteuses, valeur
from hasard import exemples

Gains = NDArray[np.float64]
souvent = exemples(60)


@st.composite
def couvertures(tirage: st.DrawFn) -> Gains:
    """A maximal covering problem: a population where a candidate is within reach, nothing elsewhere."""
    communes, sites = tirage(st.integers(1, 10)), tirage(st.integers(1, 9))
    alea = np.random.default_rng(tirage(st.integers(0, 10_000)))
    population = alea.choice([0.0, 12.0, 250.0, 1_000.0, 8_000.0], communes)
    return population[:, None] * (alea.random((communes, sites)) < tirage(st.sampled_from([0.15, 0.4, 0.8])))


@st.composite
def medianes(tirage: st.DrawFn) -> Gains:
    """A p-median problem: person-minutes saved, all of them different."""
    communes, sites = tirage(st.integers(1, 8)), tirage(st.integers(1, 8))
    alea = np.random.default_rng(tirage(st.integers(0, 10_000)))
    actuel, nouveau = alea.uniform(0, 60, communes), alea.uniform(0, 60, (communes, sites))
    return alea.uniform(1, 5_000, communes)[:, None] * np.maximum(actuel[:, None] - nouveau, 0)


def meilleure(gains: Gains, nombre: int) -> float:
    taille = min(nombre, gains.shape[1])
    return max(valeur(gains, choix) for choix in combinations(range(gains.shape[1]), taille))


@souvent
@given(st.one_of(couvertures(), medianes()), st.sampled_from([1, 2, 5]), st.sampled_from([0, ESSAIS_MAX]))
def test_le_calcul_exact_est_la_force_brute(gains: Gains, nombre: int, essais: int) -> None:
    optimum = optimiser(gains, nombre, essais_max=essais)  # 0: the solver decides whatever is left
    assert optimum.prouve
    assert optimum.valeur == pytest.approx(meilleure(gains, nombre))
    assert valeur(gains, optimum.choisis) == pytest.approx(optimum.valeur)
    assert len(optimum.choisis) <= nombre


@souvent
@given(st.one_of(couvertures(), medianes()), st.sampled_from([2, 3]))
def test_rien_de_meilleur_ne_sort_des_colonnes_prometteuses(gains: Gains, nombre: int) -> None:
    choisis = glouton(gains, nombre)
    acquis = valeur(gains, choisis)
    retenues = set(prometteuses(gains, nombre, choisis)) if choisis else set(range(gains.shape[1]))
    for autres in combinations(range(gains.shape[1]), min(nombre, gains.shape[1])):
        if valeur(gains, autres) > acquis * (1 + 1e-6):
            assert set(autres) <= retenues


def test_les_ex_aequo_vont_aux_premieres_colonnes() -> None:
    # Greedy takes the last column (6), then any of the first two (1): 7; both of the first two, or the two after: 8.
    gains = np.array([[4, 0, 4, 0, 3], [0, 4, 0, 4, 3], [0, 0, 0, 0, 0]], dtype=np.float64)
    optimum = optimiser(gains, 2)
    assert (set(optimum.choisis), optimum.valeur, optimum.glouton_egale) == ({0, 1}, 8.0, False)


@souvent
@given(st.one_of(couvertures(), medianes()), st.sampled_from([1, 2, 5]))
def test_le_glouton_atteint_soixante_trois_pour_cent(gains: Gains, nombre: int) -> None:
    optimum = optimiser(gains, nombre)
    assert optimum.valeur_gloutonne >= (1 - 1 / np.e) * optimum.valeur - 1e-6
    assert optimum.glouton_egale is (optimum.valeur_gloutonne >= optimum.valeur * (1 - 1e-9))


@souvent
@given(st.one_of(couvertures(), medianes()), st.sampled_from([1, 2, 5]))
def test_le_majorant_majore(gains: Gains, nombre: int) -> None:
    assert majorant(gains, glouton(gains, nombre), nombre) >= meilleure(gains, nombre) - 1e-6


@souvent
@given(medianes(), st.sampled_from([1, 2, 3]))
def test_les_echanges_ne_perdent_rien(gains: Gains, nombre: int) -> None:
    depart = glouton(gains, nombre)
    assert valeur(gains, echanger(gains, depart)) >= valeur(gains, depart) - 1e-6


@souvent
@given(medianes(), st.sampled_from([1, 2, 3]))
def test_la_p_mediane_est_le_temps_total_le_plus_court(gains: Gains, nombre: int) -> None:
    """Against the textbook form: least total of person-minutes, everyone going to the nearest of old and new sites."""
    ancien = gains.max(axis=1)  # as if the present time were exactly the longest saving
    temps = ancien[:, None] - gains
    taille = min(nombre, gains.shape[1])
    totaux = [temps[:, list(c)].min(axis=1) for c in combinations(range(gains.shape[1]), taille)]
    least = min(float(np.minimum(total, ancien).sum()) for total in totaux)
    # What is saved, not what is left: the rest may be nothing, of which no relative error is small.
    assert optimiser(gains, nombre).valeur == pytest.approx(float(ancien.sum()) - least)


def piege() -> Gains:
    """The case where the greedy choice is wrong: the best single site is in no best pair (11 people against 14)."""
    return np.array([[0.0, 3, 0], [4, 4, 0], [4, 0, 4], [0, 0, 3]])


def test_le_glouton_peut_perdre() -> None:
    gains = piege()
    optimum = optimiser(gains, 2)
    assert (optimum.glouton, optimum.valeur_gloutonne) == ((0, 1), 11)
    assert (optimum.choisis, optimum.valeur) == ((1, 2), 14)
    assert optimum.prouve
    assert optimum.glouton_egale is False


def test_trop_grand_pour_etre_prouve() -> None:
    """Without the solver, swaps still improve the greedy choice, and the answer says that it is not proved."""
    gains = np.array([[0.0, 2, 2, 3, 3], [3, 0, 2, 0, 1], [1, 3, 2, 0, 1]])
    optimum = optimiser(gains, 2, taille_max=0, essais_max=0)
    assert not optimum.prouve
    assert (optimum.valeur_gloutonne, optimum.valeur) == (7, meilleure(gains, 2))
    assert optimum.glouton_egale is False


def test_glouton_bon_mais_sans_preuve() -> None:
    gains = np.array([[0.0, 1, 3, 1], [0, 2, 0, 1], [3, 1, 0, 2]])
    optimum = optimiser(gains, 2, taille_max=0, essais_max=0)
    assert (optimum.choisis, optimum.prouve, optimum.glouton_egale) == ((1, 0), False, None)
    assert optimiser(gains, 2).glouton_egale is True


@pytest.mark.parametrize("forme", [(0, 3), (3, 0), (0, 0)], ids=str)
def test_rien_a_choisir(forme: tuple[int, int]) -> None:
    optimum = optimiser(np.zeros(forme), 2)
    assert (optimum.choisis, optimum.valeur, optimum.prouve) == ((), 0.0, True)


def test_un_site_inutile_n_est_pas_choisi() -> None:
    assert optimiser(np.array([[5.0, 5.0], [0.0, 0.0]]), 5).choisis == (0,)
