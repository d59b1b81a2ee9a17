"""Results that are kept: taken again in their place, made when they are not known, there after an interruption."""

import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from carte.execution import Processus, Retenue, SurPlace
from carte.memoire import SANS_MEMOIRE, Memoire
from execution.taches import qui


@pytest.fixture
def memoire(tmp_path: Path) -> Memoire:
    return Memoire(tmp_path, "programme", b"secret")


faites: list[int] = []


def doubler(nombre: int) -> int:
    faites.append(nombre)
    return 2 * nombre


MILLION = 1_000_000


def lourd(rang: int) -> bytes:
    return bytes([rang]) * MILLION


def _faire(memoire: Memoire, nombres: Iterable[int]) -> tuple[list[int], list[int]]:
    """Results, and what was really done for them."""
    faites.clear()
    return list(Retenue(SurPlace(), memoire).faire(doubler, nombres, 2)), list(faites)


def test_only_what_is_not_known_is_done_and_the_order_stays(memoire: Memoire) -> None:
    assert _faire(memoire, [1, 3]) == ([2, 6], [1, 3])
    assert _faire(memoire, [0, 1, 2, 3, 4]) == ([0, 2, 4, 6, 8], [0, 2, 4])
    assert _faire(memoire, [4, 3, 2]) == ([8, 6, 4], [])
    assert _faire(memoire, []) == ([], [])


def test_two_works_do_not_share_their_results(memoire: Memoire) -> None:
    _faire(memoire, [1])
    assert list(Retenue(SurPlace(), memoire).faire(abs, [1])) == [1]


def test_what_is_known_first_is_given_before_anything_else_is_asked(memoire: Memoire) -> None:
    _faire(memoire, [1, 2, 3])
    tirees: list[int] = []
    demandes = (tirees.append(nombre) or nombre for nombre in (1, 2, 3))
    resultats = Retenue(SurPlace(), memoire).faire(doubler, demandes)
    assert (next(resultats), tirees) == (2, [1])
    assert (list(resultats), tirees) == ([4, 6], [1, 2, 3])


def test_what_left_the_memory_while_it_waited_is_done_again(memoire: Memoire) -> None:
    _faire(memoire, [1, 2, 4])
    resultats = Retenue(SurPlace(), memoire).faire(doubler, [3, 1, 2, 5, 4])
    assert next(resultats) == 6
    memoire.elaguer(taille_max=0)
    assert list(resultats) == [2, 4, 10, 8]


def test_results_that_wait_are_not_held(memoire: Memoire) -> None:
    """Between the first and the last, which are not known, forty results of a million bytes wait for their turn."""
    assert sum(map(len, Retenue(SurPlace(), memoire).faire(lourd, range(1, 41)))) == 40 * MILLION
    retenue = Retenue(Processus(2), memoire)
    tracemalloc.start()
    try:
        tailles = [len(octets) for octets in retenue.faire(lourd, range(42), 1)]
        _, pic = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert tailles == [MILLION] * 42
    assert pic < 10 * MILLION


def test_without_memory_all_is_done(memoire: Memoire) -> None:
    assert [_faire(SANS_MEMOIRE, [1])[1] for _ in range(2)] == [[1], [1]]


def test_what_was_done_before_an_interruption_is_kept(memoire: Memoire) -> None:
    def interrompues() -> Iterator[int]:
        yield from (1, 2, 3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _faire(memoire, interrompues())
    assert _faire(memoire, [1, 2, 3, 4]) == ([2, 4, 6, 8], [4])


def test_processes_too(memoire: Memoire) -> None:
    retenue = Retenue(Processus(2), memoire)
    premiers = list(retenue.faire(qui, [2, 4, 6]))
    assert retenue.effort.secondes > 0
    tous = list(retenue.faire(qui, range(8)))
    assert [rang for rang, _ in tous] == list(range(8))
    assert [tous[rang] for rang in (2, 4, 6)] == premiers
