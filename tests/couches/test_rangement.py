"""The names that --depuis expects are written where a user reads them, from the one list of the code."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from carte.cli import cli
from carte.couches import documentation
from carte.couches.rangement import CONTOURS, LISTE, Place, en_table, places
from carte.couches.registre import lire_registre
from sites import RACINE


def test_the_readme_of_the_layers_gives_the_list() -> None:
    texte = (RACINE / "geo" / "README.md").read_text(encoding="utf-8")
    ecrit = re.search(r"<!-- rangement.*?-->\n\n(.*?)\n\n<!-- fin du rangement -->", texte, re.DOTALL)
    assert ecrit
    assert ecrit[1] == en_table()


def test_the_help_gives_the_list() -> None:
    aide = CliRunner().invoke(cli, ["couches", "--help"]).output
    assert [place.motif for place in places() if place.motif not in aide] == []
    assert LISTE in aide


@pytest.mark.parametrize(
    ("nom", "oui"),
    [
        ("contours-2018/communes-36-indre.geojson", True),
        ("contours-2018/communes-37-indre-et-loire.geojson", False),
        ("contours-2018/a/communes-36-indre.geojson", False),
        ("contours-2018/communes-36-../../x.geojson", False),
        ("/contours-2018/communes-36-indre.geojson", False),
    ],
)
def test_a_name_is_recognised_and_stays_in_its_folder(nom: str, oui: bool) -> None:
    assert bool(CONTOURS.en_regex(dép="36").fullmatch(nom)) is oui


def test_what_is_known_is_taken_to_the_letter() -> None:
    place = Place("arcep/<nom>-x.csv", "")
    assert place.en_glob(nom="[a]*") == "arcep/[[]a][*]-x.csv"
    assert place.en_regex(nom="a.b").fullmatch("arcep/aXb-x.csv") is None
    assert Place("insee/grille_*.xlsx", "").en_glob() == "insee/grille_*.xlsx"


def test_the_readme_of_the_layers_tells_what_each_serves_and_costs(tmp_path: Path) -> None:
    """Stale? Run `python scripts/documenter_couches.py`."""
    copie = tmp_path / "README.md"
    texte = (RACINE / "geo" / "README.md").read_text(encoding="utf-8")
    copie.write_text(texte, encoding="utf-8")
    documentation.ecrire(copie)
    assert copie.read_text(encoding="utf-8") == texte
    assert all(f"| `{table.fichier}` | " in texte for table in lire_registre())
