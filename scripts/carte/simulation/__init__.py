"""What a few more places would bring: candidate sites, the best choices among them, and what each changes."""

from carte.simulation.modele import ParametresSimulation, Proposition, Simulations
from carte.simulation.simuler import simuler

__all__ = ["ParametresSimulation", "Proposition", "Simulations", "simuler"]
