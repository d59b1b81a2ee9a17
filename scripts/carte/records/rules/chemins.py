"""Where the model's marked values live: which paths hold a vocabulary value, which a text of a given shape."""

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel

from carte.ecrits.faute import Chemin
from carte.records.modele import Forme, Lieu, Vocab

Marque = TypeVar("Marque", Vocab, Forme)
TOUS = "*"  # every item of a list or of a table
_FORMES_LUES = ("telephone", "courriel", "url", "horaires")  # codes and ids say nothing to a reader


@cache
def champs_marques(marque: type[Marque]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Every (path in the model, name of the mark): `(("permanences", "*", "services", "*"), "services")`."""
    return tuple(_du_modele(Lieu, marque, ()))


def _du_modele(modele: type[BaseModel], marque: type[Marque], base: tuple[str, ...]) -> Iterator[Any]:
    for nom, champ in modele.model_fields.items():
        yield from (((*base, nom), m.nom) for m in champ.metadata if isinstance(m, marque))
        yield from _du_type(champ.annotation, marque, (*base, nom))


def _du_type(annotation: Any, marque: type[Marque], base: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _du_modele(annotation, marque, base)
        return
    for m in getattr(annotation, "__metadata__", ()):
        if isinstance(m, marque):
            yield base, m.nom
    suite = (*base, TOUS) if get_origin(annotation) in (list, dict) else base
    for argument in get_args(annotation):
        yield from _du_type(argument, marque, suite)


@cache
def est_un_texte(chemin: Chemin) -> bool:
    """Whether the model wants a free text at a path of a record: no vocabulary lists it, no shape is asked of it."""
    libre = tuple(TOUS if isinstance(partie, int) else partie for partie in chemin)
    return libre in textes_libres() or (*libre[:1], TOUS, *libre[2:]) in textes_libres()


@cache
def est_une_forme(chemin: Chemin) -> bool:
    """Whether the model wants a number to call, hours or an address at a path of a record: a word beside it is lost."""
    libre = tuple(TOUS if isinstance(partie, int) else partie for partie in chemin)
    return libre in {ou for ou, nom in champs_marques(Forme) if nom in _FORMES_LUES}


@cache
def textes_libres() -> tuple[tuple[str, ...], ...]:
    """The paths in the model of every free text, in its order."""
    marques = {chemin for chemin, _ in (*champs_marques(Vocab), *champs_marques(Forme))}
    return tuple(dict.fromkeys(chemin for chemin in _des_textes(Lieu, ()) if chemin not in marques))


def _des_textes(annotation: Any, base: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if annotation is str:
        yield base
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for nom, champ in annotation.model_fields.items():
            yield from _des_textes(champ.annotation, (*base, nom))
    elif get_origin(annotation) in (list, dict):
        yield from _des_textes(get_args(annotation)[-1], (*base, TOUS))
    else:
        for argument in get_args(annotation):
            yield from _des_textes(argument, base)


def listes_de_textes() -> tuple[str, ...]:
    """The record's own fields that are lists of texts."""
    return tuple(nom for nom, champ in Lieu.model_fields.items() if _est_liste_de_textes(champ.annotation))


def _est_liste_de_textes(annotation: Any) -> bool:
    if get_origin(annotation) is not list:
        return any(_est_liste_de_textes(argument) for argument in get_args(annotation))
    (element,) = get_args(annotation)
    return element is str or get_args(element)[:1] == (str,)


def valeurs(objet: Any, chemin: tuple[str, ...], base: Chemin = ()) -> Iterator[tuple[Chemin, str]]:
    """The texts of a record at one path of the model, each with its own path; absent values give nothing."""
    if objet is None:
        return
    if not chemin:
        yield base, objet
    elif chemin[0] != TOUS:
        yield from valeurs(getattr(objet, chemin[0]), chemin[1:], (*base, chemin[0]))
    else:
        paires = objet.items() if isinstance(objet, dict) else enumerate(objet)
        for cle, element in paires:
            yield from valeurs(element, chemin[1:], (*base, cle))
