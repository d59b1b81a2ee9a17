"""What every way of working has in common: what is asked, what it took, how an error comes back."""

import pickle
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol, TypeVar

from carte.erreurs import ErreurCarte

D = TypeVar("D")
R = TypeVar("R")


class OuvrierPerdu(ErreurCarte):
    """What did the work is gone before its end, and nobody can do it instead."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What children used: seconds of processor in all, greatest memory of one (MB), children at the same time."""

    secondes: float = 0.0
    pic_mo: float = 0.0
    ensemble: int = 0

    def avec(self, secondes: float, pic_mo: float, ensemble: int) -> "Effort":
        """With what one more child used; `ensemble` are at work now."""
        return Effort(self.secondes + secondes, max(self.pic_mo, pic_mo), max(self.ensemble, ensemble))


class Executeur(Protocol):
    """Does works elsewhere."""

    @property
    def effort(self) -> Effort:
        """What they took so far."""
        ...

    def faire(self, tache: Callable[[D], R], demandes: Iterable[D], lot: int = 1) -> Iterator[R]:
        """What `tache` gives of each demand, in their order.

        `tache` is a function of a module; demands and results can be pickled. `lot`: how many of them one process does
        before it gives its memory back. Demands are drawn as there is room, and few results wait: neither has to fit in
        memory. Raises what `tache` raises, or OuvrierPerdu; what is going on is stopped when the iterator is closed.
        """
        ...


@dataclass(slots=True)
class SurPlace:
    """Does everything here, one after the other."""

    effort: Effort = field(default_factory=Effort)

    def faire(self, tache: Callable[[D], R], demandes: Iterable[D], lot: int = 1) -> Iterator[R]:
        """See `Executeur.faire`."""
        return map(tache, demandes)


def par_lots(demandes: Iterable[D], lot: int) -> Iterator[tuple[D, ...]]:
    """Demands by groups of `lot`, the last one shorter."""
    suite = iter(demandes)
    while paquet := tuple(islice(suite, lot)):
        yield paquet


def emballer(tache: Callable[[Any], Any], paquet: Iterable[Any]) -> bytes:
    """A lot, to be sent to whoever does it."""
    return pickle.dumps((tache, tuple(paquet)), protocol=5)


def travailler(lot: bytes) -> bytes:
    """In the child: do, and say so in a letter for `ouvrir`: the results and what they took, or what went wrong."""
    try:
        tache, paquet = pickle.loads(lot)  # noqa: S301 - of whoever this process works for
        resultats = [tache(demande) for demande in paquet]
        return pickle.dumps((resultats, time.process_time(), _pic_mo()), protocol=5)
    except Exception as erreur:  # noqa: BLE001 - raised again by the parent
        return pickle.dumps(_transmissible(erreur), protocol=5)


def ouvrir(lettre: bytes) -> tuple[list[Any], float, float]:
    """Results, seconds of processor and greatest memory (MB) of a child; raises what it raised."""
    suite = pickle.loads(lettre)  # noqa: S301 - of a child of ours
    if isinstance(suite, Exception):
        raise suite
    resultats, secondes, pic = suite
    return resultats, secondes, pic


def _pic_mo() -> float:
    """Greatest memory of this process; 0 where the system does not count it."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


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
