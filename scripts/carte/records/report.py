"""Problems as text for people, as annotations and summary for a pull request, as JSON for programs. Pure functions."""

import hashlib
import html
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from carte.ecrits.problem import Gravite, Problem

TAILLE_SOMMAIRE = 900_000
"""Bytes of a summary: GitHub refuses those above 1 MiB."""

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


def refus_github(message: str) -> str:
    """The annotation of what keeps the records from being read at all, at no line: a configuration, a layer."""
    return f"::error title=lecture::{_donnee(message)}"


def _annotation(probleme: Problem) -> str:
    commande = "error" if probleme.gravite is Gravite.BLOQUANT else "warning"
    fichier = _propriete(probleme.fichier)
    proprietes = f"file={fichier},line={probleme.ligne},col={probleme.colonne},title={_propriete(probleme.regle)}"
    return f"::{commande} {proprietes}::{_donnee(probleme.message)}"


def _donnee(texte: str) -> str:
    return texte.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _propriete(texte: str) -> str:
    return _donnee(texte).replace(":", "%3A").replace(",", "%2C")


def en_sommaire(problemes: Sequence[Problem], titre: str, depot: str | None = None) -> str:
    """Every problem in one HTML table, blockers first, for the summary of a job: GitHub annotates ten lines only.

    `depot` is the address of the files at this commit, to link each line. What would make more than TAILLE_SOMMAIRE is
    counted instead. No text can make a mark, a link or a cell: it is escaped, on one line, out of Markdown's reach.
    """
    tries = sorted(problemes, key=lambda probleme: probleme.gravite is not Gravite.BLOQUANT)
    lignes, taille = [], 0
    for probleme in tries:
        ligne = _rangee(probleme, depot)
        taille += len(ligne.encode()) + 1
        if taille > TAILLE_SOMMAIRE:
            break
        lignes.append(ligne)
    entete = f"<h2>{_cellule(titre)}</h2>"
    if not tries:
        return f"{entete}\n"
    table = ["<table>", "<tr><th></th><th>Fiche et ligne</th><th>Ce qui ne va pas</th></tr>", *lignes, "</table>"]
    if reste := len(tries) - len(lignes):
        table.append(f"<p>Et {reste} de plus : la liste entière est dans le journal de cette étape.</p>")
    return "\n".join([entete, *table]) + "\n"


def _rangee(probleme: Problem, depot: str | None) -> str:
    lieu = _cellule(f"{probleme.fichier}:{probleme.ligne}:{probleme.colonne}")
    if depot:
        lieu = f'<a href="{html.escape(depot)}/{quote(probleme.fichier)}#L{probleme.ligne}">{lieu}</a>'
    return f"<tr><td>{probleme.gravite}</td><td>{lieu}</td><td>{_cellule(probleme.message)}</td></tr>"


def _cellule(texte: str) -> str:
    """One line: an empty line would end the table and begin Markdown."""
    return html.escape(" ".join(texte.split()))


def en_gitlab(problemes: Iterable[Problem]) -> str:
    """A « Code Quality » report, which GitLab shows at the lines of a proposal: one object a problem."""
    objets = [
        {
            "description": probleme.message,
            "check_name": probleme.regle,
            "severity": "blocker" if probleme.gravite is Gravite.BLOQUANT else "info",
            "fingerprint": hashlib.sha256(repr(probleme).encode()).hexdigest(),
            "location": {"path": probleme.fichier, "lines": {"begin": probleme.ligne}},
        }
        for probleme in problemes
    ]
    return json.dumps(objets, ensure_ascii=False, indent=2)


def en_json(problemes: Iterable[Problem]) -> str:
    """A JSON list of objects, one per problem, keys as the fields of `Problem`."""
    objets = [{nom: getattr(p, nom) for nom in Problem.__dataclass_fields__} for p in problemes]
    return json.dumps(objets, ensure_ascii=False, indent=2)
