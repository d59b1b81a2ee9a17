"""What was done once is not done again: results kept in a memory under the fingerprint of what was asked."""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

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
        """See `Executeur.faire`. A result that is known is read when its turn comes, not before."""
        if not self.memoire.active:
            yield from self.executeur.faire(tache, demandes, lot)
            return
        nommees = ((cle(tache.__module__, tache.__qualname__, empreinte(demande)), demande) for demande in demandes)
        for nom, demande in nommees:
            if (connu := self.memoire.lire(nom)) is None:
                yield from self._a_partir_de(tache, chain([(nom, demande)], nommees), lot)
            else:
                yield pickle.loads(connu)  # noqa: S301 - sealed by this user

    def _a_partir_de(self, tache: Callable[[D], R], nommees: Iterable[tuple[str, D]], lot: int) -> Iterator[R]:
        """From the first one that is not known: those that are wait for those before them."""
        attente: deque[tuple[str, tuple[D, ...]]] = deque()

        def inconnues() -> Iterator[D]:
            for nom, demande in nommees:
                inconnue = self.memoire.lire(nom) is None
                attente.append((nom, () if inconnue else (demande,)))
                if inconnue:
                    yield demande

        for resultat in self.executeur.faire(tache, inconnues(), lot):
            yield from self._connus(tache, attente, lot)
            nom, _ = attente.popleft()
            self.memoire.retenir(nom, resultat)
            yield resultat
        yield from self._connus(tache, attente, lot)

    def _connus(self, tache: Callable[[D], R], attente: deque[tuple[str, tuple[D, ...]]], lot: int) -> Iterator[R]:
        """Take the first ones, as long as they are known; what left the memory meanwhile is done again."""
        while attente and attente[0][1]:
            nom, demande = attente.popleft()
            if (connu := self.memoire.lire(nom)) is None:
                yield from self.executeur.faire(tache, demande, lot)
            else:
                yield pickle.loads(connu)  # noqa: S301 - sealed by this user
