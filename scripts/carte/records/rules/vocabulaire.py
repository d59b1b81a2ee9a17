"""Values that come from the nomenclature, each one once."""

from collections.abc import Iterator
from typing import Any

from carte.ecrits.faute import Chemin, Faute, conseil
from carte.ecrits.texte import citer
from carte.nomenclature import Vocabulaire
from carte.records.context import Contexte
from carte.records.modele import Enregistrement, Lieu, Vocab
from carte.records.rules.chemins import champs_marques, listes_de_textes, valeurs

_LISTES = listes_de_textes()
_LONGUEUR_COMPAREE = 120  # the nearest value of an enormous text is looked for from its beginning


def valeurs_du_vocabulaire(enregistrement: Enregistrement, contexte: Contexte) -> Iterator[Faute]:
    """Every value is one of its vocabulary's; a vocabulary that is not given is not checked (`load` says so)."""
    champs = enregistrement.lieu.__dict__
    for chemin, nom in champs_marques(Vocab):
        if champs[chemin[0]] is None or nom not in contexte.vocabulaires:
            continue
        if len(chemin) == 2 and contexte.valides[nom].issuperset(champs[chemin[0]]):  # nearly always
            continue
        vocabulaire = contexte.vocabulaires[nom]
        for place, valeur in valeurs(enregistrement.lieu, chemin):
            if valeur not in vocabulaire:
                yield _faute(place, valeur, vocabulaire)


def _faute(place: Chemin, valeur: str, vocabulaire: Vocabulaire) -> Faute:
    champ = next(partie for partie in reversed(place) if isinstance(partie, str))
    debut = valeur[:_LONGUEUR_COMPAREE]
    bonne = vocabulaire.plus_proche(debut)
    if bonne is not None and debut in vocabulaire[bonne].alias:
        return conseil(place, f"Écrivez plutôt « {bonne} » : c'est le mot du standard.", "vocabulaire", citer(valeur))
    if bonne is not None and debut in vocabulaire[bonne].valeurs_2022:
        message = f"« {citer(valeur)} » est un mot du standard de 2022. Aujourd'hui : « {bonne} »."
        return Faute(place, message, "vocabulaire", valeur=citer(valeur))
    raison = vocabulaire.raison_sans_equivalent(debut)
    if raison is not None:
        return Faute(place, f"« {citer(valeur)} » n'a pas sa place dans « {champ} » : {raison}", "vocabulaire")
    suite = f" Vouliez-vous dire « {bonne} » ?" if bonne else f" {_choix(vocabulaire)}"
    return Faute(
        place, f"« {citer(valeur)} » n'est pas une valeur de « {champ} ».{suite}", "vocabulaire", valeur=citer(valeur)
    )


def _choix(vocabulaire: Vocabulaire) -> str:
    """The possible values when they are few, where to read them otherwise."""
    if len(vocabulaire) <= 10:
        return f"Valeurs possibles : {', '.join(v.valeur for v in vocabulaire)}."
    return f"Les {len(vocabulaire)} valeurs possibles sont dans offers/nomenclature/{vocabulaire.nom}.yml."


def sans_repetition(enregistrement: Enregistrement, _contexte: Contexte) -> Iterator[Faute]:
    """A list says each value once."""
    champs = enregistrement.lieu.__dict__
    for champ in _LISTES:
        liste = champs[champ]
        if liste and len(set(liste)) < len(liste):
            rang = next(i for i, valeur in enumerate(liste) if valeur in liste[:i])
            yield conseil((champ, rang), f"« {citer(liste[rang])} » est écrit deux fois.", "repetition", liste[rang])


def sans_alias(lieu: Lieu, contexte: Contexte) -> Lieu:
    """The record with the spellings that the standard also accepts replaced by its own word."""
    remplacements: dict[str, Any] = {}
    for chemin, nom in champs_marques(Vocab):
        liste = lieu.__dict__[chemin[0]]
        vocabulaire = contexte.vocabulaires.get(nom)
        if len(chemin) == 2 and liste and vocabulaire and not all(valeur in vocabulaire for valeur in liste):
            remplacements[chemin[0]] = [vocabulaire.canonique(valeur) or valeur for valeur in liste]
    return lieu.model_copy(update=remplacements) if remplacements else lieu
