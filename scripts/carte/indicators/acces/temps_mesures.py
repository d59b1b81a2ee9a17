"""Measured times beside estimated ones: what the matrix covers, and how far the estimates are from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import Calibration, Matrice, Mode, calibrer, hypotheses_ajustees, non_reconnues
from carte.choix import Seuils
from carte.indicators.modele import Parametres
from carte.indicators.monde import Monde, Reperage, assembler, lonlat

if TYPE_CHECKING:
    from carte.territory import Territoire


@dataclass(frozen=True, slots=True)
class TempsMesures:
    """The fit of the estimates on the matrix, and counts of what the matrix does not say, by French reason."""

    calibration: Calibration
    exclusions: Mapping[str, int]


def controler(
    offre: pd.DataFrame,
    territoire: "Territoire",
    seuils: Seuils,
    matrice: Matrice,
    parametres: Parametres | None = None,
    reperage: Reperage = lonlat,
) -> TempsMesures:
    """Compare the estimates with the times of `matrice`, both from the points of communes."""
    debit = pd.DataFrame({"code_insee": pd.Series(dtype=object)})
    mesure = assembler(
        offre, replace(territoire, residences=None), debit, seuils, parametres or Parametres(), reperage, matrice
    )
    return TempsMesures(
        calibrer(mesure.trajets, mesure.arrivees, matrice.sources),
        {
            "trajets donnés dont la commune ou le lieu n'est pas reconnu (non lus)": len(_inconnus(mesure, matrice)),
            "communes du périmètre sans aucun temps mesuré en voiture (temps estimés)": _communes_estimees(mesure),
        },
    )


def ajuster(parametres: Parametres, calibration: Calibration) -> Parametres:
    """The choices with the fitted assumptions: what no matrix measures is estimated as what it measures."""
    return replace(parametres, hypotheses=hypotheses_ajustees(parametres.hypotheses, calibration))


def _inconnus(monde: Monde, matrice: Matrice) -> pd.DataFrame:
    # The way to a closed place is known, and serves nothing.
    tous = pd.concat([monde.offre, monde.fermes])
    points = zip(tous["point_id"], tous["code_insee"], strict=True)
    codes = list(monde.communes["code_insee"])
    return non_reconnues(matrice, codes, [*points, *((None, code) for code in codes)])


def _communes_estimees(monde: Monde) -> int:
    mesures = monde.trajets.mesures.get(Mode.VOITURE, np.zeros(len(monde.trajets.paires), dtype=np.bool_))
    mesurees = np.zeros(len(monde.communes), dtype=np.bool_)
    mesurees[monde.trajets.paires.commune[mesures]] = True
    return int((monde.communes["dans_perimetre"].to_numpy(dtype=bool) & ~mesurees).sum())
