"""Works done by child processes of this machine, a few each: they share the processors, and give their memory back.

A child starts from a clean server process (anew where the system has none), never from a copy of the build: what it
needs is sent to it.
"""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from carte.execution.modele import D, Effort, OuvrierPerdu, R, emballer, ouvrir, par_lots, travailler


def processeurs() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class Processus:
    """Child processes, `nombre` at the same time. One lot alone is done here."""

    nombre: int = field(default_factory=processeurs)
    effort: Effort = field(default_factory=Effort)

    def faire(self, tache: Callable[[D], R], demandes: Iterable[D], lot: int = 1) -> Iterator[R]:
        """See `Executeur.faire`."""
        paquets = par_lots(demandes, lot)
        premier, deuxieme = next(paquets, ()), next(paquets, None)
        if deuxieme is None:
            yield from map(tache, premier)
            return
        equipe = _Equipe(self, tache.__module__)
        try:
            yield from equipe.resultats(tache, chain((premier, deuxieme), paquets))
        finally:
            equipe.arreter()


@dataclass(slots=True, eq=False)
class _Lot:
    """What one child does; `resultats`: None until it is done."""

    enfant: BaseProcess
    resultats: list[Any] | None = None


class _Equipe:
    """The children alive, by the connection on which each says how it ended."""

    def __init__(self, maison: Processus, module: str) -> None:
        self._maison = maison
        self._contexte = _contexte(module)
        self._vivants: dict[Connection, _Lot] = {}

    def resultats(self, tache: Callable[[Any], R], paquets: Iterable[tuple[Any, ...]]) -> Iterator[R]:
        """The results of all, in order; those that wait for a slower one before them are few."""
        attente: deque[_Lot] = deque()
        for paquet in paquets:
            while len(self._vivants) >= self._maison.nombre or len(attente) >= 2 * self._maison.nombre:
                self._ecouter()
                yield from _finis(attente)
            attente.append(self._confier(tache, paquet))
        while attente:
            yield from _finis(attente)
            if attente:
                self._ecouter()

    def arreter(self) -> None:
        for lot in self._vivants.values():
            lot.enfant.terminate()
            lot.enfant.join()

    def _confier(self, tache: Callable[..., Any], paquet: tuple[Any, ...]) -> _Lot:
        """Start a child on these demands."""
        ici, la = self._contexte.Pipe(duplex=False)
        enfant: BaseProcess = self._contexte.Process(target=_enfant, args=(emballer(tache, paquet), la), daemon=True)  # type: ignore[attr-defined]
        enfant.start()
        la.close()
        self._vivants[ici] = _Lot(enfant)
        return self._vivants[ici]

    def _ecouter(self) -> None:
        """Hear at least one child, and let it go."""
        for fini in wait(list(self._vivants)):
            assert isinstance(fini, Connection)
            ensemble, lot = len(self._vivants), self._vivants.pop(fini)
            try:
                lettre = fini.recv_bytes()
            except (EOFError, OSError):
                lot.enfant.join()
                raise OuvrierPerdu(
                    f"Un calcul n’a pas pu finir : le système a arrêté le processus qui le faisait (code "
                    f"{lot.enfant.exitcode}). La mémoire manque peut-être : fermez d’autres programmes, puis relancez."
                ) from None
            finally:
                fini.close()
            lot.enfant.join()
            lot.resultats, secondes, pic = ouvrir(lettre)
            self._maison.effort = self._maison.effort.avec(secondes, pic, ensemble)


def _finis(attente: deque[_Lot]) -> Iterator[Any]:
    """Take the results of the first lots, as long as they are done."""
    while attente and attente[0].resultats is not None:
        yield from attente.popleft().resultats or ()


def _contexte(module: str) -> BaseContext:
    """How children start. `module`: that of their task, loaded once in the server process for all of them, unless it
    runs already."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    contexte = multiprocessing.get_context("forkserver")
    contexte.set_forkserver_preload(["__main__", module])
    return contexte


def _enfant(lot: bytes, vers: Connection) -> None:
    """In the child. Ctrl+C is for the parent, which stops its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    vers.send_bytes(travailler(lot))
