"""Outlines of another year: which commune of today each one is, and by which rule; nothing is lost."""

from pathlib import Path

import pytest

from carte.territory import Territoire, TerritoireInvalide, lire
from carte.territory.raccord import Regle
from territory.monde import actuelle, carre, ecrire_cog, ecrire_couche, element, partie

# 01900 was merged into 01001; 01910 is 01002 under its former code; 01777 lies inside 01002, 01888 nowhere; 01003 is a
# commune again, in the outline of 01001; 01004 has neither outline nor point.
COMMUNES = [
    actuelle("01001"), actuelle("01002", anciensCodes=["01910"]), actuelle("01003", population=7), actuelle("01004"),
    partie("01900", "01001", "Avant"),
]  # fmt: skip


@pytest.fixture
def territoire(tmp_path: Path) -> Territoire:
    ecrire_cog(tmp_path / "cog", COMMUNES, epcis=[])
    ecrire_couche(
        tmp_path, "01",
        [
            element("01001"), element("01900", carre(0, 2)), element("01910", carre(1, 1)),
            element("01777", carre(1.2, 1.2, 0.02)), element("01888", carre(9, 9)),
        ],
    )  # fmt: skip
    points = "code_insee;longitude;latitude;source;millesime\n01003;1.05;47.25;IGN;2020\n"
    (tmp_path / "01" / "chefs_lieux.csv").write_text(points, encoding="utf-8")
    return lire(tmp_path, ["01"], tmp_path / "cog")


def test_each_outline_and_each_commune_has_its_rule(territoire: Territoire) -> None:
    table = territoire.raccord
    assert table is not None
    assert [tuple(ligne) for ligne in table[["code_contour", "code_insee", "regle"]].itertuples(index=False)] == [
        ("01888", "", Regle.INCONNU),
        ("01001", "01001", Regle.REUNIE),
        ("01900", "01001", Regle.REUNIE),
        ("01777", "01002", Regle.INCLUS),
        ("01910", "01002", Regle.SUCCESSEUR),
        ("01001", "01003", Regle.RETABLIE),
        ("", "01004", Regle.SANS_CONTOUR),
    ]
    assert table["population"].sum() == 100 + 200 + 7, "each commune of known population once"


def test_a_commune_again_on_its_own_has_its_point_and_is_said(territoire: Territoire) -> None:
    commune = territoire.communes.set_index("code_insee").loc["01003"]
    assert (commune["lon"], commune["point_source"], commune["population"]) == (1.05, "chef-lieu", 7)
    dits = {x.code: x.motif for x in territoire.non_resolus if x.nature == "commune"}
    assert dits["01003"].endswith("Son chef-lieu est dans celui de Abbeville (01001).")
    assert "celui de" not in dits["01004"]


def test_outlines_of_today_need_no_table(tmp_path: Path) -> None:
    ecrire_cog(tmp_path / "cog", [actuelle("01001")], epcis=[])
    ecrire_couche(tmp_path, "01", [element("01001")])
    table = lire(tmp_path, ["01"], tmp_path / "cog").raccord
    assert table is not None
    assert table["regle"].tolist() == [Regle.MEME]


@pytest.mark.parametrize("code", ["975", "977", "978", "987", "988"])
def test_a_collectivite_is_refused_with_what_to_do(tmp_path: Path, code: str) -> None:
    with pytest.raises(TerritoireInvalide, match=rf"collectivité d'outre-mer.*offers/{code}/"):
        lire(tmp_path, [code], ecrire_cog(tmp_path / "cog"))
