"""From files to the picture: read everything, check everything, compute everything. Nothing is written here."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from carte import access, broadband, config, indicators, nomenclature, records, territory
from carte.config import Configuration, Revision
from carte.evolution.comparer import comparer
from carte.evolution.lecture import PublicationIllisible, lire_publication, publier
from carte.evolution.revision import empreinte, exporter
from carte.indicators.acces.temps_mesures import ajuster, controler
from carte.picture import Picture
from carte.records import Chargement, Contexte, Enregistrement, Gravite

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from carte.evolution.modele import Comparaison, Publication
    from carte.indicators.acces.temps_mesures import TempsMesures

COG_NATIONAL = Path("node_modules") / "@etalab" / "decoupage-administratif" / "data"

Etape = Callable[[str], AbstractContextManager[None]]


class FichesInvalides(click.ClickException):
    """Some records have blockers: nothing is published until they are mended."""

    def __init__(self, chargement: Chargement) -> None:
        self.chargement = chargement
        super().__init__("Des fiches sont à corriger : rien n'a été publié. Le site précédent reste en place.")

    def show(self, file: object = None) -> None:
        click.echo(records.en_texte(self.chargement.problemes), err=True)
        click.secho(self.format_message(), err=True, fg="red")


def _sans_mesure(_nom: str) -> AbstractContextManager[None]:
    return nullcontext()


def lire_vocabulaires(racine: Path) -> dict[str, nomenclature.Vocabulaire]:
    """The nomenclature is the project's own, whatever the deployment."""
    return nomenclature.load(racine / "offers" / "nomenclature")


def lire_territoire(configuration: Configuration, racine: Path) -> territory.Territoire:
    """Communes, EPCI, départements and régions of the deployment's perimeter and its neighbours."""
    return territory.read(configuration.dossiers.geo, configuration.departements, racine / COG_NATIONAL)


def contexte_de_validation(configuration: Configuration, racine: Path, territoire: territory.Territoire) -> Contexte:
    """What the rules on records need, with every rule on."""
    return Contexte(
        vocabulaires=lire_vocabulaires(racine),
        # A record mended after the last publication is not dated in the future.
        today=max(configuration.date_publication, date.today()),
        geographie=territory.Geographie(territoire),
    )


def valider(configuration: Configuration, racine: Path, territoire: territory.Territoire | None = None) -> Chargement:
    """Load and validate every record of the deployment, with every rule on."""
    territoire = territoire or lire_territoire(configuration, racine)
    contexte = contexte_de_validation(configuration, racine, territoire)
    chargement = records.load(configuration.dossiers.lieux, contexte)
    geographie = territory.Geographie(territoire)
    situes = tuple(situer(enregistrement, geographie) for enregistrement in chargement.enregistrements)
    return replace(chargement, enregistrements=situes)


def situer(enregistrement: Enregistrement, geographie: territory.Geographie) -> Enregistrement:
    """Give a record, and its stops, the current commune code that validation already told its author.

    An old code becomes its successor; a missing one is found when its name is unique in the département. Anything
    else stays unknown.
    """
    lieu, departement = enregistrement.lieu, enregistrement.departement

    def actuel(code: str | None, nom: str) -> str | None:
        if code is not None:
            return geographie.successeur(code) or code
        trouves = geographie.codes_du_nom(nom, departement)
        return trouves[0] if len(trouves) == 1 else None

    arrets = lieu.tournee and [
        arret.model_copy(update={"code_insee": actuel(arret.code_insee, arret.commune)}) for arret in lieu.tournee
    ]
    situe = lieu.model_copy(update={"code_insee": actuel(lieu.code_insee, lieu.commune), "tournee": arrets})
    return replace(enregistrement, lieu=situe)


def parametres_choisis(configuration: Configuration) -> indicators.Parametres:
    """The choices beside the thresholds: the deployment's where it makes some, the defaults elsewhere."""
    priorite = configuration.priorite
    return indicators.Parametres(poids_priorite=priorite.poids, normalisation=priorite.normalisation)


def build_picture(configuration: Configuration, racine: Path, etape: Etape = _sans_mesure) -> Picture:
    """Read, validate, join and compute; raises FichesInvalides when a record has a blocker.

    `etape(name)` gives a context manager around each stage, so that a caller can time or announce them.
    """
    with etape("territoire"):
        territoire = lire_territoire(configuration, racine)
    with etape("fiches"):
        chargement = valider(configuration, racine, territoire)
    if any(probleme.gravite is Gravite.BLOQUANT for probleme in chargement.problemes):
        raise FichesInvalides(chargement)
    vocabulaires = lire_vocabulaires(racine)
    with etape("débit"):
        debit = broadband.read(configuration.dossiers.geo, configuration.departements, territoire)
    with etape("indicateurs"):
        offre = indicators.construire_offre(
            chargement.enregistrements, territoire, vocabulaires, configuration.date_publication
        )
        matrice = access.lire_matrices(configuration.dossiers.geo, configuration.departements)
        parametres, mesures = _parametres(configuration, offre, territoire, matrice)
        indicateurs = indicators.compute(
            offre,
            territoire,
            debit.communes,
            configuration.seuils,
            parametres,
            matrice=matrice,
            entrees=indicators.lire_entrees(configuration.dossiers.geo, configuration.departements),
            date_publication=configuration.date_publication,
        )
        if mesures:
            indicateurs = replace(indicateurs, exclusions={**indicateurs.exclusions, **mesures.exclusions})
    with etape("simulations"):
        simulations = indicators.simuler(offre, territoire, configuration.seuils, parametres, matrice=matrice)
    with etape("évolution"):
        publication = publier(
            chargement.enregistrements,
            offre,
            territoire,
            configuration.seuils,
            parametres,
            configuration.date_publication,
            matrice,
        )
        evolution = _evolution(configuration.publication_precedente, racine, vocabulaires, publication)
    return Picture(
        configuration=configuration,
        vocabulaires=vocabulaires,
        enregistrements=chargement.enregistrements,
        problemes=chargement.problemes,
        territoire=territoire,
        debit=debit,
        offre=offre,
        indicateurs=indicateurs,
        millesimes=_millesimes(configuration, territoire, debit, matrice),
        simulations=simulations,
        calibration=mesures.calibration if mesures else None,
        evolution=evolution,
    )


def _parametres(
    configuration: Configuration,
    offre: "GeoDataFrame",
    territoire: territory.Territoire,
    matrice: access.Matrice | None,
) -> "tuple[indicators.Parametres, TempsMesures | None]":
    """The choices beside the thresholds, fitted on measured times where there are some; what these say."""
    parametres = parametres_choisis(configuration)
    mesures = matrice and controler(offre, territoire, configuration.seuils, matrice, parametres)
    return (ajuster(parametres, mesures.calibration), mesures) if mesures else (parametres, None)


def _evolution(
    precedente: Path | Revision | None,
    racine: Path,
    vocabulaires: dict[str, nomenclature.Vocabulaire],
    nouvelle: "Publication",
) -> "Comparaison | None":
    """What changed since the former publication; None when the deployment names none.

    Raises PublicationIllisible.
    """
    if precedente is None:
        return None
    if isinstance(precedente, Revision):
        ancienne = publication_a(precedente, racine)
    else:
        ancienne = lire_publication(precedente, vocabulaires, nouvelle.territoire)
    if ancienne.date > nouvelle.date:
        raise PublicationIllisible(
            f"La publication précédente est datée du {ancienne.date.isoformat()}, après celle-ci "
            f"({nouvelle.date.isoformat()}) : corrigez « date_publication »."
        )
    return comparer(ancienne, nouvelle)


def publication_a(revision: Revision, racine: Path) -> "Publication":
    """The publication of a commit: its own records, layers, nomenclature and thresholds, computed by this program.

    The COG of a real territory is the one installed today. Raises PublicationIllisible, which names the file at fault
    by its path in the repository.
    """
    commit = empreinte(revision)
    with TemporaryDirectory() as temporaire:
        copie = Path(temporaire).resolve()
        exporter(revision, commit, [revision.configuration], copie)
        try:
            configuration = config.read(copie / revision.configuration, copie)
            exporter(revision, commit, _dossiers_lus(configuration, copie), copie)
            return _recalculer(configuration, copie, racine)
        except click.ClickException as erreur:
            if isinstance(erreur, PublicationIllisible):
                raise
            motif = erreur.message.replace(f"{copie}/", "")
            raise PublicationIllisible(f"Publication précédente, révision « {revision.nom} » : {motif}") from erreur


def _dossiers_lus(configuration: Configuration, copie: Path) -> list[str]:
    """The folders of a former state, from its root. Raises ConfigurationInvalide when one is elsewhere."""
    dossiers = configuration.dossiers
    for dossier in (dossiers.lieux, dossiers.geo):
        if not dossier.is_relative_to(copie) or dossier == copie:
            raise config.ConfigurationInvalide(f"le dossier « {dossier} » n'est pas dans le dépôt.")
    return [
        "offers/nomenclature",
        *(dossier.relative_to(copie).as_posix() for dossier in (dossiers.lieux, dossiers.geo)),
    ]


def _recalculer(configuration: Configuration, copie: Path, racine: Path) -> "Publication":
    territoire = lire_territoire(configuration, racine)
    chargement = valider(configuration, copie, territoire)
    bloquants = [p for p in chargement.problemes if p.gravite is Gravite.BLOQUANT]
    if bloquants:
        # A place left out would look new today.
        raise config.ConfigurationInvalide(f"des fiches ne se lisent plus. La première : {bloquants[0]}")
    fiches, jour = chargement.enregistrements, configuration.date_publication
    offre = indicators.construire_offre(fiches, territoire, lire_vocabulaires(copie), jour)
    matrice = access.lire_matrices(configuration.dossiers.geo, configuration.departements)
    parametres, _ = _parametres(configuration, offre, territoire, matrice)
    return publier(fiches, offre, territoire, configuration.seuils, parametres, jour, matrice)


def _millesimes(
    configuration: Configuration,
    territoire: territory.Territoire,
    debit: broadband.Debit,
    matrice: access.Matrice | None,
) -> dict[str, str]:
    """The date of every input, carried to every output; an unknown one says so. `temps` only with measured times."""
    return {
        **({} if matrice is None else {"temps": ", ".join(matrice.sources)}),
        **territoire.millesimes,
        "debit": debit.millesime or "inconnu",
        "lieux": configuration.date_publication.isoformat(),
    }
