"""From files to the picture: read everything, check everything, compute everything. Nothing is written here."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from carte import access, broadband, entrees, indicators, nomenclature, territory
from carte.config import Configuration
from carte.evolution.lecture import publier
from carte.evolution.precedente import evolution
from carte.picture import Picture
from carte.records import Gravite
from carte.simulation import ParametresSimulation, simuler

Etape = Callable[[str], AbstractContextManager[None]]


def _sans_mesure(_nom: str) -> AbstractContextManager[None]:
    return nullcontext()


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
    vocabulaires = nomenclature.du_programme(racine)
    with etape("débit"):
        debit = broadband.lire(configuration.dossiers.geo, configuration.departements, territoire)
    with etape("indicateurs"):
        offre = indicators.construire_offre(
            chargement.enregistrements, territoire, vocabulaires, configuration.date_publication
        )
        matrice = access.lire_matrices(configuration.dossiers.geo, configuration.departements)
        parametres, mesures = entrees.parametres_et_mesures(configuration, offre, territoire, matrice)
        documents = indicators.lire_entrees(configuration.dossiers.geo, configuration.departements)
        indicateurs = indicators.compute(
            offre,
            territoire,
            debit.communes,
            configuration.seuils,
            parametres,
            matrice=matrice,
            entrees=documents,
            date_publication=configuration.date_publication,
        )
        if mesures:
            indicateurs = replace(indicateurs, exclusions={**indicateurs.exclusions, **mesures.exclusions})
    with etape("simulations"):
        essais = ParametresSimulation.du_rapport(indicators.sans_services(documents))
        simulations = simuler(offre, territoire, configuration.seuils, parametres, essais, matrice=matrice)
    with etape("évolution"):
        fiches, jour = chargement.enregistrements, configuration.date_publication
        publication = publier(fiches, offre, territoire, configuration.seuils, parametres, jour, matrice)
        comparaison = evolution(configuration.publication_precedente, racine, vocabulaires, publication)
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
        evolution=comparaison,
    )


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
