"""Many works of one kind, done by several processes or several machines: values go out, values come back, in order."""

from carte.execution.modele import Effort, Executeur, OuvrierPerdu, SurPlace
from carte.execution.processus import Processus, processeurs

__all__ = ["Effort", "Executeur", "OuvrierPerdu", "Processus", "SurPlace", "processeurs"]
