"""What the browser's modules read of anything: an address of the search, a moment, a week, hours in French.

Nothing is out of bounds, invented or lost; the draws and the properties are in `fuzz/navigateur.mjs`.
"""

import json
import subprocess

import pytest

from hasard import FACTEUR, Graine
from sites import RACINE


@pytest.mark.parametrize(
    ("cible", "nombre"), [("adresse", 1_000), ("moment", 2_000), ("semaine", 2_000), ("journee", 2_000)]
)
def test_anything_is_read_within_bounds_and_comes_back(node: str, graine: Graine, cible: str, nombre: int) -> None:
    commande = [node, "tests/fuzz/navigateur.mjs", cible, str(nombre * FACTEUR), str(graine(13))]
    rendu = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=False)
    assert rendu.returncode == 0, rendu.stderr
    assert json.loads(rendu.stdout) == {"executions": nombre * FACTEUR, "fautes": []}
