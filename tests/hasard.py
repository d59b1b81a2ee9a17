"""How much is drawn, and from which seed: always the same in `make test`, anything in `make fuzz`.

Two profiles. `fixe`, the default: the same draws on every machine and at every run, so that red means that something
changed. `long`, chosen by `make fuzz`: many more draws from a seed of its own, printed at the head of the run, so that
`make fuzz GRAINE=…` draws the same again.
"""

import os
from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture.providers import HypothesisProvider
from hypothesis.internal.constants_ast import Constants

Graine = Callable[[int], int]
"""The seed of a draw from the usual one: the fixture `graine`."""

PROFIL = os.environ.get("CARTE_TIRAGES", "fixe")
GRAINE = int(os.environ.get("CARTE_GRAINE", "0"))
FACTEUR = {"fixe": 1, "long": 20}[PROFIL]
# No deadline, no complaint about slowness: how long a draw takes says nothing of whether the answer is right.
_COMMUN = settings(deadline=None, database=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fixe", _COMMUN, derandomize=True, max_examples=100)
settings.register_profile("long", _COMMUN, derandomize=False, max_examples=100 * FACTEUR)
settings.load_profile(PROFIL)
if PROFIL == "fixe":
    # Hypothesis also draws from the constants of the modules that the process has read so far: the same test would
    # then draw otherwise alone, after others, or shared between two workers. There is no setting for it.
    HypothesisProvider._local_constants = Constants()


def exemples(nombre: int) -> settings:
    """Settings of a property that costs more or less than the usual: `nombre` examples in `make test`."""
    return settings(max_examples=nombre * FACTEUR)


def graine(habituelle: int) -> int:
    """The seed of a draw that Hypothesis does not make: the usual one, and another one at each long run."""
    return habituelle if PROFIL == "fixe" else habituelle + GRAINE


def entete() -> str:
    """What the head of a run says of its draws."""
    if PROFIL == "fixe":
        return "tirages : toujours les mêmes (make fuzz en essaie d'autres)"
    return f"tirages : {FACTEUR} fois plus, graine {GRAINE} (les mêmes à nouveau : make fuzz GRAINE={GRAINE})"
