"""From files to the picture: read everything, check everything, compute everything.

Nothing is written here but what a memory keeps: each stage under the fingerprint of what it reads, so that the next
build computes again only what depends on a change.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from carte import access, broadband, entrees, indicators, nomenclature, records, territory
from carte.config import Configuration
from carte.ecrits.texte import montrable
from carte.evolution.lecture import publier
from carte.evolution.precedente import evolution
from carte.execution import Executeur
from carte.federation import rassembler
from carte.memoire import SANS_MEMOIRE, Memoire, cle, empreinte, fichiers
from carte.picture import Picture
from carte.records import Chargement, Gravite
from carte.simulation import ParametresSimulation, simuler

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

journal = logging.getLogger(__name__)
_FAUTES_DITES = 10
V = TypeVar("V")
Etape = Callable[[str], AbstractContextManager[None]]


def _sans_mesure(_nom: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Etapes:
    """Where stages are kept. `base`: drawn from what all of them may read, the layers and the départements."""

    memoire: Memoire = SANS_MEMOIRE
    base: str = ""

    @classmethod
    def de(cls, configuration: Configuration, racine: Path, memoire: Memoire) -> "Etapes":
        """Those of a deployment."""
        if not memoire.active:
            return SANS_ETAPES
        couches = fichiers(configuration.dossiers.geo, racine / entrees.COG_NATIONAL)
        return cls(memoire, cle(couches, *configuration.departements))

    def signer(self, *lus: object) -> str:
        """What stands for values that several stages read; empty when nothing is kept."""
        return cle(self.base, *map(empreinte, lus)) if self.memoire.active else ""

    def valeur(self, nom: str, calculer: Callable[[], V], *lus: object) -> V:
        """What the stage `nom` gives from the layers and from `lus`, all that `calculer` reads beside them."""
        if not self.memoire.active:
            return calculer()
        return self.memoire.valeur(cle(nom, self.base, *map(empreinte, lus)), calculer)


SANS_ETAPES = Etapes()
"""Every stage is computed."""


@dataclass(frozen=True, slots=True)
class Socle:
    """What a deployment knows beside its records."""

    configuration: Configuration
    territoire: territory.Territoire
    vocabulaires: "dict[str, nomenclature.Vocabulaire]"
    debit: broadband.Debit
    matrice: access.Matrice | None
    documents: indicators.Entrees


def _lire_territoire(configuration: Configuration, racine: Path) -> tuple[territory.Territoire, territory.Geographie]:
    """The territory, and what answers of it: kept together, they share what they hold."""
    territoire = entrees.lire_territoire(configuration, racine)
    return territoire, territory.Geographie(territoire)


def lire_socle(
    configuration: Configuration, racine: Path, territoire: territory.Territoire, etapes: Etapes = SANS_ETAPES
) -> Socle:
    """Read everything but the records. Raises ErreurCarte."""
    geo, departements = configuration.dossiers.geo, configuration.departements
    debit, matrice, documents = etapes.valeur(
        "débit",
        lambda: (
            broadband.lire(geo, departements, territoire),
            access.lire_matrices(geo, departements),
            indicators.lire_entrees(geo, departements),
        ),
    )
    _prevenir(debit.problemes)
    return Socle(configuration, territoire, nomenclature.du_programme(racine), debit, matrice, documents)


def _prevenir(problemes: Sequence[broadband.ProblemeDebit]) -> None:
    """Tell what is not read of the tables of broadband: an unknown that nobody notices passes for what the table says.

    That a commune has no figure at all is told by the report, not here.
    """
    fautes = [probleme for probleme in problemes if probleme.fichier]
    for faute in fautes[:_FAUTES_DITES]:
        ou = f"{faute.fichier}, commune {faute.code}" if faute.code else faute.fichier
        journal.warning("%s : %s La valeur est inconnue.", montrable(ou), montrable(faute.motif))
    if len(fautes) > _FAUTES_DITES:
        journal.warning("tables de débit : %d problèmes en tout.", len(fautes))


def calculer(socle: Socle, chargement: Chargement, etapes: Etapes = SANS_ETAPES) -> Picture:
    """The picture of records that have no blocker, without simulations nor comparison with a former publication."""
    configuration, territoire = socle.configuration, socle.territoire
    # Looked for once: the figures count each pair once, pages name the other one.
    doutes = tuple(records.doutes(chargement.enregistrements))
    offre = indicators.construire_offre(
        chargement.enregistrements, territoire, socle.vocabulaires, configuration.date_publication, doutes
    )
    choix = configuration.seuils, configuration.priorite, configuration.date_publication
    chiffres = etapes.signer(offre, *choix)
    indicateurs, calibration = etapes.valeur("indicateurs", lambda: _chiffrer(socle, offre), chiffres)
    return Picture(
        configuration=configuration,
        vocabulaires=socle.vocabulaires,
        enregistrements=chargement.enregistrements,
        problemes=chargement.problemes,
        territoire=territoire,
        debit=socle.debit,
        offre=offre,
        indicateurs=indicateurs,
        millesimes=_millesimes(configuration, territoire, socle.debit, socle.matrice),
        calibration=calibration,
        doutes=doutes,
        a_completer=chargement.a_completer,
        chiffres=chiffres,
    )


def _chiffrer(socle: Socle, offre: "GeoDataFrame") -> "tuple[indicators.Indicateurs, access.Calibration | None]":
    """Every figure, and how estimates stand beside measured times where there are some."""
    configuration, territoire, matrice = socle.configuration, socle.territoire, socle.matrice
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
    if not mesures:
        return indicateurs, None
    return replace(indicateurs, exclusions={**indicateurs.exclusions, **mesures.exclusions}), mesures.calibration


def build_picture(
    configuration: Configuration,
    racine: Path,
    etape: Etape = _sans_mesure,
    memoire: Memoire = SANS_MEMOIRE,
    executeur: Executeur | None = None,
) -> Picture:
    """Read, validate, join and compute; raises FichesInvalides when a record has a blocker.

    `etape(name)` gives a context manager around each stage, so that a caller can time or announce them. What `memoire`
    kept of a former build is computed again only when what it was computed from has changed. `executeur` does the
    simulations; by default, this process.
    """
    with etape("territoire"):
        etapes = Etapes.de(configuration, racine, memoire)
        territoire, geographie = etapes.valeur("territoire", lambda: _lire_territoire(configuration, racine))
    with etape("fiches"):
        reunion = rassembler(configuration, racine, geographie, memoire)
    chargement = reunion.chargement
    if any(probleme.gravite is Gravite.BLOQUANT for probleme in chargement.problemes):
        raise entrees.FichesInvalides(chargement)
    with etape("débit"):
        socle = lire_socle(configuration, racine, territoire, etapes)
    with etape("indicateurs"):
        image = replace(calculer(socle, chargement, etapes), federation=reunion.federation)
    # The same choices as the figures, fitted on measured times where there are some.
    offre, seuils, parametres, matrice = image.offre, configuration.seuils, image.indicateurs.parametres, socle.matrice
    with etape("simulations"):
        essais = ParametresSimulation.du_rapport(indicators.sans_services(socle.documents))
        simulations = etapes.valeur(
            "simulations",
            lambda: simuler(
                offre, territoire, seuils, parametres, essais, matrice=matrice, executeur=executeur, memoire=memoire
            ),
            image.chiffres,
        )
    with etape("évolution"):
        fiches, jour = chargement.enregistrements, configuration.date_publication
        publication = publier(fiches, offre, territoire, seuils, parametres, jour, matrice)
        comparaison = evolution(
            configuration.publication_precedente,
            racine,
            socle.vocabulaires,
            publication,
            lambda ancienne, lire: etapes.valeur("publication précédente", lire, ancienne),
        )
    return replace(image, simulations=simulations, evolution=comparaison, couches=etapes.base)


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
