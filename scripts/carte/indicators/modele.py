"""What the indicators give: tables by level, typed accessors, definitions as data.

Naming of columns, the same in every table
------------------------------------------
`<CODE>[_<variante>…]_<suffixe>`: CODE is the code of a definition (`A2`), the variants go from the widest to the finest
(`A2_voiture_20`, `A2_voiture_20_formation`, `A4_20_a_pied`, `O4_samedi_30`), the suffix says what the number is.

A **share** (read it with `Indicateurs.part(niveau, code, colonne)`) has four columns, all counts in one unit:
- `_num` numerator of the central estimate; NaN when only bounds are known (broadband of some territories);
- `_den` denominator (known population, premises, places): what is unknown is outside of it, and counted apart;
- `_bas`, `_haut` lowest and highest possible numerator. For travel times: `_bas` is « sûr », `_haut - _bas` is
  « incertain », `_den - _haut` is « non ». For what a record may not say: `_bas` known yes, `_haut` not known no;
- of a family of services, two more: `_dit`, the central estimate with the places that say they give it, and
  `_possible`, with those that do not say too. `_num` is NaN where they differ, and the bounds hold for both.

A **measure** (minutes, hours, a ratio; read it with `Indicateurs.mesure`) has `_val`, and `_bas`, `_haut` when it has
an interval. NaN is "unknown" or "no meaning here", never zero; `inf` minutes is "no such place anywhere".
When a measure is a ratio of sums, `_num` and `_den` are there too (`O1_lieux`, `O2`, `A8`, `A9`), and
`_val = facteur * _num / _den`; for one commune, A8 and A9 are known even when nobody lives there.

A **count** is a plain integer column: `_inconnus` (what could not be counted), `_hors_departement` (people covered only
thanks to a place of another département), `_non_evalues` (people of whom the point of their commune is too coarse to
say: see `acces.grain`; the share then has a `_statut`), `communes`, `communes_population_inconnue`, `lieux`,
`lieux_fermes` (out of the offer at its date)…

Tables, indexed by `code`: `commune` (perimeter only), `epci` (whole, with its communes outside the perimeter that are
situated; `communes_absentes` says how many are not), `epci_departement` (part of an EPCI within one département of the
perimeter, index `<code_epci>-<département>`; communes without EPCI are kept under `sans-epci-<département>`),
`departement`, `region` (its part in the perimeter; `region_entiere` says whether that is all of it, None when unknown),
`perimetre` (one row, index `perimetre`), `densite`, `frr`, `centralite` (communes of one class within one département,
index `<département>-<class>`; no row without the file that classes them, nor for communes of no known class), `france`
(one row, index `FR`: the figures of the perimeter; `france_entiere` says whether that is every département of the COG).
Every table starts with `nom`, `population` (known) and the counts.
Columns that need a document that was not given are there, empty; `Indicateurs.non_evalues` says why. What is not by
territory is in `Indicateurs.listes`: see `carte.indicators.listes`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Real
from typing import TYPE_CHECKING

from carte.access import Hypotheses
from carte.choix import CRITERES, NORMALISATIONS, Seuils

if TYPE_CHECKING:
    from pandas import DataFrame

NIVEAUX = (
    *("commune", "epci", "epci_departement", "departement", "region", "perimetre"),
    *("densite", "frr", "centralite", "france"),
)
NON_EVALUE = "non évalué"
"""The status of a figure that what is given does not allow to say."""


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a whole: counts, never a bare percentage.

    `numerateur` is None when only bounds are known; `denominateur` is None when nothing is known (then `bas` and
    `haut` are None too), zero when there is nobody to count. `dit`, `possible`: the central estimates of a family,
    without the places that do not say whether they give it, and with them; None for anything else.
    """

    numerateur: float | None
    denominateur: float | None
    bas: float | None
    haut: float | None
    dit: float | None = None
    possible: float | None = None

    @property
    def taux(self) -> float | None:
        """Central estimate between 0 and 1; None without a numerator or over nothing."""
        if self.numerateur is None or not self.denominateur:
            return None
        return self.numerateur / self.denominateur

    @property
    def bornes(self) -> tuple[float, float] | None:
        """Lowest and highest share between 0 and 1; None over nothing, or when nothing is known."""
        if self.bas is None or self.haut is None or not self.denominateur:
            return None
        return self.bas / self.denominateur, self.haut / self.denominateur

    @property
    def lectures(self) -> tuple[float, float] | None:
        """Both central readings, as counts, where they differ: what silent places leave unknown."""
        if self.dit is None or self.possible is None or not self.denominateur or self.numerateur is not None:
            return None
        return self.dit, self.possible

    @property
    def tu(self) -> bool:
        """Whether no place in reach says that it gives the family, when some may."""
        return self.lectures is not None and self.lectures[0] == 0

    @property
    def incertain(self) -> float | None:
        """What is neither surely in nor surely out, in the unit of the counts."""
        return None if self.bas is None or self.haut is None else self.haut - self.bas

    @property
    def non(self) -> float | None:
        """What is surely out, in the unit of the counts."""
        return None if self.denominateur is None or self.haut is None else self.denominateur - self.haut


@dataclass(frozen=True, slots=True)
class Mesure:
    """A quantity and its interval, in the unit of its definition; None is unknown or meaningless, never zero."""

    valeur: float | None
    bas: float | None = None
    haut: float | None = None


@dataclass(frozen=True, slots=True)
class Colonnes:
    """The words of an indicator's own columns.

    `base`: what `_num`, `_den`, `_bas`, `_haut` count; `bases`: the same for a variant that counts something else;
    `unites`: suffix or piece of the name → its unit, when it is not what is counted; `variantes`: piece of the name →
    words, for those that no other indicator has.
    """

    base: str = "habitants"
    bases: Mapping[str, str] = field(default_factory=dict)
    unites: Mapping[str, str] = field(default_factory=dict)
    variantes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator in plain French, as the method page and the annex print it, and the words of its columns."""

    code: str
    nom: str
    formule: str
    unite: str
    source: str
    biais: str
    sens: str
    colonnes: Colonnes = field(default_factory=Colonnes)


@dataclass(frozen=True, slots=True)
class Parametres:
    """Choices beside the thresholds, all printed: travel assumptions, E2SFCA zones (minutes, weight), deficit rules.

    `part_locaux_binaire`: a commune is "in broadband deficit" above this share of premises (binary variant of G1).
    `mediane_regionale_a9`: median A9 (hours per 1,000) of the EPCI of the region; None: computed where the whole region
    is loaded, else unknown.
    `poids_priorite`: relative weight of each criterion of CRITERES in the priority score; one of zero is not asked for.
    `normalisation`: how a criterion becomes a number between 0 and 1, `min-max` or `rang` (percentile rank).
    `priorite_part`: the top of the ranking is this part of the scored territories (rounded up);
    `priorite_stabilite`: share of the runs a territory must spend there to be « prioritaire ».
    `detours_essayes`, `voisinage_m`: detours of the runs; distance under which two places are together, in metres.
    `arret_m`, `departs_par_jour`: how near a stop of public transport is, and how many departures of a weekday count.
    `part_non_evaluee`: above this part of people whose point is too coarse, no central figure is printed on foot and by
    bicycle: its bounds only.
    Raises ValueError when weights or normalisation make no sense.
    """

    hypotheses: Hypotheses = field(default_factory=Hypotheses)
    zones_e2sfca: tuple[tuple[float, float], ...] = ((10, 1.0), (20, 0.68), (30, 0.22))
    part_locaux_binaire: float = 0.25
    mediane_regionale_a9: float | None = None
    part_mediane_a9: float = 0.5
    poids_priorite: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(CRITERES, 1 / len(CRITERES)))
    normalisation: str = "min-max"
    priorite_part: float = 0.25
    priorite_stabilite: float = 0.9
    detours_essayes: tuple[float, ...] = (1.2, 1.3, 1.4)
    voisinage_m: float = 150.0
    arret_m: float = 400.0
    departs_par_jour: float = 4.0
    part_non_evaluee: float = 0.1

    def __post_init__(self) -> None:
        poids = self.poids_priorite
        if not set(poids) <= set(CRITERES) or min(poids.values(), default=0) < 0 or sum(poids.values()) <= 0:
            raise ValueError(f"Poids de priorité {dict(poids)} : des nombres positifs pour {', '.join(CRITERES)}.")
        if self.normalisation not in NORMALISATIONS:
            raise ValueError(f"Normalisation « {self.normalisation} » : {' ou '.join(NORMALISATIONS)}.")

    @property
    def criteres(self) -> tuple[str, ...]:
        """The criteria that have a weight, in the order of CRITERES."""
        return tuple(nom for nom in CRITERES if self.poids_priorite.get(nom, 0) > 0)

    @property
    def parts_priorite(self) -> dict[str, float]:
        """Weights of the criteria as shares of one, whatever the unit they were set in."""
        total = sum(self.poids_priorite.values())
        return {nom: self.poids_priorite[nom] / total for nom in self.criteres}


@dataclass(frozen=True, slots=True)
class Indicateurs:
    """All figures of one publication. See the module's text for the columns of `tables`.

    `exclusions` counts what was left out of some figures, by French reason; zero counts are kept: they are figures too.
    `exclusions_departement` gives the same counts by code of département. `listes`: tables that are not by territory.
    `non_evalues`: code of an indicator (`O7`, `A3_tc`, `N1`…) -> the French reason why it could not be evaluated.
    """

    tables: Mapping[str, "DataFrame"]
    definitions: tuple[Definition, ...]
    exclusions: Mapping[str, int]
    seuils: Seuils
    parametres: Parametres
    listes: Mapping[str, "DataFrame"] = field(default_factory=dict)
    non_evalues: Mapping[str, str] = field(default_factory=dict)
    exclusions_departement: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def part(self, niveau: str, code: str, colonne: str) -> Part:
        """The share `colonne` (name without suffix) of one territory; KeyError when there is none of that name."""
        cellules = self.tables[niveau].loc[code].to_dict()
        return lire_part({str(nom): valeur for nom, valeur in cellules.items()}, colonne)

    def mesure(self, niveau: str, code: str, colonne: str) -> Mesure:
        """The measure `colonne` (name without suffix) of one territory; KeyError when there is none of that name."""
        ligne = self.tables[niveau].loc[code]
        bornes = (_nombre(ligne.get(f"{colonne}_{suffixe}")) for suffixe in ("bas", "haut"))
        return Mesure(_nombre(ligne[f"{colonne}_val"]), *bornes)

    def definition(self, code: str) -> Definition:
        """The definition of an indicator by its code; KeyError when there is none."""
        return {definition.code: definition for definition in self.definitions}[code]


def lire_part(cellules: Mapping[str, object], colonne: str) -> Part:
    """The share of the cells of one territory; KeyError when they have none of that name."""
    base = (_nombre(cellules[f"{colonne}_{suffixe}"]) for suffixe in ("num", "den", "bas", "haut"))
    return Part(*base, *(_nombre(cellules.get(f"{colonne}_{suffixe}")) for suffixe in ("dit", "possible")))


def _nombre(valeur: object) -> float | None:
    """A cell as a number; NaN (unknown) becomes None."""
    if not isinstance(valeur, Real) or math.isnan(float(valeur)):
        return None
    return float(valeur)
