"""What the territory room gives: one picture of communes, EPCI, départements and regions, of one vintage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carte.territory.cog import Cog
from carte.territory.manifeste import Couche

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import DataFrame


COLONNES_COMMUNES = (
    "code_insee",
    "nom",
    "code_departement",
    "code_region",
    "code_epci",
    "population",
    "surface_km2",
    "lat",
    "lon",
    "point_source",
    "erreur_km",
    "codes_postaux",
    "dans_perimetre",
    "origine",
    "densite",
    "relief",
    "geometry",
)

COLONNES_RESIDENCES = ("code_insee", "lon", "lat", "poids", "surface_km2", "nature")


@dataclass(frozen=True, slots=True, order=True)
class NonResolu:
    """Something of the layers that stayed unresolved.

    `nature`: `contour` (an outline whose code leads nowhere), `commune` (a commune of the perimeter without outline),
    `epci` (layers and COG disagree), `chef-lieu` (a point set aside), `carreau` (squares set aside) or `couche` (a file
    that differs from its manifest). `motif` is French.
    """

    nature: str
    code: str
    nom: str
    motif: str


@dataclass(frozen=True, slots=True)
class Barriere:
    """What no straight line crosses: an estuary between its sides, or the sea round an island.

    `rives`: side of each commune concerned, by code; all empty for an island (`ile`), which is apart from every other
    commune. `minutes`: those of the crossing by mode (`voiture`, `velo`, `pied`), NaN unknown, infinite when nobody
    crosses. `franchissement` and `source` are texts for the reader. `fournie`: it comes from the deployment's own
    files, not from the rule of every deployment (see `isolements`).
    """

    nom: str
    rives: Mapping[str, str]
    ile: bool
    minutes: Mapping[str, float]
    franchissement: str = ""
    source: str = ""
    fournie: bool = True


@dataclass(frozen=True, slots=True)
class Territoire:
    """Communes, EPCI, départements and regions of a deployment, with the vintage of each source.

    communes (EPSG:4326, one row per current commune, sorted by code): the columns of COLONNES_COMMUNES.
      - `origine`: `perimetre` (a configured département), `voisin` (neighbour strip) or `epci` (member of an EPCI
        that crosses the border, outside the strip); `dans_perimetre` is `origine == "perimetre"`.
      - `population`: inhabitants, NaN when unknown (0 is a real value); `surface_km2`: NaN without outline nor area.
      - `lat`, `lon`: town hall, else chef-lieu, else centre, else a point inside the outline, as `point_source` says
        (`mairie`, `chef-lieu`, `centre`, `interieur`); NaN with `point_source` `aucun` when nothing places the commune.
      - `erreur_km`: how far that point may be from the town hall (see `reperes`): 0 when it is there.
      - `densite`: class of Insee's grid (see `milieux`), None when unknown; `relief`: why roads wind there, or None.
      - `geometry` is None without outline: see `sans_contour`.
    epci: `code_epci nom type codes_departements membres population`; only the EPCI with a commune in the perimeter,
      but whole: `membres` and `population` count every member (NaN when one is unknown).
    departements: `code nom code_region dans_perimetre`, those of the communes above. regions: `code nom`.
    successeurs: old, déléguée, associée or arrondissement code -> current code, for the whole COG.
    millesimes: keys `cog`, `population`, `contours`, and those of the optional files (`milieux`,
      `chefs_lieux`) that are there.
    barrieres: what no straight line crosses.
    parties: longitude and latitude of the parts of communes whose point is known, by their code (see `Cog.parties`).
    residences: where people live in the communes that have finer points than their own, one row each: the columns of
      COLONNES_RESIDENCES; `poids`: share of the commune's people, 1 in all for each commune; `nature`: `carreau` or
      `arrondissement`. None: nowhere.
    couches: the layers of each configured département, by its code (see `couches_presentes`).
    raccord: which outline gave each commune its shape, and by which rule (see `raccord`).
    """

    communes: "GeoDataFrame"
    epci: "DataFrame"
    departements: "DataFrame"
    regions: "DataFrame"
    successeurs: Mapping[str, str]
    millesimes: Mapping[str, str]
    non_resolus: tuple[NonResolu, ...] = ()
    barrieres: tuple[Barriere, ...] = ()
    cog: Cog | None = field(default=None, repr=False)
    parties: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    residences: "DataFrame | None" = None
    raccord: "DataFrame | None" = None
    couches: Mapping[str, tuple[Couche, ...]] = field(default_factory=dict)

    @property
    def sans_contour(self) -> tuple[str, ...]:
        """Codes of the communes without outline: they belong to no map, and mostly have no coordinates."""
        return tuple(self.communes.loc[self.communes.geometry.isna(), "code_insee"])
