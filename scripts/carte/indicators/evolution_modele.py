"""G9: two publications and what separates them, as values."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from carte.access import Matrice
from carte.config import Seuils
from carte.indicators.model import Parametres

if TYPE_CHECKING:
    from pandas import DataFrame

    from carte.territory import Territoire


class Effet(StrEnum):
    """Effects in the order in which they are computed and printed; each value is its French label."""

    METHODE = "méthode et paramètres"
    POPULATION = "population et communes"
    CORRECTIONS = "fiches corrigées"
    RECENSEMENT = "lieux déjà ouverts, recensés depuis"
    DATE_INCONNUE = "lieux ajoutés dont la date d'ouverture est inconnue"
    OUVERTURES = "lieux ouverts depuis"
    RETRAITS = "lieux retirés de la carte"


EFFETS = tuple(Effet)


@dataclass(frozen=True, slots=True, eq=False)
class Publication:
    """One publication: what its figures were computed from, and when.

    `offre` as `construire_offre` makes it. `ouvertures`: opening date of each place (`lieu_id`), None when unknown.
    `renommes`: former identifier -> present one, from the records. `publies`: tables as they were published, by level,
    when they are read from a data package: then the change of method counts what the program itself changed.
    """

    date: datetime.date
    offre: "DataFrame"
    territoire: "Territoire"
    seuils: Seuils
    parametres: Parametres = field(default_factory=Parametres)
    ouvertures: Mapping[str, datetime.date | None] = field(default_factory=dict)
    renommes: Mapping[str, str] = field(default_factory=dict)
    publies: Mapping[str, "DataFrame"] = field(default_factory=dict)
    matrice: Matrice | None = None


@dataclass(frozen=True, slots=True)
class Decomposition:
    """One figure of one territory in both publications, in percent, and its effects in points, in the order of `Effet`.

    The effects add up to `variation`.
    """

    niveau: str
    code: str
    nom: str
    colonne: str
    avant: float
    apres: float
    effets: Mapping[Effet, float]

    @property
    def variation(self) -> float:
        return self.apres - self.avant

    @property
    def offre(self) -> float:
        """Points of what is known of the offer itself: places opened since, places removed."""
        return self.effets[Effet.OUVERTURES] + self.effets[Effet.RETRAITS]


@dataclass(frozen=True, slots=True)
class Comparaison:
    """What changed between two publications: figures, and the places (`lieu_id`) behind each effect.

    `non_comparables`: (level, code, figure, French reason) of what one of them does not say.
    """

    avant: datetime.date
    apres: datetime.date
    decompositions: tuple[Decomposition, ...]
    lieux: Mapping[Effet, tuple[str, ...]]
    non_comparables: tuple[tuple[str, str, str, str], ...]

    def pour(self, niveau: str, code: str, colonne: str) -> Decomposition | None:
        """One figure; None when it cannot be compared."""
        cle = (niveau, code, colonne)
        return next((d for d in self.decompositions if (d.niveau, d.code, d.colonne) == cle), None)

    def frame(self) -> "DataFrame":
        """One row per figure and territory, effects in columns, in points."""
        import pandas as pd

        lignes = [
            (d.niveau, d.code, d.nom, d.colonne, d.avant, d.apres, d.variation, *(d.effets[e] for e in EFFETS))
            for d in self.decompositions
        ]
        colonnes = ["niveau", "code", "nom", "indicateur", "avant_pct", "apres_pct", "variation_points"]
        return pd.DataFrame(lignes, columns=[*colonnes, *(f"effet_{e.name.lower()}_points" for e in EFFETS)])
