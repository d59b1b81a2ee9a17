"""Every indicator in plain French: what it is, how it is computed, what it does not say.

Codes are those of the project's design, CUIVRE and CONF beside. `source` names the public origin of the data or of the
method.
"""

from carte.indicators.definitions.acces import DEFINITIONS_ACCES
from carte.indicators.definitions.manques import MANQUES
from carte.indicators.definitions.offre import OFFRE
from carte.indicators.definitions.simulation import DEFINITIONS_SIMULATION
from carte.indicators.modele import Definition


def _ordonner(definitions: tuple[Definition, ...]) -> tuple[Definition, ...]:
    """The deficits last, in the order of their numbers: G6 and G9 take their places among them."""
    manques = sorted((d for d in definitions if d.code.startswith("G")), key=lambda d: int(d.code[1:]))
    return (*(d for d in definitions if not d.code.startswith("G")), *manques)


DEFINITIONS: tuple[Definition, ...] = _ordonner((*OFFRE, *DEFINITIONS_ACCES, *MANQUES, *DEFINITIONS_SIMULATION))
