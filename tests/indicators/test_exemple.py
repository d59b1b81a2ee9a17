"""Every expected value of the shared worked example that the indicators cover, at 1e-6."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from carte.access import Mode
from carte.indicators import Indicateurs, Parametres, chapman
from carte.indicators.acces.e2sfca import partager
from carte.indicators.monde import Monde as MondeCalcule
from carte.indicators.monde import assembler
from carte.indicators.quantiles import quantiles
from indicators.cas import repondre
from indicators.cas_calcul import differences
from indicators.exemple import HYPOTHESES, SEUILS, Monde, charger, monde_de_l_exemple, partage, plan

pytestmark = [pytest.mark.partage, partage]
P = "perimetre"


@pytest.fixture(scope="module")
def exemple() -> dict[str, Any]:
    return charger()


@pytest.fixture(scope="module")
def attendu(exemple: dict[str, Any]) -> dict[str, Any]:
    valeurs: dict[str, Any] = exemple["attendu"]
    return valeurs


@pytest.fixture(scope="module")
def monde(exemple: dict[str, Any]) -> Monde:
    return monde_de_l_exemple(exemple)


@pytest.fixture(scope="module")
def indicateurs(monde: Monde) -> Indicateurs:
    return monde.calculer()


@pytest.fixture(scope="module")
def calcule(monde: Monde) -> MondeCalcule:
    parametres = Parametres(hypotheses=HYPOTHESES)
    return assembler(monde.offre(), monde.territoire(), monde.debit(), SEUILS, parametres, plan)


def presque(valeur: object) -> Any:
    return pytest.approx(valeur, abs=1e-6)


def pct(indicateurs: Indicateurs, colonne: str, niveau: str = P, code: str = P) -> float:
    taux = indicateurs.part(niveau, code, colonne).taux
    assert taux is not None
    return 100 * taux


def par_nom(indicateurs: Indicateurs, colonne: str) -> dict[str, float]:
    table = indicateurs.tables["commune"]
    return dict(zip(table["nom"], table[colonne], strict=True))


def test_l_exemple_entier(exemple: dict[str, Any]) -> None:
    """Every key, by the adapter that answers any case of this shape; the tests below say which function gives what."""
    assert not list(differences(exemple["attendu"], repondre(exemple)))


def test_distances_et_temps(calcule: MondeCalcule, attendu: dict[str, Any]) -> None:
    paires = calcule.trajets.paires
    noms, ids = calcule.communes["nom"].to_numpy(), calcule.offre["lieu_id"].to_numpy()
    vus = 0
    for commune, lieu, km, minutes in zip(
        paires.commune, paires.lieu, paires.d_km, calcule.trajets.minutes[Mode.VOITURE], strict=True
    ):
        assert km == presque(attendu["distance_vol_oiseau_km"][noms[commune]][ids[lieu]])
        assert minutes == presque(attendu["temps_voiture_min"][noms[commune]][ids[lieu]])
        vus += 1
    assert vus >= 9  # every pair within 37.5 minutes, and the nearest place of E


def test_plus_proche(indicateurs: Indicateurs, attendu: dict[str, Any]) -> None:
    proches = attendu["plus_proche"]
    assert par_nom(indicateurs, "A1_voiture_val") == presque({nom: cas["min"] for nom, cas in proches.items()})
    assert par_nom(indicateurs, "A1_voiture_lieu_id") == {nom: cas["lieu"] for nom, cas in proches.items()}


@pytest.mark.parametrize(
    ("cle", "colonne"),
    [
        ("voiture_30", "A2_voiture_30"),
        ("voiture_20", "A2_voiture_20"),
        ("voiture_15", "A2_voiture_15"),
        ("velo_30", "A3_velo_30"),
        ("pied_30", "A3_pied_30"),
    ],
)
def test_couverture(indicateurs: Indicateurs, attendu: dict[str, Any], cle: str, colonne: str) -> None:
    assert pct(indicateurs, colonne) == presque(attendu["couverture_pct"][cle])


def test_couverture_par_famille(indicateurs: Indicateurs, attendu: dict[str, Any]) -> None:
    for famille, valeurs in attendu["couverture_par_famille_pct"].items():
        for seuil, valeur in valeurs.items():
            assert pct(indicateurs, f"A2_voiture_{seuil}_{famille}") == presque(valeur)


def test_panier(indicateurs: Indicateurs, attendu: dict[str, Any]) -> None:
    for seuil, valeur in attendu["couverture_panier_3_familles_pct"].items():
        assert pct(indicateurs, f"A6_voiture_{seuil}") == presque(valeur)


def test_moyennes(indicateurs: Indicateurs, attendu: dict[str, Any]) -> None:
    moyennes = attendu["distance_moyenne_ponderee"]
    assert indicateurs.mesure(P, P, "A7_distance_moyenne").valeur == presque(moyennes["vol_oiseau_km"])
    assert indicateurs.mesure(P, P, "A7_route_moyenne").valeur == presque(moyennes["route_km"])
    assert indicateurs.mesure(P, P, "A7_voiture_moyenne").valeur == presque(moyennes["voiture_min"])


def test_quantiles(indicateurs: Indicateurs, calcule: MondeCalcule, attendu: dict[str, Any]) -> None:
    valeurs = attendu["quantiles_ponderes_voiture_min"]
    assert indicateurs.mesure(P, P, "A7_voiture_mediane").valeur == presque(valeurs["q50"])
    assert indicateurs.mesure(P, P, "A7_voiture_p90").valeur == presque(valeurs["q90"])
    minutes = calcule.trajets.plus_proche(Mode.VOITURE, calcule.choix["toutes"]).minutes
    assert quantiles(minutes, calcule.population, pd.Series(P, range(5)), 0.95)[P] == presque(valeurs["q95"])


def test_heures_accessibles(indicateurs: Indicateurs, attendu: dict[str, Any]) -> None:
    heures = attendu["heures_hebdo_accessibles_30min"]
    assert par_nom(indicateurs, "A8_30_val") == presque(heures["par_commune"])
    assert indicateurs.mesure(P, P, "A8_30").valeur == presque(heures["moyenne_ponderee"])


def test_creneaux(indicateurs: Indicateurs, attendu: dict[str, Any]) -> None:
    assert pct(indicateurs, "O4_samedi_30") == presque(attendu["couverture_samedi_30_pct"])
    assert pct(indicateurs, "O4_soir_30") == presque(attendu["couverture_soir_30_pct"])
    bornes = indicateurs.part(P, P, "O5_30").bornes
    assert bornes is not None
    bas, haut = attendu["couverture_sans_rdv_30_pct_[borne_basse,borne_haute]"]
    assert [100 * borne for borne in bornes] == presque([bas, haut])


def test_e2sfca(indicateurs: Indicateurs, calcule: MondeCalcule, attendu: dict[str, Any]) -> None:
    valeurs = attendu["e2sfca"]
    partage_ = partager(
        calcule.trajets.paires,
        calcule.trajets.minutes[Mode.VOITURE],
        calcule.population,
        calcule.offre["heures_hebdo"].to_numpy(dtype=float),
        calcule.parametres.zones_e2sfca,
    )
    ids = list(calcule.offre["lieu_id"])
    assert dict(zip(ids, partage_.demande, strict=True)) == presque(valeurs["demande_ponderee_j"])
    assert dict(zip(ids, partage_.rapport, strict=True)) == presque(valeurs["R_j_h_par_hab"])
    assert par_nom(indicateurs, "A9_e2sfca_val") == presque(valeurs["A_i_h_pour_1000_hab"])
    ligne = indicateurs.tables[P].loc[P]
    assert ligne["A9_e2sfca_num"] == presque(valeurs["invariant_somme_pop_x_A"])
    assert ligne["A9_e2sfca_val"] == presque(valeurs["moyenne_ponderee_A_h_pour_1000"])
    assert par_nom(indicateurs, "A9_2sfca_val") == presque(attendu["2sfca_30"]["A_i_h_pour_1000_hab"])


def test_deficit_cumule(indicateurs: Indicateurs, attendu: dict[str, Any]) -> None:
    valeurs = attendu["deficit_cumule"]
    table = indicateurs.tables["commune"]
    taux = (table["B1_thd30_num"] / table["B1_thd30_den"]).set_axis(table["nom"])
    assert dict(taux) == presque(valeurs["part_locaux_sous_30_filaire"])
    assert set(table.loc[table["G1_15_loin_num"] > 0, "nom"]) == set(valeurs["loin"])
    assert indicateurs.part(P, P, "G1_15").numerateur == presque(valeurs["population_estimee"])
    assert pct(indicateurs, "G1_15") == presque(valeurs["part_pct"])
    assert indicateurs.part(P, P, "G1_15_binaire").numerateur == presque(valeurs["population_binaire_seuil_25pct"])
    assert set(table.loc[table["G1_15_binaire_num"] > 0, "nom"]) == set(valeurs["communes_binaire"])
    assert indicateurs.part(P, P, "G1_debit").numerateur == presque(valeurs["pop_deficit_debit_seul"])
    assert indicateurs.part(P, P, "G1_15_loin").numerateur == presque(valeurs["pop_loin_seul"])
    assert indicateurs.mesure(P, P, "G2_15").valeur == presque(valeurs["rapport_de_cumul"])
    assert indicateurs.part(P, P, "G1_30").numerateur == presque(valeurs["T30"]["population_estimee"])


def test_effet_frontiere(exemple: dict[str, Any], attendu: dict[str, Any]) -> None:
    valeurs = attendu["effet_frontiere"]
    part = monde_de_l_exemple(exemple, ("01",)).calculer()
    assert pct(part, "A2_voiture_30_demarches") == presque(valeurs["dep01_demarches_30_avec_lieux_voisins_pct"])
    ligne = part.tables["departement"].loc["01"]
    sans = ligne["A2_voiture_30_demarches_num"] - ligne["A2_voiture_30_demarches_hors_departement"]
    attendu_sans = valeurs["dep01_demarches_30_sans_lieux_voisins_pct"]
    assert 100 * sans / ligne["A2_voiture_30_demarches_den"] == presque(attendu_sans)


def test_epci_a_cheval(exemple: dict[str, Any], attendu: dict[str, Any]) -> None:
    valeurs = attendu["epci"]
    dep01 = monde_de_l_exemple(exemple, ("01",)).calculer()
    assert pct(dep01, "A2_voiture_15", "epci", "X") == presque(valeurs["X_T15_pct"])
    assert pct(dep01, "A2_voiture_15", "epci", "Y") == presque(valeurs["Y_entier_T15_pct"])
    assert pct(dep01, "A2_voiture_15", "epci_departement", "Y-01") == presque(valeurs["Y_partie_dep01_T15_pct"])
    assert pct(dep01, "A2_voiture_15", "departement", "01") == presque(valeurs["dep01_T15_pct"])
    ensemble = monde_de_l_exemple(exemple).calculer()
    assert pct(ensemble, "A2_voiture_15") == presque(valeurs["ensemble_T15_pct"])
    assert np.isclose(ensemble.tables[P].loc[P, "population"], 10_000)


def test_chapman(attendu: dict[str, Any]) -> None:
    valeurs = attendu["completude_chapman"]
    resultat = chapman(valeurs["n1_cartographies"], valeurs["n2_liste_labellisee"], valeurs["m_communs"])
    assert resultat.estimation == presque(valeurs["N_estime"])
    assert resultat.variance == presque(valeurs["variance"])
    assert 100 * (resultat.couverture_liste or 0) == presque(valeurs["taux_couverture_liste_pct"])
    assert 100 * resultat.completude == presque(valeurs["completude_estimee_pct"])
