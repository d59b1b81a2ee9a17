"""Child processes: what they give comes in order, they are replaced, and one that fails is heard."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from carte.execution import Effort, OuvrierPerdu, Processus, SurPlace, processeurs
from execution.taches import (
    disparaitre,
    noter,
    premier_lent,
    qui,
    refuser,
    s_arreter_en_parlant,
    saturer,
)
from sites import RACINE


def test_each_lot_has_a_process_of_its_own() -> None:
    maison = Processus(2)
    rangs, qui_fait = zip(*maison.faire(qui, range(5), lot=2), strict=True)
    assert rangs == (0, 1, 2, 3, 4)
    assert qui_fait[0] == qui_fait[1] != qui_fait[2] == qui_fait[3] != qui_fait[4]
    assert os.getpid() not in qui_fait
    assert maison.effort.ensemble == 2
    assert maison.effort.secondes > 0
    assert maison.effort.pic_mo > 1


def test_one_lot_is_done_here() -> None:
    maison = Processus()
    assert list(maison.faire(qui, range(2), lot=2)) == [(0, os.getpid()), (1, os.getpid())]
    assert maison.effort == Effort()
    assert list(maison.faire(qui, (), lot=2)) == []


def test_here_is_a_way_of_working_too() -> None:
    assert list(SurPlace().faire(qui, range(3))) == [(rang, os.getpid()) for rang in range(3)]


def test_results_come_in_the_order_of_demands(tmp_path: Path) -> None:
    demandes = [(rang, tmp_path) for rang in range(4)]
    assert list(Processus(2).faire(premier_lent, demandes)) == [0, 1, 2, 3]


def test_demands_wait_until_there_is_room(tmp_path: Path) -> None:
    cibles = [tmp_path / str(rang) for rang in range(8)]
    avances = []

    def demandes() -> Iterator[Path]:
        for rang, cible in enumerate(cibles):
            avances.append(rang - sum(c.exists() for c in cibles))
            yield cible

    assert len(list(Processus(2).faire(noter, demandes()))) == 8
    assert max(avances) <= 2


def test_a_lost_process_stops_everything() -> None:
    with pytest.raises(OuvrierPerdu, match="code 9"):
        list(Processus(2).faire(disparaitre, range(4)))
    with pytest.raises(OuvrierPerdu, match="code -9"):
        list(Processus(2).faire(s_arreter_en_parlant, range(4)))


def test_an_error_in_a_process_is_raised_here_with_its_stack_and_says_nothing_on_the_screen(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(OSError, match="No space left") as plein:
        list(Processus(2).faire(saturer, range(4)))
    assert plein.value.errno == errno.ENOSPC
    assert "in saturer" in plein.value.__notes__[0]
    with pytest.raises(RuntimeError, match="Capricieuse : caprice") as capricieuse:
        list(Processus(2).faire(refuser, range(4)))
    assert "in refuser" in capricieuse.value.__notes__[0]
    assert capfd.readouterr().err == ""


INTERROMPU = """
import signal
import sys
from pathlib import Path
from carte.execution import Processus
from execution.taches import attendre

if __name__ == "__main__":
    # A test run in the background inherits a Ctrl+C that nobody hears.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        list(Processus(2).faire(attendre, [Path(sys.argv[1]) / str(rang) for rang in range(4)]))
    except KeyboardInterrupt:
        print("Interrompu.")
"""


def test_ctrl_c_stops_the_children_which_say_nothing(tmp_path: Path) -> None:
    programme = tmp_path / "programme.py"
    programme.write_text(INTERROMPU, encoding="utf-8")
    chemins = os.pathsep.join([str(RACINE / "scripts"), str(RACINE / "tests")])
    with subprocess.Popen(
        [sys.executable, str(programme), str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": chemins},
        start_new_session=True,
    ) as parent:
        nes = [tmp_path / "0", tmp_path / "1"]
        while not all(f.exists() and f.read_text() for f in nes):
            assert parent.poll() is None
            time.sleep(0.02)
        # What a terminal does: every process of the group gets it.
        os.killpg(parent.pid, signal.SIGINT)
        sortie, erreur = parent.communicate(timeout=120)
    assert (sortie, erreur) == ("Interrompu.\n", "")
    assert not (tmp_path / "2").exists()
    for ne in nes:
        with pytest.raises(ProcessLookupError):
            os.kill(int(ne.read_text()), 0)


def test_the_children_of_a_result_that_nobody_waits_for_any_more_are_stopped() -> None:
    resultats = Processus(2).faire(qui, iter(range(100)))
    _, enfant = next(resultats)
    resultats.close()  # type: ignore[attr-defined]
    assert next(resultats, None) is None
    with pytest.raises(ProcessLookupError):
        os.kill(enfant, 0)


def test_all_processors_by_default() -> None:
    assert Processus().nombre == processeurs() >= 1
