"""The rules of one record, in the order they are read; each one decides blocker or advice."""

from collections.abc import Callable, Iterable

from carte.ecrits.faute import Faute
from carte.records.context import Contexte
from carte.records.modele import Enregistrement
from carte.records.rules import contenu, offre, personnes, textes, vocabulaire

Regle = Callable[[Enregistrement, Contexte], Iterable[Faute]]

REGLES: tuple[Regle, ...] = (
    vocabulaire.valeurs_du_vocabulaire,
    vocabulaire.sans_repetition,
    contenu.formes,
    textes.textes_parlants,
    contenu.horaires,
    contenu.dates_passees,
    contenu.ouverture_annoncee,
    contenu.dates_ordonnees,
    contenu.moyen_de_venir,
    contenu.coordonnees,
    contenu.provenance,
    contenu.anciens_identifiants,
    contenu.tournee,
    offre.sans_contradiction,
    personnes.donnees_personnelles,
)
