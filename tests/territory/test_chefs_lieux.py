"""The true point of a commune, rather than the middle of its outline."""

from pathlib import Path

import pytest

from carte.territory import NonResolu, Territoire, TerritoireInvalide, lire
from territory.monde import CASES, actuelle, ecrire_cog, ecrire_couche, element, partie, point

ENTETE = "code_insee;longitude;latitude;source;millesime\n"


@pytest.fixture
def monde(tmp_path: Path) -> Path:
    ecrire_cog(tmp_path / "cog", [*(actuelle(c) for c in CASES), partie("01009", "01001", "Avant")], epcis=[])
    ecrire_couche(tmp_path, "01", [element(c) for c in ("01001", "01002", "01003")])
    return tmp_path


def avec(monde: Path, *lignes: str) -> Territoire:
    (monde / "01" / "chefs_lieux.csv").write_text(ENTETE + "".join(f"{x}\n" for x in lignes), encoding="utf-8")
    return lire(monde, ["01"], monde / "cog")


def points(territoire: Territoire) -> dict[str, tuple[float, float, str]]:
    communes = territoire.communes
    colonnes = (communes[c] for c in ("code_insee", "lon", "lat", "point_source"))
    return {code: (lon, lat, source) for code, lon, lat, source in zip(*colonnes, strict=True)}


def test_the_chef_lieu_is_the_point_and_a_former_commune_s_is_not(monde: Path) -> None:
    territoire = avec(monde, "01001;1,02;47.11;IGN;2020", "01009;1.08;47.18;IGN;2020")
    assert points(territoire)["01001"] == (1.02, 47.11, "chef-lieu")
    assert points(territoire)["01002"][2] == "interieur"
    assert territoire.millesimes["chefs_lieux"] == "IGN 2020"
    assert not [x for x in territoire.non_resolus if x.nature == "chef-lieu"]
    assert territoire.parties == {"01009": (1.08, 47.18)}


def test_a_part_out_of_its_commune_is_set_aside_too(monde: Path) -> None:
    territoire = avec(monde, "01009;1.08;47.35;IGN;2020")
    assert territoire.parties == {}
    assert [(x.code, x.nom) for x in territoire.non_resolus if x.nature == "chef-lieu"] == [("01009", "Avant")]


def test_the_town_hall_itself_is_better(monde: Path) -> None:
    ecrire_couche(monde, "01", [element("01001", mairie=point(1.03, 47.13))])
    assert points(avec(monde, "01001;1.02;47.11;IGN;2020"))["01001"] == (1.03, 47.13, "mairie")


def test_a_commune_without_outline_has_a_point_too(monde: Path) -> None:
    assert points(avec(monde, "01004;1.15;47.05;IGN;2020"))["01004"] == (1.15, 47.05, "chef-lieu")


def test_a_point_far_from_its_outline_is_set_aside_and_said(monde: Path) -> None:
    """0.1° of latitude is 11 km; one hundredth of a degree out, 0.8 km, is within the errors of outlines."""
    territoire = avec(monde, "01001;1.05;47.35;IGN;2020", "01002;1.21;47.15;IGN;2020", "01777;1.0;47.0;IGN;2020")
    assert points(territoire)["01001"][2] == "interieur"
    assert points(territoire)["01002"] == (1.21, 47.15, "chef-lieu")
    dits = [x for x in territoire.non_resolus if x.nature == "chef-lieu"]
    assert [(x.code, x.nom) for x in dits] == [("01001", "Abbeville"), ("01777", "")]
    assert dits[0] == NonResolu("chef-lieu", "01001", "Abbeville", dits[0].motif)
    assert "à plus de 1 km du contour" in dits[0].motif


@pytest.mark.parametrize(
    ("ligne", "message"),
    [
        pytest.param("01001;x;47.1;IGN;2020", r"chefs_lieux\.csv:2 : « longitude » attend des degrés", id="texte"),
        pytest.param("01001;6500000;47.1;IGN;2020", "« longitude » attend des degrés, entre -180 et 180", id="metres"),
        pytest.param("01001;1.0;nan;IGN;2020", "« latitude » attend des degrés, entre -90 et 90", id="nan"),
        pytest.param("01001;1.0;;IGN;2020", "« latitude » attend des degrés", id="vide"),
    ],
)
def test_a_wrong_line_is_named(monde: Path, ligne: str, message: str) -> None:
    with pytest.raises(TerritoireInvalide, match=message):
        avec(monde, ligne)


def test_two_points_of_one_commune_are_refused(monde: Path) -> None:
    assert points(avec(monde, *["01001;1.02;47.11;IGN;2020"] * 2))["01001"][2] == "chef-lieu"
    with pytest.raises(TerritoireInvalide, match=r"csv:3 : « 01001 » a déjà un autre point"):
        avec(monde, "01001;1.02;47.11;IGN;2020", "01001;1.03;47.11;IGN;2020")
