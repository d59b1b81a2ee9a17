"""From files to the picture: read everything, check everything, compute everything. Nothing is written here."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from carte import access, broadband, entrees, indicators, nomenclature, records, territory
from carte.config import Configuration
from carte.evolution.lecture import publier
from carte.evolution.precedente import evolution
from carte.picture import Picture
from carte.records import Chargement, Gravite
from carte.simulation import ParametresSimulation, simuler

Etape = Callable[[str], AbstractContextManager[None]]


def _sans_mesure(_nom: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Socle:
    """What a deployment knows beside its records."""

    configuration: Configuration
    territoire: territory.Territoire
    vocabulaires: "dict[str, nomenclature.Vocabulaire]"
    debit: broadband.Debit
    matrice: access.Matrice | None
    documents: indicators.Entrees


def lire_socle(configuration: Configuration, racine: Path, territoire: territory.Territoire) -> Socle:
    """Read everything but the records. Raises ErreurCarte."""
    geo, departements = configuration.dossiers.geo, configuration.departements
    return Socle(
        configuration,
        territoire,
        nomenclature.du_programme(racine),
        broadband.lire(geo, departements, territoire),
        access.lire_matrices(geo, departements),
        indicators.lire_entrees(geo, departements),
    )


def calculer(socle: Socle, chargement: Chargement) -> Picture:
    """The picture of records that have no blocker, without simulations nor comparison with a former publication."""
    configuration, territoire, matrice = socle.configuration, socle.territoire, socle.matrice
    # Looked for once: the figures count each pair once, pages name the other one.
    doutes = tuple(records.doutes(chargement.enregistrements))
    offre = indicators.construire_offre(
        chargement.enregistrements, territoire, socle.vocabulaires, configuration.date_publication, doutes
    )
    parametres, mesures = entrees.parametres_et_mesures(configuration, offre, territoire, matrice)
    indicateurs = indicators.compute(
        offre,
        territoire,
        socle.debit.communes,
        configuration.seuils,
        parametres,
        matrice=matrice,
        entrees=socle.documents,
        date_publication=configuration.date_publication,
    )
    if mesures:
        indicateurs = replace(indicateurs, exclusions={**indicateurs.exclusions, **mesures.exclusions})
    return Picture(
        configuration=configuration,
        vocabulaires=socle.vocabulaires,
        enregistrements=chargement.enregistrements,
        problemes=chargement.problemes,
        territoire=territoire,
        debit=socle.debit,
        offre=offre,
        indicateurs=indicateurs,
        millesimes=_millesimes(configuration, territoire, socle.debit, matrice),
        calibration=mesures.calibration if mesures else None,
        doutes=doutes,
        a_completer=chargement.a_completer,
    )


def build_picture(configuration: Configuration, racine: Path, etape: Etape = _sans_mesure) -> Picture:
    """Read, validate, join and compute; raises FichesInvalides when a record has a blocker.

    `etape(name)` gives a context manager around each stage, so that a caller can time or announce them.
    """
    with etape("territoire"):
        territoire = entrees.lire_territoire(configuration, racine)
    with etape("fiches"):
        chargement = entrees.valider(configuration, racine, territoire)
    if any(probleme.gravite is Gravite.BLOQUANT for probleme in chargement.problemes):
        raise entrees.FichesInvalides(chargement)
    with etape("débit"):
        socle = lire_socle(configuration, racine, territoire)
    with etape("indicateurs"):
        image = calculer(socle, chargement)
    # The same choices as the figures, fitted on measured times where there are some.
    offre, seuils, parametres, matrice = image.offre, configuration.seuils, image.indicateurs.parametres, socle.matrice
    with etape("simulations"):
        essais = ParametresSimulation.du_rapport(indicators.sans_services(socle.documents))
        simulations = simuler(offre, territoire, seuils, parametres, essais, matrice=matrice)
    with etape("évolution"):
        fiches, jour = chargement.enregistrements, configuration.date_publication
        publication = publier(fiches, offre, territoire, seuils, parametres, jour, matrice)
        comparaison = evolution(configuration.publication_precedente, racine, socle.vocabulaires, publication)
    return replace(image, simulations=simulations, evolution=comparaison)


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
