"""The list of the slow tests names tests that exist: one that is gone shows that the list is out of date."""

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import couts

ICI = Path(__file__).parent


def _fonctions(fichier: Path) -> set[str]:
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    return {n.name for n in ast.walk(arbre) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("nom", sorted(couts.lire_liste()))
def test_each_line_names_tests(nom: str) -> None:
    fichier, _, fonction = nom.partition("::")
    assert (ICI / fichier).is_file(), "ce fichier n'existe plus : make couts"
    assert not fonction or fonction in _fonctions(ICI / fichier), "ce test n'existe plus : make couts"


def rapport(noms: tuple[str, str], preparation: float, appel: float, *fixtures: str) -> Any:
    dits = [("preparation", preparation), ("appel", appel), ("noms", noms), ("fixtures", list(fixtures))]
    return SimpleNamespace(user_properties=dits)


def test_what_is_slow() -> None:
    rapports = [
        rapport(("a.py", "a.py::test_vite"), 0.1, 0.1),
        rapport(("a.py", "a.py::test_un_cas_sur_deux"), 0.0, 0.1),
        rapport(("a.py", "a.py::test_un_cas_sur_deux"), 0.0, 0.6),
        rapport(("b.py", "b.py::test_longue_preparation"), 3.0, 0.9),
        rapport(("b.py", "b.py::test_apres_elle"), 0.0, 0.1),
        rapport(("c.py", "c.py::test_premier_a_demander"), 9.0, 0.1, "demo"),
        rapport(("navigateur/d.py", "navigateur/d.py::test_page"), 9.0, 9.0),
    ]
    assert couts.trop_lents(rapports) == ["a.py::test_un_cas_sur_deux", "b.py"]
