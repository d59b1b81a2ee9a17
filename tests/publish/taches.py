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


def saturer(cible: Path) -> None:
    """Meet a full disk."""
    if cible.name == "1":
        Path("/dev/full").write_text("plein")
    noter(cible)


class Capricieuse(Exception):
    """An error that cannot be rebuilt on the other side of a pipe."""

    def __init__(self, une: int, deux: int) -> None:
        super().__init__("caprice")


def refuser(cible: Path) -> None:
    """Raise an error of a library."""
    raise Capricieuse(1, 2)
