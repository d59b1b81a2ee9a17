"""Small works for child processes: a module without heavy imports, since each of them loads it."""

import os
import signal
import time
from pathlib import Path


def qui(rang: int) -> tuple[int, int]:
    """The demand, and who did it."""
    return rang, os.getpid()


def noter(cible: Path) -> int:
    """Say in a file that it is done."""
    cible.write_text("fait")
    return os.getpid()


def disparaitre(rang: int) -> int:
    """End as a process that the system stops."""
    if rang == 1:
        os._exit(9)
    return rang


def s_arreter_en_parlant(rang: int) -> bytes:
    """A letter longer than a pipe, cut by the end of its process: the parent stops reading until it is dead."""
    if rang == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return bytes(1_000_000)


def saturer(rang: int) -> int:
    """Meet a full disk."""
    if rang == 1:
        Path("/dev/full").write_text("plein")
    return rang


class Capricieuse(Exception):
    """An error that cannot be rebuilt on the other side of a pipe."""

    def __init__(self, une: int, deux: int) -> None:
        super().__init__("caprice")


def refuser(rang: int) -> int:
    """Raise an error of a library."""
    raise Capricieuse(1, 2)


def attendre(cible: Path) -> int:
    """Never end: `cible` says that it has begun, and who."""
    cible.write_text(str(os.getpid()))
    time.sleep(600)
    return 0


def dormir(rang: int) -> int:
    """Never end."""
    time.sleep(600)
    return rang


def premier_lent(demande: tuple[int, Path]) -> int:
    """The first waits until the third has begun: it ends after the second."""
    rang, dossier = demande
    (dossier / str(rang)).touch()
    while rang == 0 and not (dossier / "2").exists():
        time.sleep(0.01)
    return rang


def mourir_une_fois(demande: tuple[int, Path]) -> int:
    """The first time, say which machine this is, then wait for its end; the second time, answer."""
    rang, dossier = demande
    essai = dossier / str(rang)
    if rang == 1 and not essai.exists():
        machine = os.getppid()
        provisoire = essai.with_suffix(".ecrit")
        provisoire.write_text(str(machine))
        provisoire.rename(essai)
        while os.getppid() == machine:
            time.sleep(0.01)
        os._exit(1)
    return rang
