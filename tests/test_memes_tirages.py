"""The tests themselves: the same draws and the same answer whenever and wherever they run (see `hasard`)."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ICI = Path(__file__).parent
# `hasard` is the one place where draws are set.
FICHIERS = sorted(fichier for fichier in ICI.rglob("*.py") if fichier.name != "hasard.py")
_HORLOGE = {"today", "now", "utcnow"}
_TIRAGES = {"choice", "choices", "randint", "random", "randrange", "sample", "shuffle", "uniform"}


def reproches(texte: str) -> Iterator[str]:
    """What in a module makes a test depend on luck, one line each: `ligne: pourquoi`."""
    for noeud in ast.walk(ast.parse(texte)):
        if isinstance(noeud, ast.Call) and (pourquoi := _reproche(ast.unparse(noeud.func).split("."), noeud)):
            yield f"{noeud.lineno}: {pourquoi}"


def _reproche(nom: list[str], appel: ast.Call) -> str | None:
    dits = {mot.arg for mot in appel.keywords}
    if nom[-1] == "approx" and appel.args and _nul(appel.args[0]) and "abs" not in dits:
        return "approx(0) sans abs : rien n'est relativement proche de zéro"
    if nom[-1] in ("Random", "default_rng", "RandomState") and not appel.args:
        return "un tirage sans graine"
    if nom[:-1] in (["random"], ["np", "random"]) and nom[-1] in _TIRAGES:
        return "un tirage dans le hasard de tous, dont personne n'a la graine"
    if nom[-1] in _HORLOGE and nom[-2:-1] in (["date"], ["datetime"]):
        return "une date du jour : le test de demain n'est pas celui d'aujourd'hui"
    if nom[-1] == "settings":
        return "des réglages de Hypothesis à part : hasard.exemples(nombre)"
    return None


def _nul(attendu: ast.expr) -> bool:
    valeurs = [n.value for n in ast.walk(attendu) if isinstance(n, ast.Constant)]
    return any(isinstance(v, int | float) and not isinstance(v, bool) and v == 0 for v in valeurs)


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda fichier: fichier.relative_to(ICI).as_posix())
def test_nothing_depends_on_luck(fichier: Path) -> None:
    assert list(reproches(fichier.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "ligne",
    [
        "assert x == pytest.approx(0)",
        "assert x == approx([1.5, 0.0])",
        "hasard = random.Random()",
        "alea = np.random.default_rng()",
        "random.shuffle(liste)",
        "np.random.uniform(0, 1)",
        "jour = date.today()",
        "instant = datetime.now(UTC)",
        "rapide = settings(max_examples=3)",
    ],
)
def test_luck_is_seen(ligne: str) -> None:
    assert len(list(reproches(ligne))) == 1


@pytest.mark.parametrize("ligne", ["x == approx(0, abs=1)", "Random(3)", "default_rng(graine)", "approx(10.0)"])
def test_what_is_sure_is_left_alone(ligne: str) -> None:
    assert list(reproches(ligne)) == []


_TIRER = """
from hypothesis import given, strategies as st
import hasard
{avant}
@given(st.text(), st.floats(), st.integers())
def tirer(texte, reel, entier):
    print(ascii((texte, reel, entier)))
tirer()
"""


def _tires(dossier: Path, avant: str, graine_des_tables: str) -> str:
    chemins = os.pathsep.join([str(ICI), str(dossier)])
    return subprocess.run(
        [sys.executable, "-c", _TIRER.format(avant=avant)],
        env=os.environ | {"PYTHONPATH": chemins, "PYTHONHASHSEED": graine_des_tables, "CARTE_TIRAGES": "fixe"},
        cwd=dossier,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_the_draws_do_not_depend_on_what_was_read_before(tmp_path: Path) -> None:
    """Hypothesis takes constants from the modules that are read, unless a folder of their path is called « tests »."""
    (tmp_path / "programme.py").write_text("\n".join(f"a{rang} = 'mot {rang}', {rang}.25" for rang in range(50)))
    seul = _tires(tmp_path, "", "1")
    assert len(seul.splitlines()) == 100
    assert _tires(tmp_path, "import programme", "2") == seul
