"""Publish whole or not at all: the site is made beside the old one, then takes its place in one step."""

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# What a kernel or a file system answers when it cannot exchange two names.
_SANS_ECHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


@contextmanager
def publication(cible: Path) -> Iterator[Path]:
    """Give an empty folder to write the site in; it replaces `cible` only when the block ends without error.

    The work folder lies beside `cible` (same file system, so that the exchange is a rename). A failed or killed
    build leaves `cible` untouched; its remains are removed by the next one. Raises click.ClickException when another
    build of the same folder is running.
    """
    cible.parent.mkdir(parents=True, exist_ok=True)
    travail = cible.parent / f".{cible.name}.en-cours"
    with _verrou(cible.parent / f".{cible.name}.verrou"):
        shutil.rmtree(travail, ignore_errors=True)
        travail.mkdir()
        yield travail
        _remplacer(travail, cible)


def _remplacer(neuf: Path, cible: Path) -> None:
    """Put `neuf` in the place of `cible`, with no moment at which `cible` is missing or mixed."""
    if not cible.exists():
        neuf.rename(cible)
        return
    if not _echanger(neuf, cible):
        # No exchange on this system: the old site steps aside for the time of one rename.
        ancien = cible.parent / f".{cible.name}.ancien"
        shutil.rmtree(ancien, ignore_errors=True)
        cible.rename(ancien)
        try:
            neuf.rename(cible)
        except OSError:
            ancien.rename(cible)
            raise
        neuf = ancien
    shutil.rmtree(neuf)


def _echanger(a: Path, b: Path) -> bool:
    """Exchange two folders in one atomic call where the system has one (Linux renameat2); False elsewhere."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    if libc.renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE) == 0:
        return True
    numero = ctypes.get_errno()
    if numero in _SANS_ECHANGE:
        return False
    raise OSError(numero, os.strerror(numero), str(b))


@contextmanager
def _verrou(fichier: Path) -> Iterator[None]:
    with fichier.open("w") as verrou:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as erreur:
            raise click.ClickException("Une autre construction de ce site est en cours. Attendez sa fin.") from erreur
        yield
