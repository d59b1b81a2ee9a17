"""Outlines built all at once, and strips of which only the lines that add something are read: as one by one."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from carte.territory import TerritoireInvalide
from carte.territory.contours import lire_contours, lire_couches
from carte.territory.formes import construire
from carte.territory.mesures import _GEOD, surfaces_km2
from hasard import exemples
from territory.monde import carre

TROU = [[0.2, 0.2], [0.2, 0.4], [0.4, 0.4], [0.4, 0.2], [0.2, 0.2]]
CARRE = [[0, 0], [1, 0], [1, 1.5], [0, 1], [0, 0]]
OUVERT = [[5, 0], [6, 0], [6, 1]]
BONNES: tuple[dict[str, Any], ...] = (
    {"type": "Polygon", "coordinates": [CARRE]},
    {"type": "Polygon", "coordinates": [CARRE, TROU]},
    {"type": "Polygon", "coordinates": [OUVERT]},
    {"type": "MultiPolygon", "coordinates": [[CARRE, TROU], [OUVERT]]},
    {"type": "MultiPolygon", "coordinates": [[OUVERT]]},
)
DOUTEUSES: tuple[Any, ...] = (
    *(None, {}, [], "x", {"type": "Polygon"}, {"type": "Polygon", "coordinates": []}),
    {"type": "Polygon", "coordinates": [[]]},
    {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
    {"type": "Polygon", "coordinates": [[[0, 0, 5], [1, 0, 5], [1, 1, 5]]]},
    {"type": "Polygon", "coordinates": [[["0", "0"], ["1", "0"], ["1", "1"]]]},
    {"type": "Polygon", "coordinates": [[[0, 0], [1, True], [1, 1]]]},
    {"type": "Polygon", "coordinates": [[[0, 0], [10**400, 0], [1, 1]]]},
    {"type": "MultiPolygon", "coordinates": [[]]},
    {"type": "GeometryCollection", "geometries": []},
    {"type": "Point", "coordinates": [0, 0]},
)


@exemples(100)
@given(st.lists(st.sampled_from(BONNES), min_size=1, max_size=6))
def test_all_at_once_as_one_by_one(geometries: list[dict[str, Any]]) -> None:
    formes = construire(geometries)
    assert formes is not None
    attendues = [shapely.geometry.shape(geometrie) for geometrie in geometries]
    assert [forme.wkb for forme in formes] == [forme.wkb for forme in attendues]
    surfaces = [abs(_GEOD.geometry_area_perimeter(forme)[0]) / 1e6 for forme in attendues]
    np.testing.assert_array_equal(surfaces_km2(np.array([*formes, None])), [*surfaces, np.nan])


@pytest.mark.parametrize("douteuse", DOUTEUSES, ids=json.dumps)
def test_a_doubtful_one_is_left_to_the_strict_reader(douteuse: Any) -> None:
    assert construire([BONNES[0], douteuse]) is None


def _bande(dossier: Path, **lignes: str) -> Path:
    """A strip as `carte couches` writes it; a line may be given whole."""
    debut, fin = '{"type":"Feature","geometry":', ',"properties":{"nom":"Été","code":"'
    entieres = [
        ligne or f'{debut}{json.dumps(carre(rang, 0), separators=(",", ":"))}{fin}{code}"}}}}'
        for rang, (code, ligne) in enumerate(lignes.items())
    ]
    fichier = dossier / "voisins.geojson"
    fichier.write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(entieres) + "\n]}\n", encoding="utf-8")
    return fichier


def test_lines_of_known_communes_are_not_read(tmp_path: Path) -> None:
    codes = {f"0100{rang}": "" for rang in range(4)}
    entiere = lire_contours(_bande(tmp_path, **codes))
    reduite = lire_contours(tmp_path / "voisins.geojson", sauf={"01001", "01003"})
    assert list(entiere["code"]) == list(codes)
    assert list(reduite["code"]) == ["01000", "01002"]
    assert [x.wkb for x in reduite.geometry] == [x.wkb for x in entiere.geometry[entiere["code"].isin(reduite["code"])]]
    assert lire_contours(tmp_path / "voisins.geojson", sauf=set(codes)).empty


@pytest.mark.parametrize("sauf", [frozenset(), frozenset({"01000"})])
def test_a_fault_is_told_at_its_place_in_the_whole_strip(tmp_path: Path, sauf: frozenset[str]) -> None:
    fichier = _bande(tmp_path, **{"01000": "", "01001": "", "01002": '{"type":"Feature","geometry":{"type":"Poly'})
    with pytest.raises(TerritoireInvalide, match=r"voisins\.geojson:4:"):
        lire_contours(fichier, sauf=sauf)
    fichier = _bande(
        tmp_path,
        **{
            "01000": "",
            "01001": '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1.2.3,0]]]},'
            '"properties":{"nom":"B","code":"01001"}}',
        },
    )
    with pytest.raises(TerritoireInvalide, match=r"voisins\.geojson:3:"):
        lire_contours(fichier, sauf=sauf)


def test_files_read_together_are_one_after_the_other(tmp_path: Path) -> None:
    for nom in ("un", "deux"):
        (tmp_path / nom).mkdir()
    fichiers = [_bande(tmp_path / "un", **{"01001": ""}), _bande(tmp_path / "deux", **{"02001": "", "02002": ""})]
    ensemble = lire_couches(fichiers, sauf={"02001"})
    apart = [lire_contours(fichier, sauf={"02001"}) for fichier in fichiers]
    assert list(ensemble["code"]) == [code for table in apart for code in table["code"]] == ["01001", "02002"]
    assert [f.wkb for f in ensemble.geometry] == [f.wkb for table in apart for f in table.geometry]
    assert lire_couches([]).empty
