"""The map of several départements: what is counted and drawn of all of them, before anything of each is read."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

import plusieurs
from carte.publish import eclats
from carte.publish.atlas import Atlas
from carte.publish.maps import contours, ensemble, page, semis
from publish import monde

CODES = tuple(f"{n:02}" for n in range(21, 33))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve départements of six places, four of them on the map, and a neighbour's six."""
    return plusieurs.publier(tmp_path_factory.mktemp("douze"), CODES, ("01",))


def index(site: Path) -> dict[str, Any]:
    lu: dict[str, Any] = json.loads((site / "donnees" / "cartes" / "index.json").read_text(encoding="utf-8"))
    return lu


def test_the_page_says_what_is_published_before_anything_is_loaded(site: Path) -> None:
    html = (site / "carte" / "index.html").read_text(encoding="utf-8")
    phrase = "52 lieux sur la carte. Sans position connue, dans la liste seulement\u00a0: 26 lieux."
    assert re.search(rf"data-carte-etat>{phrase}<", html)
    assert 'data-nombre="">(52)<' in html
    assert 'data-nombre="demarches">(52)<' in html
    assert 'data-nombre="formation">(0)<' in html
    assert "Aucun lieu sur la carte." in html


def test_the_page_stays_light_whatever_the_number_of_departements(site: Path) -> None:
    html = (site / "carte" / "index.html").read_text(encoding="utf-8")
    assert html.count('<svg class="carte-svg') == 1
    assert html.count('class="commune fond"') == len(CODES), "one outline each, and no commune"
    assert html.count('class="carte-disque"') == 6 * len(CODES), "one disc by commune that has a place"
    assert "72 communes sur 108" in html


def test_the_first_file_holds_all_the_departements_and_no_commune(site: Path) -> None:
    lu = index(site)
    assert [d["code"] for d in lu["departements"]] == list(CODES)
    assert [(a["code"], a["fichier"]) for a in lu["lieux"]] == [(code, f"{code}.json") for code in ("01", *CODES)]
    un = lu["lieux"][1]
    assert un["nom"] == "Pays 21"
    assert un["cadre"] == [-0.85, 44.1, -0.25, 44.3]
    places = [(44100, -850), (44100, -550), (44100, -250), (44300, -850)]
    assert un["cases"] == [nombre for place in places for nombre in (*place, 1, 1, 0, 0)]
    formes = [shapely.geometry.shape(d["contour"]) for d in lu["departements"]]
    assert shapely.union_all(formes).area == pytest.approx(sum(forme.area for forme in formes)), "no overlap"
    autour = shapely.geometry.shape(lu["voisins"][0])
    assert autour.buffer(1e-6).contains(shapely.box(*plusieurs.place(12), *_coin(12))), "it reaches under the others"


def _coin(rang: int) -> tuple[float, float]:
    ouest, sud = plusieurs.place(rang)
    return ouest + plusieurs.LARGEUR, sud + plusieurs.HAUTEUR


def test_each_name_is_written_once(site: Path) -> None:
    de_loin = index(site)["noms"]
    assert de_loin and all(zoom <= 8 for *_, zoom in de_loin)
    noms = [nom for nom, *_ in de_loin]
    for code in CODES:
        proches = json.loads((site / "donnees" / "cartes" / f"{code}.json").read_text(encoding="utf-8"))["noms"]
        assert all(zoom >= 9 for *_, zoom in proches)
        noms += [nom for nom, *_ in proches]
    assert len(noms) == len(set(noms)) > 6 * len(CODES)


def test_a_very_large_perimeter_has_one_disc_by_departement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "DISQUES_MAX", 10)
    html = (plusieurs.publier(tmp_path, CODES[:3]) / "carte" / "index.html").read_text(encoding="utf-8")
    assert html.count('class="carte-disque"') == 3
    assert "<title>Pays 22 : 6 lieux</title>" in html


def test_overseas_departements_are_drawn_apart() -> None:
    territoire = plusieurs.territoire(("21", "22", "974"))
    loin = territoire.communes["code_departement"] == "974"
    formes = territoire.communes.geometry.copy()
    formes[loin] = shapely.transform(formes[loin].to_numpy(), lambda xy: np.add(xy, (55.0, -65.0)))
    territoire = replace(territoire, communes=territoire.communes.set_geometry(formes))
    tout = ensemble.preparer(contours.preparer(territoire, ("21", "22", "974")))
    assert [un.departement for un in tout.reunis] == ["21", "22"]
    assert tout.bornes == pytest.approx((-1.0, 44.0, 0.8, 44.6))
    assert set(tout.formes) == {"21", "22", "974"}, "it is on the interactive map all the same"


def test_a_place_counts_once_and_where_it_stands() -> None:
    bus = monde.fiche(
        "bus",
        itinerance=["Itinérant"],
        services=["Aide aux démarches administratives", "Accès internet et matériel informatique"],
        tournee=[
            {"commune": "Alpha", "code_insee": "99001", "frequence": "mensuelle", "latitude": 46.0, "longitude": 2.0},
            {"commune": "Gamma", "code_insee": "99003", "frequence": "mensuelle", "latitude": 46.3, "longitude": 2.0},
            {"commune": "Béta-sur-Lône", "code_insee": "99002", "frequence": "mensuelle"},
        ],
    )
    fixe, perdu = monde.fiche("fixe", latitude=46.0, longitude=2.0), monde.fiche("perdu")
    atlas, libelles = Atlas(monde.territoire()), monde.libelles()
    points = atlas.points((bus, fixe, perdu))
    comptes = semis.compter(points, libelles)
    assert comptes[semis.TOUTES] == semis.Compte(2, 1, 1)
    assert [comptes[famille] for famille in libelles.familles] == [
        semis.Compte(2, 1, 1), semis.Compte(0, 0), semis.Compte(1, 0, 1)
    ]  # fmt: skip
    (un,) = semis.amas(eclats.decouper(points), atlas, libelles, monde.JOUR)
    sommes = [sum(un["cases"][rang::6]) for rang in (2, 3, 4, 5)]
    assert sommes == [4, 4, 0, 3], "squares say how many discs will take their place"


def test_a_square_holds_the_points_of_every_file_that_has_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """However the places are cut, the numbers told before they are read are those of the records."""
    monde_plat = plusieurs.territoire(CODES[:2])
    atlas, libelles = Atlas(monde_plat), monde.libelles()
    points = atlas.points(plusieurs.lieux(monde_plat, 40))
    entiers = semis.amas(eclats.decouper(points), atlas, libelles, monde.JOUR)
    monkeypatch.setattr(eclats, "PLACES_MAX", 15)
    coupes = semis.amas(eclats.decouper(points), atlas, libelles, monde.JOUR)
    assert len(entiers) == 2
    assert len(coupes) == 8
    for amas in (entiers, coupes):
        assert sum(sum(un["cases"][2::6]) for un in amas) == 76, "38 of each have a position"
    assert all(sum(un["cases"][2::6]) <= 15 for un in coupes)


def test_the_outline_of_a_wide_perimeter_is_lighter_and_has_no_speck() -> None:
    territoire = plusieurs.territoire(("21", "22"))
    formes = territoire.communes.geometry.copy()
    # The first département: an islet beside it, a hole in it; then the same, sixteen times as wide.
    formes.iloc[0] = (
        formes.iloc[0].difference(shapely.box(-0.9, 44.05, -0.89, 44.06)).union(shapely.box(-1.02, 44.0, -1.01, 44.01))
    )
    territoire = replace(territoire, communes=territoire.communes.set_geometry(formes))
    forme = ensemble.preparer(contours.preparer(territoire, ("21", "22"))).formes["21"]
    assert forme.geom_type == "Polygon"
    assert not forme.interiors
    assert forme.area == pytest.approx(plusieurs.LARGEUR * plusieurs.HAUTEUR, rel=0.01)
    assert ensemble._tolerance([(-1.0, 44.0, 0.8, 44.6)]) == ensemble.TOLERANCE
    assert ensemble._tolerance([(-5.0, 42.0, 9.8, 51.0), (55.0, -21.0, 56.0, -20.0)]) == pytest.approx(0.02)
