"""The recipe « ajouter un import »: each source is declared whole, tried on an example, told to those who run it.

A new source fails here until every step of docs/recettes/import.md is done.
"""

from pathlib import Path

import pytest

from carte import nomenclature
from carte.imports import registre
from carte.imports.modele import Source
from carte.imports.registre import sources
from carte.records import Lieu
from imports.test_exemples import CAS, EXEMPLES
from sites import RACINE

ICI = Path(__file__).parent


SOURCES = sources()


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
        # A row may name who gathered it: the import is then told by the origin of the name.
        origines = {lieu.source, *(p.source for p in (lieu.provenance or {}).values())}
        assert any(source.nom in origine for origine in origines)
        assert (EXEMPLES / f"{nom}.yml").is_file()


def test_rules_written_in_python_have_their_own_tests_beside(source: Source) -> None:
    """A mapping is tried by its example; a program needs more."""
    programme = registre.lire(registre.LIVREES / f"{source.code}.yml").programme
    assert programme is None or (ICI / f"test_{programme}.py").is_file()


def test_every_value_that_it_gives_is_of_the_nomenclature(source: Source) -> None:
    vocabulaires = nomenclature.lire(RACINE / "offers" / "nomenclature")
    assert registre.lire(registre.LIVREES / f"{source.code}.yml", vocabulaires).nom == source.nom


def test_the_registry_is_the_folder() -> None:
    assert {fichier.stem for fichier in registre.LIVREES.glob("*.yml")} == set(SOURCES)


def test_an_unreadable_file_is_refused_in_french(source: Source) -> None:
    """Bytes that are of no format: one sentence, never a traceback."""
    from carte.imports.modele import ImportImpossible

    with pytest.raises(ImportImpossible, match=r"[a-zé]"):
        source.lire(b"\x00\xff\xfe pas un inventaire")


def test_those_who_run_it_are_told_its_code(source: Source) -> None:
    assert f"`{source.code}`" in (RACINE / "README.md").read_text(encoding="utf-8")


def test_no_example_is_left_without_a_case() -> None:
    assert {fichier.stem for fichier in EXEMPLES.glob("*.yml")} == set(CAS)
