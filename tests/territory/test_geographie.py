"""Questions on codes, names and points."""

from math import isnan
from pathlib import Path

import numpy as np
import pytest

from carte.territory import Geographie, lire
from territory.monde import CASES, actuelle, ecrire_cog, ecrire_couches, partie


@pytest.fixture
def geographie(tmp_path: Path) -> Geographie:
    communes = [
        *(actuelle(code) for code in CASES),
        partie("01008", "01001", "Vieille-Ville"),
        partie("01003", "01003", "Œillets-le-Petit"),
    ]
    ecrire_cog(tmp_path / "cog", communes)
    ecrire_couches(tmp_path / "geo", *CASES)
    return Geographie(lire(tmp_path / "geo", ["01"], tmp_path / "cog"))


@pytest.mark.parametrize(
    ("code", "statut", "successeur", "nom"),
    [
        pytest.param("01001", "actuelle", None, "Abbeville", id="actuelle"),
        pytest.param("02002", "actuelle", None, "La Châtre", id="actuelle-hors-des-couches"),
        pytest.param("01008", "ancienne", "01001", "Abbeville", id="deleguee"),
        pytest.param("99999", "inconnue", None, None, id="inconnue"),
        pytest.param("1001", "inconnue", None, None, id="zero-perdu"),
    ],
)
def test_codes(geographie: Geographie, code: str, statut: str, successeur: str | None, nom: str | None) -> None:
    assert geographie.statut(code) == statut
    assert geographie.successeur(code) == successeur
    assert geographie.nom(code) == nom


@pytest.mark.parametrize(
    ("nom", "departement", "codes"),
    [
        pytest.param("Saint-Hérie", "01", ["01002"], id="exact"),
        pytest.param("ST HERIE", "01", ["01002"], id="st-capitales"),
        pytest.param("saint hérie cedex 2", "01", ["01002"], id="cedex"),
        pytest.param("les oeillets", "01", ["01003"], id="ligature"),
        pytest.param("Châtre (La)", "02", ["02002"], id="article-final"),
        pytest.param("La Châtre", "01", [], id="autre-departement"),
        pytest.param("La Châtre", None, ["02002"], id="partout"),
        pytest.param("Vieille Ville", "01", ["01001"], id="nom-ancien"),
        pytest.param("Œillets-le-Petit", "01", ["01003"], id="deleguee-de-meme-code"),
        pytest.param("Nulle-Part", "01", [], id="inconnu"),
    ],
)
def test_names(geographie: Geographie, nom: str, departement: str | None, codes: list[str]) -> None:
    assert geographie.codes_du_nom(nom, departement) == codes


def test_commune_of_points(geographie: Geographie) -> None:
    lons = [1.05, 1.15, 1.1, 5.0, np.nan]
    lats = [47.15, 47.05, 47.15, 47.0, 47.0]
    codes = list(geographie.communes_des_points(lons, lats))
    assert codes == ["01001", "01004", "01001", None, None], "a shared border goes to the lowest code"
    assert geographie.commune_du_point(1.05, 47.05) == "01003"
    assert geographie.commune_du_point(5, 47) is None


def test_distances(geographie: Geographie) -> None:
    # Points: inside; 0.1° east of the edge (7.583 km at 47.15°N); 0.1° north (11.117 km); an old code; unknown ones.
    codes = ["01001", "01001", "01001", "01008", "99999", "02001", "01001"]
    lons = [1.05, 1.2, 1.05, 1.2, 1.05, 1.05, np.nan]
    lats = [47.15, 47.15, 47.3, 47.15, 47.15, 47.15, 47.15]
    distances = geographie.distances_to_commune(codes, lons, lats)
    assert distances[0] == 0
    assert distances[1:4] == pytest.approx([7.583, 11.117, 7.583], rel=1e-3)
    assert all(isnan(x) for x in distances[4:]), "unknown code, no outline, no coordinates: unknown distance"


def test_no_question_no_answer(geographie: Geographie) -> None:
    assert len(geographie.distances_to_commune([], [], [])) == 0
    assert len(geographie.communes_des_points([], [])) == 0


def test_a_territory_made_by_hand_answers_from_its_communes(tmp_path: Path) -> None:
    from dataclasses import replace

    ecrire_cog(tmp_path / "cog")
    ecrire_couches(tmp_path / "geo", *CASES)
    territoire = replace(lire(tmp_path / "geo", ["01"], tmp_path / "cog"), cog=None, successeurs={"01008": "01001"})
    geographie = Geographie(territoire)
    assert geographie.statut("01008") == "ancienne"
    assert geographie.codes_du_nom("abbeville", "01") == ["01001"]
    assert geographie.statut("02002") == "inconnue"
