"""Problems as text for people, as annotations for a pull request, as JSON for programs. Pure functions."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from carte.records.problem import Gravite, Problem

if TYPE_CHECKING:
    from carte.records.lecture import Chargement


def bloque(problemes: Iterable[Problem]) -> bool:
    """Whether one problem at least must set the exit code."""
    return any(probleme.gravite is Gravite.BLOQUANT for probleme in problemes)


def en_texte(problemes: Iterable[Problem]) -> str:
    """One `fichier:ligne:colonne: message [bloquant]` a line; `resume` gives the last line."""
    return "\n".join(f"{probleme} [{probleme.gravite}]" for probleme in problemes)


def resume(chargement: "Chargement") -> str:
    """`254 fiches lues : 2 problèmes bloquants, 1 conseil.`"""
    nombre = chargement.nombre_fichiers
    fiches = _compte(nombre, "fiche lue", "fiches lues") if nombre else "Aucune fiche lue"
    return f"{fiches} : {bilan(chargement.problemes)}"


def bilan(problemes: Iterable[Problem]) -> str:
    """`2 problèmes bloquants, 1 conseil.`"""
    gravites = [probleme.gravite for probleme in problemes]
    bloquants = _compte(gravites.count(Gravite.BLOQUANT), "problème bloquant", "problèmes bloquants")
    return f"{bloquants}, {_compte(gravites.count(Gravite.CONSEIL), 'conseil', 'conseils')}."


def _compte(nombre: int, singulier: str, pluriel: str) -> str:
    """French count: the plural starts at two, zero is said in words, thousands are apart by a narrow space."""
    if nombre == 0:
        return f"aucun {singulier}"
    return f"{nombre:,} {singulier if nombre == 1 else pluriel}".replace(",", "\u202f")


def en_github(problemes: Iterable[Problem]) -> str:
    """GitHub's workflow commands: an annotation at each line, escaped so that no text can make a command."""
    return "\n".join(_annotation(probleme) for probleme in problemes)


def _annotation(probleme: Problem) -> str:
    commande = "error" if probleme.gravite is Gravite.BLOQUANT else "warning"
    fichier = _propriete(probleme.fichier)
    proprietes = f"file={fichier},line={probleme.ligne},col={probleme.colonne},title={_propriete(probleme.regle)}"
    return f"::{commande} {proprietes}::{_donnee(probleme.message)}"


def _donnee(texte: str) -> str:
    return texte.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _propriete(texte: str) -> str:
    return _donnee(texte).replace(":", "%3A").replace(",", "%2C")


def en_json(problemes: Iterable[Problem]) -> str:
    """A JSON list of objects, one per problem, keys as the fields of `Problem`."""
    objets = [{nom: getattr(p, nom) for nom in Problem.__dataclass_fields__} for p in problemes]
    return json.dumps(objets, ensure_ascii=False, indent=2)
