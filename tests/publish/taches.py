"""Small works for child processes: a module without heavy imports, since each of them loads it."""

import os
from pathlib import Path


def noter(cible: Path) -> None:
    """Write who wrote."""
    cible.write_text(str(os.getpid()))


def disparaitre(cible: Path) -> None:
    """End as a process that the system stops."""
    if cible.name == "1":
        os._exit(9)
    noter(cible)
