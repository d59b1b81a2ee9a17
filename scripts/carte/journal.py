"""What a command says of its work, through standard logging: errors only, steps (by default), or details."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

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


class _Ecran(logging.Handler):
    """The terminal's error output; of other packages, the name too."""

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
        click.echo(texte, err=True)
