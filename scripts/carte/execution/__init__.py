"""Many works of one kind, done by several processes or several machines: values go out, values come back, in order."""

from collections.abc import Iterator
from contextlib import contextmanager

from carte.execution.modele import Effort, Executeur, OuvrierPerdu, SurPlace
from carte.execution.processus import Processus, processeurs
from carte.execution.retenue import Retenue

__all__ = ["Effort", "Executeur", "OuvrierPerdu", "Processus", "Retenue", "SurPlace", "choisir", "processeurs"]


@contextmanager
def choisir(ordonnanceur: str | None) -> Iterator[Executeur]:
    """The processes of this machine, or the machines of a scheduler (its address). Raises OrdonnanceurIndisponible."""
    if ordonnanceur is None:
        yield Processus()
        return
    from carte.execution.machines import inscrites

    with inscrites(ordonnanceur) as machines:
        yield machines
