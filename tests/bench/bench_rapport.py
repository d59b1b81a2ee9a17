"""The gap report at the scale of the country: indicators, then reports in HTML, PDF and spreadsheets.

Each measure is a process of its own, so that its peak memory is its own. The floor is one E2SFCA written with scipy
alone on the same points, in the same process. Growth exponents compare seconds with départements, chosen evenly among
all sizes; 1 is linear. `.cpu` figures tell the processor's seconds apart from a busy machine's waiting, those of the
child processes included; memory is that of the process and of all its children at their greatest, added up.
"""

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping

from bench import rapport_monde
from bench.line import line

TAILLES = (1, 4, 16)
"""Numbers of départements of the growth; 101 as well with CARTE_BENCH_101=1: some minutes more."""
PAYS = 101
CHAINE = ("territoire", "debit", "offre", "indicateurs")
"""From the files and the valid records to the figures."""
FORMES = ("html", "pdf", "tableurs")


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    if not rapport_monde.present():
        yield "BENCH rapport absent: le dossier ../shared manque"
        return
    yield from _indicateurs(_mesurer("indicateurs", PAYS))
    tailles = (*TAILLES, PAYS) if os.environ.get("CARTE_BENCH_101") else TAILLES
    series = {}
    for taille in tailles:
        series[taille] = _mesurer("formes", taille)
        yield from _formes(taille, series[taille])
    yield from _croissance(series)


def _indicateurs(mesures: Mapping[str, float]) -> Iterator[str]:
    yield line("rapport.indicateurs.communes", mesures["communes"], "communes")
    yield line("rapport.indicateurs.points", mesures["points"], "points")
    yield line("rapport.indicateurs", mesures["indicateurs"], "s", at_most=20)
    yield line("rapport.indicateurs.cpu", mesures["indicateurs.cpu"], "s")
    yield line("rapport.indicateurs.memoire", mesures["indicateurs.pic"] / 1000, "Go", at_most=2)
    yield line("rapport.plancher", mesures["plancher"], "s")
    yield line("rapport.indicateurs.rapport", mesures["indicateurs"] / mesures["plancher"], "x")
    for etape in CHAINE:
        yield line(f"rapport.{etape}.cpu", mesures[f"{etape}.cpu"], "s")
    yield line("rapport.chaine", sum(mesures[etape] for etape in CHAINE), "s")


def _formes(taille: int, mesures: Mapping[str, float]) -> Iterator[str]:
    for forme in ("simulations", *FORMES):
        plafond = 1.0 if forme == "pdf" else None
        yield line(f"rapport.{taille}.{forme}", mesures[forme] / taille, "s/département", at_most=plafond)
        yield line(f"rapport.{taille}.{forme}.cpu", mesures[f"{forme}.cpu"] / taille, "s/département")
        yield line(f"rapport.{taille}.{forme}.memoire", mesures[f"{forme}.pic"] / 1000, "Go")
    yield line(f"rapport.{taille}.page", mesures["page"], "ko", at_most=300)
    yield line(f"rapport.{taille}.page.rapport", mesures["page"] / mesures["page.texte"], "x")
    yield line(f"rapport.{taille}.octets", mesures["octets"] / taille / 1e6, "Mo/département")
    yield line(f"rapport.{taille}.total", sum(mesures[etape] for etape in (*CHAINE, "simulations", *FORMES)), "s")
    yield line(f"rapport.{taille}.memoire", mesures["pic"] / 1000, "Go")


def _croissance(series: Mapping[int, Mapping[str, float]]) -> Iterator[str]:
    for forme in ("indicateurs", "simulations", *FORMES):
        points = [(taille, mesures[f"{forme}.cpu"]) for taille, mesures in series.items()]
        yield line(f"rapport.croissance.{forme}", exposant(points), "exposant", at_most=1.1)
    points = [(taille, mesures["pic"]) for taille, mesures in series.items()]
    yield line("rapport.croissance.memoire", exposant(points), "exposant", at_most=1.1)


def exposant(points: list[tuple[int, float]]) -> float:
    """Slope of the logarithms, by least squares: 1 when seconds grow as départements do."""
    x, y = ([math.log(point[rang]) for point in points] for rang in (0, 1))
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)


def _mesurer(sorte: str, departements: int) -> dict[str, float]:
    nombre = round(rapport_monde.LIEUX_DU_PAYS * departements / PAYS)
    # `-c`, not `-m`: the children of this process then have no heavy module to load again.
    texte = f"from bench.rapport_enfant import main; main({sorte!r}, {departements}, {nombre})"
    commande = [sys.executable, "-c", texte]
    chemins = os.pathsep.join(sys.path)
    fini = subprocess.run(
        commande, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": chemins}
    )
    mesures: dict[str, float] = json.loads(fini.stdout.splitlines()[-1])
    return mesures
