"""Opening an ordinary file, whatever somebody put in its place."""

import errno
import io
import os
import stat
from pathlib import Path

# Absent on Windows, where neither symbolic links nor named pipes are met in a checkout.
_SANS_ATTENTE = getattr(os, "O_NONBLOCK", 0)
_SANS_LIEN = getattr(os, "O_NOFOLLOW", 0)


def ouvrir(chemin: Path | str, *, liens: bool = False) -> io.BufferedReader:
    """Open an ordinary file for reading, closed in child processes; a symbolic link is followed only with `liens`.

    Raises OSError for anything else, and never waits.
    """
    descripteur = os.open(chemin, os.O_RDONLY | _SANS_ATTENTE | (0 if liens else _SANS_LIEN))
    try:
        if not stat.S_ISREG(os.fstat(descripteur).st_mode):
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(chemin))
        return os.fdopen(descripteur, "rb")
    except BaseException:
        os.close(descripteur)
        raise
