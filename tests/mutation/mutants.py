"""One place of the program changed: every change there is, and a fair draw among them."""

import ast
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# `is` and `==` are the same for what we compare with `is`; the two variable operators break code rather than bend it.
_SANS_INTERET = ("Variable", "_Is_Eq", "_IsNot_NotEq", "_Eq_Is", "_NotEq_IsNot", "NoOp", "RemoveDecorator")
# Guards against our own faults and sizes of caches: no answer depends on them.
_DECORATEURS = ("@dataclass", "@lru_cache")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file of the program, the text that takes its place, and the only line that differs."""

    fichier: str
    ligne: int
    operateur: str
    avant: str
    apres: str
    texte: str

    @property
    def nom(self) -> str:
        return f"{self.fichier}:{self.ligne} {self.avant.strip()!r} -> {self.apres.strip()!r}"


def tirer(scripts: Path, piece: str, nombre: int, graine: int) -> list[Mutant]:
    """Draw `nombre` mutants of a room: places first, then one change of each, so that no operator weighs more."""
    hasard = random.Random(graine)
    places = sorted(_places(scripts, piece).items())
    hasard.shuffle(places)
    faits = (mutant for (fichier, _), choix in places if (mutant := _un(scripts, fichier, hasard.choice(choix))))
    return sorted(islice(faits, nombre), key=lambda m: (m.fichier, m.ligne, m.operateur, m.apres))


def _places(scripts: Path, piece: str) -> dict[tuple[str, Place], list[tuple[str, int]]]:
    """The changes (operator and rank) possible at each place of a room."""
    trouves: dict[tuple[str, Place], list[tuple[str, int]]] = defaultdict(list)
    for chemin in sorted((scripts / "carte" / piece).rglob("*.py")):
        texte = chemin.read_text(encoding="utf-8")
        noeuds, dits = list(ast_nodes(get_ast(texte))), {*_annotations(texte), *_lignes_gardees(texte)}
        for nom in operator_names():
            if any(mot in nom for mot in _SANS_INTERET):
                continue
            operateur = get_operator(nom)()
            places = [debut for noeud in noeuds for debut, _ in operateur.mutation_positions(noeud)]
            for rang, debut in enumerate(places):
                if debut[0] not in dits:
                    trouves[chemin.relative_to(scripts).as_posix(), debut].append((nom, rang))
    return trouves


def _annotations(texte: str) -> Iterator[int]:
    """Lines that hold types: `str | None` changed into `str - None` only proves that the module is imported."""
    for noeud in ast.walk(ast.parse(texte)):
        types = [getattr(noeud, "annotation", None), getattr(noeud, "returns", None)]
        for dit in filter(None, types):
            if any(isinstance(n, ast.BinOp) for n in ast.walk(dit)):
                yield from range(dit.lineno, dit.end_lineno + 1)


def _lignes_gardees(texte: str) -> Iterator[int]:
    """Lines that say nothing but a guard; `_un` drops the change of `strict=True` on other lines."""
    yield from (n for n, ligne in enumerate(texte.splitlines(), start=1) if ligne.startswith(_DECORATEURS))


def _un(scripts: Path, fichier: str, choix: tuple[str, int]) -> Mutant | None:
    nom, rang = choix
    ancien = (scripts / fichier).read_text(encoding="utf-8")
    nouveau = mutate_code(ancien, get_operator(nom)(), rang)
    if nouveau is None or nouveau == ancien:
        return None
    paires = enumerate(zip(ancien.splitlines(), nouveau.splitlines(), strict=False), start=1)
    ligne, (avant, apres) = next((ligne, paire) for ligne, paire in paires if paire[0] != paire[1])
    if avant.replace("strict=True", "strict=False") == apres:
        return None
    return Mutant(fichier, ligne, nom.removeprefix("core/"), avant, apres, nouveau)
