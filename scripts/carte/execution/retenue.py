"""What was done once is not done again: results kept in a memory under the fingerprint of what was asked."""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from carte.execution.modele import D, Effort, Executeur, R
from carte.memoire import Memoire, cle, empreinte


@dataclass(frozen=True, slots=True)
class Retenue:
    """Takes from `memoire` what it has, asks `executeur` for the rest, and keeps each result as soon as it is there: a
    build that is stopped begins again where it was."""

    executeur: Executeur
    memoire: Memoire

    @property
    def effort(self) -> Effort:
        """What was done took."""
        return self.executeur.effort

    def faire(self, tache: Callable[[D], R], demandes: Iterable[D], lot: int = 1) -> Iterator[R]:
        """See `Executeur.faire`. Results that are known wait for those before them, as bytes."""
        if not self.memoire.active:
            yield from self.executeur.faire(tache, demandes, lot)
            return
        attente: deque[tuple[str, bytes | None]] = deque()

        def inconnues() -> Iterator[D]:
            for demande in demandes:
                nom = cle(tache.__module__, tache.__qualname__, empreinte(demande))
                connu = self.memoire.lire(nom)
                attente.append((nom, connu))
                if connu is None:
                    yield demande

        for resultat in self.executeur.faire(tache, inconnues(), lot):
            yield from _connus(attente)
            nom, _ = attente.popleft()
            self.memoire.garder(nom, pickle.dumps(resultat, protocol=5))
            yield resultat
        yield from _connus(attente)


def _connus(attente: deque[tuple[str, bytes | None]]) -> Iterator[Any]:
    """Take the first ones, as long as they are known."""
    while attente and (connu := attente[0][1]) is not None:
        attente.popleft()
        yield pickle.loads(connu)  # noqa: S301 - sealed by this user
