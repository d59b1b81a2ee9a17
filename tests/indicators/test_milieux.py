"""Density, winding roads, barriers and stops without coordinates, through all the figures: worked out by hand."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from carte.access import Hypotheses, Matrice
from carte.indicators import Indicateurs, Parametres, Part, compute
from carte.indicators.acces.temps_mesures import ajuster, controler
from carte.indicators.manques.priorite import loin_par_essai
from carte.indicators.monde import assembler
from carte.territory import Barriere
from indicators.exemple import HYPOTHESES, SEUILS, Monde, plan

P = "perimetre"
NAN = math.nan
ILE = Barriere("Île", {"01001": ""}, True, dict.fromkeys(("voiture", "velo", "pied"), NAN))


def commune(code: str, x: float, **autres: object) -> dict[str, Any]:
    return {"code_insee": code, "x_km": x, "y_km": 0.0} | autres


def lieu(code: str, x: float, **autres: object) -> dict[str, Any]:
    return {"code_insee": code, "x_km": x, "y_km": 0.0} | autres


def calculer(monde: Monde, *barrieres: Barriere, parametres: Parametres | None = None) -> Indicateurs:
    territoire = replace(monde.territoire(), barrieres=barrieres)
    choix = parametres or Parametres(hypotheses=HYPOTHESES)
    return compute(monde.offre(), territoire, monde.debit(), SEUILS, choix, plan)


DEUX = Monde([commune("01001", 0.0), commune("01002", 4.0)], [lieu("01002", 4.0)])


def test_derriere_une_barriere_sans_passage_connu_la_couverture_est_incertaine() -> None:
    resultat = calculer(DEUX, ILE)
    assert resultat.part(P, P, "A2_voiture_15") == Part(1000.0, 2000.0, 1000.0, 2000.0)
    assert resultat.part("commune", "01001", "A2_voiture_15").bornes == (0.0, 1.0)
    raison = "communes séparées de tous les lieux par une barrière sans passage connu (absentes du temps moyen)"
    assert resultat.exclusions[raison] == 1
    assert pd.isna(resultat.tables["commune"].loc["01001", "A1_voiture_lieu_id"])


def test_sans_aucun_passage_la_couverture_est_non() -> None:
    fermee = replace(ILE, minutes=dict.fromkeys(ILE.minutes, math.inf))
    assert calculer(DEUX, fermee).part(P, P, "A2_voiture_30") == Part(1000.0, 2000.0, 1000.0, 1000.0)


def test_un_passage_de_vingt_minutes() -> None:
    ligne = calculer(DEUX, replace(ILE, minutes=dict.fromkeys(ILE.minutes, 20.0))).tables["commune"].loc["01001"]
    assert ligne["A1_voiture_val"] == pytest.approx(28.0)
    assert ligne["A1_distance_val"] == pytest.approx(4.0)


def test_une_commune_coupee_ne_rend_pas_le_temps_moyen_infini() -> None:
    ligne = calculer(DEUX, ILE).tables[P].loc[P]
    assert ligne["A7_voiture_moyenne_val"] == pytest.approx(2.0)  # the other commune, alone
    assert ligne["A7_voiture_moyenne_den"] == 1000
    assert ligne["A7_distance_moyenne_val"] == pytest.approx(1.0)
    assert ligne["A7_voiture_p90_val"] == math.inf


def test_la_route_suit_le_relief() -> None:
    monde = Monde([commune("01001", 0.0, relief="montagne"), commune("01002", 4.0, relief=None)], [lieu("01002", 4.0)])
    ligne = calculer(monde).tables["commune"].loc["01001"]
    assert ligne["A1_voiture_val"] == pytest.approx(60 * 1.35 * 4 / 39)
    assert ligne["A7_route_moyenne_val"] == pytest.approx(1.35 * 4)


def test_les_essais_de_detour_ne_touchent_pas_la_traversee() -> None:
    """8 minutes of road and 12 of crossing: within 20 at the detour of 1.2 and 1.3, beyond at 1.4."""
    territoire = replace(DEUX.territoire(), barrieres=(replace(ILE, minutes=dict.fromkeys(ILE.minutes, 12.0)),))
    monde = assembler(DEUX.offre(), territoire, DEUX.debit(), SEUILS, Parametres(hypotheses=HYPOTHESES), plan)
    loin, _ = loin_par_essai(monde)
    assert loin[0].tolist() == [1, 1, 1, 0, 0, 1, 0, 0, 0]  # 15 minutes, then 20, then 30


def test_densite_connue_d_une_partie_des_communes() -> None:
    communes = [commune("01001", 0.0, densite="rural"), commune("01002", 10.0, densite=None)]
    resultat = calculer(Monde(communes, [lieu("01002", 10.0)]), parametres=Parametres(hypotheses=Hypotheses()))
    assert resultat.mesure("commune", "01001", "A1_voiture").valeur == pytest.approx(60 * 1.3 * (5 / 50 + 5 / 39))
    assert resultat.exclusions["communes sans classe de densité connue (vitesse en voiture par défaut)"] == 1
    statuts = resultat.tables["departement"]["G8_densite_statut"]
    assert statuts.tolist() == ["calculé"]


ARRET = {"lieu_id": "bus", "itinerant": True, "heures_hebdo": 6.0}


def test_un_arret_sans_coordonnees_est_place_a_la_mairie() -> None:
    """36 km2: 3 km by convention, 6 minutes; 8.5 km at worst, 21 minutes."""
    monde = Monde([commune("01001", 0.0, surface_km2=36.0), commune("01002", 9.0)], [lieu("01001", NAN, **ARRET)])
    resultat = calculer(monde)
    assert resultat.part(P, P, "A2_voiture_15") == Part(1000.0, 2000.0, 0.0, 1000.0)
    assert resultat.part(P, P, "A2_voiture_30") == Part(1000.0, 2000.0, 1000.0, 1000.0)
    assert resultat.exclusions["points d'accueil sans coordonnées (absents des temps d'accès)"] == 0
    cle = "arrêts itinérants sans coordonnées, placés au point de leur commune (temps très incertain)"
    assert resultat.exclusions[cle] == 1
    assert resultat.tables[P].loc[P, "A9_e2sfca_num"] == pytest.approx(6.0)


@pytest.mark.parametrize(
    "autres", [{"itinerant": False}, {"code_insee": "77777"}], ids=["lieu fixe", "commune non chargée"]
)
def test_le_reste_sans_coordonnees_reste_hors_des_temps(autres: dict[str, object]) -> None:
    monde = Monde([commune("01001", 0.0)], [lieu("01001", NAN, **(ARRET | autres))])
    resultat = calculer(monde)
    assert resultat.part(P, P, "A2_voiture_30").haut == 0
    assert resultat.exclusions["points d'accueil sans coordonnées (absents des temps d'accès)"] == 1


def test_les_mesures_ajustent_ce_qu_elles_ne_couvrent_pas() -> None:
    """Half of the communes have a time, 1.5 times the estimate: the others are estimated 1.5 times as long."""
    alea = np.random.default_rng(4)
    communes = [commune(f"01{i:03}", x, y_km=y) for i, (x, y) in enumerate(alea.uniform(0, 20, (80, 2)))]
    monde = Monde(communes, [lieu("01999", 10.0, y_km=10.0, lieu_id="L")])
    table = pd.DataFrame({"origine": [c["code_insee"] for c in communes[:40]]}).assign(
        destination="L",
        mode="voiture",
        source="essai",
        minutes=[3 * float(np.hypot(float(c["x_km"]) - 10, float(c["y_km"]) - 10)) for c in communes[:40]],
    )
    entrees = (monde.offre(), monde.territoire())
    mesures = controler(*entrees, SEUILS, Matrice(table), Parametres(hypotheses=HYPOTHESES), plan)
    choix = ajuster(Parametres(hypotheses=HYPOTHESES), mesures.calibration)
    calcul = compute(*entrees, monde.debit(), SEUILS, choix, plan, matrice=Matrice(table))
    for c in communes:
        km = float(np.hypot(float(c["x_km"]) - 10, float(c["y_km"]) - 10))
        mesure = calcul.mesure("commune", str(c["code_insee"]), "A1_voiture")
        assert mesure.valeur == pytest.approx(3 * km, rel=1e-4)
        assert (mesure.bas == mesure.valeur) is (c in communes[:40])
