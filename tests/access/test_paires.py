import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.access import Communes, Hypotheses, Lieux, Mode, Points, geographiques, planes
from carte.access.paires import chercher
from hasard import exemples

PARIS, CHATEAUROUX = (2.3522, 48.8566), (1.6914, 46.8103)


def communes(points: Points, surface: float = 4.0, vitesses: list[float] | None = None) -> Communes:
    taille = len(points)
    return Communes(points, np.full(taille, surface), np.array(vitesses or [39.0] * taille))


def lieux(points: Points, commune: list[int], local: list[bool] | None = None) -> Lieux:
    return Lieux(points, np.array(commune, dtype=np.intp), np.array(local or [False] * len(commune), dtype=bool))


def liste(paires: object) -> list[tuple[int, int]]:
    return list(zip(paires.commune.tolist(), paires.lieu.tolist(), strict=True))  # type: ignore[attr-defined]


def test_la_sphere_mesure_un_degre_de_meridien() -> None:
    ici, la = geographiques([0.0], [46.0]), geographiques([0.0], [47.0])
    un = np.array([0])
    assert ici.distances(un, la, un)[0] == pytest.approx(np.pi / 180 * 6371.0088, rel=1e-12)


def test_meme_formule_que_haversine() -> None:
    (lon1, lat1), (lon2, lat2) = (np.radians(p) for p in (PARIS, CHATEAUROUX))
    h = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    un = np.array([0])
    mesure = geographiques(*([c] for c in PARIS)).distances(un, geographiques(*([c] for c in CHATEAUROUX)), un)
    assert mesure[0] == pytest.approx(2 * 6371.0088 * np.arcsin(np.sqrt(h)), rel=1e-9)


def test_antimeridien() -> None:
    un = np.array([0])
    assert geographiques([179.9], [0.0]).distances(un, geographiques([-179.9], [0.0]), un)[0] < 23


def test_distance_jamais_nulle_dans_sa_commune() -> None:
    paires = chercher(communes(planes([0.0], [0.0]), surface=16.0), lieux(planes([0.0], [0.0]), [0]), 30)
    assert paires.d_km.tolist() == [2.0]


def test_distance_nulle_permise_entre_deux_communes() -> None:
    paires = chercher(communes(planes([0.0, 0.0], [0.0, 0.0])), lieux(planes([0.0], [0.0]), [1]), 30)
    assert paires.d_km.tolist() == [0.0, 1.0]


def test_un_arret_ne_sert_que_sa_commune() -> None:
    points = planes([0.0, 1.0], [0.0, 0.0])
    paires = chercher(communes(points), lieux(planes([1.0], [0.0]), [1], [True]), 30, [np.array([True])])
    assert liste(paires) == [(1, 0)]


def test_un_arret_hors_des_communes_chargees_ne_sert_personne() -> None:
    paires = chercher(communes(planes([0.0], [0.0])), lieux(planes([0.0], [0.0]), [-1], [True]), 30)
    assert liste(paires) == []


def test_le_rayon_est_inclus() -> None:
    paires = chercher(communes(planes([0.0], [0.0])), lieux(planes([10.0, 10.001], [0.0, 0.0]), [-1, -1]), 10)
    assert liste(paires) == [(0, 0)]


def test_le_plus_proche_de_chaque_choix_est_la_meme_loin() -> None:
    loin = lieux(planes([1.0, 100.0, 200.0], [0.0] * 3), [-1] * 3)
    choix = [np.array([True, True, True]), np.array([False, True, True])]
    assert liste(chercher(communes(planes([0.0], [0.0])), loin, 10, choix)) == [(0, 0), (0, 1)]


def test_sans_coordonnees_ni_lieu() -> None:
    nan = float("nan")
    points = communes(planes([0.0, nan], [0.0, nan]))
    assert liste(chercher(points, lieux(planes([nan, 1.0], [nan, 0.0]), [0, 1]), 30)) == [(0, 1)]
    assert len(chercher(points, lieux(planes([], []), []), 30, [np.array([], dtype=bool)])) == 0


def test_tableaux_de_longueurs_differentes() -> None:
    with pytest.raises(ValueError, match="même longueur"):
        lieux(planes([0.0], [0.0]), [0, 1])


@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(1, 12))
def test_le_plus_rapide_est_toujours_parmi_les_paires(graine: int, n: int, m: int) -> None:
    """Against the full table: whatever the speeds, the quickest fixed place of every commune is found."""
    from carte.access import estimer

    alea = np.random.default_rng(graine)
    ici = communes(planes(*alea.uniform(0, 80, (2, n))), 9.0, list(alea.choice([25.0, 35.0, 50.0, 55.0], n)))
    la = lieux(planes(*alea.uniform(0, 80, (2, m))), list(alea.integers(-1, n, m)))
    tous = np.ones(m, dtype=bool)
    proche = estimer(ici, la, {Mode.VOITURE: 5.0}, Hypotheses(), [tous]).plus_proche(Mode.VOITURE, tous).minutes
    complet = estimer(ici, la, {Mode.VOITURE: 1e4}, Hypotheses()).plus_proche(Mode.VOITURE, tous).minutes
    assert np.allclose(proche, complet, rtol=1e-12)


def _monde_lointain(graine: int, nombre: int) -> "tuple[Communes, Lieux]":
    """Communes where roads wind or not, and places 150 km away: each may be the quickest of some commune."""
    alea = np.random.default_rng(graine)
    vitesses, relief = alea.choice([25.0, 35.0, 50.0, 55.0], 40), alea.random(40) < 0.4
    ou = alea.integers(-1, 40, nombre)
    ici = Communes(planes(*alea.uniform(0, 30, (2, 40))), np.full(40, 9.0), vitesses, relief)
    return ici, lieux(planes(*alea.uniform(150, 260, (2, nombre))), list(ou))


@given(st.integers(0, 10_000), st.integers(1, 120))
@exemples(60)
def test_le_moindre_de_chaque_facon_est_parmi_peu_de_paires(graine: int, nombre: int) -> None:
    """By each mode, in a straight line and by road: what all pairs would give, without most of them."""
    from carte.access import estimer, estimer_paires
    from carte.access.paires import mesurer

    ici, la = _monde_lointain(graine, nombre)
    tous = np.ones(nombre, dtype=bool)
    proches = estimer(ici, la, {Mode.VOITURE: 5.0}, Hypotheses(), [tous, tous])
    complets = estimer_paires(mesurer(ici, la, np.arange(40 * nombre)), ici, la, Hypotheses())
    for mode in Mode:
        un, autre = (t.plus_proche(mode, tous) for t in (proches, complets))
        np.testing.assert_array_equal([un.minutes, un.bas, un.haut], [autre.minutes, autre.bas, autre.haut])
        np.testing.assert_array_equal(*(t.lieu_le_plus_proche(mode, tous) for t in (proches, complets)))
    np.testing.assert_array_equal(*(t.minimum(t.paires.d_km, tous[t.paires.lieu]) for t in (proches, complets)))
    assert len(proches.paires) <= 40 * 5
