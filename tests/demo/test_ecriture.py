"""What is committed is what the generator makes, to the byte."""

from pathlib import Path

import pytest

from carte import demo
from carte.demo.ecriture import fichiers

RACINE = Path(__file__).parents[2]
DOSSIERS = ("geo/99", "offers/99", "offers/96")


def _presents() -> set[str]:
    return {f.relative_to(RACINE).as_posix() for d in DOSSIERS for f in (RACINE / d).rglob("*") if f.is_file()}


def test_committed_files_are_exactly_those_generated() -> None:
    assert _presents() == set(fichiers())


@pytest.mark.parametrize("chemin", sorted(fichiers()))
def test_committed_bytes_are_those_generated(chemin: str) -> None:
    assert (RACINE / chemin).read_bytes() == fichiers()[chemin].encode("utf-8")


def test_ecrire_writes_under_the_given_folder_and_names_what_it_wrote(tmp_path: Path) -> None:
    ecrits = demo.ecrire(tmp_path)
    assert [f.relative_to(tmp_path).as_posix() for f in ecrits] == sorted(fichiers())
    assert all(f.is_file() for f in ecrits)


def test_ecrire_leaves_other_files_alone(tmp_path: Path) -> None:
    autre = tmp_path / "offers" / "99" / "a-moi.yml"
    autre.parent.mkdir(parents=True)
    autre.write_text("nom: à moi\n", encoding="utf-8")
    demo.ecrire(tmp_path)
    assert autre.read_text(encoding="utf-8") == "nom: à moi\n"


def test_inputs_stay_light() -> None:
    assert sum((RACINE / chemin).stat().st_size for chemin in fichiers()) < 600_000
