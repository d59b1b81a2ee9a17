"""What a deployment gives: its vocabularies, its territory, its records checked and placed, its choices."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from carte import access, indicators, nomenclature, records, territory
from carte.config import Configuration, jour_de_lecture
from carte.erreurs import ErreurCarte
from carte.indicators.acces.temps_mesures import ajuster, controler
from carte.memoire import SANS_MEMOIRE, Memoire
from carte.records import Chargement, Contexte, Fichier
from carte.records.rules.gestes import avec_adresses

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from carte.indicators.acces.temps_mesures import TempsMesures

COG_NATIONAL = Path("node_modules") / "@etalab" / "decoupage-administratif" / "data"


class FichesInvalides(ErreurCarte):
    """Some records have blockers: nothing is published until they are mended."""

    def __init__(self, chargement: Chargement) -> None:
        self.chargement = chargement
        super().__init__("Des fiches sont à corriger : rien n'a été publié. Le site précédent reste en place.")

    def show(self, file: object = None) -> None:
        """What blocks, alone: advice on the other records would bury it, and `carte valider` gives it."""
        bloquants = [probleme for probleme in self.chargement.problemes if records.bloque([probleme])]
        click.echo(records.en_texte(bloquants), err=True)
        click.secho(self.format_message(), err=True, fg="red")


def lire_territoire(configuration: Configuration, racine: Path) -> territory.Territoire:
    """Communes, EPCI, départements and régions of the deployment's perimeter and its neighbours."""
    return territory.lire(configuration.dossiers.geo, configuration.departements, racine / COG_NATIONAL)


def lire_geographie(configuration: Configuration, racine: Path) -> territory.Geographie:
    """What answers of that territory."""
    return territory.Geographie(lire_territoire(configuration, racine))


def contexte_de_validation(configuration: Configuration, racine: Path, geographie: territory.Geographie) -> Contexte:
    """What the rules on records need, with every rule on."""
    return Contexte(
        vocabulaires=nomenclature.du_programme(racine),
        today=jour_de_lecture(configuration),
        geographie=geographie,
    )


def valider(
    configuration: Configuration,
    racine: Path,
    geographie: territory.Geographie | None = None,
    memoire: Memoire = SANS_MEMOIRE,
    autres: Mapping[Fichier, bytes] | None = None,
) -> Chargement:
    """Load and validate every record of the deployment, with every rule on; `autres`: those of other hubs with them.

    `geographie`: what answers of the territory of the deployment, when it is made already. A file that `memoire` knows
    is not read again.
    """
    geographie = geographie or lire_geographie(configuration, racine)
    contexte = contexte_de_validation(configuration, racine, geographie)
    chargement = records.lire(configuration.dossiers.lieux, contexte, memoire=memoire, autres=autres)
    publiees = avec_adresses(chargement.enregistrements, chargement.doublons)
    situes = territory.situer(publiees, geographie)
    return replace(chargement, enregistrements=situes)


def parametres_choisis(configuration: Configuration) -> indicators.Parametres:
    """The choices beside the thresholds: the deployment's where it makes some, the defaults elsewhere."""
    priorite = configuration.priorite
    return indicators.Parametres(poids_priorite=priorite.poids, normalisation=priorite.normalisation)


def parametres_et_mesures(
    configuration: Configuration,
    offre: "GeoDataFrame",
    territoire: territory.Territoire,
    matrice: access.Matrice | None,
) -> "tuple[indicators.Parametres, TempsMesures | None]":
    """The choices beside the thresholds, fitted on measured times where there are some; what these say."""
    parametres = parametres_choisis(configuration)
    mesures = matrice and controler(offre, territoire, configuration.seuils, matrice, parametres)
    return (ajuster(parametres, mesures.calibration), mesures) if mesures else (parametres, None)
