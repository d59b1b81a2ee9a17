"""The fit finds the speed and the detour that made the times, whatever the noise and a few absurd trips."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from carte.access import (
    Communes,
    Hypotheses,
    Lieux,
    Matrice,
    Mode,
    Trajets,
    calibrer,
    estimer,
    geographiques,
    hypotheses_ajustees,
    planes,
    remplacer,
)
from carte.access.calibration import ajuster_pente
from hasard import exemples

N = 40


def monde(alea: np.random.Generator) -> tuple[Communes, Lieux, Trajets]:
    communes = Communes(planes(*alea.uniform(0, 30, (2, N))), np.full(N, 9.0), np.full(N, 39.0))
    lieux = Lieux(planes(*alea.uniform(0, 30, (2, 5))), np.full(5, -1, dtype=np.intp), np.zeros(5, dtype=bool))
    return communes, lieux, estimer(communes, lieux, {Mode.VOITURE: 30}, Hypotheses())


def mesurer(detour: float, vitesse: float, routes: bool, bruit: float = 0.0) -> tuple[Trajets, Lieux]:
    """Times made by another detour and speed, as a matrix; one trip in twenty goes the long way round."""
    alea = np.random.default_rng(3)
    communes, lieux, estimes = monde(alea)
    km = estimes.paires.d_km * detour
    minutes = 60 * km / vitesse * (1 + bruit * alea.standard_normal(len(km)))
    minutes[::20] *= 4
    table = pd.DataFrame(
        {
            "origine": [f"C{i}" for i in estimes.paires.commune],
            "destination": [f"L{j}" for j in estimes.paires.lieu],
            "minutes": minutes,
            "mode": "voiture",
            "source": "essai",
            "km": km if routes else np.nan,
        }
    )
    points = [(f"L{j}", None) for j in range(5)]
    return remplacer(estimes, Matrice(table), communes, lieux, [f"C{i}" for i in range(N)], points), lieux


@pytest.mark.parametrize("routes", [True, False], ids=["avec-routes", "temps-seuls"])
def test_l_ajustement_retrouve_ce_qui_a_fait_les_temps(routes: bool) -> None:
    calibration = calibrer(*mesurer(1.5, 52.0, routes), sources=["essai"])
    voiture = calibration.pour(Mode.VOITURE)
    assert voiture is not None
    assert voiture.minutes_par_km == pytest.approx(60 * 1.5 / 52, rel=0.02)
    assert voiture.detour_mesure is routes
    assert voiture.detour == pytest.approx(1.5 if routes else 1.3)
    assert voiture.vitesse_kmh == pytest.approx(60 * voiture.detour / voiture.minutes_par_km)
    assert voiture.erreur_apres < voiture.erreur_avant
    assert calibration.sources == ("essai",)


def test_l_erreur_des_hypotheses_justes_est_nulle() -> None:
    voiture = calibrer(*mesurer(1.3, 39.0, True)).pour(Mode.VOITURE)
    assert voiture is not None
    assert voiture.erreur_avant == pytest.approx(0, abs=1e-6)
    assert voiture.dans_l_intervalle == pytest.approx(0.95, abs=0.01)
    # One trip in twenty is four times too long: the robust fit moves by some hundredths.
    assert all(tranche.biais == pytest.approx(0, abs=0.5) for tranche in voiture.tranches)


def test_les_tranches_se_partagent_les_trajets() -> None:
    mesures, lieux = mesurer(1.5, 52.0, False, bruit=0.1)
    voiture = calibrer(mesures, lieux).pour(Mode.VOITURE)
    assert voiture is not None
    assert sum(tranche.trajets for tranche in voiture.tranches) == voiture.trajets == len(mesures.paires)
    assert [t.de_km for t in voiture.tranches] == sorted(t.de_km for t in voiture.tranches)


def test_sans_assez_de_trajets_rien_n_est_ajuste() -> None:
    calibration = calibrer(*mesurer(1.5, 52.0, True))
    assert calibration.pour(Mode.VELO) is None
    assert calibration.insuffisants == {Mode.VELO: 0, Mode.PIED: 0}


def test_les_hypotheses_ajustees_donnent_la_pente() -> None:
    calibration = calibrer(*mesurer(1.5, 52.0, True))
    hypotheses = hypotheses_ajustees(Hypotheses(), calibration)
    voiture = calibration.pour(Mode.VOITURE)
    assert voiture is not None
    pente = 60 * hypotheses.detour_voiture / hypotheses.voiture_kmh
    assert pente == pytest.approx(voiture.minutes_par_km)
    assert hypotheses.velo_kmh == Hypotheses().velo_kmh
    assert hypotheses.voiture_kmh_par_densite["dense"] / hypotheses.voiture_kmh == pytest.approx(25 / 39)


@pytest.mark.parametrize("routes", [True, False], ids=["avec-routes", "temps-seuls"])
def test_les_vitesses_de_chaque_densite_bougent_ensemble(routes: bool) -> None:
    """Half of the communes are dense, half rural, some in relief; every real time is 1.3 times the estimate."""
    alea = np.random.default_rng(5)
    hypotheses = Hypotheses()
    vitesse, relief = np.where(np.arange(N) % 2, 25.0, 50.0), np.arange(N) % 3 == 0
    communes = Communes(planes(*alea.uniform(0, 30, (2, N))), np.full(N, 9.0), vitesse, relief)
    lieux = Lieux(planes(*alea.uniform(0, 30, (2, 5))), np.arange(5, dtype=np.intp), np.zeros(5, dtype=bool))
    estimes = estimer(communes, lieux, {Mode.VOITURE: 30}, hypotheses)
    table = pd.DataFrame(
        {
            "origine": [f"C{i}" for i in estimes.paires.commune],
            "destination": [f"L{j}" for j in estimes.paires.lieu],
            "minutes": 1.3 * estimes.minutes[Mode.VOITURE],
            "mode": "voiture",
            "source": "essai",
            "km": 1.5 * estimes.paires.d_km if routes else np.nan,
        }
    )
    points = [(f"L{j}", None) for j in range(5)]
    mesures = remplacer(estimes, Matrice(table), communes, lieux, [f"C{i}" for i in range(N)], points)
    ajustees = hypotheses_ajustees(hypotheses, calibration := calibrer(mesures, lieux))
    classes = {25.0: "dense", 50.0: "rural"}
    nouvelles = np.array([ajustees.voiture_kmh_par_densite[classes[v]] for v in vitesse])
    recalcule = estimer(replace(communes, vitesse_kmh=nouvelles), lieux, {Mode.VOITURE: 30}, ajustees)
    voiture = calibration.pour(Mode.VOITURE)
    assert voiture is not None
    assert voiture.facteur == pytest.approx(1.3)
    assert voiture.erreur_apres == pytest.approx(0, abs=1e-6)
    communs = {(c, j): m for c, j, m in zip(*_triplets(estimes), strict=True)}
    for c, j, minutes in zip(*_triplets(recalcule), strict=True):
        assert minutes == pytest.approx(1.3 * communs.get((c, j), minutes / 1.3))


def _triplets(trajets: Trajets) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return trajets.paires.commune, trajets.paires.lieu, trajets.minutes[Mode.VOITURE]


@given(st.floats(0.3, 8), st.integers(0, 1_000))
@exemples(40)
def test_la_pente_resiste_aux_detours(pente: float, graine: int) -> None:
    alea = np.random.default_rng(graine)
    km = alea.uniform(1, 40, 200)
    minutes = pente * km * (1 + 0.05 * alea.standard_normal(200))
    minutes[:10] += 120
    assert ajuster_pente(km, minutes) == pytest.approx(pente, rel=0.1)


COORDONNEES = st.tuples(st.floats(-179, 179), st.floats(-80, 80))


@given(COORDONNEES, st.floats(-1, 1), st.floats(-1, 1))
def test_les_distances_sont_celles_de_l_ellipsoide(depart: tuple[float, float], dx: float, dy: float) -> None:
    """Against `pyproj.Geod` on WGS84: a sphere errs by at most 0.6 %, far less than the interval around a time."""
    lon, lat = depart
    arrivee = (lon + dx, lat + dy)
    metres = Geod(ellps="WGS84").inv(lon, lat, *arrivee)[2]
    un = np.array([0])
    km = geographiques([lon], [lat]).distances(un, geographiques([arrivee[0]], [arrivee[1]]), un)[0]
    assert km == pytest.approx(metres / 1000, rel=0.006, abs=1e-5)
