"""Whole real territories, from the layers to the site: 1, 6, 24 and 101 départements, and how each stage grows.

`CARTE_BENCH_FRANCE` gives other numbers of départements (« 1,6 » takes a few minutes, 101 half an hour), and
`CARTE_BENCH_PUBLIER` the greatest that is published (6). Seconds are the processor's of the process itself: a busy
machine counts less there. A ratio compares a stage with the least that its inputs or outputs can cost, measured in the
same process: JSON and YAML parsed, a table read, one E2SFCA, a site copied. Layers and real records are read in place.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping

from bench import rapport_monde
from bench.bench_rapport import exposant
from bench.line import line

TAILLES = "1,6,24,101"
PUBLIES = "6"
ETAPES = ("préparation", "territoire", "fiches", "débit", "indicateurs", "simulations", "évolution", "publication")
PLAFONDS = {"territoire": 5.0, "débit": 5.0, "simulations": 60.0}
"""Seconds, for any number of départements."""

CROISSANCE = 1.1
"""What a stage may be for each département; simulations, for each choice computed: a département whose inventory tells
families apart has more of them than one where every place gives the same."""


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    if not rapport_monde.present():
        yield "BENCH france absent: le dossier ../shared manque"
        return
    publies = int(os.environ.get("CARTE_BENCH_PUBLIER", PUBLIES))
    series: dict[int, Mapping[str, float]] = {}
    for taille in map(int, os.environ.get("CARTE_BENCH_FRANCE", TAILLES).split(",")):
        series[taille] = _mesurer(taille, taille <= publies)
        yield from _etapes(taille, series[taille])
    if len(series) > 1:
        yield from _croissance(series)


def _etapes(taille: int, mesures: Mapping[str, float]) -> Iterator[str]:
    for nom in ("communes", "points", "choix", "calculs", "fichiers", "octets"):
        if nom in mesures:
            yield line(f"france.{taille}.{nom}", mesures[nom], nom)
    for etape in ETAPES:
        if etape not in mesures:
            continue
        yield line(f"france.{taille}.{etape}", mesures[etape], "s")
        yield line(f"france.{taille}.{etape}.cpu", mesures[f"{etape}.cpu"], "s", at_most=PLAFONDS.get(etape))
        yield line(f"france.{taille}.{etape}.memoire", mesures[f"{etape}.pic"] / 1000, "Go", at_most=2)
        if plancher := mesures.get(f"{etape}.plancher"):
            yield line(f"france.{taille}.{etape}.rapport", mesures[f"{etape}.cpu"] / plancher, "x")
    yield line(f"france.{taille}.ecart", 100 * mesures["ecart"], "%", at_most=0)


def _croissance(series: Mapping[int, Mapping[str, float]]) -> Iterator[str]:
    for etape in ETAPES:
        points = [(taille, mesures[f"{etape}.cpu"]) for taille, mesures in series.items() if etape in mesures]
        if len(points) > 1:
            yield line(f"france.croissance.{etape}", exposant(points), "exposant", at_most=CROISSANCE)
    choix = [(int(mesures["calculs"]), mesures["simulations.cpu"]) for mesures in series.values()]
    yield line("france.croissance.simulations.par_choix", exposant(choix), "exposant", at_most=CROISSANCE)


def _mesurer(departements: int, publier: bool) -> dict[str, float]:
    texte = f"from bench.france_enfant import main; main({departements}, {publier})"
    fini = subprocess.run(
        [sys.executable, "-c", texte],
        check=True,
        stdout=subprocess.PIPE,  # what goes wrong is shown
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    mesures: dict[str, float] = json.loads(fini.stdout.splitlines()[-1])
    return mesures
