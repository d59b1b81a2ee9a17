"""What a command says of its work, through standard logging: errors only, steps (by default), or details."""

import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")

_PAQUET = __name__.partition(".")[0]
journal = logging.getLogger(__name__)


def regler(bruit: int) -> None:
    """Say errors alone (negative), steps (0), the package's details (1), or those of the libraries too (2 and more)."""
    etendu, bas = max(-1, min(bruit, 2)), logging.DEBUG
    racine = logging.getLogger()
    racine.handlers[:] = [h for h in racine.handlers if not isinstance(h, _Ecran)] + [_Ecran()]
    racine.setLevel({-1: logging.ERROR, 2: bas}.get(etendu, logging.WARNING))
    logging.getLogger(_PAQUET).setLevel({-1: logging.ERROR, 0: logging.INFO}.get(etendu, bas))


def bavard() -> bool:
    """Whether details are wanted on the screen."""
    return journal.isEnabledFor(logging.DEBUG)


def discret() -> bool:
    """Whether only errors are wanted."""
    return not journal.isEnabledFor(logging.INFO)


def dire(phrase: str) -> None:
    """Tell how a command ended, on its output, unless only errors are wanted."""
    if not discret():
        click.echo(phrase)


@contextmanager
def etape(nom: str, niveau: int = logging.INFO) -> Iterator[None]:
    """Say how long a block took, once it has ended."""
    debut = time.perf_counter()
    yield
    journal.log(niveau, "  %-14s %6.2f s", nom, time.perf_counter() - debut)


PATIENCE, RYTHME = 5.0, 15.0
"""Seconds before anything is said of a step, then between two lines; on a terminal, one line is written over."""
_ASSEZ = 20
"""A pace is known once one thing out of so many is done."""
_EFFACER = "\r\x1b[K"


def suivre(nom: str, suite: Iterable[T], total: int, horloge: Callable[[], float] = time.monotonic) -> Iterator[T]:
    """The same things, and how far a long step is: done, of how many, what remains at the pace seen so far."""
    debut, dit = horloge(), -RYTHME
    try:
        for fait, chose in enumerate(suite, start=1):
            yield chose
            passe = horloge() - debut
            if passe >= PATIENCE and fait < total and passe - dit >= (1.0 if _Ecran.reecrit() else RYTHME):
                dit = passe
                # The first ones wait for the processes to start: their pace says nothing of the others.
                reste = f", {restant(passe / fait * (total - fait))}" if fait * _ASSEZ >= total else ""
                _Ecran.avancer(f"  {nom} : {fait} sur {total}{reste}")
    finally:
        _Ecran.effacer()


def restant(secondes: float) -> str:
    """About how long, in words: never more precise than a pace can say."""
    if secondes < 55:
        return f"encore {max(10, 10 * round(secondes / 10))} s environ"
    minutes = max(1, round(secondes / 60))
    if minutes < 60:
        return f"encore {minutes} min environ"
    heures, reste = divmod(10 * round(minutes / 10), 60)
    return f"encore {heures} h{f' {reste:02d}' if reste else ''} environ"


class _Ecran(logging.Handler):
    """The terminal's error output; of other packages, the name too."""

    _provisoire = False
    """Whether a line of `avancer` is there, to be written over."""

    @staticmethod
    def reecrit() -> bool:
        """Whether a line can be written over: not in a file, nor among the details."""
        return sys.stderr.isatty() and not bavard()

    @classmethod
    def avancer(cls, texte: str) -> None:
        """Say how far a step is, in place of what was said before where that can be."""
        if cls.reecrit() and not discret():
            click.echo(f"{_EFFACER}{texte}", err=True, nl=False)
            cls._provisoire = True
        else:
            journal.info(texte)

    @classmethod
    def effacer(cls) -> None:
        """Leave a whole line to what comes next."""
        if cls._provisoire:
            click.echo(_EFFACER, err=True, nl=False)
            cls._provisoire = False

    def emit(self, record: logging.LogRecord) -> None:
        texte = record.getMessage()
        if not (record.name == _PAQUET or record.name.startswith(f"{_PAQUET}.")):
            texte = f"    {record.name} : {texte}"
        elif record.levelno == logging.DEBUG:
            texte = f"    {texte}"
        elif record.levelno == logging.WARNING:
            texte = f"À savoir : {texte}"
        if record.exc_info:
            texte += "\n" + logging.Formatter().formatException(record.exc_info)
        self.effacer()
        click.echo(texte, err=True)
