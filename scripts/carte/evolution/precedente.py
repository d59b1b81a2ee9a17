"""The publication to compare with: a folder of open data, or a commit whose figures are computed again."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from carte import access, config, entrees, indicators, nomenclature, territory
from carte.config import Configuration, Revision
from carte.erreurs import ErreurCarte
from carte.evolution.comparer import comparer
from carte.evolution.lecture import lire_publication, publier
from carte.evolution.refus import PublicationIllisible
from carte.evolution.revision import contient, empreinte, exporter
from carte.federation import rassembler
from carte.memoire import fichiers
from carte.records import Gravite

if TYPE_CHECKING:
    from carte.evolution.modele import Comparaison, Publication

Garder = Callable[[str, "Callable[[], Publication]"], "Publication"]
NOMENCLATURE = "offers/nomenclature"


def _sans_garder(_empreinte: str, lire: "Callable[[], Publication]") -> "Publication":
    return lire()


def evolution(
    precedente: Path | Revision | None,
    racine: Path,
    vocabulaires: "dict[str, nomenclature.Vocabulaire]",
    nouvelle: "Publication",
    garder: Garder = _sans_garder,
) -> "Comparaison | None":
    """What changed since the former publication; None when the deployment names none.

    `garder(fingerprint, read)`: the former publication, read unless it is kept since a build of the same layers.
    Raises PublicationIllisible.
    """
    if precedente is None:
        return None
    if isinstance(precedente, Revision):
        commit = f"{empreinte(precedente)} {precedente.configuration}"
        ancienne = garder(commit, lambda: publication_a(precedente, racine))
    else:
        ancienne = garder(fichiers(precedente), lambda: lire_publication(precedente, vocabulaires, nouvelle.territoire))
    if ancienne.date > nouvelle.date:
        raise PublicationIllisible(
            f"La publication précédente est datée du {ancienne.date.isoformat()}, après celle-ci "
            f"({nouvelle.date.isoformat()}) : corrigez « date_publication »."
        )
    _verifier_territoire(ancienne, nouvelle)
    return comparer(ancienne, nouvelle)


def _verifier_territoire(ancienne: "Publication", nouvelle: "Publication") -> None:
    """Raises PublicationIllisible when the two have no département in common: nothing of them can be compared."""
    avant, apres = _departements(ancienne), _departements(nouvelle)
    if not avant & apres:
        raise PublicationIllisible(
            f"La publication précédente décrit un autre territoire (département {', '.join(sorted(avant))}) que "
            f"celle-ci ({', '.join(sorted(apres))}) : donnez à « publication_precedente » une publication de votre "
            "territoire, ou retirez cette ligne."
        )


def _departements(publication: "Publication") -> set[str]:
    communes = publication.territoire.communes
    return set(communes.loc[communes["dans_perimetre"].astype(bool), "code_departement"])


def publication_a(revision: Revision, racine: Path) -> "Publication":
    """The publication of a commit: its own records, layers, nomenclature and thresholds, computed by this program.

    A hub's repository holds no nomenclature: the one of `racine`, the program's folder, is taken then. The COG of a
    real territory is the one installed today. Raises PublicationIllisible, which names the file at fault by its path
    in the repository.
    """
    commit = empreinte(revision)
    with TemporaryDirectory() as temporaire:
        copie = Path(temporaire).resolve()
        exporter(revision, commit, [revision.configuration], copie)
        try:
            configuration = config.lire(copie / revision.configuration, copie)
            propre = contient(revision, commit, NOMENCLATURE)
            lus = [*([NOMENCLATURE] if propre else []), *_lus(configuration, copie)]
            # Beside the records; a site that never took any package has none.
            paquets = configuration.dossiers.paquets.relative_to(copie).as_posix()
            pris = configuration.federation and contient(revision, commit, paquets)
            exporter(revision, commit, [*lus, *([paquets] if pris else [])], copie)
            return _recalculer(configuration, copie if propre else racine, racine)
        except ErreurCarte as erreur:
            if isinstance(erreur, PublicationIllisible):
                raise
            motif = erreur.message.replace(f"{copie}/", "")
            raise PublicationIllisible(f"Publication précédente, révision « {revision.nom} » : {motif}") from erreur


def _lus(configuration: Configuration, copie: Path) -> list[str]:
    """The folders of records and layers of a former state, from its root.

    Raises ConfigurationInvalide when one is elsewhere.
    """
    dossiers = configuration.dossiers
    for dossier in (dossiers.lieux, dossiers.geo):
        if not dossier.is_relative_to(copie) or dossier == copie:
            raise config.ConfigurationInvalide(f"le dossier « {dossier} » n'est pas dans le dépôt.")
    return [dossier.relative_to(copie).as_posix() for dossier in (dossiers.lieux, dossiers.geo)]


def _recalculer(configuration: Configuration, vocabulaires: Path, racine: Path) -> "Publication":
    """`vocabulaires`: the root of the nomenclature to read the records with."""
    territoire = entrees.lire_territoire(configuration, racine)
    chargement = rassembler(configuration, vocabulaires, territory.Geographie(territoire)).chargement
    bloquants = [p for p in chargement.problemes if p.gravite is Gravite.BLOQUANT]
    if bloquants:
        # A place left out would look new today.
        raise config.ConfigurationInvalide(f"des fiches ne se lisent plus. La première : {bloquants[0]}")
    fiches, jour = chargement.enregistrements, configuration.date_publication
    offre = indicators.construire_offre(fiches, territoire, nomenclature.du_programme(vocabulaires), jour)
    matrice = access.lire_matrices(configuration.dossiers.geo, configuration.departements)
    parametres, _ = entrees.parametres_et_mesures(configuration, offre, territoire, matrice)
    return publier(fiches, offre, territoire, configuration.seuils, parametres, jour, matrice)
