"""A site built again after one record was edited: its telephone, its hours; beside the whole build of the same run.

`CARTE_BENCH_REPRISE` names the worlds: « demonstration,region » by default, « pays » for 25,000 invented places on the
real outlines of the country, which takes an hour or more. Seconds are those of the processor, children included, in a
process whose libraries are loaded: what `carte servir --suivre` takes at each save. A ratio is to the whole build.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench import rapport_monde
from bench.line import line

MONDES = "demonstration,region"
EDITIONS = ("telephone", "horaires")
PLAFOND = 3.0


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    for monde in os.environ.get("CARTE_BENCH_REPRISE", MONDES).split(","):
        if monde != "demonstration" and not rapport_monde.present():
            yield f"BENCH reprise.{monde} absent: le dossier ../shared manque"
            continue
        mesures = _mesurer(monde)
        entier = mesures["entier"]
        yield line(f"reprise.{monde}.lieux", mesures["lieux"], "lieux")
        yield line(f"reprise.{monde}.entier", entier, "s")
        yield line(f"reprise.{monde}.entier.garder", mesures["garder"] / entier, "x")
        yield line(f"reprise.{monde}.memoire", mesures["octets"] / 1e6, "Mo")
        for edition in EDITIONS:
            yield line(f"reprise.{monde}.{edition}", mesures[edition], "s", at_most=PLAFOND)
            yield line(f"reprise.{monde}.{edition}.rapport", mesures[edition] / entier, "x")


def _mesurer(monde: str) -> dict[str, float]:
    texte = f"from bench.reprise_enfant import main\nif __name__ == '__main__': main({monde!r})"
    fini = subprocess.run(
        [sys.executable, "-c", texte],
        check=True,
        stdout=subprocess.PIPE,  # what goes wrong is shown
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "NO_MKDOCS_2_WARNING": "1"},
    )
    mesures: dict[str, float] = json.loads(fini.stdout.splitlines()[-1])
    return mesures
