"""A proposal examined: its records against those of a former state, then the figures of both."""

from collections.abc import Sequence
from pathlib import Path

from carte import records
from carte.boucle.commentaire import Comparaison
from carte.boucle.comparer import Fiche, comparer
from carte.boucle.depuis import Ecart, ecart
from carte.config import Configuration, Revision
from carte.records import Chargement, Contexte

_NON_DEMANDE = "Les chiffres du rapport n’ont pas été calculés."
_A_CORRIGER = "Les chiffres du rapport seront calculés quand les problèmes bloquants seront corrigés."


def examiner(
    configuration: Configuration, base: Revision, programme: Path, contexte: Contexte, *, effet: bool
) -> Comparaison:
    """Compare the records of a deployment with those of a former state; with `effet`, the figures too.

    `programme`: the program's folder; `contexte`: what the rules on one record need. Raises ErreurCarte.
    """
    difference = ecart(base, configuration.dossiers.lieux, contexte)
    fiches = comparer(difference)
    if not effet:
        return Comparaison(fiches, sans_effet=_NON_DEMANDE)
    if not fiches:
        return Comparaison(fiches, effets=())
    return _avec_effet(configuration, programme, fiches, difference)


def _avec_effet(
    configuration: Configuration, programme: Path, fiches: Sequence[Fiche], difference: Ecart
) -> Comparaison:
    from carte import entrees, pipeline, territory
    from carte.boucle.effet import effets

    territoire = entrees.lire_territoire(configuration, programme)
    chargement = entrees.valider(configuration, programme, territory.Geographie(territoire))
    doublons = _doublons(chargement, difference)
    if records.bloque(chargement.problemes):
        return Comparaison(fiches, doublons, sans_effet=_A_CORRIGER)
    socle = pipeline.lire_socle(configuration, programme, territoire)
    return Comparaison(fiches, doublons, effets(socle, chargement, difference))


def _doublons(chargement: Chargement, difference: Ecart) -> list[records.Problem]:
    """The advice about twins among the records that change."""
    changees = {fiche.fichier.fichier for fiche in difference.apres.values()}
    return [p for p in chargement.problemes if p.regle == "doublon" and p.fichier in changees]
