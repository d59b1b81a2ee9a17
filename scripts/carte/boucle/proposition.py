"""A proposal examined: its records against those of a former state, then the figures of both."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from carte import nomenclature, records
from carte.boucle.commentaire import Comparaison
from carte.boucle.comparer import Fiche, comparer
from carte.boucle.depuis import Ecart, ecart
from carte.config import Configuration, Revision
from carte.records import Chargement, Contexte

if TYPE_CHECKING:
    from carte.boucle.effet import Effet

_NON_DEMANDE = "Les chiffres du rapport n’ont pas été calculés."
_A_CORRIGER = "Les chiffres du rapport seront calculés quand les problèmes bloquants seront corrigés."


def examiner(configuration: Configuration, depot: Path, programme: Path, base: str, *, effet: bool) -> Comparaison:
    """Compare the records of a deployment with those of the commit `base`; with `effet`, the figures too.

    `depot`: the root of the configuration's repository; `programme`: the program's folder. Raises ErreurCarte.
    """
    contexte = Contexte(vocabulaires=nomenclature.du_programme(programme), today=configuration.date_publication)
    difference = ecart(Revision(base, configuration="", racine=depot), configuration.dossiers.lieux, contexte)
    fiches = comparer(difference)
    if not effet:
        return Comparaison(base, fiches, sans_effet=_NON_DEMANDE)
    if not fiches:
        return Comparaison(base, fiches, effets=())
    return _avec_effet(configuration, programme, base, fiches, difference)


def _avec_effet(
    configuration: Configuration, programme: Path, base: str, fiches: Sequence[Fiche], difference: Ecart
) -> Comparaison:
    from carte import entrees, pipeline
    from carte.boucle.effet import effets

    territoire = entrees.lire_territoire(configuration, programme)
    chargement = entrees.valider(configuration, programme, territoire)
    doublons = _doublons(chargement, difference)
    if records.bloque(chargement.problemes):
        return Comparaison(base, fiches, doublons, sans_effet=_A_CORRIGER)
    socle = pipeline.lire_socle(configuration, programme, territoire)
    trouves: list[Effet] = effets(socle, chargement, difference)
    return Comparaison(base, fiches, doublons, trouves)


def _doublons(chargement: Chargement, difference: Ecart) -> list[records.Problem]:
    """The advice about twins among the records that change."""
    changees = {fiche.fichier.fichier for fiche in difference.apres.values()}
    return [p for p in chargement.problemes if p.regle == "doublon" and p.fichier in changees]
