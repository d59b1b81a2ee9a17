"""What it costs to know that a site is ours: reading every file once more, three times a build."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.line import line
from carte.publication.marque import examiner, marquer

_FICHIERS, _OCTETS = 5_000, 40_000
"""A thirteenth of the national site: 64,000 files, 2.5 GB."""


def run() -> Iterator[str]:
    """Seconds of processor for a gigabyte in files of 40 kB, to mark a site and to examine it."""
    with TemporaryDirectory() as dossier:
        site = Path(dossier)
        _remplir(site)
        yield line("surete.marquer", _secondes_par_go(marquer, site), "s/Go", at_most=4)
        yield line("surete.examiner", _secondes_par_go(examiner, site), "s/Go", at_most=4)
        if not examiner(site).intact:
            raise AssertionError("a site just marked is ours")


def _remplir(site: Path) -> None:
    page = os.urandom(_OCTETS)
    for rang in range(_FICHIERS):
        fichier = site / "communes" / f"{rang % 200:05d}" / f"{rang}.html"
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_bytes(page)


def _secondes_par_go(mesure: Callable[[Path], object], site: Path) -> float:
    debut = time.process_time()
    mesure(site)
    return (time.process_time() - debut) / (_FICHIERS * _OCTETS / 1e9)
