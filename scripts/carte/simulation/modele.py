"""G6, what the simulation of new permanences gives: values only, ready to be printed as one sheet per proposition."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame


class Methode(StrEnum):
    """What an option maximises: people within a threshold, or person-minutes saved."""

    COUVERTURE = "couverture"
    MEDIANE = "mediane"


POPULATION_MINIMALE, GAIN_MINIMAL = 500.0, 200.0
"""What a report asks of a commune when no list tells of its services, and of a proposition (people)."""


@dataclass(frozen=True, slots=True)
class ParametresSimulation:
    """How many permanences are tried, and the weekly hours of each (they weigh in A9 only).

    `sans_services`: codes of the communes known to have no post office, bank nor France services, whose town hall is no
    candidate; None when nobody says, and then communes under `population_minimale` are none. A choice that brings
    fewer than `gain_minimal` people within reach, at every threshold, is not proposed.
    """

    nombres: tuple[int, ...] = (1, 2, 5)
    heures: float = 7.0
    sans_services: frozenset[str] | None = None
    population_minimale: float = 0.0
    gain_minimal: float = 0.0

    @classmethod
    def du_rapport(cls, sans_services: frozenset[str] | None) -> "ParametresSimulation":
        """What a report proposes: in communes of services, and for enough people."""
        return cls(sans_services=sans_services, population_minimale=POPULATION_MINIMALE, gain_minimal=GAIN_MINIMAL)


@dataclass(frozen=True, slots=True)
class SitePropose:
    """Where a permanence is tried: an existing place (`lieu_id`, `lieu`), or the point of a commune (both None).

    `gain`: people that this site adds after those above, at the threshold of its option; None for the p-median.
    `point`: what the point is, « mairie » or the middle of the outline (see `nommer_le_point`).
    """

    code_insee: str
    commune: str
    lieu_id: str | None
    lieu: str | None
    gain: float | None = None
    point: str = "mairie"

    @property
    def en_mots(self) -> str:
        """« Médiathèque d’Alpha (Alpha) », « mairie (Alpha) »."""
        return f"{self.lieu or self.point} ({self.commune})"


@dataclass(frozen=True, slots=True)
class Habitants:
    """People within reach: central estimate, surely (long times), possibly (short times)."""

    estimes: float
    surs: float
    possibles: float


@dataclass(frozen=True, slots=True)
class Couverture:
    """People within `seuil` minutes by car, before and after the permanences of an option."""

    seuil: int
    avant: Habitants
    apres: Habitants

    @property
    def gain(self) -> float:
        """People gained, by the central estimate of times."""
        return self.apres.estimes - self.avant.estimes

    @property
    def bornes_du_gain(self) -> tuple[float, float]:
        """Least and greatest gain when all times are shorter or longer together."""
        gains = (self.gain, self.apres.surs - self.avant.surs, self.apres.possibles - self.avant.possibles)
        return min(gains), max(gains)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of sites and what it brings.

    `seuil`: minutes of the threshold it maximises, None for the p-median. `ecart`: the part of what the best choice
    among the candidates brings that may be missing, 0 when no better one exists. `glouton_egale_exact`: None when that
    is not proved. `temps_moyen_*`: minutes to the nearest place, None when some people have none at all. `a9_*`: hours
    a week for 1,000 people (E2SFCA, all families). `robustesse`: least share, over the thresholds, of the best gain
    known at that threshold (between 0 and 1).
    """

    methode: Methode
    seuil: int | None
    sites: tuple[SitePropose, ...]
    couvertures: tuple[Couverture, ...]
    ecart: float
    glouton_egale_exact: bool | None
    temps_moyen_avant: float | None
    temps_moyen_apres: float | None
    a9_avant: float | None
    a9_apres: float | None
    robustesse: float = 0.0

    @property
    def prouvee(self) -> bool:
        """Whether no better choice exists among the candidates."""
        return self.ecart == 0

    @property
    def manque(self) -> float | None:
        """People that the best choice may bring within reach on top of these; None when people are not its aim."""
        return None if self.seuil is None else self.couverture(self.seuil).gain * self.ecart / (1 - self.ecart)

    def couverture(self, seuil: int) -> Couverture:
        """What the option brings at one threshold; KeyError when it is not one of the report's."""
        return {couverture.seuil: couverture for couverture in self.couvertures}[seuil]


@dataclass(frozen=True, slots=True)
class Proposition:
    """One sheet: `nombre` permanences of `heures` hours a week, for one family of services, in one territory.

    `options`: one a threshold, in their order, then the p-median. `robuste`: position of the one that keeps the
    greatest share of the best gain whatever the threshold; None when no option brings anybody within reach.
    `population` counts the communes that are situated and of known population; `communes_ecartees` the others.
    """

    niveau: str
    code: str
    nom: str
    famille: str
    nombre: int
    heures: float
    population: float
    communes_ecartees: int
    candidats: int
    options: tuple[Option, ...]
    robuste: int | None

    @property
    def option_robuste(self) -> Option | None:
        return None if self.robuste is None else self.options[self.robuste]

    @property
    def seuils_d_accord(self) -> bool:
        """Whether every option names the same sites: then the choice does not depend on the method."""
        return len({frozenset((s.code_insee, s.lieu_id) for s in option.sites) for option in self.options}) == 1


@dataclass(frozen=True, slots=True)
class Simulations:
    """All propositions of a publication, by level, territory, family and number of permanences."""

    propositions: tuple[Proposition, ...]
    parametres: ParametresSimulation

    def pour(self, niveau: str, code: str, famille: str | None = None) -> tuple[Proposition, ...]:
        """The propositions of one territory, of one family or of all (`toutes` is the offer as a whole)."""
        retenues = (p for p in self.propositions if (p.niveau, p.code) == (niveau, code))
        return tuple(p for p in retenues if famille in (None, p.famille))

    def frame(self) -> "DataFrame":
        """One row per option and threshold, numbers as numbers: for the spreadsheet and the open data."""
        import pandas as pd

        return pd.DataFrame(list(self._lignes()), columns=list(_COLONNES))

    def _lignes(self) -> Iterator[tuple[object, ...]]:
        for p in self.propositions:
            for rang, option in enumerate(p.options):
                for c in option.couvertures:
                    yield (
                        *(p.niveau, p.code, p.nom, p.famille, p.nombre, p.heures),
                        *(
                            option.methode.value,
                            option.seuil,
                            rang == p.robuste,
                            " | ".join(map(_ecrire, option.sites)),
                        ),
                        *(c.seuil, p.population, c.avant.estimes, c.apres.estimes, c.gain, *c.bornes_du_gain),
                        *(option.prouvee, option.ecart, option.glouton_egale_exact, option.robustesse),
                        *(option.temps_moyen_avant, option.temps_moyen_apres, option.a9_avant, option.a9_apres),
                    )


_COLONNES = (
    *("niveau", "code", "nom", "famille", "nombre", "heures_par_permanence"),
    *("methode", "seuil_vise", "choix_robuste", "sites"),
    *("seuil", "population", "couverts_avant", "couverts_apres", "gain", "gain_bas", "gain_haut"),
    *("optimum_prouve", "ecart_optimum", "glouton_egale_exact", "robustesse"),
    *("temps_moyen_avant", "temps_moyen_apres", "a9_avant", "a9_apres"),
)


def _ecrire(site: SitePropose) -> str:
    return f"{site.commune} ({site.code_insee})" + (f" : {site.lieu}" if site.lieu else "")
