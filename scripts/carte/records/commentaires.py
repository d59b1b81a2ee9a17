"""The comments of a hand-written record, each tied to what it speaks of, so that a new layout can keep them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from carte.ecrits.faute import Chemin
from carte.ecrits.yaml_strict import composer

_DIESE = re.compile(r"(?:^|(?<=\s))#[^\r\n]*", re.MULTILINE)
_EN_TETE_DE_BLOC = re.compile(r"[|>][^\s#]*[ \t]+(#[^\r\n]*)")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One written line: the paths of what starts on it (a list element and its first key), and its text."""

    chemins: tuple[Chemin, ...]
    texte: str


@dataclass(slots=True)
class Commentaires:
    """Comments by the part of the record they speak of: above it, or at the end of its line.

    `ordre`: every part, as the file has them; `tete` and `pied`: what stands before the first and after the last.
    """

    ordre: list[Chemin]
    tete: list[str] = field(default_factory=list)
    avant: dict[Chemin, list[str]] = field(default_factory=dict)
    apres: dict[Chemin, list[str]] = field(default_factory=dict)
    pied: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entree:
    """A key or a list element: where it starts, and whether it stands in a list or a table written on one line."""

    chemin: Chemin
    index: int
    ligne: int
    serree: bool


def lire_commentaires(octets: bytes) -> Commentaires:
    """The comments of one readable file (UTF-8 bytes, without byte order mark). Raises ErreurYaml."""
    racine = composer(octets)
    if racine is None:
        return Commentaires([])
    texte = octets.decode("utf-8")
    entrees = list(_entrees(racine, ()))
    commentaires = Commentaires([entree.chemin for entree in entrees])
    for index, commentaire in _trouver(texte, [n for n in _noeuds(racine) if isinstance(n, ScalarNode)]):
        _ranger(commentaires, entrees, texte, index, commentaire)
    return commentaires


def reporter(lignes: list[Ligne], commentaires: Commentaires) -> list[str]:
    """The lines with every comment again, at what it speaks of or, when this is no longer written, at what follows."""
    ecrits = {chemin for ligne in lignes for chemin in ligne.chemins}
    avant: dict[Chemin, list[str]] = {}
    attente: list[str] = []
    for chemin in commentaires.ordre:
        attente += commentaires.avant.get(chemin, [])
        if chemin in ecrits:
            avant[chemin], attente = attente, []
        else:
            attente += commentaires.apres.get(chemin, [])
    rendues = list(commentaires.tete)
    for ligne in lignes:
        retrait = ligne.texte[: len(ligne.texte) - len(ligne.texte.lstrip())]
        rendues += [f"{retrait}{texte}" for chemin in ligne.chemins for texte in avant.get(chemin, ())]
        rendues.append(" ".join([ligne.texte, *(c for p in ligne.chemins for c in commentaires.apres.get(p, ()))]))
    return rendues + attente + commentaires.pied


def _noeuds(noeud: Node) -> Iterator[Node]:
    yield noeud
    for enfant in noeud.value if not isinstance(noeud, ScalarNode) else ():
        for partie in enfant if isinstance(enfant, tuple) else (enfant,):
            yield from _noeuds(partie)


def _entrees(noeud: Node, chemin: Chemin, *, serree: bool = False) -> Iterator[_Entree]:
    """Every key and every list element, in the order of the file."""
    if not isinstance(noeud, MappingNode | SequenceNode):
        return
    serree = serree or bool(noeud.flow_style)
    table = isinstance(noeud, MappingNode)
    couples: Any = noeud.value if table else enumerate(noeud.value)
    for cle, valeur in couples:
        debut = cle if table else valeur
        place = (*chemin, cle.value if table else cle)
        yield _Entree(place, debut.start_mark.index, debut.start_mark.line, serree)
        yield from _entrees(valeur, place, serree=serree)


def _trouver(texte: str, scalaires: list[ScalarNode]) -> Iterator[tuple[int, str]]:
    """Each comment and where it starts: a hash that is not inside a value."""
    etendues = sorted((noeud.start_mark.index, noeud.end_mark.index, noeud.style) for noeud in scalaires)
    rang = place = 0
    while diese := _DIESE.search(texte, place):
        while rang < len(etendues) and etendues[rang][1] <= diese.start():
            rang += 1
        dedans = rang < len(etendues) and etendues[rang][0] <= diese.start()
        if not dedans or _suit_un_bloc(texte, etendues[rang], diese.start()):
            yield diese.start(), diese.group().rstrip()
            place = diese.end()
        else:
            place = etendues[rang][1]


def _suit_un_bloc(texte: str, etendue: tuple[int, int, str | None], index: int) -> bool:
    """Whether the hash is on the line of the « | » that opens a text of several lines."""
    debut, _, style = etendue
    ouvre = _EN_TETE_DE_BLOC.match(texte, debut) if style in ("|", ">") else None
    return ouvre is not None and ouvre.start(1) == index


def _ranger(commentaires: Commentaires, entrees: list[_Entree], texte: str, index: int, commentaire: str) -> None:
    """Tie one comment to the part it follows on its line, else to the next one."""
    seul = not texte[texte.rfind("\n", 0, index) + 1 : index].strip()
    avant = [entree for entree in entrees if entree.index < index and not entree.serree]
    if not seul and avant:
        commentaires.apres.setdefault(avant[-1].chemin, []).append(commentaire)
        return
    suivante = next((entree for entree in entrees if entree.index > index), None)
    if suivante is None:
        commentaires.pied.append(commentaire)
    elif suivante is entrees[0]:
        commentaires.tete.append(commentaire)
    else:
        commentaires.avant.setdefault(suivante.chemin, []).append(commentaire)
