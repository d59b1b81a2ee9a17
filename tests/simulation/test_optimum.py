"""The choice of sites against brute force and against another solver: the best there is, or an honest gap.

`spopt` is not a dependency: every choice of a small problem is tried, and HiGHS (scipy) solves the larger ones.
"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from carte.simulation.majorant import Sommes
from carte.simulation.optimum import echanger, glouton, optimiser, valeur
from carte.simulation.recherche import Travail, sans_dominees
from hasard import Graine, exemples

Gains = NDArray[np.float64]
souvent = exemples(60)


def couverture(alea: np.random.Generator, communes: int, sites: int, part: float) -> Gains:
    """A maximal covering problem: a population where a candidate is within reach, nothing elsewhere."""
    population = alea.choice([0.0, 12.0, 250.0, 1_000.0, 8_000.0], communes)
    return population[:, None] * (alea.random((communes, sites)) < part)


def mediane(alea: np.random.Generator, communes: int, sites: int) -> Gains:
    """A p-median problem: person-minutes saved, all of them different."""
    actuel, nouveau = alea.uniform(0, 60, communes), alea.uniform(0, 60, (communes, sites))
    return alea.uniform(1, 5_000, communes)[:, None] * np.maximum(actuel[:, None] - nouveau, 0)


@st.composite
def problemes(tirage: st.DrawFn, communes_max: int = 10, sites_max: int = 9) -> Gains:
    """Either problem."""
    communes, sites = tirage(st.integers(1, communes_max)), tirage(st.integers(1, sites_max))
    alea = np.random.default_rng(tirage(st.integers(0, 10_000)))
    part = tirage(st.sampled_from([None, 0.1, 0.4, 0.8]))
    return mediane(alea, communes, sites) if part is None else couverture(alea, communes, sites, part)


def meilleure(gains: Gains, nombre: int) -> float:
    """The value of the best choice, all of them tried."""
    choix = np.array(list(combinations(range(gains.shape[1]), min(nombre, gains.shape[1]))))
    return float(gains[:, choix].max(axis=2).sum(axis=0).max())


def difficile(graine: int, communes: int = 60, sites: int = 60) -> Gains:
    """A p-median whose times have nothing to do with any place: bounds stay far from it."""
    return mediane(np.random.default_rng(graine), communes, sites)


def proche(attendu: float) -> float:
    return pytest.approx(attendu, abs=0.02)  # type: ignore[return-value]  # gains are compared to 1/1024


@souvent
@given(problemes(), st.sampled_from([1, 2, 3, 5]))
def test_le_calcul_exact_est_la_force_brute(gains: Gains, nombre: int) -> None:
    (optimum,) = optimiser(gains, [nombre])
    assert optimum.prouve
    assert optimum.ecart == 0
    assert optimum.valeur == proche(meilleure(gains, nombre))
    assert valeur(gains, optimum.choisis) == optimum.valeur
    assert len(optimum.choisis) <= nombre


@souvent
@given(problemes(20, 40), st.sampled_from([2, 3]))
def test_parmi_beaucoup_de_sites_aussi(gains: Gains, nombre: int) -> None:
    """Enough columns for those that cannot help, or that others equal, to be left out on the way."""
    (optimum,) = optimiser(gains, [nombre])
    assert optimum.prouve
    assert optimum.valeur == proche(meilleure(gains, nombre))


def par_highs(gains: Gains, nombre: int) -> float:
    """The p-median as it is usually written: who goes where, and which sites are open."""
    communes, sites = gains.shape
    affectations = np.eye(communes).repeat(sites, axis=1)
    ouvertures = np.tile(np.eye(sites), (communes, 1))
    reponse = milp(
        np.concatenate([-gains.ravel(), np.zeros(sites)]),
        integrality=np.concatenate([np.zeros(gains.size), np.ones(sites)]),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(np.hstack([affectations, np.zeros((communes, sites))]), ub=1),
            LinearConstraint(np.hstack([np.eye(gains.size), -ouvertures]), ub=0),
            LinearConstraint(np.concatenate([np.zeros(gains.size), np.ones(sites)])[None, :], ub=nombre),
        ],
        options={"mip_rel_gap": 0},
    )
    assert reponse.success
    return -float(reponse.fun)


@pytest.mark.parametrize("tirage", range(4))
@pytest.mark.parametrize("part", [None, 0.1, 0.25])
def test_highs_trouve_le_meme_optimum(tirage: int, part: float | None, graine: Graine) -> None:
    alea = np.random.default_rng(graine(tirage))
    gains = mediane(alea, 25, 30) if part is None else couverture(alea, 30, 30, part)
    optimums = optimiser(gains, (2, 5))
    assert all(o.prouve for o in optimums)
    assert [o.valeur for o in optimums] == [proche(par_highs(gains, nombre)) for nombre in (2, 5)]


@souvent
@given(problemes(15, 30), st.sampled_from([2, 3]), st.integers(0, 600_000))
def test_l_ecart_est_honnete_ou_que_l_on_s_arrete(gains: Gains, nombre: int, travail: int) -> None:
    (optimum,) = optimiser(gains, [nombre], Travail(travail))
    vrai = meilleure(gains, nombre)
    assert valeur(gains, optimum.glouton) <= optimum.valeur == valeur(gains, optimum.choisis) <= vrai + 0.02
    assert vrai <= optimum.majorant + 0.02
    assert vrai * (1 - optimum.ecart) <= optimum.valeur + 0.02
    assert (optimum.ecart == 0) == optimum.prouve


def test_le_travail_permis_arrete_le_calcul() -> None:
    """The same problem: unproved with little work, its gap said and true, then proved with enough."""
    gains, permis = difficile(1), 4_000_000
    travail = Travail(permis)
    (arrete,) = optimiser(gains, [5], travail)
    # One part of what is left was for this problem; the operation under way is finished.
    assert permis / 2 < travail.reste < permis
    (complet,) = optimiser(gains, [5])
    assert complet.prouve
    assert not arrete.prouve
    assert 0 < arrete.ecart < 0.5
    assert arrete.valeur <= complet.valeur <= arrete.majorant
    assert arrete.majorant == pytest.approx(arrete.valeur / (1 - arrete.ecart))


def test_sans_travail_l_ecart_est_dit() -> None:
    """Only the greedy choice, and one bound: nothing is said to be the best."""
    gains = difficile(2)
    travail = Travail(0)
    for optimum in optimiser(gains, (3, 5), travail):
        assert optimum.valeur >= valeur(gains, optimum.glouton) > 0
        assert not optimum.prouve
        assert not optimum.glouton_egale
        assert 0 < optimum.ecart < 1
    assert travail.reste < 0


@souvent
@given(problemes(15, 30), st.sampled_from([0, 100_000, 10_000_000]), st.randoms(use_true_random=False))
def test_memes_choix_dans_n_importe_quel_ordre_des_communes(gains: Gains, travail: int, alea: st.DataObject) -> None:
    """Sums are exact: neither the order of the terms nor the processor changes a choice, a proof or a bound."""
    ordre = list(range(len(gains)))
    alea.shuffle(ordre)  # type: ignore[attr-defined]
    premiers, seconds, melanges = (
        optimiser(g, (1, 2, 5), Travail(travail)) for g in (gains, gains.copy(), gains[ordre])
    )
    assert premiers == seconds
    assert [(o.choisis, o.glouton, o.prouve) for o in premiers] == [(o.choisis, o.glouton, o.prouve) for o in melanges]
    assert [o.majorant for o in premiers] == pytest.approx([o.majorant for o in melanges], rel=1e-12)


@souvent
@given(problemes(), st.sampled_from([1, 2, 5]))
def test_le_glouton_atteint_soixante_trois_pour_cent(gains: Gains, nombre: int) -> None:
    (optimum,) = optimiser(gains, [nombre])
    acquis = valeur(gains, optimum.glouton)
    assert acquis >= (1 - 1 / np.e) * optimum.valeur - 0.02
    assert optimum.glouton_egale is (optimum.glouton == optimum.choisis)
    assert optimum.glouton_egale or acquis < optimum.valeur


@souvent
@given(problemes(), st.sampled_from([1, 2, 3]), st.integers(0, 10_000), st.floats(0, 1))
def test_tous_les_planchers_majorent(gains: Gains, nombre: int, tirage: int, part: float) -> None:
    """Whatever the floors; and no column of a choice worth more than a value is left out by that value."""
    entiers = np.rint(gains.T[gains.any(axis=0)])
    assume(len(entiers) >= nombre)
    alea = np.random.default_rng(tirage)
    sommes = Sommes(entiers)
    borne = sommes.borne(np.rint(entiers.max(axis=0) * alea.random(entiers.shape[1])), nombre)
    vrai = meilleure(entiers.T, nombre)
    assert borne.total >= vrai
    utiles = set(np.flatnonzero(borne.utiles(part * vrai)))
    for choix in combinations(range(len(entiers)), nombre):
        if valeur(entiers.T, choix) > part * vrai:
            assert set(choix) <= utiles


@souvent
@given(problemes(), st.sampled_from([1, 2, 3]))
def test_les_echanges_ne_perdent_rien(gains: Gains, nombre: int) -> None:
    entiers = np.rint(gains.T[gains.any(axis=0)])
    assume(len(entiers))
    sommes = Sommes(entiers)
    depart = glouton(sommes, nombre).choisis
    choisis, total = echanger(sommes, depart, Travail(10**9))
    assert total == valeur(entiers.T, choisis) >= valeur(entiers.T, depart)


def test_les_colonnes_dominees_sont_laissees() -> None:
    """Of the last and the first, equal, the one of the lowest number stays."""
    gains = np.array([[4.0, 0, 2], [4, 0, 1], [0, 3, 0], [4, 0, 2]])
    assert list(sans_dominees(gains, np.array([9, 2, 5, 7]))) == [2, 3]


def test_les_ex_aequo_vont_aux_premieres_colonnes() -> None:
    # Greedy takes the last column (6), then any of the first two (1): 7; both of the first two, or the two after: 8.
    gains = np.array([[4, 0, 4, 0, 3], [0, 4, 0, 4, 3], [0, 0, 0, 0, 0]], dtype=np.float64)
    (optimum,) = optimiser(gains, [2])
    assert (set(optimum.choisis), optimum.valeur, optimum.glouton_egale) == ({0, 1}, 8.0, False)


@souvent
@given(problemes(8, 8), st.sampled_from([1, 2, 3]))
def test_la_p_mediane_est_le_temps_total_le_plus_court(gains: Gains, nombre: int) -> None:
    """Against the textbook form: least total of person-minutes, everyone going to the nearest of old and new sites."""
    ancien = gains.max(axis=1)  # as if the present time were exactly the longest saving
    temps = ancien[:, None] - gains
    taille = min(nombre, gains.shape[1])
    totaux = [temps[:, list(c)].min(axis=1) for c in combinations(range(gains.shape[1]), taille)]
    least = min(float(np.minimum(total, ancien).sum()) for total in totaux)
    # What is saved, not what is left: the rest may be nothing, of which no relative error is small.
    (optimum,) = optimiser(gains, [nombre])
    assert optimum.valeur == proche(float(ancien.sum()) - least)


def test_le_glouton_peut_perdre() -> None:
    """The case where the greedy choice is wrong: the best single site is in no best pair (11 people against 14)."""
    gains = np.array([[0.0, 3, 0], [4, 4, 0], [4, 0, 4], [0, 0, 3]])
    (optimum,) = optimiser(gains, [2])
    assert (optimum.glouton, valeur(gains, optimum.glouton)) == ((0, 1), 11)
    assert (optimum.choisis, optimum.valeur) == ((1, 2), 14)
    assert optimum.prouve
    assert optimum.glouton_egale is False


@pytest.mark.parametrize("forme", [(0, 3), (3, 0), (0, 0)], ids=str)
def test_rien_a_choisir(forme: tuple[int, int]) -> None:
    (optimum,) = optimiser(np.zeros(forme), [2])
    assert (optimum.choisis, optimum.valeur, optimum.ecart, optimum.prouve) == ((), 0.0, 0.0, True)


def test_un_site_inutile_n_est_pas_choisi() -> None:
    (optimum,) = optimiser(np.array([[5.0, 5.0], [0.0, 0.0]]), [5])
    assert optimum.choisis == (0,)
