"""How complete the list is, on figures small enough to work out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.indicators import chapman

PLACES = st.sets(st.integers(0, 11))


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


@given(PLACES, PLACES)
def test_there_are_at_least_the_places_that_somebody_saw(cartographies: set[int], liste: set[int]) -> None:
    resultat = chapman(len(cartographies), len(liste), len(cartographies & liste))
    vus = len(cartographies | liste)
    assert vus <= resultat.bas <= resultat.haut
    assert vus <= resultat.estimation + 1e-9
    if cartographies <= liste or liste <= cartographies:
        # Where one list holds the other, nothing says that there are more.
        assert resultat.estimation == pytest.approx(vus)


@pytest.mark.parametrize(("n1", "n2", "m"), [(3, 2, 3), (3, 2, -1)])
def test_chapman_impossible(n1: int, n2: int, m: int) -> None:
    with pytest.raises(ValueError, match="impossible"):
        chapman(n1, n2, m)
