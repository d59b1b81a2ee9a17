"""The agreement table with two independent libraries: every disagreement is explained, every explanation is real."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from carte.hours import etat, parse
from hours.explications import Explication
from hours.tirages import PARIS
from hours_js import accord
from hours_js.accord import INDRE, Ligne


@pytest.fixture(scope="module", autouse=True)
def bibliotheque(racine: Path) -> None:
    """opening_hours.js, a development dependency, or wherever NODE_PATH has it."""
    dossiers = [racine / "node_modules", *map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep))]
    if not any((dossier / "opening_hours").is_dir() for dossier in dossiers):
        pytest.skip("la bibliothèque npm opening_hours est absente : npm ci")


def _dans_la_table(lignes: list[Ligne]) -> bool:
    """Whether the file kept beside says exactly this of one of its sets: else `python -m hours_js.accord` again."""
    table = accord.TABLE.read_text(encoding="utf-8")
    return any(section in table for section in accord.sections(lignes, lignes, lignes))


def _inexpliques(lignes: list[Ligne]) -> list[Ligne]:
    return [ligne for ligne in accord.ecarts(lignes) if not ligne.pourquoi]


def test_on_the_records_of_the_demonstration(racine: Path) -> None:
    lignes = accord.demonstration(racine)
    assert len(lignes) > 30 * 60
    assert _inexpliques(lignes) == []
    assert _dans_la_table(lignes)


@pytest.mark.partage
def test_on_the_records_of_the_indre(partage: Path, racine: Path, tmp_path: Path) -> None:
    lignes = accord.indre(partage, racine, tmp_path)
    assert len(lignes) > 20 * 60
    assert _inexpliques(lignes) == []
    assert _dans_la_table(lignes)


def test_on_drawn_texts() -> None:
    lignes = accord.tires()
    assert len(lignes) > 5_000
    assert _inexpliques(lignes) == []
    assert _dans_la_table(lignes)
    differentes = accord.ecarts(lignes)
    assert len(differentes) < len(lignes) / 10
    # Where the two libraries agree with each other against us, we only say « inconnu » (or answer for school holidays).
    assert [li for li in differentes if li.python == li.js and li.ici != "unknown"] == []


@pytest.mark.parametrize("e", accord.EXPLICATIONS_JS, ids=lambda e: e.cle)
def test_each_explanation_is_a_real_disagreement(e: Explication) -> None:
    instant = datetime.fromisoformat(e.instant)
    assert etat(parse(e.temoin), instant.replace(tzinfo=PARIS), INDRE) is e.ici
    (ligne,) = accord.tableau({e.temoin: [instant]})
    assert ligne.js != ligne.ici, "la bibliothèque est maintenant d'accord : retirer l'explication"
    assert f"JavaScript : {e.cle}" in ligne.pourquoi


def test_the_table_says_each_disagreement_and_its_reason() -> None:
    instants = [datetime(2026, 11, 23, 10)]
    table = accord.section("Essai", accord.comparer({"PH off": instants, "24/7": instants}), exemples=5)
    assert "2 textes, 2 réponses comparées." in table
    assert "| opening_hours.js | 1 | 1 | 0 |" in table
    assert "| `PH off` | unknown | closed | closed | 1 | Python : fermetures-seules" in table
    assert "closures alone do not say that the place never opens" in accord.raisons()
