"""The reports of some départements by one process, two, and two machines of a Dask scheduler: the same bytes, how fast.

`CARTE_BENCH_DEPARTEMENTS` gives another number of départements (8). Clock seconds are compared within one run: a busy
machine slows all of them. The measure has a process of its own, which starts the machines as its own processes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench import rapport_monde
from bench.line import line

DEPARTEMENTS = 8
"""Two whole lots: six would leave a process half idle."""


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    if not rapport_monde.present():
        yield "BENCH execution absent: le dossier ../shared manque"
        return
    nombre = int(os.environ.get("CARTE_BENCH_DEPARTEMENTS", DEPARTEMENTS))
    texte = f"from bench.execution_enfant import main\nif __name__ == '__main__': main({nombre})"
    chemins = os.pathsep.join(sys.path)
    fini = subprocess.run(
        [sys.executable, "-c", texte],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": chemins},
    )
    mesures: dict[str, dict[str, float]] = json.loads(fini.stdout)
    seul = mesures["un"]
    for nom, mesure in mesures.items():
        yield line(f"execution.{nombre}.{nom}", mesure["secondes"], "s")
        yield line(f"execution.{nombre}.{nom}.cpu", mesure["cpu"], "s")
        yield line(f"execution.{nombre}.{nom}.memoire", mesure["pic"] / 1000, "Go/processus", at_most=2)
        yield line(f"execution.{nombre}.{nom}.differents", mesure["differents"], "rapports", at_most=0)
        plancher = None if nom == "un" else 1.6
        yield line(f"execution.{nombre}.{nom}.rapport", seul["secondes"] / mesure["secondes"], "x", at_least=plancher)
    yield line(f"execution.{nombre}.part", seul["part"], "Mo/département")
    yield line(f"execution.{nombre}.parent", seul["parent"] / seul["cpu"], "du travail", at_most=0.1)
    if "dask" not in mesures:
        yield "BENCH execution.dask absent: make machines"
