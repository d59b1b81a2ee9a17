"""The weights of the priority score, as a deployment sets them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carte.choix import CRITERES, NORMALISATIONS
from carte.config.lecture import ConfigurationInvalide, ou


@dataclass(frozen=True, slots=True)
class Priorite:
    """Relative weight of each criterion of CRITERES (one that is not named weighs nothing), and how each becomes a
    number between 0 and 1."""

    poids: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(CRITERES, 1.0))
    normalisation: str = NORMALISATIONS[0]


def lire_priorite(fichier: Path, section: Mapping[str, Any]) -> Priorite:
    """The section `priorite`, whose keys are known. Raises ConfigurationInvalide at the weight at fault."""
    defaut = Priorite()
    normalisation = section.get("normalisation", defaut.normalisation)
    if normalisation not in NORMALISATIONS:
        raise ConfigurationInvalide(
            f"{ou(fichier, 'priorite', 'normalisation')} : « priorite.normalisation » vaut « {normalisation} » ; "
            f"valeurs possibles : {', '.join(NORMALISATIONS)}."
        )
    return Priorite(_poids(fichier, section.get("poids", defaut.poids)), normalisation)


def _poids(fichier: Path, poids: object) -> dict[str, float]:
    if not isinstance(poids, Mapping):
        raise ConfigurationInvalide(
            f"{ou(fichier, 'priorite', 'poids')} : « priorite.poids » attend une ligne par critère, par exemple "
            "« distance: 40 »."
        )
    for critere, valeur in poids.items():
        if critere not in CRITERES:
            raise ConfigurationInvalide(
                f"{ou(fichier, 'priorite', 'poids', str(critere))} : critère inconnu « {critere} ». "
                f"Critères possibles : {', '.join(CRITERES)}."
            )
        nombre = isinstance(valeur, int | float) and not isinstance(valeur, bool)
        if not nombre or not 0 <= valeur < math.inf:
            raise ConfigurationInvalide(
                f"{ou(fichier, 'priorite', 'poids', critere)} : le poids de « {critere} » vaut « {valeur} » ; "
                "un poids est un nombre positif, ou 0 pour ne pas compter ce critère."
            )
    if sum(poids.values()) <= 0:
        raise ConfigurationInvalide(
            f"{ou(fichier, 'priorite', 'poids')} : la somme des poids est nulle ; un critère au moins doit compter."
        )
    return {critere: float(valeur) for critere, valeur in poids.items()}
