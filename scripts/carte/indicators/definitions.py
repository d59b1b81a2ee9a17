"""Every indicator in plain French: what it is, how it is computed, what it does not say.

Codes are those of the project's design, CUIVRE and CONF beside. `source` names the public origin of the data or of the
method. Definitions of the simulations and of the evolution are with them.
"""

from carte.indicators.definitions_acces import DEFINITIONS_ACCES
from carte.indicators.definitions_manques import MANQUES
from carte.indicators.definitions_offre import OFFRE
from carte.indicators.model import Definition

DEFINITIONS: tuple[Definition, ...] = (*OFFRE, *DEFINITIONS_ACCES, *MANQUES)
