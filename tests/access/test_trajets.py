import numpy as np
import pytest

from carte.access import Communes, Hypotheses, Lieux, Mode, Statut, Temps, dans, estimer, planes, vitesses

UN = np.array([True])


def un_trajet(km: float, vitesse: tuple[float, float] = (39.0, 39.0), hypotheses: Hypotheses | None = None) -> object:
    communes = Communes(planes([0.0, km], [0.0, 0.0]), np.array([1e-9, 1e-9]), np.array(vitesse))
    lieu = Lieux(planes([km], [0.0]), np.array([1]), np.array([False]))
    portees = {Mode.VOITURE: 30.0, Mode.VELO: 30.0, Mode.PIED: 20.0}
    return estimer(communes, lieu, portees, hypotheses or Hypotheses(), [UN])


@pytest.mark.parametrize(
    ("mode", "minutes"),
    [(Mode.VOITURE, 20.0), (Mode.VELO, 60 * 1.25 * 10 / 13), (Mode.PIED, 195.0)],
    ids=lambda v: str(v),
)
def test_dix_kilometres(mode: Mode, minutes: float) -> None:
    temps = un_trajet(10.0).plus_proche(mode, UN)  # type: ignore[attr-defined]
    assert temps.minutes[0] == pytest.approx(minutes)
    assert temps.bas[0] == pytest.approx(0.8 * minutes)
    assert temps.haut[0] == pytest.approx(1.25 * minutes)


def test_la_moitie_du_chemin_a_la_vitesse_de_chaque_bout() -> None:
    temps = un_trajet(10.0, (25.0, 50.0)).plus_proche(Mode.VOITURE, UN)  # type: ignore[attr-defined]
    assert temps.minutes[0] == pytest.approx(60 * 1.3 * (5 / 25 + 5 / 50))


def test_vitesses_par_densite() -> None:
    densites = ["dense", "intermediaire", "rural", "tres_disperse", None, float("nan"), "autre"]
    assert vitesses(densites, Hypotheses()).tolist() == [25.0, 35.0, 50.0, 55.0, 39.0, 39.0, 39.0]


@pytest.mark.parametrize(
    ("minutes", "statut"),
    [
        (16.0, Statut.SUR),
        (16.0001, Statut.INCERTAIN),
        (25.0, Statut.INCERTAIN),
        (25.0001, Statut.NON),
        (np.inf, Statut.NON),
        (np.nan, Statut.INCONNU),
    ],
)
def test_statuts_a_vingt_minutes(minutes: float, statut: Statut) -> None:
    t = np.array([minutes])
    assert Temps(t, 0.8 * t, 1.25 * t).statuts(20).tolist() == [statut]


def test_seuil_inclus_a_la_tolerance() -> None:
    assert dans(np.array([20.0, 20 + 5e-10, 20 + 2e-9]), 20).tolist() == [True, True, False]


def test_aucun_lieu_est_infini_et_sans_point_inconnu() -> None:
    nan = float("nan")
    communes = Communes(planes([0.0, nan], [0.0, nan]), np.ones(2), np.full(2, 39.0))
    lieu = Lieux(planes([0.0], [0.0]), np.array([0]), np.array([False]))
    trajets = estimer(communes, lieu, {Mode.VOITURE: 30}, Hypotheses())
    minutes = trajets.plus_proche(Mode.VOITURE, np.array([False])).minutes
    assert np.isinf(minutes[0])
    assert np.isnan(minutes[1])
    assert trajets.lieu_le_plus_proche(Mode.VOITURE, UN).tolist() == [0, -1]


def test_egalite_au_premier_lieu() -> None:
    communes = Communes(planes([0.0], [0.0]), np.ones(1), np.full(1, 39.0))
    deux = Lieux(planes([3.0, -3.0], [0.0, 0.0]), np.array([-1, -1]), np.zeros(2, dtype=bool))
    trajets = estimer(communes, deux, {Mode.VOITURE: 30}, Hypotheses())
    assert trajets.lieu_le_plus_proche(Mode.VOITURE, np.array([True, True])).tolist() == [0]
