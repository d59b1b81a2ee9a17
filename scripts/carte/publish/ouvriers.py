"""Documents written by child processes, a few each: they share the processors, and give their memory back.

A child starts from a clean server process (anew where the system has none), never from a copy of the build: what it
needs is sent to it. The order in which documents end does not matter: each writes its own file.
"""

import multiprocessing
import os
import pickle
import resource
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import TypeVar

from carte.erreurs import ErreurCarte

D = TypeVar("D")

MODULES = ("carte.publish.pdf.moteur", "carte.publish.tableur.classeur")
"""Loaded once in the server process, for all children."""


class OuvrierPerdu(ErreurCarte):
    """The system stopped a child process before the end of its work."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What children used: seconds of processor in all, greatest memory of one (MB), children at the same time."""

    secondes: float = 0.0
    pic_mo: float = 0.0
    ensemble: int = 0


def processeurs() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def partager(tache: Callable[[D], None], demandes: Iterable[D], total: int, lot: int) -> Effort:
    """Run `tache` (a function of a module) on each of the `total` demands, which can be pickled; `lot` of them a child.

    Demands are drawn as children get free, so that few of them wait in memory. One lot alone is done here, and raises
    what `tache` raises, as a child's error does; raises OuvrierPerdu too. The other children are then stopped.
    """
    if total <= lot:
        for demande in demandes:
            tache(demande)
        return Effort()
    equipe = _Equipe(min(processeurs(), -(-total // lot)))
    try:
        for paquet in _par_lots(demandes, lot):
            equipe.confier(tache, paquet)
        equipe.finir()
    finally:
        equipe.arreter()
    return equipe.effort


def _par_lots(demandes: Iterable[D], lot: int) -> Iterator[tuple[D, ...]]:
    suite = iter(demandes)
    while paquet := tuple(islice(suite, lot)):
        yield paquet


class _Equipe:
    """The children alive, by the connection on which each says how it ended."""

    def __init__(self, taille: int) -> None:
        self.effort = Effort(ensemble=taille)
        self._contexte = _contexte()
        self._vivants: dict[Connection, BaseProcess] = {}

    def confier(self, tache: Callable[..., None], paquet: tuple[object, ...]) -> None:
        """Start a child on these demands, as soon as there is room."""
        while len(self._vivants) >= self.effort.ensemble:
            self._attendre()
        ici, la = self._contexte.Pipe(duplex=False)
        enfant: BaseProcess = self._contexte.Process(target=_travailler, args=(tache, paquet, la), daemon=True)  # type: ignore[attr-defined]
        enfant.start()
        la.close()
        self._vivants[ici] = enfant

    def finir(self) -> None:
        while self._vivants:
            self._attendre()

    def arreter(self) -> None:
        for enfant in self._vivants.values():
            enfant.terminate()
            enfant.join()

    def _attendre(self) -> None:
        """Hear at least one child, and let it go."""
        for fini in wait(list(self._vivants)):
            assert isinstance(fini, Connection)
            enfant = self._vivants.pop(fini)
            try:
                suite = fini.recv()
            except EOFError:
                enfant.join()
                raise OuvrierPerdu(
                    f"Un document n’a pas pu être écrit : le système a arrêté le processus qui l’écrivait (code "
                    f"{enfant.exitcode}). La mémoire manque peut-être : fermez d’autres programmes, puis relancez."
                ) from None
            enfant.join()
            if isinstance(suite, Exception):
                raise suite
            secondes, pic = suite
            self.effort = Effort(self.effort.secondes + secondes, max(self.effort.pic_mo, pic), self.effort.ensemble)


def _contexte() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    contexte = multiprocessing.get_context("forkserver")
    contexte.set_forkserver_preload(["__main__", *MODULES])
    return contexte


def _travailler(tache: Callable[..., None], paquet: tuple[object, ...], vers: Connection) -> None:
    """In the child: do, then say what it took, or what went wrong."""
    try:
        for demande in paquet:
            tache(demande)
    except Exception as erreur:  # noqa: BLE001 - raised again by the parent
        vers.send(_transmissible(erreur))
        return
    vers.send((time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000))


def _transmissible(erreur: Exception) -> Exception:
    """The error as the parent can receive it, with the place where it was raised: a stack does not travel."""
    trace = "".join(traceback.format_exception(erreur))
    erreur.__cause__ = None
    try:
        pickle.loads(pickle.dumps(erreur))  # noqa: S301 - our own object, just made
    except Exception:  # noqa: BLE001 - whatever its own code does
        erreur = RuntimeError(f"{type(erreur).__name__} : {erreur}")
    erreur.add_note(f"Dans un processus enfant :\n{trace}")
    return erreur
