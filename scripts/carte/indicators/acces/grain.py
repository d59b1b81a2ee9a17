"""Whether one point is fine enough to say who is within reach on foot or by bicycle, and what is said when it is not.

The rule, the same for every commune, square and arrondissement: half the square root of its area is the model's own
error inside it. Where that distance takes longer than the threshold, the answer is not evaluated: nobody is surely
within reach, everybody possibly (as far as a place is near enough). On foot 20 minutes are 1.0 km, so 4.2 km²; by
bicycle 3.5 km, so 48 km²; a square of 200 m is always fine.
"""

import numpy as np
import pandas as pd

from carte.access import Mode, grains
from carte.access.points import Reels
from carte.indicators.modele import NON_EVALUE
from carte.indicators.monde import Monde

SANS_VOITURE = (Mode.VELO, Mode.PIED)
"""The ways whose reach may be shorter than a commune is wide."""
EVALUE = "évalué"
_FIN = "_non_evalues"


def grains_des_lignes(monde: Monde, mode: Mode) -> Reels:
    """Minutes that the error inside each line of people takes by a mode; infinite without a known area."""
    km = np.nan_to_num(0.5 * np.sqrt(monde.origines.surface_km2), nan=np.inf)
    return grains(mode, monde.origines, km, monde.parametres.hypotheses)


def statuts(sommes: pd.DataFrame, part_au_plus: float) -> pd.DataFrame:
    """`<share>_statut` of each share by foot or bicycle: « non évalué » when more than `part_au_plus` of its people are
    not, « évalué » else; None over nobody."""
    colonnes = {}
    for nom in (nom.removesuffix(_FIN) for nom in sommes.columns if nom.endswith(_FIN)):
        ignores, tous = (sommes[f"{nom}{fin}"].to_numpy(dtype=np.float64) for fin in (_FIN, "_den"))
        dits = np.where(ignores > part_au_plus * tous, NON_EVALUE, EVALUE)
        colonnes[f"{nom}_statut"] = pd.Series(dits, sommes.index, dtype=object).where(tous > 0, None)
    return pd.DataFrame(colonnes, sommes.index)
