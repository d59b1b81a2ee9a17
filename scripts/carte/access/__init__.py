"""Distances and travel times between communes and places, by mode, with their interval."""

from carte.access.hypotheses import VITESSES_PAR_DENSITE, Hypotheses, Mode

__all__ = ["VITESSES_PAR_DENSITE", "Hypotheses", "Mode"]
