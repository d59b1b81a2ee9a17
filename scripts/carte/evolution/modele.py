"""G9: two publications and what separates them, as values."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from carte.access import Matrice
from carte.choix import Seuils
from carte.indicators.modele import Parametres

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
    OUVERTURES = "lieux ouverts ou rouverts depuis"
    RETRAITS = "lieux fermés, ou retirés de la carte"


EFFETS = tuple(Effet)


@dataclass(frozen=True, slots=True, eq=False)
class Publication:
    """One publication: what its figures were computed from, and when.

    `offre` as `construire_offre` makes it, in service. `ouvertures`: day when each place (`lieu_id`) opened or last
    reopened, None when unknown.
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

    The effects add up to `variation`. `compte_avant`, `compte_apres`: numerator and denominator of both shares, in
    inhabitants.
    """

    niveau: str
    code: str
    nom: str
    colonne: str
    avant: float
    apres: float
    effets: Mapping[Effet, float]
    compte_avant: tuple[float, float]
    compte_apres: tuple[float, float]

    @property
    def variation(self) -> float:
        return self.apres - self.avant

    @property
    def offre(self) -> float:
        """Points of what is known of the offer itself: places opened since, places removed."""
        return self.effets[Effet.OUVERTURES] + self.effets[Effet.RETRAITS]


@dataclass(frozen=True, slots=True)
class Mouvement:
    """A place behind an effect; `ouverture` and `code_departement` are None when unknown."""

    effet: Effet
    lieu_id: str
    nom: str
    code_departement: str | None
    ouverture: datetime.date | None


@dataclass(frozen=True)
class Comparaison:
    """What changed between two publications: figures, and the places behind each effect, in the order of `Effet`.

    `non_comparables`: (level, code, figure, French reason) of what one of them does not say.
    """

    avant: datetime.date
    apres: datetime.date
    decompositions: tuple[Decomposition, ...]
    mouvements: tuple[Mouvement, ...]
    non_comparables: tuple[tuple[str, str, str, str], ...]

    @property
    def lieux(self) -> Mapping[Effet, tuple[str, ...]]:
        """Identifiers of the places behind each effect."""
        return {effet: tuple(m.lieu_id for m in self.mouvements if m.effet is effet) for effet in EFFETS}

    def pour(self, niveau: str, code: str, colonne: str) -> Decomposition | None:
        """One figure; None when it cannot be compared."""
        return self._par_chiffre.get((niveau, code, colonne))

    @cached_property
    def _par_chiffre(self) -> dict[tuple[str, str, str], Decomposition]:
        return {(d.niveau, d.code, d.colonne): d for d in self.decompositions}


_COLONNES = ("niveau", "code", "nom", "indicateur", "avant_num", "avant_den", "avant_pct", "apres_num", "apres_den")
_COLONNES_LIEUX = ("effet", "lieu_id", "nom", "code_departement", "date_ouverture")


def tables(comparaison: Comparaison | None) -> dict[str, "DataFrame"]:
    """What is published of a comparison, without rows when there is none.

    `evolution`: one row per figure and territory, with both dates, effects in columns, in points; they add up to
    `variation_points`. `evolution_lieux`: one row per place behind an effect.
    """
    import pandas as pd

    figures, mouvements = (comparaison.decompositions, comparaison.mouvements) if comparaison else ((), ())
    lignes = [
        (
            *(d.niveau, d.code, d.nom, d.colonne, *d.compte_avant, d.avant, *d.compte_apres, d.apres, d.variation),
            *(d.effets[effet] for effet in EFFETS),
        )
        for d in figures
    ]
    jours = {
        "date_avant": comparaison.avant if comparaison else None,
        "date_apres": comparaison.apres if comparaison else None,
    }
    colonnes = [*_COLONNES, "apres_pct", "variation_points", *(f"effet_{e.name.lower()}_points" for e in EFFETS)]
    lieux = [(m.effet.value, m.lieu_id, m.nom, m.code_departement, m.ouverture) for m in mouvements]
    return {
        "evolution": pd.DataFrame(lignes, columns=colonnes).assign(**jours),
        "evolution_lieux": pd.DataFrame(lieux, columns=list(_COLONNES_LIEUX)).astype(object),
    }
