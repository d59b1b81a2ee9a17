"""The agreement table with two independent libraries: every disagreement is explained, every explanation is real."""

import os
import random
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest

from carte.hours import etat, parse
from hours import tirages
from hours.explications import Explication
from hours.tirages import PARIS
from hours_js import accord
from hours_js.accord import INDRE, Ligne
from hours_js.indre import lieux_de_l_indre


@pytest.fixture(scope="module", autouse=True)
def bibliotheque(racine: Path) -> None:
    """opening_hours.js, a development dependency, or wherever NODE_PATH has it."""
    dossiers = [racine / "node_modules", *map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep))]
    if not any((dossier / "opening_hours").is_dir() for dossier in dossiers):
        pytest.skip("la bibliothèque npm opening_hours est absente : npm ci")


def _tableau(textes: Iterable[str], nombre: int) -> tuple[int, list[Ligne]]:
    """How many pairs were compared, and the disagreements."""
    hasard = random.Random(36)
    questions = {texte: tirages.instants(hasard, nombre) for texte in textes}
    return sum(map(len, questions.values())), accord.tableau(questions)


def _inexpliques(lignes: list[Ligne]) -> list[Ligne]:
    return [ligne for ligne in lignes if not ligne.pourquoi]


def test_on_the_records_of_the_demonstration(racine: Path) -> None:
    textes = accord.textes_des_lieux(accord.lieux_de_la_demonstration(racine))
    assert len(textes) > 30
    _, lignes = _tableau(textes, 60)
    assert _inexpliques(lignes) == []


@pytest.mark.partage
def test_on_the_records_of_the_indre(partage: Path, racine: Path, tmp_path: Path) -> None:
    textes = accord.textes_des_lieux(lieux_de_l_indre(partage, racine, tmp_path))
    assert len(textes) > 20
    _, lignes = _tableau(textes, 60)
    assert _inexpliques(lignes) == []


def test_on_drawn_texts() -> None:
    compares, lignes = _tableau(accord.tirage(random.Random(20261123), 1_000), 6)
    assert compares > 5_000
    assert _inexpliques(lignes) == []
    assert len(lignes) < compares / 10
    # Where the two libraries agree with each other against us, we only say « inconnu » (or answer for school holidays).
    seuls = [li for li in lignes if li.python == li.js and li.ici != "unknown"]
    assert seuls == []


@pytest.mark.parametrize("e", accord.EXPLICATIONS_JS, ids=lambda e: e.cle)
def test_each_explanation_is_a_real_disagreement(e: Explication) -> None:
    instant = datetime.fromisoformat(e.instant)
    assert etat(parse(e.temoin), instant.replace(tzinfo=PARIS), INDRE) is e.ici
    (ligne,) = accord.tableau({e.temoin: [instant]})
    assert ligne.js != ligne.ici, "la bibliothèque est maintenant d'accord : retirer l'explication"
    assert f"JavaScript : {e.cle}" in ligne.pourquoi


def test_the_table_says_each_disagreement_and_its_reason() -> None:
    lignes = accord.tableau({"PH off": [datetime(2026, 11, 23, 10)], "24/7": [datetime(2026, 11, 23, 10)]})
    assert len(lignes) == 1
    table = accord.en_markdown(lignes)
    assert "| `PH off` | 2026-11-23 10:00 | unknown | closed | closed | Python : fermetures-seules" in table
    assert "closures alone do not say that the place never opens" in table
