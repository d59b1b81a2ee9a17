"""The recipe « ajouter un import »: each source is declared whole, tried on an example, told to those who run it.

A new source fails here until every step of docs/recettes/import.md is done.
"""

from pathlib import Path

import pytest

from carte.imports.modele import Source
from carte.imports.sources import SOURCES
from carte.records import Lieu
from imports.test_exemples import CAS, EXEMPLES
from sites import RACINE

ICI = Path(__file__).parent


@pytest.fixture(params=SOURCES.values(), ids=SOURCES.keys())
def source(request: pytest.FixtureRequest) -> Source:
    choisie = request.param
    assert isinstance(choisie, Source)
    return choisie


def test_it_says_who_made_it_under_which_licence_and_what_it_covers(source: Source) -> None:
    assert source.nom.strip()
    assert source.licence.strip()
    assert source.adresse is None or source.adresse.startswith("https://")
    assert source.departements is None or all(source.departements)
    assert SOURCES[source.code] is source


def test_its_example_says_what_record_it_gives(source: Source) -> None:
    """At least one row of `tests/imports/exemples`: the record names its source, and is written beside."""
    siens = {nom: cas.lieu for nom, (code, cas) in CAS.items() if code == source.code}
    assert siens, f"aucun exemple de {source.code} dans tests/imports/test_exemples.py"
    for nom, lieu in siens.items():
        assert isinstance(lieu, Lieu)
        assert source.nom in lieu.source
        assert (EXEMPLES / f"{nom}.yml").is_file()


def test_its_own_tests_are_beside(source: Source) -> None:
    essais = ICI / f"test_{source.code.replace('-', '_')}.py"
    assert essais.is_file()


def test_an_unreadable_file_is_refused_in_french(source: Source) -> None:
    """Bytes that are of no format: one sentence, never a traceback."""
    from carte.imports.modele import ImportImpossible

    with pytest.raises(ImportImpossible, match=r"[a-zé]"):
        source.lire(b"\x00\xff\xfe pas un inventaire")


def test_those_who_run_it_are_told_its_code(source: Source) -> None:
    assert f"`{source.code}`" in (RACINE / "README.md").read_text(encoding="utf-8")


def test_no_example_is_left_without_a_case() -> None:
    assert {fichier.stem for fichier in EXEMPLES.glob("*.yml")} == set(CAS)
