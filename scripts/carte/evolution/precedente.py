"""The publication to compare with: a folder of open data, or a commit whose figures are computed again."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from carte import access, config, entrees, indicators
from carte.config import Configuration, Revision
from carte.erreurs import ErreurCarte
from carte.evolution.comparer import comparer
from carte.evolution.lecture import PublicationIllisible, lire_publication, publier
from carte.evolution.revision import empreinte, exporter
from carte.records import Gravite

if TYPE_CHECKING:
    from carte import nomenclature
    from carte.evolution.modele import Comparaison, Publication


def evolution(
    precedente: Path | Revision | None,
    racine: Path,
    vocabulaires: "dict[str, nomenclature.Vocabulaire]",
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
            configuration = config.lire(copie / revision.configuration, copie)
            exporter(revision, commit, _dossiers_lus(configuration, copie), copie)
            return _recalculer(configuration, copie, racine)
        except ErreurCarte as erreur:
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
    territoire = entrees.lire_territoire(configuration, racine)
    chargement = entrees.valider(configuration, copie, territoire)
    bloquants = [p for p in chargement.problemes if p.gravite is Gravite.BLOQUANT]
    if bloquants:
        # A place left out would look new today.
        raise config.ConfigurationInvalide(f"des fiches ne se lisent plus. La première : {bloquants[0]}")
    fiches, jour = chargement.enregistrements, configuration.date_publication
    offre = indicators.construire_offre(fiches, territoire, entrees.lire_vocabulaires(copie), jour)
    matrice = access.lire_matrices(configuration.dossiers.geo, configuration.departements)
    parametres, _ = entrees.parametres_et_mesures(configuration, offre, territoire, matrice)
    return publier(fiches, offre, territoire, configuration.seuils, parametres, jour, matrice)
