"""Where people live inside a commune: squares, else arrondissements, and every line that is refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from carte.territory import Territoire, TerritoireInvalide, lire
from carte.territory.residences import COLONNES, _grossir
from territory.monde import CASES, actuelle, ecrire_cog, ecrire_couche, element, partie

ENTETE = ";".join(COLONNES) + "\n"


@pytest.fixture
def monde(tmp_path: Path) -> Path:
    parties = [
        *(partie(c, "01002", f"Saint-Hérie {n}er Arrondissement", "arrondissement-municipal") | {"population": p}
          for c, n, p in (("01201", 1, 150), ("01202", 2, 50))),
        partie("01009", "01003", "Avant"),
    ]  # fmt: skip
    ecrire_cog(tmp_path / "cog", [*(actuelle(c) for c in CASES), *parties], epcis=[])
    ecrire_couche(tmp_path, "01", [element(c) for c in ("01001", "01002", "01003", "01004")])
    return tmp_path


def ecrire(monde: Path, *lignes: str) -> None:
    (monde / "01" / "carreaux.csv").write_text(ENTETE + "".join(f"{x}\n" for x in lignes), encoding="utf-8")


def lu(monde: Path) -> Territoire:
    return lire(monde, ["01"], monde / "cog")


def residences(territoire: Territoire) -> list[tuple[str, float, float, float, str]]:
    table = territoire.residences
    assert table is not None
    colonnes = [table[nom] for nom in ("code_insee", "lon", "lat", "poids", "nature")]
    return [(c, lon, lat, float(poids), nature) for c, lon, lat, poids, nature in zip(*colonnes, strict=True)]


def test_squares_are_weights_of_their_commune_of_today(monde: Path) -> None:
    """01009 is in 01003 today; a square where nobody lives is none."""
    ecrire(
        monde,
        "01001;1.02;47.12;30;Insee;2019", "01001;1.04;47.12;10,0;Insee;2019", "01001;1.06;47.12;0;Insee;2019",
        "01009;1.02;47.02;5;Insee;2019",
    )  # fmt: skip
    territoire = lu(monde)
    assert residences(territoire) == [
        ("01001", 1.02, 47.12, 0.75, "carreau"),
        ("01001", 1.04, 47.12, 0.25, "carreau"),
        ("01003", 1.02, 47.02, 1.0, "carreau"),
    ]
    assert territoire.millesimes["carreaux"] == "Insee 2019"


def test_arrondissements_serve_where_all_are_known_and_nothing_is_shared_out(monde: Path) -> None:
    """Two arrondissements of 150 and 50 people; a déléguée, whose population nobody gives, is no residence."""
    entete = "code_insee;longitude;latitude;source;millesime\n"
    fichier = monde / "01" / "chefs_lieux.csv"
    fichier.write_text(entete + "01201;1.12;47.12;IGN;2020\n01009;1.02;47.02;IGN;2020\n", encoding="utf-8")
    assert residences(lu(monde)) == []
    fichier.write_text(fichier.read_text(encoding="utf-8") + "01202;1.18;47.12;IGN;2020\n", encoding="utf-8")
    territoire = lu(monde)
    assert residences(territoire) == [
        ("01002", 1.12, 47.12, 0.75, "arrondissement"),
        ("01002", 1.18, 47.12, 0.25, "arrondissement"),
    ]
    assert "carreaux" not in territoire.millesimes
    ecrire(monde, "01002;1.15;47.15;8;Insee;2019")
    assert residences(lu(monde)) == [("01002", 1.15, 47.15, 1.0, "carreau")], "squares are finer"


def test_what_leads_nowhere_is_said(monde: Path) -> None:
    ecrire(monde, "01001;1.05;47.35;3;Insee;2019", "01777;1.05;47.15;3;Insee;2019", "01001;1.05;47.15;1;Insee;2019")
    territoire = lu(monde)
    assert [r[:3] for r in residences(territoire)] == [("01001", 1.05, 47.15)]
    dits = {x.code: x.motif for x in territoire.non_resolus if x.nature == "carreau"}
    assert "1 carreaux de carreaux.csv" in dits["01001"]
    assert "n'existe pas" in dits["01777"]


@pytest.mark.parametrize(
    ("lignes", "message"),
    [
        (["01001;1.02;47.12;beaucoup;x;2019"], r"carreaux\.csv:2 : « population » attend un nombre positif"),
        (["01001;1.02;47.12;1;x;2019", "01001;1.02;147.12;1;x;2019"], "carreaux.csv:3 : « latitude » attend"),
        (["01001;1.02;47.12;inf;x;2019"], "« population » attend"),
        (["01001;1.02;47.12;1;x;2019", "01001;1.02;47.12;2;x;2019"], "carreaux.csv:3 : ce carreau est déjà donné"),
    ],
    ids=["nombre", "degrés", "infini", "double"],
)  # fmt: skip
def test_a_faulty_line_is_named(monde: Path, lignes: list[str], message: str) -> None:
    ecrire(monde, *lignes)
    with pytest.raises(TerritoireInvalide, match=message):
        lu(monde)


def test_too_many_squares_are_put_together_without_losing_anybody() -> None:
    alea = np.random.default_rng(3)
    table = pd.DataFrame(
        {
            "code_insee": alea.choice(["01001", "01002"], 5_000), "lon": alea.uniform(1, 1.2, 5_000),
            "lat": alea.uniform(47, 47.2, 5_000), "population": alea.uniform(1, 50, 5_000), "surface_km2": 0.04,
            "nature": "carreau",
        }
    )  # fmt: skip
    assert _grossir(table, 5_000)[1] == 200
    reunis, cote = _grossir(table, 600)
    assert 2 <= len(reunis) <= 600
    assert cote > 200
    avant, apres = (t.groupby("code_insee")[["population", "surface_km2"]].sum() for t in (table, reunis))
    pd.testing.assert_frame_equal(avant, apres)
    for nom in ("lon", "lat"):
        moyennes = [np.average(t[nom], weights=t["population"]) for t in (table, reunis)]
        assert moyennes[0] == pytest.approx(moyennes[1])
    assert _grossir(table, 1)[0]["code_insee"].tolist() == ["01001", "01002"], "one by commune at least"
