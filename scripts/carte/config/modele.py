"""What a deployment's configuration holds, once read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from carte.choix import CRITERES, NORMALISATIONS, Seuils
from carte.config.federation import Hub, Voisin


@dataclass(frozen=True, slots=True)
class Options:
    """Third parties a deployment accepts to contact; none by default.

    `adresse`: the national geocoding service completes the search; `tuiles`: IGN's tiles lie under the maps.
    """

    adresse: bool = False
    tuiles: bool = False


@dataclass(frozen=True, slots=True)
class Hebergement:
    """What the host of the site takes. `pages_communes`: one of PAGES_COMMUNES; None: the perimeter's size decides;
    `precompression`: of COMPRESSIONS."""

    pages_communes: str | None = None
    precompression: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Where inputs are read and output is written; absolute once read. `sources`: the hub's own mappings of imports."""

    lieux: Path
    geo: Path
    sortie: Path
    sources: Path | None = None

    @property
    def correspondances(self) -> Path:
        """The folder of the hub's own mappings, beside the records unless told otherwise; it may not exist."""
        return self.sources or self.lieux.parent / "sources"

    @property
    def paquets(self) -> Path:
        """The folder of the last good packages of other hubs, beside the records; it may not exist."""
        return self.lieux.parent / "federation"


@dataclass(frozen=True, slots=True)
class Priorite:
    """Relative weight of each criterion of CRITERES (one that is not named weighs nothing), and how each becomes a
    number between 0 and 1."""

    poids: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(CRITERES, 1.0))
    normalisation: str = NORMALISATIONS[0]


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of the project's own repository, as the former publication.

    `nom` as git knows it (tag, branch, hash); `configuration`: path of the deployment's file at that time, from
    `racine`, the project's root.
    """

    nom: str
    configuration: str
    racine: Path


@dataclass(frozen=True, slots=True)
class Configuration:
    """A deployment: who publishes, on which départements, with which thresholds and options.

    `publication_precedente`, to tell what changed since: the folder of the open data of a former publication, or a
    commit of the repository. `lieux_du_depot`: the folder of records from the root of the repository, None when it is
    not inside; `forge`: as the configuration names it; `relecteurs`: département (or TOUT, for everything else) → the
    accounts that review its records. `federation`: the hubs whose records are published here too, the first one wins;
    `voisins`: the sites that this one links.
    """

    nom: str
    hub: str
    courriel: str
    url: str
    departements: tuple[str, ...]
    date_publication: date
    dossiers: Dossiers
    depot: str | None = None
    forge: str | None = None
    branche: str = "main"
    relecteurs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lieux_du_depot: str | None = None
    demonstration: bool = False
    seuils: Seuils = field(default_factory=Seuils)
    options: Options = field(default_factory=Options)
    hebergement: Hebergement = field(default_factory=Hebergement)
    priorite: Priorite = field(default_factory=Priorite)
    federation: tuple[Hub, ...] = ()
    voisins: tuple[Voisin, ...] = ()
    publication_precedente: Path | Revision | None = None


def jour_de_lecture(configuration: Configuration, jour: date | None = None) -> date:
    """The day that records are read on: today, or `jour`, and never before the publication.

    A record mended after the last publication is not dated in the future.
    """
    return max(configuration.date_publication, jour or date.today())
