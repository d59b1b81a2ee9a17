"""Draw the rooms of the package and what each imports, from the code itself.

Writes docs/architecture.svg, and the table of docs/architecture.md between its two marks. Order and words come from
`[tool.carte]` of pyproject.toml. The same code gives the same bytes. Exit code: 0.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
DESSIN = RACINE / "docs" / "architecture.svg"
PAGE = RACINE / "docs" / "architecture.md"
MARQUES = ("<!-- pieces : tiré de pyproject.toml -->\n", "<!-- /pieces -->\n")
_PAQUET = "carte"
# Pixels.
_RANGEE, _CASE, _NOMS, _ROLES, _TETE = 30, 24, 150, 500, 110


@dataclass(frozen=True, slots=True)
class Piece:
    """One room: a folder or a module directly under the package."""

    nom: str
    prend: str
    donne: str


@cache
def maison() -> Mapping[str, int | list[dict[str, str]]]:
    """The `[tool.carte]` table."""
    table: Mapping[str, int | list[dict[str, str]]] = tomllib.loads(
        (RACINE / "pyproject.toml").read_text(encoding="utf-8")
    )["tool"]["carte"]
    return table


def pieces() -> list[Piece]:
    """The rooms, from left to right."""
    liste = maison()["pieces"]
    assert isinstance(liste, list)
    return [Piece(**piece) for piece in liste]


def modules(source: Path = RACINE / "scripts") -> dict[str, Path]:
    """Dotted name → file of every module of the package."""
    trouves = sorted((source / _PAQUET).rglob("*.py"))
    return {".".join(f.relative_to(source).with_suffix("").parts).removesuffix(".__init__"): f for f in trouves}


def importes(nom: str, fichier: Path, connus: Set[str]) -> Iterator[tuple[str, int]]:
    """Every module of the package that a module imports, wherever it does, with the line."""
    ici = nom if fichier.name == "__init__.py" else nom.rpartition(".")[0]
    for noeud in _imports(fichier):
        if isinstance(noeud, ast.Import):
            vises = [alias.name for alias in noeud.names]
        else:
            depart = ici.split(".")[: len(ici.split(".")) - noeud.level + 1] if noeud.level else []
            base = ".".join([*depart, *filter(None, [noeud.module])])
            vises = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in connus else base for alias in noeud.names]
        yield from ((vise, noeud.lineno) for vise in vises if vise in connus and vise != nom)


@cache
def _imports(fichier: Path) -> list[ast.Import | ast.ImportFrom]:
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    return [noeud for noeud in ast.walk(arbre) if isinstance(noeud, ast.Import | ast.ImportFrom)]


def piece_de(module: str) -> str:
    """The room of a module: `carte.publish.report.page` → `publish`."""
    return f"{module}.".split(".")[1]


@cache
def fleches() -> dict[str, set[str]]:
    """Room → the other rooms it imports."""
    connus = modules()
    liens: dict[str, set[str]] = {piece.nom: set() for piece in pieces()}
    for nom, fichier in connus.items():
        vises = {piece_de(vise) for vise, _ in importes(nom, fichier, connus.keys())}
        liens.setdefault(piece_de(nom), set()).update(vises - {piece_de(nom), ""})
    return liens


def tableau() -> str:
    """The Markdown table of the rooms."""
    lignes = [f"| `{piece.nom}` | {piece.prend} | {piece.donne} |" for piece in pieces()]
    return "\n".join(["| Pièce | Prend | Donne |", "|---|---|---|", *lignes, ""])


def dessin() -> str:
    """The drawing: one row a room, with what it gives, and a dot under each room that it imports."""
    rangs = {piece.nom: rang for rang, piece in enumerate(pieces())}
    largeur, hauteur = _NOMS + _ROLES + _CASE * len(rangs) + 20, _TETE + _RANGEE * len(rangs) + 20
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {largeur} {hauteur}" role="img" '
            'aria-labelledby="titre description" font-family="sans-serif" font-size="13">',
            '<title id="titre">Les pièces de Carte, de gauche à droite</title>',
            f'<desc id="description">{_description()}</desc>',
            f'<rect width="{largeur}" height="{hauteur}" fill="#fff"/>',
            *(ligne for piece in pieces() for ligne in _colonne(piece, rangs)),
            *(ligne for piece in pieces() for ligne in _rangee(piece, rangs)),
            "</svg>\n",
        ]
    )


def _description() -> str:
    liens = fleches()
    phrases = [f"{nom} connaît {', '.join(sorted(vus))}." for nom, vus in liens.items() if vus]
    return escape(f"Chaque pièce ne connaît que des pièces écrites plus haut. {' '.join(phrases)}")


def _colonne(piece: Piece, rangs: Mapping[str, int]) -> Iterator[str]:
    x = _NOMS + _ROLES + _CASE * rangs[piece.nom] + _CASE // 2
    yield f'<text x="{x}" y="{_TETE - 10}" transform="rotate(-60 {x} {_TETE - 10})" fill="#1d2b3a">{piece.nom}</text>'


def _rangee(piece: Piece, rangs: Mapping[str, int]) -> Iterator[str]:
    """Name, role, the room's own square on the diagonal, a dot for each room it imports."""
    rang, gauche = rangs[piece.nom], _NOMS + _ROLES
    y = _TETE + _RANGEE * rang
    milieu = y + _RANGEE // 2
    if rang % 2 == 0:
        yield f'<rect x="0" y="{y}" width="{gauche + _CASE * len(rangs)}" height="{_RANGEE}" fill="#f2f5f8"/>'
    donne = escape(re.sub("`", "", piece.donne))
    yield f'<text x="10" y="{milieu + 5}" font-weight="bold" fill="#1d2b3a">{piece.nom}</text>'
    yield f'<text x="{_NOMS}" y="{milieu + 5}" fill="#1d2b3a">{donne}</text>'
    x = gauche + _CASE * rang
    yield f'<rect x="{x + 6}" y="{milieu - 6}" width="12" height="12" fill="#1d2b3a"/>'
    for vu in sorted(fleches()[piece.nom], key=lambda nom: rangs[nom]):
        yield f'<circle cx="{gauche + _CASE * rangs[vu] + _CASE // 2}" cy="{milieu}" r="5" fill="#b4450f"/>'


def page(texte: str) -> str:
    """The page with its table put up to date."""
    debut, fin = MARQUES
    avant, _, reste = texte.partition(debut)
    _, marque, apres = reste.partition(fin)
    if not marque:
        raise SystemExit(f"{PAGE.name} a perdu ses deux marques : {debut.strip()} et {fin.strip()}.")
    return f"{avant}{debut}\n{tableau()}\n{fin}{apres}"


def main() -> int:
    """Write the drawing and the table; gives the exit code."""
    DESSIN.write_text(dessin(), encoding="utf-8")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
