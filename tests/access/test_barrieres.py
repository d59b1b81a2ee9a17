"""What no straight line crosses, roads that wind, stops placed at the town hall: worked out by hand."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from carte.access import (
    Barrieres,
    Communes,
    Hypotheses,
    Lieux,
    Matrice,
    Mode,
    Trajets,
    estimer,
    placer,
    planes,
    remplacer,
)
from carte.access.trajets import DIAGONALE
from carte.territory import Barriere

TOUT = {Mode.VOITURE: 30.0, Mode.VELO: 30.0, Mode.PIED: 20.0}
NAN, INF = math.nan, math.inf
CODES = ["01001", "01002", "01003"]


def estuaire(voiture: float, velo: float = NAN, pied: float = INF) -> Barriere:
    """The first commune on one side, the second on the other; the third is upstream."""
    return Barriere(
        "Estuaire", {"01001": "nord", "01002": "sud"}, False, {"voiture": voiture, "velo": velo, "pied": pied}
    )


def ile(minutes: float) -> Barriere:
    return Barriere("Île", {"01001": ""}, True, dict.fromkeys(("voiture", "velo", "pied"), minutes))


def monde(barriere: Barriere | None, lieux: list[int], relief: list[bool] | None = None) -> Trajets:
    """Three communes on a line, at 0, 4 and 30 km; places at the town halls of `lieux` (-1: 5 km off, outside)."""
    x = np.array([0.0, 4.0, 30.0, 5.0])
    communes = Communes(
        planes(x[:3], np.zeros(3)),
        np.full(3, 1.0),
        np.full(3, 39.0),
        None if relief is None else np.array(relief),
        None if barriere is None else placer([barriere], CODES),
    )
    ou = np.array(lieux, dtype=np.intp)
    arrivees = Lieux(planes(x[ou], np.zeros(len(ou))), ou, np.zeros(len(ou), dtype=bool))
    return estimer(communes, arrivees, TOUT, Hypotheses(), [np.ones(len(ou), dtype=bool)])


def proche(trajets: Trajets, mode: Mode = Mode.VOITURE) -> list[tuple[float, float, float]]:
    temps = trajets.plus_proche(mode, np.ones(int(trajets.paires.lieu.max()) + 1, dtype=bool))
    return [tuple(map(float, ligne)) for ligne in zip(temps.minutes, temps.bas, temps.haut, strict=True)]


def test_sans_traversee_connue_le_temps_est_inconnu_pas_impossible() -> None:
    """8 minutes of straight line at best, no limit at worst: never « non » for sure."""
    nord, sud, _ = proche(monde(estuaire(NAN), [1]))
    assert nord == (INF, pytest.approx(0.8 * 8), INF)
    assert sud[0] == pytest.approx(1.0)  # its own commune: half the square root of 1 km2


def test_une_traversee_s_ajoute_a_la_ligne_droite() -> None:
    nord = proche(monde(estuaire(25.0), [1]))[0]
    assert nord == pytest.approx((33.0, 0.8 * 33, 1.25 * 33))


def test_personne_ne_traverse_a_pied() -> None:
    assert proche(monde(estuaire(25.0), [1]), Mode.PIED)[0] == (INF, INF, INF)


def test_le_plus_proche_de_son_cote_est_trouve_meme_loin() -> None:
    """The place of the third commune is 60 minutes away, beyond the search; the one across does not hide it."""
    trajets = monde(replace(estuaire(NAN), rives={"01001": "nord", "01002": "sud", "01003": "nord"}), [1, 2])
    nord = proche(trajets)[0]
    assert nord[0] == pytest.approx(60.0)
    assert nord[1] == pytest.approx(0.8 * 8)
    assert trajets.lieu_le_plus_proche(Mode.VOITURE, np.ones(2, dtype=bool)).tolist() == [1, 0, 1]


def test_ce_que_la_barriere_ne_nomme_pas_reste_relie() -> None:
    sans, avec = (proche(monde(barriere, [0, 2])) for barriere in (None, estuaire(NAN)))
    assert avec[2] == sans[2]
    assert avec[1] != sans[1]


@pytest.mark.parametrize("lieu", [1, -1], ids=["commune chargée", "hors des communes chargées"])
def test_une_ile_est_separee_de_tout(lieu: int) -> None:
    sur_l_ile = proche(monde(ile(NAN), [lieu]))[0]
    assert sur_l_ile[0] == INF
    assert sur_l_ile[1] == pytest.approx(0.8 * (8 if lieu == 1 else 10))
    assert proche(monde(ile(NAN), [0]))[0][0] == pytest.approx(1.0)


def test_plusieurs_barrieres_s_additionnent_et_l_impossible_l_emporte() -> None:
    barrieres = Barrieres(np.array([[0, 0], [1, 1], [-1, -1]]), {Mode.VOITURE: np.array([10.0, 5.0])})
    ici, la = np.array([0, 0]), np.array([1, -1])
    assert barrieres.separees(ici, la).tolist() == [True, False]
    for minutes, attendu in (([10.0, 5.0], 15.0), ([10.0, NAN], NAN), ([NAN, INF], INF)):
        essai = replace(barrieres, minutes={Mode.VOITURE: np.array(minutes)})
        np.testing.assert_equal(essai.traversees(ici, la, Mode.VOITURE), [attendu, 0.0])


def test_une_barriere_d_ailleurs_ne_compte_pas() -> None:
    assert placer([ile(NAN)], ["02001"]) is None


def test_un_temps_mesure_connait_le_chemin() -> None:
    communes = Communes(
        planes([0.0, 4.0], [0.0, 0.0]), np.ones(2), np.full(2, 39.0), barrieres=placer([estuaire(NAN)], CODES[:2])
    )
    lieux = Lieux(planes([4.0], [0.0]), np.array([1]), np.zeros(1, dtype=bool))
    table = pd.DataFrame(
        {"origine": ["01001"], "destination": ["L"], "minutes": [41.0], "mode": "voiture", "source": "x"}
    )
    mesures = remplacer(
        estimer(communes, lieux, TOUT, Hypotheses()), Matrice(table), communes, lieux, CODES[:2], [("L", None)]
    )
    assert proche(mesures)[0] == (41.0, 41.0, 41.0)
    assert proche(mesures, Mode.VELO)[0][0] == INF


@pytest.mark.parametrize(
    ("mode", "minutes"),
    [
        (Mode.VOITURE, 8 * (1.4 + 1.3) / 2 / 1.3),
        (Mode.PIED, 60 * 4 * 1.35 / 4),
        (Mode.VELO, 60 * 4 * 1.25 * 1.35 / 1.3 / 13),
    ],
    ids=str,
)
def test_le_relief_allonge_la_moitie_du_chemin_de_son_bout(mode: Mode, minutes: float) -> None:
    assert proche(monde(None, [1], [True, False, False]), mode)[0][0] == pytest.approx(minutes)


@pytest.mark.parametrize("rapport", [1.0, 1.2 / 1.3])
def test_la_traversee_ne_depend_pas_du_detour(rapport: float) -> None:
    trajets = monde(estuaire(25.0), [1])
    assert trajets.au_detour(Mode.VOITURE, rapport)[0] == pytest.approx(8 * rapport + 25)


def test_un_arret_sans_coordonnees_peut_etre_n_importe_ou_dans_sa_commune() -> None:
    """Half the square root of the area, as for any place of one's commune; at worst the diagonal of a square."""
    communes = Communes(planes([0.0, 4.0], [0.0, 0.0]), np.full(2, 16.0), np.full(2, 39.0))
    arret = Lieux(planes([0.0], [0.0]), np.array([0]), np.array([True]), np.array([True]))
    temps = estimer(communes, arret, TOUT, Hypotheses()).plus_proche(Mode.VOITURE, np.array([True]))
    assert temps.minutes.tolist() == [pytest.approx(4.0), INF]
    assert temps.bas[0] == pytest.approx(0.8 * 4)
    assert temps.haut[0] == pytest.approx(1.25 * 4 * DIAGONALE) == pytest.approx(1.25 * 2 * math.sqrt(2 * 16))
