"""The files of places: one by département, cut by place beyond a number of points, and nothing lost on the way."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import plusieurs
from carte.publication import Chantier
from carte.publish import eclats, search
from carte.publish.atlas import Atlas, Point
from publish import monde
from publish.noeud import executer

CODES = ("21", "22")


@pytest.fixture(scope="module")
def atlas_plat() -> Atlas:
    return Atlas(plusieurs.territoire(CODES))


@pytest.fixture
def points(atlas_plat: Atlas) -> list[Point]:
    """Forty of each département, the last two of each without a position of their own."""
    return atlas_plat.points(plusieurs.lieux(atlas_plat.territoire, 40))


def test_a_departement_of_few_places_has_one_file(points: list[Point]) -> None:
    morceaux = eclats.decouper(points)
    assert [(m.departement, m.fichier, len(m.points)) for m in morceaux] == [
        ("21", "21.json", 40),
        ("22", "22.json", 40),
    ]
    assert list(morceaux[0].points) == [p for p in points if p.enregistrement.departement == "21"], "in their order"


@pytest.mark.parametrize("maximum", [1, 7, 39])
def test_many_places_are_cut_by_place_and_none_is_lost(
    points: list[Point], monkeypatch: pytest.MonkeyPatch, maximum: int
) -> None:
    monkeypatch.setattr(eclats, "PLACES_MAX", maximum)
    morceaux = eclats.decouper(points)
    assert all(0 < len(m.points) <= maximum for m in morceaux)
    assert Counter(id(p) for m in morceaux for p in m.points) == Counter(map(id, points))
    assert len({m.fichier for m in morceaux}) == len(morceaux)
    assert all(m.fichier.startswith(f"{m.departement}/") for m in morceaux)
    assert [m.points for m in eclats.decouper(points)] == [m.points for m in morceaux], "the same each time"


def test_the_cut_follows_the_ground(points: list[Point], monkeypatch: pytest.MonkeyPatch) -> None:
    """Higher than wide: the south, then the north."""
    monkeypatch.setattr(eclats, "PLACES_MAX", 20)
    sud, nord = (m.points for m in eclats.decouper(points) if m.departement == "21")
    assert max(p.lat or -90 for p in sud) <= min(p.lat or 90 for p in nord)


def test_the_search_finds_every_place_in_its_files(
    points: list[Point], atlas_plat: Atlas, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(eclats, "PLACES_MAX", 15)
    search.ecrire(points, atlas_plat, monde.libelles(), Chantier.sur(tmp_path), jour=plusieurs.JOUR)
    dossier = tmp_path / search.DOSSIER
    index: Any = json.loads((dossier / "index.json").read_text(encoding="utf-8"))
    assert len(index["eclats"]) == 8
    trouves = [
        f"{eclat['code']}/{slug}"
        for eclat in index["eclats"]
        for slug in json.loads((dossier / eclat["fichier"]).read_text(encoding="utf-8"))["colonnes"]["id"]
    ]
    assert sorted(trouves) == sorted(p.enregistrement.identifiant for p in points)


def test_only_what_is_surely_read_is_asked_beforehand(points: list[Point], monkeypatch: pytest.MonkeyPatch) -> None:
    des_uns = [p for p in points if p.enregistrement.departement == "21"]
    assert search.precharges(des_uns, ("21",)) == ["donnees/recherche/21.json", "donnees/recherche/communes.json"]
    assert search.precharges(points, CODES) == []
    monkeypatch.setattr(eclats, "PLACES_MAX", 15)
    assert search.precharges(des_uns, ("21",)) == [], "which of its files, the search alone knows"


def test_the_browser_reads_the_nearest_file_first_then_all_those_of_the_departement(node: str) -> None:
    code = """
        import { aLire } from "./recherche/donnees.js";
        const case_ = (lat, lon) => [(Math.floor(4 * lat) + 360) * 1440 + Math.floor(4 * lon) + 720];
        const un = (code, fichier, lat, lon) =>
          ({ code, fichier, cadre: [lon, lat, lon + 0.05, lat + 0.05], cases: case_(lat, lon) });
        const eclats = [un("21", "21/0.json", 44.05, 2.05), un("21", "21/1.json", 44.15, 2.05),
          un("21", "21/2.json", 46.05, 2.05), un("22", "22.json", 44.05, 2.3), un("23", "23.json", 47, 5)];
        const lus = (depart, zone = null) => aLire(eclats, depart, zone).map(({ fichier }) => fichier);
        console.log(JSON.stringify([
          lus({ lat: 44.16, lon: 2.06, departement: "21" }),
          lus({ lat: 44.06, lon: 2.31, departement: "" }),
          lus({ lat: null, lon: null, departement: "22" }),
          lus({ lat: 44.06, lon: 2.31, departement: "22" }, [4.9, 46.9, 5.1, 47.1]),
          lus({ lat: 10, lon: 10, departement: "" }),
        ]));
    """
    chez_soi, sans_departement, sans_position, zone, loin = executer(node, code)
    assert chez_soi == ["21/1.json", "21/0.json", "21/2.json", "22.json"]
    assert sans_departement == ["22.json", "21/0.json", "21/1.json"], "squares alike: the nearest frame"
    assert sans_position == ["22.json"]
    assert zone == ["22.json", "21/0.json", "21/1.json", "23.json"]
    assert loin == ["22.json"], "always one"
