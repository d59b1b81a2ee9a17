"""G4 and G5: the score, and what its ranking owes to weights, thresholds and detours."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from carte.indicators import Entrees, Parametres
from carte.indicators.manques.priorite import Criteres, classer, grille, loin_par_essai, normaliser
from carte.indicators.monde import assembler
from hasard import exemples
from indicators.exemple import HYPOTHESES, SEUILS, Monde, plan

UN_GROUPE = pd.Series("01", ["a", "b", "c", "d"])


def criteres(distance: list[float], debit: list[float], besoin: list[float]) -> Criteres:
    return Criteres(*(np.array(valeurs)[:, None] for valeurs in (distance, debit, besoin)), base=0)


def test_grille_de_66_jeux_de_poids() -> None:
    vecteurs = grille(3)
    assert vecteurs.shape == (66, 3)
    assert len({tuple(v) for v in vecteurs}) == 66
    np.testing.assert_allclose(vecteurs.sum(axis=1), 1)
    assert grille(2).shape == (11, 2)


def test_score_a_la_main() -> None:
    donnees = criteres([0.0, 0.5, 1.0, 0.5], [0.2, 0.4, 0.4, 0.2], [0.1, 0.3, 0.2, 0.1])
    table = classer(donnees, UN_GROUPE, Parametres(poids_priorite={"distance": 2, "debit": 1, "besoin": 1}))
    assert table["score_val"].tolist() == pytest.approx([0.0, 0.75, 0.875, 0.25], abs=1e-9)


def test_seul_ce_qui_reste_en_tete_est_prioritaire() -> None:
    donnees = criteres([1.0, 0.9, 0.0, 0.1], [1.0, 0.1, 0.2, 0.0], [1.0, 0.0, 0.95, 0.1])
    table = classer(donnees, UN_GROUPE, Parametres(priorite_part=0.5))
    assert table["statut"].tolist() == [
        "prioritaire",
        "sensible au choix des poids",
        "sensible au choix des poids",
        "non prioritaire",
    ]
    assert table[["rang_min", "rang_max", "part_haut"]].loc["a"].tolist() == [1, 1, 1.0]
    assert table["essais"].unique().tolist() == [66]
    assert table.loc["b", "rang_min"] == 2
    assert table.loc["b", "rang_max"] == 4


def test_des_territoires_egaux_ne_sont_pas_prioritaires() -> None:
    egaux = [0.3] * 4
    table = classer(criteres(egaux, egaux, egaux), UN_GROUPE, Parametres())
    assert set(table["statut"]) == {"non prioritaire"}
    assert table[["rang_min", "rang_max"]].drop_duplicates().to_numpy().tolist() == [[1, 4]]


def test_un_critere_inconnu_n_est_pas_un_zero() -> None:
    donnees = criteres([0.1, 0.2, 0.3, math.nan], [0.1, math.nan, 0.3, 0.1], [0.1, math.nan, 0.3, 0.1])
    table = classer(donnees, UN_GROUPE, Parametres())
    assert table.loc["b", ["statut", "raison"]].tolist() == ["non classé", "critères inconnus : débit filaire, besoin"]
    assert table.loc["d", "raison"] == "critère inconnu : éloignement"
    assert table.loc[["b", "d"], "score_val"].isna().all()
    assert table.loc["c", "statut"] == "prioritaire"


def test_un_critere_sans_poids_n_est_pas_demande() -> None:
    inconnu = [math.nan] * 4
    donnees = criteres([0.1, 0.2, 0.3, 0.4], [0.1, 0.2, 0.3, 0.4], inconnu)
    table = classer(donnees, UN_GROUPE, Parametres(poids_priorite={"distance": 0.5, "debit": 0.5, "besoin": 0}))
    assert table["statut"].tolist() == [*["non prioritaire"] * 3, "prioritaire"]
    assert table["essais"].iloc[0] == 11


def test_debit_encadre_chaque_borne_est_essayee() -> None:
    donnees = Criteres(np.array([[0.5], [0.5]]), np.array([[0.1, 0.9], [0.2, 0.3]]), np.array([[0.5], [0.5]]), base=0)
    table = classer(donnees, pd.Series("01", ["a", "b"]), Parametres())
    assert table["essais"].tolist() == [132, 132]
    assert set(table["statut"]) == {"sensible au choix des poids"}


def test_hors_groupe_et_seul_dans_son_groupe() -> None:
    donnees = criteres([0.1, 0.2, 0.3, 0.4], [0.1] * 4, [0.1] * 4)
    table = classer(donnees, pd.Series(["01", "01", "02", None], list("abcd")), Parametres())
    assert table["raison"].tolist() == ["", "", "aucun autre territoire à comparer", "communes sans intercommunalité"]


@pytest.mark.parametrize(
    "choix",
    [
        {"poids_priorite": {"distance": -1}},
        {"poids_priorite": {"ifn": 1}},
        {"poids_priorite": {}},
        {"normalisation": "z"},
    ],
    ids=["négatif", "inconnu", "aucun", "normalisation"],
)
def test_choix_refuses(choix: Mapping[str, object]) -> None:
    with pytest.raises(ValueError, match=r"Poids de priorité|Normalisation"):
        Parametres(**choix)  # type: ignore[arg-type]


def test_normaliser() -> None:
    valeurs = np.array([[0.0, 5.0], [2.0, 5.0], [4.0, 5.0], [2.0, 5.0]])
    np.testing.assert_allclose(normaliser(valeurs, "min-max"), [[0, 0], [0.5, 0], [1, 0], [0.5, 0]])
    np.testing.assert_allclose(normaliser(valeurs, "rang")[:, 0], [0, 0.5, 1, 0.5])


@exemples(60)
@given(arrays(float, (5, 3), elements=st.floats(0, 1)), st.sampled_from(["min-max", "rang"]))
def test_les_rangs_encadrent_celui_du_score(valeurs: np.ndarray, normalisation: str) -> None:
    """The weights of the score are in the grid, so its own rank is one of those that were tried."""
    poids = {"distance": 0.2, "debit": 0.3, "besoin": 0.5}
    parametres = Parametres(poids_priorite=poids, normalisation=normalisation)
    table = classer(criteres(*valeurs.T.tolist()), pd.Series("01", list("abcde")), parametres)
    rang = (-table["score_val"].round(12)).rank(method="min")
    assert ((table["rang_min"] <= rang) & (rang <= table["rang_max"])).all()
    assert table["part_haut"].between(0, 1).all()
    assert (table.loc[table["statut"] == "prioritaire", "part_haut"] >= 0.9 - 1e-9).all()


def test_les_detours_sans_recalcul_valent_un_recalcul() -> None:
    alea = np.random.default_rng(5)
    communes = [
        {"code_insee": f"01{rang:03}", "x_km": x, "y_km": y} for rang, (x, y) in enumerate(alea.uniform(0, 40, (40, 2)))
    ]
    lieux = [{"code_insee": "01000", "x_km": x, "y_km": y} for x, y in alea.uniform(0, 40, (4, 2))]
    monde = Monde(communes, lieux)

    def loin(detour: float) -> tuple[np.ndarray, int]:
        parametres = Parametres(hypotheses=replace(HYPOTHESES, detour_voiture=detour), detours_essayes=(1.2, 1.3, 1.4))
        return loin_par_essai(assembler(monde.offre(), monde.territoire(), monde.debit(), SEUILS, parametres, plan))

    essais, base = loin(1.3)
    assert essais.shape == (40, 9)
    assert base == 4  # 20 minutes, 1.3
    for rang, detour in enumerate((1.2, 1.3, 1.4)):
        recalcul, sa_base = loin(detour)
        np.testing.assert_array_equal(essais[:, 3 + rang], recalcul[:, sa_base])
    assert (np.diff(essais[:, 3:6], axis=1) >= 0).all()


@pytest.mark.parametrize(("ecart", "debits"), [(0.0, 1), (10.0, 2)], ids=["débit connu", "débit borné"])
def test_a_run_is_counted_once_for_each_choice_that_changes_something(ecart: float, debits: int) -> None:
    """66 weights by tenths, three thresholds, three detours, one need; both bounds of broadband where they differ."""
    communes = [
        {"code_insee": f"0100{rang}", "code_epci": f"E{rang}", "x_km": 20.0 * rang, "y_km": 0.0}
        | {"locaux": 100.0, "thd30_min": 50.0 - 10 * rang, "thd30_max": 50.0 - 10 * rang + ecart}
        for rang in range(3)
    ]
    besoins = pd.DataFrame({"niveau": "epci", "code": ["E0", "E1", "E2"], "valeur": [1.0, 2.0, 3.0]})
    besoins = besoins.assign(indicateur="Portrait", denominateur=math.nan, unite="", source="Hub", millesime="2025")
    resultat = Monde(communes, [{"code_insee": "01000", "x_km": 0.0, "y_km": 0.0}]).calculer(
        entrees=Entrees(besoins=besoins)
    )
    table = resultat.listes["priorites"]
    assert table.loc[table["niveau"] == "epci_departement", "essais"].tolist() == [66 * 3 * 3 * debits] * 3


def test_du_monde_a_la_liste() -> None:
    communes = [
        {"code_insee": f"0100{rang}", "code_epci": f"E{rang}", "x_km": 20.0 * rang, "y_km": 0.0}
        | {"locaux": 100.0, "thd30_min": 100.0 - 20 * rang, "thd30_max": 100.0 - 20 * rang}
        for rang in range(4)
    ]
    communes.append({"code_insee": "01009", "code_epci": None, "x_km": 0.0, "y_km": 0.0})
    besoins = pd.DataFrame(
        {"niveau": "epci", "code": [f"E{rang}" for rang in range(4)], "valeur": [1.0, 2.0, 3.0, 4.0]}
    )
    besoins = besoins.assign(indicateur="Portrait", denominateur=math.nan, unite="", source="Hub", millesime="2025")
    ifn = besoins.assign(indicateur="IFN", valeur=[4.0, 3.0, 2.0, 1.0])  # refused: broadband is in it
    entrees = Entrees(besoins=pd.concat([ifn, besoins], ignore_index=True))
    resultat = Monde(communes, [{"code_insee": "01000", "x_km": 0.0, "y_km": 0.0}]).calculer(entrees=entrees)
    table = resultat.listes["priorites"]
    parts = table[table["niveau"] == "epci_departement"]
    assert parts["code"].tolist() == ["E3-01", "E2-01", "E1-01", "E0-01", "sans-epci-01"]
    assert parts["statut"].iloc[0] == "prioritaire"
    assert parts["raison"].iloc[-1] == "communes sans intercommunalité"
    assert parts["critere_besoin"].iloc[0] == 4.0
    # With all the weight on distance, three territories are equally far: the worst rank of E3 is the third.
    colonnes = ["G5_statut", "G5_rang_min", "G5_rang_max"]
    assert resultat.tables["epci"].loc["E3", colonnes].tolist() == ["prioritaire", 1.0, 3.0]
    assert {"G4", "G5"}.isdisjoint(resultat.non_evalues)
