"""Scalars stay what their author wrote; places are those of an editor."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from carte.ecrits import yaml_strict
from carte.ecrits.faute import Faute
from carte.ecrits.positions import Situeur
from carte.ecrits.syntaxe import ErreurYaml
from records.monde import BONNE

SCALAIRES: list[tuple[str, Any]] = [
    ("01000", "01000"),
    ("2A004", "2A004"),
    ("no", "no"),
    ("No", "No"),
    ("yes", "yes"),
    ("on", "on"),
    ("12:30", "12:30"),
    ("+33254001122", "+33254001122"),
    ("0x1F", "0x1F"),
    ("0o17", "0o17"),
    ("1_000", "1_000"),
    ("1e3", "1e3"),
    (".5", ".5"),
    (".inf", ".inf"),
    (".nan", ".nan"),
    ("2026-01-01", "2026-01-01"),
    ("=", "="),
    ("00.5", "00.5"),
    ("36000", 36000),
    ("0", 0),
    ("-5", -5),
    ("9" * 30, "9" * 30),
    ("46.05", 46.05),
    ("-1.5e-07", -1.5e-07),
    ("true", True),
    ("false", False),
    ("null", None),
    ("~", None),
    ("", None),
    ('"12"', "12"),
    ("'true'", "true"),
    ("|\n  a\n  b\n", "a\nb\n"),
    (">-\n  a\n  b\n", "a b"),
]


@pytest.mark.parametrize(("ecrit", "attendu"), SCALAIRES, ids=[ecrit[:12] for ecrit, _ in SCALAIRES])
def test_scalar_is_what_was_written(ecrit: str, attendu: Any) -> None:
    lu = yaml_strict.lire(f"a: {ecrit}\n".encode()).donnees["a"]
    assert lu == attendu
    assert type(lu) is type(attendu)


def test_duplicate_keys_name_both_lines_at_every_level() -> None:
    document = yaml_strict.lire(b"a: 1\nb:\n  c: 1\n  c: 2\na: 2\na: 3\n")
    assert document.donnees == {"a": 1, "b": {"c": 1}}
    assert [(f.chemin, f.position) for f in document.fautes] == [
        (("b", "c"), (4, 3)),
        (("a",), (5, 1)),
        (("a",), (6, 1)),
    ]
    assert "lignes 1 et 6" in document.fautes[-1].message


TEXTE = """\
é: "à b c"
liste:
  - un
  - { x: 1, y: deux }
long: |
  première
  seconde
"""


@pytest.mark.parametrize(
    ("faute", "place"),
    [
        pytest.param(Faute(("é",), "", ""), (1, 4), id="valeur-apres-un-accent"),
        pytest.param(Faute(("é",), "", "", sur_cle=True), (1, 1), id="cle"),
        pytest.param(Faute(("é",), "", "", decalage=2), (1, 7), id="dans-une-valeur-entre-guillemets"),
        pytest.param(Faute(("liste", 1, "y"), "", ""), (4, 16), id="element-en-ligne"),
        pytest.param(Faute(("liste", 0), "", "", decalage=1), (3, 6), id="dans-une-valeur-simple"),
        pytest.param(Faute(("long",), "", "", decalage=12), (5, 7), id="sur-plusieurs-lignes"),
        pytest.param(Faute(("liste", 1, "absent"), "", ""), (4, 5), id="absent-d-une-partie"),
        pytest.param(Faute(("absent",), "", ""), (1, 1), id="absent"),
        pytest.param(Faute((), "", ""), (1, 1), id="la-fiche"),
        pytest.param(Faute(("é",), "", "", position=(9, 9)), (9, 9), id="deja-connue"),
    ],
)
def test_place_of_a_fault(faute: Faute, place: tuple[int, int]) -> None:
    assert Situeur(TEXTE.encode()).position(faute) == place


def test_without_libyaml_the_same_is_read_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    source = Path(yaml_strict.__file__)
    specification = importlib.util.spec_from_file_location("yaml_strict_pur", source)
    assert specification is not None
    assert specification.loader is not None
    pur = importlib.util.module_from_spec(specification)
    monkeypatch.setitem(sys.modules, "yaml_strict_pur", pur)
    with pytest.warns(UserWarning, match="sans libyaml"):
        specification.loader.exec_module(pur)
    assert not pur.EN_C
    assert pur.lire(BONNE.encode()).donnees == yaml_strict.lire(BONNE.encode()).donnees
    with pytest.raises(ErreurYaml, match="16 niveaux"):
        pur.lire(b"[" * 1_000)
    with pytest.raises(ErreurYaml, match="ancres"):
        pur.lire(b"a: &b c\n")
