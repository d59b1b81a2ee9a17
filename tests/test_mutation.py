"""What `make mutation` leaves out is still in the program: a reason given for a line that is gone excuses nothing."""

from pathlib import Path

import pytest
import yaml

ICI = Path(__file__).parent
EQUIVALENTS = yaml.safe_load((ICI / "mutation" / "equivalents.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("equivalent", EQUIVALENTS, ids=lambda e: f"{e['fichier']} {e['avant'][:40]}")
def test_each_excused_change_is_of_a_line_that_exists(equivalent: dict[str, str]) -> None:
    assert equivalent.keys() == {"fichier", "avant", "apres", "pourquoi"}
    texte = (ICI.parent / "scripts" / equivalent["fichier"]).read_text(encoding="utf-8")
    assert equivalent["avant"] in [ligne.strip() for ligne in texte.splitlines()]
    assert equivalent["avant"] != equivalent["apres"]
