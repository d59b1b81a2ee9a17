"""Outlines for drawing: dissolved, and simplified together."""

from pathlib import Path

import pytest
import shapely

from carte.territory import contours_departements, contours_epci, lire, simplifier
from territory.monde import CASES, ecrire_cog, ecrire_couche, ecrire_couches, element


def test_epci_outlines_say_what_they_lack(tmp_path: Path) -> None:
    ecrire_cog(tmp_path / "cog")
    ecrire_couches(tmp_path / "geo", *CASES)
    contours = contours_epci(lire(tmp_path / "geo", ["01"], tmp_path / "cog")).set_index("code_epci")
    deux_rives = contours.loc["200000001"]
    assert deux_rives["nom"] == "CC des Deux Rives"
    assert deux_rives["communes_sans_contour"] == 1
    assert deux_rives.geometry.bounds == pytest.approx((1.0, 47.1, 1.2, 47.2))
    assert contours.loc["200000002", "communes_sans_contour"] == 0


def test_departement_outlines_stop_at_the_border(tmp_path: Path) -> None:
    ecrire_cog(tmp_path / "cog")
    ecrire_couches(tmp_path / "geo", *CASES)
    ecrire_couche(tmp_path / "geo", "01", [element("02001")], "voisins")
    contours = contours_departements(lire(tmp_path / "geo", ["01"], tmp_path / "cog"))
    assert list(contours["code"]) == ["01"]
    assert contours.geometry[0].bounds == pytest.approx((1.0, 47.0, 1.2, 47.2))


def test_simplified_neighbours_still_touch(tmp_path: Path) -> None:
    ecrire_cog(tmp_path / "cog")
    # A zigzag border between 01001 and 01002, drawn by both.
    dents = [[1.1 + 0.001 * (i % 2), 47.1 + i * 0.005] for i in range(21)]
    gauche = {"type": "Polygon", "coordinates": [[[1.0, 47.1], *dents, [1.0, 47.2], [1.0, 47.1]]]}
    droite = {"type": "Polygon", "coordinates": [[*dents, [1.2, 47.2], [1.2, 47.1], dents[0]]]}
    ecrire_couche(tmp_path / "geo", "01", [element("01001", gauche), element("01002", droite)])
    communes = lire(tmp_path / "geo", ["01"], tmp_path / "cog").communes
    legers = simplifier(communes, 0.01)
    formes = legers.geometry.dropna().to_numpy()
    assert shapely.get_num_coordinates(formes).sum() < 15
    assert shapely.coverage_is_valid(formes)
    assert formes[0].intersection(formes[1]).length > 0.09
    assert list(legers.geometry.isna()) == list(communes.geometry.isna()), "a missing outline stays missing"
    assert shapely.get_num_coordinates(communes.geometry.dropna().to_numpy()).sum() > 40, "the input is not changed"
