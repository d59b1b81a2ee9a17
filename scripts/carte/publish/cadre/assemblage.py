"""Put one of our browser modules and all that it imports in one file: on a slow line, each file costs a round trip.

Made for our own style only, and it refuses the rest: named imports and exports, one statement each, no cycle.
"""

import posixpath
import re
from collections.abc import Mapping

_IMPORT = re.compile(rb'^import (\{[^}]*\}|\* as \w+) from "(\.[^"]+)";[ \t]*\n', re.MULTILINE)
_EXPORT = re.compile(rb"^export (?:(?:async )?function\*? (\w+)|const (\w+)|class (\w+))", re.MULTILINE)
_ETRANGER = re.compile(rb"^(?:import\b|export (?!\{\};))[^\n]*", re.MULTILINE)
_RIEN = re.compile(rb"^export \{\};[ \t]*\n?", re.MULTILINE)


def assembler(modules: Mapping[str, bytes], entree: str) -> bytes:
    """The module `entree` (`recherche.js`) with its imports, each in a scope of its own, in the order they need.

    Raises ValueError for a cycle, or for an import or export that is not written in our style.
    """
    ordre: list[str] = []
    _visiter(entree, modules, ordre, ())
    noms = {nom: f"m{rang}" for rang, nom in enumerate(ordre)}
    return b"\n".join(_module(nom, modules[nom], noms) for nom in ordre) + b"\n"


def importes(nom: str, texte: bytes) -> list[str]:
    """The modules that a module imports, by their path in the folder of modules."""
    dossier = posixpath.dirname(nom)
    return [posixpath.normpath(posixpath.join(dossier, cible.decode())) for _, cible in _IMPORT.findall(texte)]


def _visiter(nom: str, modules: Mapping[str, bytes], ordre: list[str], pile: tuple[str, ...]) -> None:
    if nom in pile:
        raise ValueError(f"Les modules s'importent en rond : {' → '.join((*pile, nom))}")
    if nom not in ordre:
        for suivant in importes(nom, modules[nom]):
            _visiter(suivant, modules, ordre, (*pile, nom))
        ordre.append(nom)


def _module(nom: str, texte: bytes, noms: Mapping[str, str]) -> bytes:
    lies = iter(importes(nom, texte))
    corps = _IMPORT.sub(lambda m: f"const {_liaison(m[1].decode())} = {noms[next(lies)]};\n".encode(), texte)
    publics = [b"".join(groupes).decode() for groupes in _EXPORT.findall(corps)]
    corps = _RIEN.sub(b"", _EXPORT.sub(lambda m: m[0].removeprefix(b"export "), corps))
    if reste := _ETRANGER.search(corps):
        raise ValueError(f"{nom} : « {reste[0].decode()} » n'est pas dans le style que l'assemblage connaît.")
    rendu = f"return {{ {', '.join(publics)} }};\n" if publics else ""
    return b"const " + noms[nom].encode() + b" = (() => {\n" + corps + rendu.encode() + b"})();"


def _liaison(noms: str) -> str:
    """`{ a, b as c }` → `{ a, b: c }`; `* as x` → `x`."""
    return noms.removeprefix("* as ") if noms.startswith("*") else re.sub(r"(\w+) as (\w+)", r"\1: \2", noms)
