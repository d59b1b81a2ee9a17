"""What configuration and indicators both name has its words in one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from carte.broadband import CLASSES
from carte.choix import CLASSES_DEBIT, CRITERES, FAMILLES, Seuils
from carte.nomenclature import lire
from carte.publish.dictionnaire.mots import VARIANTES

PAQUET = Path(__file__).parents[1] / "scripts" / "carte"


def _dictionnaires_de_mots() -> Iterator[tuple[str, set[str]]]:
    """Every literal dictionary of the package from texts to texts: where it is, its keys."""
    for fichier in sorted(PAQUET.rglob("*.py")):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(noeud, ast.Dict) and noeud.keys:
                cles = {c.value for c in noeud.keys if isinstance(c, ast.Constant) and isinstance(c.value, str)}
                if all(isinstance(v, ast.Constant) and isinstance(v.value, str) for v in noeud.values):
                    yield f"{fichier.relative_to(PAQUET).as_posix()}:{noeud.lineno}", cles


@pytest.mark.parametrize(
    "noms", [set(CRITERES), set(CLASSES_DEBIT), set(FAMILLES)], ids=["criteres", "classes", "familles"]
)
def test_nothing_is_worded_twice(noms: set[str]) -> None:
    doubles = [ou for ou, cles in _dictionnaires_de_mots() if len(cles & noms) > 1 and not ou.startswith("choix.py")]
    assert doubles == []


def test_every_class_has_its_words_in_the_columns() -> None:
    assert tuple(CLASSES_DEBIT) == CLASSES
    assert {classe: VARIANTES[classe] for classe in CLASSES} == CLASSES_DEBIT
    assert Seuils().classe_debit in CLASSES_DEBIT


@pytest.mark.parametrize(
    ("minutes", "principal"), [((15, 20, 30), 20), ((10, 15, 45), 15), ((30,), 30), ((45, 10), 45)]
)
def test_one_threshold_is_that_of_the_headlines(minutes: tuple[int, ...], principal: int) -> None:
    assert Seuils(voiture=minutes).principal == principal


def test_families_have_the_words_of_the_nomenclature() -> None:
    """A reader meets the labels of the lists on the site, and these words in the report: the same."""
    livrees = lire(PAQUET.parents[1] / "offers" / "nomenclature")["familles"]
    assert {v.valeur: v.libelle.lower() for v in livrees} == {cle: famille.nom for cle, famille in FAMILLES.items()}
    assert all(re.match("une? ", famille.un) for famille in FAMILLES.values())
    assert {cle: VARIANTES[cle] for cle in FAMILLES} == {cle: famille.nom for cle, famille in FAMILLES.items()}
