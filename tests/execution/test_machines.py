"""Several machines: the same bytes as one, whatever happens to them, or one sentence that says why not.

The machines are two processes of this one, with no memory in common.
"""

import importlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from click.testing import CliRunner

from carte.cli import cli
from carte.execution import Executeur, OuvrierPerdu, SurPlace, choisir, machines
from carte.execution.machines import MachineDifferente, OrdonnanceurIndisponible
from carte.execution.releve import ecart, releve
from carte.publish import fascicule
from execution.taches import disparaitre, dormir, mourir_une_fois, qui, saturer
from execution.test_documents import tous
from publish import monde_rapport
from simulation import monde_simule

pytestmark = pytest.mark.xdist_group("machines")


def _grappe(nombre: int) -> Any:
    distributed = pytest.importorskip("distributed", reason="distributed est absent : make machines")
    return distributed.LocalCluster(
        n_workers=nombre,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
    )


@pytest.fixture(scope="module")
def grappe() -> Iterator[Any]:
    with _grappe(2) as grappe:
        yield grappe


@pytest.fixture
def executeur(grappe: Any) -> Iterator[Executeur]:
    with choisir(grappe.scheduler_address) as executeur:
        yield executeur


def test_results_come_from_elsewhere_in_the_order_of_demands(executeur: Executeur) -> None:
    rangs, qui_fait = zip(*executeur.faire(qui, range(9), lot=2), strict=True)
    assert rangs == tuple(range(9))
    assert len(set(qui_fait)) == 5
    assert os.getpid() not in qui_fait
    assert executeur.effort.ensemble == 2
    assert executeur.effort.secondes > 0


def test_reports_have_the_same_bytes_as_here(executeur: Executeur) -> None:
    picture = monde_rapport.picture(monde_rapport.place("un", 46.0))
    ici = tous(picture, SurPlace(), fois=fascicule.LOT + 1)
    assert len(ici) > fascicule.LOT
    assert tous(picture, executeur, fois=fascicule.LOT + 1) == ici


def test_simulations_are_the_same_as_here(executeur: Executeur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("carte.simulation.simuler"), "LOT", 1)
    assert monde_simule.simulations(executeur) == monde_simule.simulations()
    assert executeur.effort.secondes > 0


def test_an_error_there_is_raised_here_with_its_stack(executeur: Executeur) -> None:
    with pytest.raises(OSError, match="No space left") as plein:
        list(executeur.faire(saturer, range(4)))
    assert "in saturer" in plein.value.__notes__[0]


def test_a_killed_machine_costs_time_only(executeur: Executeur, tmp_path: Path) -> None:
    tuees: list[int] = []

    def tuer() -> None:
        while not (tmp_path / "1").exists():
            time.sleep(0.02)
        tuees.append(int((tmp_path / "1").read_text()))
        os.kill(tuees[0], signal.SIGKILL)

    bourreau = threading.Thread(target=tuer, daemon=True)
    bourreau.start()
    assert list(executeur.faire(mourir_une_fois, [(rang, tmp_path) for rang in range(6)])) == list(range(6))
    bourreau.join()
    assert len(tuees) == 1
    assert tuees[0] != os.getpid()


def test_no_machine_left_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "ATTENTE", 1)
    monkeypatch.setattr(machines, "RETOUR", 0)
    with _grappe(1) as seule, choisir(seule.scheduler_address) as executeur:
        resultats = executeur.faire(qui, range(1))
        seule.scale(0)
        with pytest.raises(OuvrierPerdu, match="Aucune machine n'est revenue"):
            next(resultats)


def test_a_scheduler_that_stops_ends_in_one_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    with _grappe(1) as seule, choisir(seule.scheduler_address) as executeur:
        arret = threading.Timer(1, seule.close)
        arret.start()
        with pytest.raises(OuvrierPerdu, match="L'ordonnanceur s'est arrêté, ou le lien"):
            list(executeur.faire(dormir, range(1)))
        arret.join()
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("panne", [OSError("Stream is closed"), TimeoutError()])
def test_a_link_cut_while_machines_are_counted_ends_in_the_same_sentence(panne: Exception) -> None:
    client = Mock()
    client.ncores.side_effect = client.cancel.side_effect = panne
    with pytest.raises(OuvrierPerdu, match="L'ordonnanceur s'est arrêté, ou le lien"):
        list(machines.Machines(client).faire(qui, range(3)))


def test_a_lot_that_stops_every_process_ends_in_one_sentence(executeur: Executeur) -> None:
    with pytest.raises(OuvrierPerdu, match="code 9"):
        list(executeur.faire(disparaitre, range(3)))


def test_a_machine_with_another_program_is_refused(executeur: Executeur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "releve", lambda: releve() | {"typst": "0.1"})
    with pytest.raises(MachineDifferente, match=r"^La machine tcp://\S+ a typst .*, et celle-ci typst 0\.1 :"):
        list(executeur.faire(qui, range(3)))


def test_what_two_machines_must_have_alike() -> None:
    assert {"le programme", "Python", "typst", "numpy", "@fontsource/noto-sans"} <= releve().keys()
    assert ecart(releve(), releve()) == ""
    assert ecart(releve(), releve() | {"le programme": "x"}) == "n'a pas le même état du programme"
    assert ecart({"typst": "2"}, {}) == "a typst absent, et celle-ci typst 2"


def test_without_the_option_nothing_of_dask_is_loaded() -> None:
    programme = (
        "import sys, carte.publish.site, carte.cli, carte.pipeline, carte.execution\n"
        "with carte.execution.choisir(None) as ici: assert list(ici.faire(len, ['ab'])) == [2]\n"
        "print({nom.partition('.')[0] for nom in sys.modules} & {'dask', 'distributed', 'tornado'})"
    )
    commande = [sys.executable, "-c", programme]
    assert subprocess.run(commande, capture_output=True, text=True, check=True).stdout == "set()\n"


def test_without_the_library_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(OrdonnanceurIndisponible, match="make machines"), choisir("tcp://127.0.0.1:1"):
        pass


def test_without_a_scheduler_or_a_machine_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "ECHEANCE", 1)
    with _grappe(0) as vide:
        with pytest.raises(OrdonnanceurIndisponible, match="Aucune machine"), choisir(vide.scheduler_address):
            pass
        adresse = vide.scheduler_address
    with pytest.raises(OrdonnanceurIndisponible, match="ne répond pas"), choisir(adresse):
        pass


def test_what_tls_lacks_is_said_before_anything_is_opened(tmp_path: Path) -> None:
    config = pytest.importorskip("dask", reason="dask est absent : make machines").config
    with pytest.raises(OrdonnanceurIndisponible, match="aucun certificat n'est réglé"), choisir("tls://127.0.0.1:1"):
        pass
    illisible = tmp_path / "autorite.pem"
    for attendu in ("No such file", "no certificate or crl found"):
        with (
            config.set(
                {"distributed.comm.tls.ca-file": str(illisible), "distributed.comm.tls.client.cert": str(illisible)}
            ),
            pytest.raises(OrdonnanceurIndisponible, match=rf"ne se lit pas : (?i:.*{attendu})"),
            choisir("tls://127.0.0.1:1"),
        ):
            pass
        illisible.write_text("ceci n'est pas un certificat")
    with (
        config.set({"distributed.comm.require-encryption": True}),
        pytest.raises(OrdonnanceurIndisponible, match="écrivez tls://"),
        choisir("tcp://127.0.0.1:1"),
    ):
        pass


def test_the_address_of_a_page_is_not_that_of_a_scheduler() -> None:
    resultat = CliRunner().invoke(cli, ["construire", "--ordonnanceur", "http://exemple.fr"])
    assert resultat.exit_code == 2
    assert "tcp://machine:port" in resultat.output
