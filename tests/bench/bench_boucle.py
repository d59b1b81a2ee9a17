"""The hub's loop: how long a person waits for one record checked, and for a proposal compared, start-up included.

Each command is a process of its own, as a person starts it; the best of five is kept. The floor is Python that only
imports what reads a record (click, pydantic, PyYAML). The proposal changes 20 records among 25,000.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.line import line
from bench.tranche_validation import NOMBRE, RACINE, ecrire

TOURS = 5
CHANGEES = 20
_CONFIGURATION = """\
nom: Essai
hub: Essai
courriel: contact@hub.example
url: https://carte.example/
departements: ["36"]
date_publication: 2026-11-02
dossiers: {lieux: offers, geo: geo, sortie: build}
"""


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    plancher = _mesurer([sys.executable, "-c", "import click, pydantic, yaml"], RACINE)
    with tempfile.TemporaryDirectory() as dossier:
        depot = Path(dossier)
        fichiers = _depot(depot)
        valider = _mesurer(_carte("valider", str(fichiers[0])), depot)
        formater = _mesurer(_carte("formater", "--verifier", str(fichiers[0])), depot)
        for fichier in fichiers[:CHANGEES]:
            fichier.write_text(
                fichier.read_text(encoding="utf-8").replace("rue de la", "avenue de la"), encoding="utf-8"
            )
        comparer = _mesurer(_carte("comparer", "--sans-effet", "main"), depot)
    yield line("boucle.plancher", plancher, "s")
    yield line("boucle.valider_une_fiche", valider, "s", at_most=0.5)
    yield line("boucle.valider_une_fiche.rapport", valider / plancher, "x")
    yield line("boucle.formater_une_fiche", formater, "s", at_most=0.5)
    yield line("boucle.formater_une_fiche.rapport", formater / plancher, "x")
    yield line(f"boucle.comparer_{CHANGEES}_sur_{NOMBRE}", comparer, "s", at_most=5)


def _carte(commande: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "carte", commande, "--config", "carte.yml", *arguments]


def _depot(depot: Path) -> list[Path]:
    """A hub's repository with every record committed."""
    (depot / "carte.yml").write_text(_CONFIGURATION, encoding="utf-8")
    (depot / "programme.mk").touch()
    fichiers = ecrire(depot / "offers")
    qui = ["-c", "user.name=essai", "-c", "user.email=essai@hub.example", "-c", "gc.auto=0"]
    for mots in (["init", "-q", "-b", "main"], ["add", "."], [*qui, "commit", "-q", "-m", "Fiches"]):
        subprocess.run(["git", "-C", str(depot), *mots], check=True)
    return fichiers


def _mesurer(commande: Sequence[str], ou: Path) -> float:
    """The best time of a command, in seconds. Raises CalledProcessError when it fails."""
    temps = []
    for _ in range(TOURS):
        debut = time.perf_counter()
        subprocess.run(
            commande, cwd=ou, env=os.environ | {"PYTHONPATH": str(RACINE / "scripts")}, check=True, capture_output=True
        )
        temps.append(time.perf_counter() - debut)
    return min(temps)
