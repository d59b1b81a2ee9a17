"""The measure of `bench_execution`, in a process of its own: `main` prints JSON, figures by way of working."""

import json
import logging
import pickle
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import rapport_enfant, rapport_monde
from carte.execution import Executeur, Processus, choisir
from carte.picture import Picture
from carte.publish import fascicule, maps, report
from carte.publish.fascicule import Fascicule
from carte.publish.report.tranche import tranches


@contextmanager
def machines() -> Iterator[Executeur]:
    """Two machines of one processor each. Raises ImportError without the library."""
    from distributed import LocalCluster

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL
        ) as grappe,
        choisir(grappe.scheduler_address) as executeur,
    ):
        yield executeur


def mesurer(picture: Picture, executeur: Executeur) -> tuple[dict[str, float], dict[str, Fascicule]]:
    """What the reports take, and what they are."""
    editions = report.preparer(picture, maps.preparer(picture))
    debut, parent = time.perf_counter(), time.process_time()
    faits = dict(fascicule.composer_tous(picture, editions, "assets/x", executeur))
    return {
        "secondes": time.perf_counter() - debut,
        "parent": time.process_time() - parent,
        "cpu": time.process_time() - parent + executeur.effort.secondes,
        "pic": executeur.effort.pic_mo,
    }, faits


def main(departements: int) -> None:
    """Measure and print."""
    nombre = round(rapport_monde.LIEUX_DU_PAYS * departements / 101)
    with tempfile.TemporaryDirectory() as dossier:
        configuration = rapport_monde.preparer(rapport_monde.choisir(departements), Path(dossier))
        picture = rapport_enfant.image(configuration, nombre, {}, simuler=True)
    mesures: dict[str, dict[str, float]] = {}
    mesures["un"], temoin = mesurer(picture, Processus(1))
    mesures["deux"], faits = mesurer(picture, Processus(2))
    mesures["un"]["differents"] = 0
    mesures["deux"]["differents"] = sum(faits[code] != temoin[code] for code in temoin)
    try:
        with machines() as executeur:
            mesures["dask"], faits = mesurer(picture, executeur)
        mesures["dask"]["differents"] = sum(faits[code] != temoin[code] for code in temoin)
    except ImportError:
        pass
    parts = [len(pickle.dumps(part)) for _, part in tranches(picture, temoin)]
    mesures["un"]["part"] = sum(parts) / len(parts) / 1e6
    print(json.dumps(mesures))
