"""The layer of the quarters: what is read, and what is refused of a file that anybody could have written."""

import json
from pathlib import Path

import pytest

from carte.indicators.quartiers_lus import FICHIER, QuartiersInvalides, lire_quartiers

FORME = {"type": "Polygon", "coordinates": [[[2.0, 46.0], [2.1, 46.0], [2.1, 46.1], [2.0, 46.0]]]}


def ecrire(geo: Path, departement: str, *quartiers: dict[str, object]) -> None:
    (geo / departement).mkdir(exist_ok=True)
    elements = [
        {
            "properties": {nom: dit for nom, dit in quartier.items() if nom != "geometry"},
            "geometry": quartier["geometry"],
        }
        for quartier in quartiers
    ]
    (geo / departement / FICHIER).write_text(json.dumps({"features": elements}), encoding="utf-8")


def quartier(code: str = "QN1", **dits: object) -> dict[str, object]:
    return {"code": code, "code_departement": "99", "population": 1200, "geometry": FORME} | dits


def test_each_quarter_is_read_once_in_the_order_of_codes(tmp_path: Path) -> None:
    """Two départements that touch may give the same one; nobody said a name for the first."""
    assert lire_quartiers(tmp_path, ["99"]) is None
    ecrire(tmp_path, "99", quartier("QN2", nom="Les Ormes"), quartier("QN1"))
    ecrire(tmp_path, "96", quartier("QN2", nom="Les Ormes"))
    lus = lire_quartiers(tmp_path, ["99", "96", "95"])
    assert lus is not None
    assert lus[["code", "nom"]].to_numpy().tolist() == [["QN1", ""], ["QN2", "Les Ormes"]]


@pytest.mark.parametrize("population", [0, 1, 1200.0, None])
def test_a_population_may_be_nil_or_unknown(tmp_path: Path, population: float | None) -> None:
    ecrire(tmp_path, "99", quartier(population=population))
    lus = lire_quartiers(tmp_path, ["99"])
    assert lus is not None
    assert lus["population"].fillna(-1).tolist() == [-1 if population is None else population]


@pytest.mark.parametrize("population", [-1, -0.5, "1200", [], True, "1e999"])
def test_a_population_is_a_number_of_people_or_nothing(tmp_path: Path, population: object) -> None:
    ecrire(tmp_path, "99", quartier(population=population))
    fichier = tmp_path / "99" / FICHIER
    fichier.write_text(fichier.read_text(encoding="utf-8").replace('"1e999"', "1e999"), encoding="utf-8")
    with pytest.raises(QuartiersInvalides, match="« population » de QN1 attend un nombre"):
        lire_quartiers(tmp_path, ["99"])


@pytest.mark.parametrize(
    ("dits", "dit"),
    [
        ({"code": None}, "n'a pas de « code »"),
        ({"code_departement": 99}, "n'a pas de « code_departement »"),
        ({"geometry": {"type": "Polygon", "coordinates": [[1]]}}, "le contour de QN1 est illisible"),
        ({"geometry": "partout"}, "le contour de QN1 est illisible"),
    ],
)
def test_a_quarter_that_cannot_be_named_or_drawn_is_refused(tmp_path: Path, dits: dict[str, object], dit: str) -> None:
    ecrire(tmp_path, "99", quartier(**dits))  # type: ignore[arg-type]
    with pytest.raises(QuartiersInvalides, match=dit):
        lire_quartiers(tmp_path, ["99"])
