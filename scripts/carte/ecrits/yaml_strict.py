"""YAML without surprises: `01000`, `2A004`, `no`, `12:30` and `+33…` stay the texts their author wrote.

libyaml composes the node tree (a third of the time of a full PyYAML load) and our own construction reads it: only
true, false, null, decimal integers without leading zero and decimal floats are not text. Positions are not kept: a
record that has a problem is composed again to find its lines.
"""

import math
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from carte.ecrits.faute import Chemin, Faute
from carte.ecrits.syntaxe import ErreurYaml, signe_de_liste, traduire
from carte.ecrits.texte import citer

try:
    from yaml._yaml import CParser as _Analyseur

    EN_C = True
except ImportError:  # pragma: no cover - every published wheel has libyaml
    from carte.ecrits.yaml_pur import AnalyseurPur as _Analyseur  # type: ignore[assignment]

    EN_C = False
    warnings.warn("PyYAML est installé sans libyaml : la lecture des fiches sera dix fois plus lente.", stacklevel=2)

PROFONDEUR_MAX = 16  # a record needs 4; libyaml itself recurses without limit and would crash the process
_TAG = "carte"
_ENTIER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,30}(?:[eE][-+]?[0-9]{1,3})?\Z")
_MOTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_SIGNE = re.compile(rb"[&*!]")


class _Composeur(_Analyseur):
    """A parser that resolves nothing and counts its depth; the tag says whether the author wrote one."""

    def __init__(self, octets: bytes) -> None:
        super().__init__(octets)
        self.profondeur = 0

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        return _TAG

    def descend_resolver(self, parent: object, index: object) -> None:
        self.profondeur += 1
        if self.profondeur > PROFONDEUR_MAX:
            raise ErreurYaml(f"Le fichier emboîte plus de {PROFONDEUR_MAX} niveaux : il ne peut pas être lu.", 1, 1)

    def ascend_resolver(self) -> None:
        self.profondeur -= 1


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its mapping, and what its construction found (duplicate keys, tags, odd keys)."""

    donnees: dict[str, Any]
    fautes: list[Faute]


def lire(octets: bytes, requis: Sequence[str] = ()) -> Document:
    """Parse one file (UTF-8 bytes, no byte order mark) that holds a mapping; `requis`: its least keys, in order.

    Raises ErreurYaml when nothing can be read.
    """
    racine = composer(octets)
    if not isinstance(racine, MappingNode):
        raise _pas_une_table(racine, requis)
    fautes: list[Faute] = []
    return Document(_table(racine, (), fautes), fautes)


def composer(octets: bytes) -> Node | None:
    """The node tree of one document without anchors, aliases nor abysses. Raises ErreurYaml."""
    composeur = _Composeur(octets)
    try:
        if _propriete_possible(octets):
            _refuser_ancres(octets)
        noeud: Node | None = composeur.get_single_node()
    except yaml.YAMLError as erreur:
        raise traduire(erreur, octets) from erreur
    return noeud


def _propriete_possible(octets: bytes) -> bool:
    """Whether an anchor, an alias or a tag may be there: they only start a node, after an indicator or a line break."""
    for trouve in _SIGNE.finditer(octets):
        avant = octets[max(0, trouve.start() - 40) : trouve.start()].rstrip(b" \t")
        if not avant or avant[-1] in b"\r\n:-?[{,":
            return True
    return False


def _refuser_ancres(octets: bytes) -> None:
    analyseur = _Composeur(octets)
    while (evenement := analyseur.get_event()) is not None:
        if getattr(evenement, "anchor", None) is not None:
            if signe := signe_de_liste(octets, _position(evenement)[0] - 1):
                raise ErreurYaml(*signe)
            message = (
                "Les ancres « & » et les renvois « * » ne sont pas acceptés. Pour un texte qui commence par ce signe, "
                "mettez-le entre guillemets."
            )
            raise ErreurYaml(message, *_position(evenement))


def _pas_une_table(racine: Node | None, requis: Sequence[str]) -> ErreurYaml:
    if racine is None:
        *premiers, dernier = requis or ("",)
        liste = f"{', '.join(premiers)} et {dernier}" if premiers else dernier
        return ErreurYaml(f"Le fichier est vide.{f' Il faut au moins {liste}.' if liste else ''}", 1, 1)
    vu = "une liste" if isinstance(racine, SequenceNode) else "un simple texte"
    return ErreurYaml(f"Le fichier contient {vu} : il doit contenir des lignes « champ: valeur ».", *_position(racine))


@lru_cache(maxsize=200_000)
def resoudre(texte: str) -> Any:
    """The value of a plain (unquoted) scalar."""
    if texte in _MOTS:
        return _MOTS[texte]
    if _ENTIER.match(texte):
        return int(texte)
    # Beyond what a number can hold (1.0e999), the text is kept: it is no infinity.
    if _DECIMAL.match(texte) and math.isfinite(nombre := float(texte)):
        return nombre
    return texte


def _valeur(noeud: Node, chemin: Chemin, fautes: list[Faute]) -> Any:
    if noeud.tag is not _TAG:
        fautes.append(_faute_tag(noeud, chemin))
        return None
    if type(noeud) is ScalarNode:
        return _texte_ou_nombre(noeud)
    if type(noeud) is SequenceNode:
        return [
            _texte_ou_nombre(enfant)
            if type(enfant) is ScalarNode and enfant.tag is _TAG
            else _valeur(enfant, (*chemin, rang), fautes)
            for rang, enfant in enumerate(noeud.value)
        ]
    return _table(noeud, chemin, fautes)


def _texte_ou_nombre(noeud: ScalarNode) -> Any:
    return noeud.value if noeud.style else resoudre(noeud.value)


def _table(noeud: Node, chemin: Chemin, fautes: list[Faute]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for cle, valeur in noeud.value:
        texte = cle.value
        if type(cle) is not ScalarNode or cle.tag is not _TAG or not _cle_lisible(texte, cle.style):
            fautes.append(_faute_cle(cle, chemin))
        elif texte in table:
            fautes.append(_faute_double(noeud, cle, chemin))
        elif type(valeur) is ScalarNode and valeur.tag is _TAG:  # most values: spare a call and a path
            table[texte] = _texte_ou_nombre(valeur)
        else:
            table[texte] = _valeur(valeur, (*chemin, texte), fautes)
    return table


@lru_cache(maxsize=10_000)
def _cle_lisible(texte: str, style: str | None) -> bool:
    return bool(texte) and (bool(style) or (texte != "<<" and isinstance(resoudre(texte), str)))


def _position(noeud: Any) -> tuple[int, int]:
    return noeud.start_mark.line + 1, noeud.start_mark.column + 1


def _faute_tag(noeud: Node, chemin: Chemin) -> Faute:
    message = (
        f"L'étiquette « {citer(noeud.tag)} » n'est pas acceptée. Pour un texte qui commence par « ! », mettez-le "
        "entre guillemets."
    )
    return Faute(chemin, message, "yaml-etiquette", position=_position(noeud))


def _faute_cle(cle: Node, chemin: Chemin) -> Faute:
    if type(cle) is not ScalarNode:
        message = "Une clé doit être un simple nom de champ."
    elif cle.value == "<<":
        message = "Les fusions « << » ne sont pas acceptées : écrivez les champs un par un."
    else:
        message = f"La clé « {citer(cle.value)} » n'est pas un nom de champ."
        if cle.value.isdecimal():
            message += f' Un code se met entre guillemets : "{citer(cle.value)}".'
    return Faute(chemin, message, "yaml-cle", position=_position(cle))


def _faute_double(table: Node, cle: Node, chemin: Chemin) -> Faute:
    premiere = next(autre for autre, _ in table.value if autre.value == cle.value)
    ligne = premiere.start_mark.line + 1
    message = (
        f"Le champ « {citer(cle.value)} » est écrit deux fois : lignes {ligne} et {cle.start_mark.line + 1}. "
        "N'en gardez qu'un."
    )
    return Faute((*chemin, cle.value), message, "yaml-double", position=_position(cle))
