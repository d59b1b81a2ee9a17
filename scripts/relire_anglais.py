"""Check the spelling of the English prose of the code: comments and docstrings, with codespell.

Names, code between backquotes and French between « » are left out: half of the identifiers are French words.
Without argument: every Python file of scripts/ and tests/, every module of the browser.
Exit codes: 0 nothing found, 1 a fault.
"""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
# French words of the field that read like faults.
CONNUS = ("acces", "adresse", "bloc", "caf", "corse", "groupe", "ponts", "registre", "reste", "statuts")
_PAS_DE_L_ANGLAIS = re.compile(
    r"`[^`]*`|«[^»]*»|\b\w*_\w*\b|https?:\S+|'[^'\s]*'|\"[^\"]*\""
    r"|@\w+\s*(?:\{(?:[^{}]|\{[^{}]*\})*\})?(?:\s*\[?[\w.]+)?"  # JSDoc: the tag, its type, the name it is about
)
_COMMENTAIRE_JS = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)


def prose_python(texte: str) -> Iterator[tuple[int, str]]:
    """Line number and text of each comment and docstring."""
    for jeton in tokenize.generate_tokens(io.StringIO(texte).readline):
        if jeton.type == tokenize.COMMENT:
            yield jeton.start[0], jeton.string
    for noeud in ast.walk(ast.parse(texte)):
        if isinstance(noeud, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(noeud):
            premier = noeud.body[0]
            yield premier.lineno, ast.get_docstring(noeud, clean=False) or ""


def prose_js(texte: str) -> Iterator[tuple[int, str]]:
    """Line number and text of each comment."""
    for trouve in _COMMENTAIRE_JS.finditer(texte):
        yield texte.count("\n", 0, trouve.start()) + 1, trouve.group()


def lignes(fichier: Path) -> Iterator[tuple[str, str]]:
    """`file:line` and English text of each line of prose of a file."""
    extraire = prose_python if fichier.suffix == ".py" else prose_js
    for numero, bloc in extraire(fichier.read_text(encoding="utf-8")):
        anglais = _PAS_DE_L_ANGLAIS.sub(lambda trouve: "\n" * trouve.group().count("\n"), bloc)
        for rang, ligne in enumerate(anglais.split("\n")):
            yield f"{fichier}:{numero + rang}", ligne


def relire(fichiers: list[Path]) -> list[str]:
    """One sentence a fault: where, what is written, what would be right."""
    toutes = [ligne for fichier in fichiers for ligne in lignes(fichier)]
    commande = [sys.executable, "-m", "codespell_lib", "--ignore-words-list", ",".join(CONNUS), "-"]
    entree = "\n".join(texte for _, texte in toutes)
    lu = subprocess.run(  # noqa: S603
        commande, input=entree, capture_output=True, text=True, check=False
    )
    if lu.stderr.strip():
        raise SystemExit(f"codespell n'a pas pu relire : {lu.stderr.strip()}")
    # « 12: the faulty line », then « \tfaulty ==> right ».
    trouves = re.findall(r"^(\d+): .*\n\t(.+)$", lu.stdout, re.MULTILINE)
    return [f"{toutes[int(rang) - 1][0]}: {faute}" for rang, faute in trouves]


def main() -> int:
    """Check the files named, or all of them; gives the exit code."""
    fichiers = [Path(nom) for nom in sys.argv[1:]] or [
        fichier
        for dossier, motif in (("scripts", "*.py"), ("tests", "*.py"), ("site_src", "*.js"))
        for fichier in sorted((RACINE / dossier).rglob(motif))
    ]
    fautes = relire(fichiers)
    for faute in fautes:
        print(faute)
    return 1 if fautes else 0


if __name__ == "__main__":
    raise SystemExit(main())
