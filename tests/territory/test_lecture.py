"""One territory from hand-drawn layers: who is there, where, and what is missing."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from carte.territory import Territoire, TerritoireInvalide
from carte.territory import lire as lire_territoire
from carte.territory.modele import COLONNES_COMMUNES
from territory.monde import (
    CASES,
    actuelle,
    carre,
    ecrire_cog,
    ecrire_couche,
    ecrire_couches,
    element,
    epci,
    partie,
    point,
)

TOUTES = tuple(CASES)
DU_01 = TOUTES[:4]


def lire(tmp_path: Path, *departements: str) -> Territoire:
    return lire_territoire(tmp_path / "geo", departements, tmp_path / "cog")


@pytest.fixture
def monde(tmp_path: Path) -> Path:
    ecrire_cog(tmp_path / "cog")
    ecrire_couches(tmp_path / "geo", *TOUTES)
    return tmp_path


def ligne(territoire: Territoire, code: str) -> "pd.Series":
    return territoire.communes.set_index("code_insee").loc[code]


def test_columns_and_keys(monde: Path) -> None:
    communes = lire(monde, "01").communes
    assert tuple(communes.columns) == COLONNES_COMMUNES
    assert communes.crs == "EPSG:4326"
    assert communes["code_insee"].is_unique
    assert list(communes["code_insee"]) == sorted(communes["code_insee"])


def test_perimeter_and_members_outside_the_outlines(monde: Path) -> None:
    territoire = lire(monde, "01")
    origines = dict(zip(territoire.communes["code_insee"], territoire.communes["origine"], strict=True))
    assert origines == {**dict.fromkeys(DU_01, "perimetre"), "02001": "epci"}
    assert list(territoire.communes["dans_perimetre"]) == [True] * 4 + [False]
    assert territoire.sans_contour == ("02001",)
    sources = dict(zip(territoire.communes["code_insee"], territoire.communes["point_source"], strict=True))
    assert [code for code, source in sources.items() if source == "aucun"] == ["02001"]
    assert territoire.non_resolus[0].nature == "couche"
    assert not any(x.nature == "commune" for x in territoire.non_resolus)


def test_neighbour_strip(monde: Path) -> None:
    ecrire_couche(monde / "geo", "01", [element("02001"), element("02002")], "voisins")
    territoire = lire(monde, "01")
    assert list(territoire.communes["origine"]) == ["perimetre"] * 4 + ["voisin"] * 2
    assert territoire.sans_contour == ()
    assert list(territoire.departements.itertuples(index=False, name=None)) == [
        ("01", "Dép. 01", "84", True),
        ("02", "Dép. 02", "84", False),
    ]


def test_a_neighbour_in_another_configured_departement_counts_once(monde: Path) -> None:
    ecrire_couche(monde / "geo", "01", [element("02001"), element("02002")], "voisins")
    ecrire_couche(monde / "geo", "02", [element("01002"), element("01004")], "voisins")
    communes = lire(monde, "01", "02").communes
    assert list(communes["code_insee"]) == list(TOUTES)
    assert communes["dans_perimetre"].all()
    assert communes["surface_km2"].max() < 90  # one square, never two


def test_a_neighbour_under_the_code_of_another_vintage_counts_once(tmp_path: Path) -> None:
    communes = [actuelle(c) for c in TOUTES if c != "02002"] + [partie("02002", "02001", "La Châtre")]
    ecrire_cog(tmp_path / "cog", communes)
    fusion = carre(2, 0) | {"coordinates": [[[1.2, 47.0], [1.3, 47.0], [1.3, 47.2], [1.2, 47.2], [1.2, 47.0]]]}
    ecrire_couches(tmp_path / "geo", *DU_01)
    ecrire_couche(tmp_path / "geo", "01", [element("02001"), element("02002")], "voisins")
    ecrire_couche(tmp_path / "geo", "02", [element("02001", fusion)])
    contour = ligne(lire(tmp_path, "01", "02"), "02001").geometry
    assert contour.bounds == pytest.approx((1.2, 47.0, 1.3, 47.2))
    assert contour.area == pytest.approx(0.02)


def test_populations_come_from_the_cog_alone(monde: Path) -> None:
    ecrire_couche(monde / "geo", "01", [element(code, population=123_456) for code in DU_01])
    territoire = lire(monde, "01")
    populations = dict(zip(territoire.communes["code_insee"], territoire.communes["population"], strict=True))
    assert populations["01001"] == 100
    assert populations["01003"] == 0, "no inhabitant is a figure"
    assert np.isnan(populations["01004"]), "unknown is not zero"
    assert populations["02001"] == 50
    assert territoire.millesimes == {"cog": "2026", "population": "2023", "contours": "inconnu"}


def test_epci_are_whole(monde: Path) -> None:
    groupes = lire(monde, "01").epci.set_index("code_epci")
    assert groupes.loc["200000001", "membres"] == ["01001", "01002", "02001"]
    assert groupes.loc["200000001", "codes_departements"] == ["01", "02"]
    assert groupes.loc["200000001", "population"] == 350
    assert ligne(lire(monde, "01"), "01004")["code_epci"] is None


def test_an_epci_with_an_unknown_member_has_an_unknown_population(tmp_path: Path) -> None:
    ecrire_cog(tmp_path / "cog", epcis=[epci("1", "CC", ["01001", "01004"])])
    ecrire_couches(tmp_path / "geo", *DU_01)
    assert np.isnan(lire(tmp_path, "01").epci.loc[0, "population"])


def test_epci_elsewhere_are_left_out(monde: Path) -> None:
    assert list(lire(monde, "02").epci["code_epci"]) == ["200000001"]


@pytest.mark.parametrize(
    ("proprietes", "attendu"),
    [
        pytest.param(
            {"mairie": point(1.02, 47.12), "centre": point(1.05, 47.15)}, (1.02, 47.12, "mairie"), id="mairie"
        ),
        pytest.param({"centre": point(1.04, 47.14)}, (1.04, 47.14, "centre"), id="centre"),
        pytest.param({}, (1.05, 47.15, "interieur"), id="interieur"),
    ],
)
def test_point(monde: Path, proprietes: dict[str, object], attendu: tuple[float, float, str]) -> None:
    ecrire_couche(monde / "geo", "01", [element("01001", **proprietes)])
    commune = ligne(lire(monde, "01"), "01001")
    assert (commune["lon"], commune["lat"]) == pytest.approx(attendu[:2])
    assert commune["point_source"] == attendu[2]


def test_area_from_the_property_in_hectares_else_geodesic(monde: Path) -> None:
    ecrire_couche(monde / "geo", "01", [element("01001", surface=8421), element("01002", surface=0)])
    territoire = lire(monde, "01")
    assert ligne(territoire, "01001")["surface_km2"] == pytest.approx(84.21)
    # 0.1° of longitude at 47.15°N is 7.583 km on the ellipsoid, 0.1° of latitude 11.117 km.
    assert ligne(territoire, "01002")["surface_km2"] == pytest.approx(7.583 * 11.117, rel=1e-3)
    assert np.isnan(ligne(territoire, "01003")["surface_km2"])


@pytest.mark.parametrize(
    "ancien",
    [
        pytest.param([partie("01002", "01001", "Saint-Hérie")], id="deleguee"),
        pytest.param([partie("01002", "01001", "Saint-Hérie", "commune-associee")], id="associee"),
        pytest.param([partie("01002", "01001", "1er", "arrondissement-municipal")], id="arrondissement"),
    ],
)
def test_merged_communes_are_united_under_the_new_code(tmp_path: Path, ancien: list[dict[str, object]]) -> None:
    ecrire_cog(tmp_path / "cog", [actuelle(c) for c in TOUTES if c != "01002"] + ancien, epcis=[])
    ecrire_couche(tmp_path / "geo", "01", [element("01001", mairie=point(1.03, 47.13)), element("01002")])
    territoire = lire(tmp_path, "01")
    nouvelle = ligne(territoire, "01001")
    assert nouvelle.geometry.bounds == pytest.approx((1.0, 47.1, 1.2, 47.2))
    assert (nouvelle["lon"], nouvelle["point_source"]) == (1.03, "mairie"), "the chef-lieu's town hall"
    assert territoire.successeurs["01002"] == "01001"


def test_old_codes_are_followed_through_several_changes(tmp_path: Path) -> None:
    communes = [actuelle("01001", anciensCodes=["01009"]), partie("01008", "01009", "Avant")]
    ecrire_cog(tmp_path / "cog", communes, epcis=[])
    ecrire_couche(tmp_path / "geo", "01", [element("01008", carre(0, 1))])
    territoire = lire(tmp_path, "01")
    assert territoire.successeurs == {"01009": "01001", "01008": "01001"}
    assert ligne(territoire, "01001").geometry is not None


def test_a_code_both_current_and_deleguee_is_current(tmp_path: Path) -> None:
    ecrire_cog(tmp_path / "cog", [actuelle("01001"), partie("01001", "01001", "Vieux-Bourg")], epcis=[])
    ecrire_couches(tmp_path / "geo", "01001")
    territoire = lire(tmp_path, "01")
    assert list(territoire.communes["code_insee"]) == ["01001"]
    assert territoire.successeurs == {}


def test_what_stays_unresolved_is_listed(monde: Path) -> None:
    ailleurs, dedans = carre(8, 8), carre(0.2, 1.2, cote=0.02)
    ecrire_couche(
        monde / "geo",
        "01",
        [element("01001"), element("01990", ailleurs, nom="Perdue"), element("01991", dedans, nom="Enclave")],
    )
    constats = [(x.nature, x.code) for x in lire(monde, "01").non_resolus]
    assert constats == [
        ("commune", "01002"),
        ("commune", "01003"),
        ("commune", "01004"),
        ("contour", "01990"),
        ("couche", "01"),
    ]


def test_layers_and_cog_that_disagree_on_epci_are_listed(monde: Path) -> None:
    lignes = [{"nom": "CC Seule", "code": "200000002"}, {"nom": "CC Neuve", "code": "200000009"}]
    (monde / "geo" / "01" / "epcis.json").write_text(json.dumps(lignes), encoding="utf-8")
    assert [x.nom for x in lire(monde, "01").non_resolus if x.nature == "epci"] == ["CC Neuve"]


def test_grand_paris_gives_way_to_its_territories(tmp_path: Path) -> None:
    metropole = epci("200054781", "Métropole du Grand Paris", ["01001", "01002", "01003"], "METRO")
    ept = [epci("200057867", "Plaine Commune", ["01002", "01003"], "EPT")]
    ecrire_cog(tmp_path / "cog", epcis=[metropole], ept=ept)
    ecrire_couches(tmp_path / "geo", *DU_01)
    territoire = lire(tmp_path, "01")
    assert dict(zip(territoire.epci["code_epci"], territoire.epci["membres"], strict=True)) == {
        "200054781": ["01001"],
        "200057867": ["01002", "01003"],
    }
    assert territoire.epci.set_index("code_epci").loc["200054781", "population"] == 100
    assert ligne(territoire, "01002")["code_epci"] == "200057867"


def test_a_fictional_departement_brings_its_own_cog(tmp_path: Path) -> None:
    ecrire_couches(tmp_path / "geo", *DU_01)
    ecrire_cog(tmp_path / "geo" / "01" / "cog")
    territoire = lire_territoire(tmp_path / "geo", ["01"], tmp_path / "absent")
    assert territoire.communes["dans_perimetre"].sum() == 4


def test_population_vintages_are_never_mixed(monde: Path) -> None:
    ecrire_cog(monde / "geo" / "02" / "cog", millesimes={"cog": "2026", "population": "2019"})
    with pytest.raises(TerritoireInvalide, match="ne mélange pas les millésimes"):
        lire(monde, "01", "02")


def test_an_outline_without_geometry_is_a_missing_outline(monde: Path) -> None:
    sans = {**element("01001"), "geometry": None}
    ecrire_couche(monde / "geo", "01", [sans, *(element(c) for c in DU_01[1:])])
    assert "01001" in lire(monde, "01").sans_contour


def test_an_invalid_outline_is_mended(monde: Path) -> None:
    noeud = {"type": "Polygon", "coordinates": [[[1, 47], [1.1, 47.1], [1.1, 47], [1, 47.1], [1, 47]]]}
    ecrire_couche(monde / "geo", "01", [element("01001", noeud)])
    contour = ligne(lire(monde, "01"), "01001").geometry
    assert contour.is_valid
    assert contour.area == pytest.approx(0.005)


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        pytest.param("{", r"communes\.geojson:1:2: Le fichier s'arrête avant la fin", id="json"),
        pytest.param('{"type": "Feature"}', "FeatureCollection", id="type"),
        pytest.param(
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "features": [],
                    "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}},
                }
            ),
            r"EPSG::2154 .* \(EPSG:4326\).*to_crs",
            id="projete",
        ),
        pytest.param(
            json.dumps({"type": "FeatureCollection", "features": [element("01001"), element("01001")]}),
            "deux contours pour 01001",
            id="double",
        ),
        pytest.param(
            json.dumps({"type": "FeatureCollection", "features": [element("01001", code=1001)]}),
            r"écrit en texte \(lu : 1001\)",
            id="code-nombre",
        ),
        pytest.param(
            json.dumps({"type": "FeatureCollection", "features": [element("01001", carre(0, 0, sud=6_600_000))]}),
            "pas des longitudes et latitudes",
            id="metres",
        ),
    ],
)
def test_unusable_layers_are_refused(monde: Path, contenu: str, message: str) -> None:
    (monde / "geo" / "01" / "communes.geojson").write_text(contenu, encoding="utf-8")
    with pytest.raises(TerritoireInvalide, match=message):
        lire(monde, "01")


@pytest.mark.parametrize(
    ("departement", "message"),
    [pytest.param("1", "n'existe pas", id="code-court"), pytest.param("02", "Il manque la couche", id="sans-couche")],
)
def test_departement_that_cannot_be_read(tmp_path: Path, departement: str, message: str) -> None:
    ecrire_cog(tmp_path / "cog")
    ecrire_couches(tmp_path / "geo", *DU_01)
    with pytest.raises(TerritoireInvalide, match=message):
        lire(tmp_path, departement)


def test_missing_cog_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(TerritoireInvalide, match="npm ci"):
        lire(tmp_path, "01")


@pytest.mark.parametrize(
    ("fichier", "cle", "message"),
    [
        ("communes.json", "departement", "n'a pas de « departement »"),
        ("communes.json", "region", "n'a pas de « region »"),
        ("communes.json", "code", "n'a pas de « code » en texte"),
        ("epci.json", "membres", "n'a pas la liste de ses « membres »"),
        ("epci.json", "type", "n'a pas de « type » en texte"),
    ],
)
def test_a_cog_that_lacks_a_key_is_refused_by_its_name(monde: Path, fichier: str, cle: str, message: str) -> None:
    place = monde / "cog" / fichier
    lignes = [{k: v for k, v in ligne.items() if k != cle} for ligne in json.loads(place.read_text(encoding="utf-8"))]
    place.write_text(json.dumps(lignes), encoding="utf-8")
    with pytest.raises(TerritoireInvalide, match=rf"{fichier} : .*{message}"):
        lire(monde, "01")


def test_an_old_commune_that_leads_nowhere_is_refused(monde: Path) -> None:
    place = monde / "cog" / "communes.json"
    lignes = [*json.loads(place.read_text(encoding="utf-8")), {"code": "01999", "nom": "X", "type": "commune-deleguee"}]
    place.write_text(json.dumps(lignes), encoding="utf-8")
    with pytest.raises(TerritoireInvalide, match=r"01999 \(X\) n'a pas de « commune »"):
        lire(monde, "01")
