"""`python -m carte.execution.enfant`: one lot, read on the input as values, its letter written on the output.

A machine does each lot in a process of its own: what a library keeps goes away with it.
"""

import os
import subprocess
import sys

from carte.erreurs import ErreurCarte
from carte.execution.modele import travailler


class EnfantPerdu(ErreurCarte):
    """The process of a lot ended without a letter: it may be asked again."""


def confier(lot: bytes) -> bytes:
    """Do a lot (`modele.emballer`) in a new process; the letter that it gives, for `modele.ouvrir`."""
    chemins = os.pathsep.join(chemin for chemin in sys.path if chemin)
    fini = subprocess.run(  # noqa: S603 - this program, with this Python
        [sys.executable, "-m", __name__],
        input=lot,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": chemins},
        check=False,
    )
    if fini.returncode != 0 or not fini.stdout:
        raise EnfantPerdu(f"code {fini.returncode}")
    return fini.stdout


def main() -> None:
    """In the child. What a library prints does not mix with the letter."""
    vers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    lettre = travailler(sys.stdin.buffer.read())
    with os.fdopen(vers, "wb") as sortie:
        sortie.write(lettre)


if __name__ == "__main__":
    main()
