"""How long a way takes, for the search: the slowness of each commune, by the rule and the numbers of the report."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from carte.access import Hypotheses, Mode, lenteurs, vitesses

if TYPE_CHECKING:
    from carte.territory import Territoire

_MINUTES = 60
_DECIMALES = 4  # of a minute per kilometre: a hundredth of a second


@dataclass(frozen=True, slots=True)
class Trajets:
    """`milieux`: minutes per kilometre of straight line, by mode, of each sort of commune that the territory has;
    `rangs`: that of each commune, by code."""

    milieux: tuple[dict[str, float], ...]
    rangs: dict[str, int]

    @classmethod
    def du_territoire(cls, territoire: "Territoire", hypotheses: Hypotheses) -> "Trajets":
        """Those of its communes; the first is that of a commune of which nothing is known."""
        communes = territoire.communes
        inconnus = [None] * len(communes)
        densites = [None, *communes.get("densite", inconnus)]
        relief = np.array([False, *(communes["relief"].notna() if "relief" in communes else inconnus)], dtype=np.bool_)
        vitesses_kmh = vitesses(densites, hypotheses)
        par_mode = {mode: lenteurs(mode, vitesses_kmh, relief, hypotheses) for mode in Mode}
        rangs: dict[tuple[float, ...], int] = {}
        lignes = [rangs.setdefault(ligne, len(rangs)) for ligne in zip(*par_mode.values(), strict=True)]
        milieux = tuple(dict(_arrondies(par_mode, ligne)) for ligne in rangs)
        return cls(milieux, dict(zip(communes["code_insee"], lignes[1:], strict=True)))

    def rang(self, code: str) -> int | None:
        """The sort of a commune; None when it is not one of the territory."""
        return self.rangs.get(code)


def _arrondies(modes: Any, minutes: tuple[float, ...]) -> Iterator[tuple[str, float]]:
    for mode, heures in zip(modes, minutes, strict=True):
        yield str(mode), round(_MINUTES * float(heures), _DECIMALES)
