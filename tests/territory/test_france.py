"""The real COG and outlines: the edge cases of France, and 2018 outlines under the codes of 2026."""

import re
import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from carte.territory import Cog, Geographie, Territoire, contours_epci, lire_cog
from carte.territory import lire as lire_territoire
from carte.territory.contours import lire_contours, resoudre
from carte.territory.raccord import Regle, raccorder

pytestmark = pytest.mark.partage

COG = Path("node_modules") / "@etalab" / "decoupage-administratif" / "data"


@pytest.fixture(scope="module")
def cog(racine: Path) -> Path:
    return racine / COG


@pytest.fixture(scope="module")
def contours(partage: Path) -> dict[str, Path]:
    fichiers = sorted((partage / "data" / "contours-2018").glob("*.geojson"))
    return {re.fullmatch(r"communes-(\w{2,3})-.+", f.stem)[1]: f for f in fichiers}


@pytest.fixture
def lire(tmp_path: Path, cog: Path, contours: dict[str, Path]):
    def _lire(*departements: str) -> Territoire:
        for departement in departements:
            (tmp_path / departement).mkdir()
            shutil.copyfile(contours[departement], tmp_path / departement / "communes.geojson")
        return lire_territoire(tmp_path, departements, cog)

    return _lire


def test_2018_outlines_under_2026_codes(contours: dict[str, Path], cog: Path) -> None:
    assert len(contours) == 101
    officiel = lire_cog([cog])
    traces = pd.concat([lire_contours(fichier) for fichier in contours.values()], ignore_index=True)
    disparus = [code for code in traces["code"] if code not in officiel.actuelles]
    resolus, orphelins = resoudre(traces, officiel)
    assert (len(traces), len(disparus)) == (35_357, 493)
    assert all(code in officiel.successeurs for code in disparus)
    assert orphelins == []
    assert resolus["code"].is_unique
    assert resolus.geometry.is_valid.all()
    francaises = {c.code for c in officiel.actuelles.values() if len(c.departement) < 3 or c.departement <= "976"}
    francaises -= {c.code for c in officiel.actuelles.values() if c.departement == "975"}
    # Communes founded again since 2018: their territory is still drawn inside their former commune.
    refondees = {"14666", "15031", "15035", "15047", "15171", "85165", "85212"}
    assert francaises - set(resolus["code"]) == refondees
    _rien_n_est_perdu(traces, resolus, officiel, refondees)


def _rien_n_est_perdu(traces: pd.DataFrame, resolus: gpd.GeoDataFrame, cog: Cog, refondees: set[str]) -> None:
    """Every outline and every commune of today has its line, and each commune counts once: the table of geo/README."""
    codes = sorted(
        code for code, commune in cog.actuelles.items() if commune.departement < "975" or commune.departement == "976"
    )
    actuelles = gpd.GeoDataFrame(
        {
            "code_insee": codes,
            "nom": [cog.actuelles[code].nom for code in codes],
            "population": [cog.actuelles[code].population for code in codes],
            "dans_perimetre": True,
        },
        geometry=resolus.set_index("code").geometry.reindex(codes).to_list(),
        crs="EPSG:4326",
    )
    # Four of the seven have no known point: nothing says in which outline they lie.
    points = {"14666": (-0.2223, 49.1837), "15031": (2.9516, 45.1103), "85212": (-1.1517, 46.7940)}
    table = raccorder(traces, cog, actuelles, points)
    groupes = table.groupby("regle").agg(
        lignes=("regle", "size"), communes=("code_insee", "nunique"), habitants=("population", "sum")
    )
    assert {
        str(regle): tuple(map(int, ligne)) for regle, ligne in zip(groupes.index, groupes.to_numpy(), strict=True)
    } == {
        "meme code": (34_548, 34_548, 67_244_628),
        "contours reunis": (806, 317, 1_080_327),
        "nouveau code": (3, 3, 20_598),
        "commune retablie dans le contour d'une autre": (3, 3, 3_481),
        "commune sans contour": (4, 4, 1_764),
    }
    assert table["population"].sum() == actuelles["population"].sum()
    assert set(table.loc[table["regle"].isin([Regle.RETABLIE, Regle.SANS_CONTOUR]), "code_insee"]) == refondees


def test_paris_lyon_marseille_arrondissements_fold(cog: Path) -> None:
    officiel = lire_cog([cog])
    assert len(officiel.arrondissements) == 45
    assert {officiel.successeurs[code] for code in officiel.arrondissements} == {"75056", "69123", "13055"}
    assert (officiel.actuel("75112"), officiel.actuel("69385"), officiel.actuel("13208")) == ("75056", "69123", "13055")


def test_the_former_codes_of_the_two_islands_lead_to_their_collectivites(cog: Path) -> None:
    officiel = lire_cog([cog])
    assert (officiel.actuel("97127"), officiel.actuel("97123")) == ("97801", "97701")
    assert officiel.actuelles["97801"].nom == "Saint-Martin"


def test_grand_paris_is_its_eleven_territories_and_paris(cog: Path) -> None:
    officiel = lire_cog([cog])
    epci = officiel.epci_des_communes()
    assert officiel.epci["200054781"].membres == ("75056",)
    assert officiel.epci[epci["93001"]].nom == "Plaine Commune"
    assert len(officiel.epci) == 1_255 + 11


def test_every_commune_of_the_cog_has_one_epci_but_four_islands(cog: Path) -> None:
    officiel = lire_cog([cog])
    epci = officiel.epci_des_communes()
    metropole = {c.code for c in officiel.actuelles.values() if not c.departement.startswith(("97", "98"))}
    assert metropole - set(epci) == {"22016", "29083", "29155", "85113"}


def test_uninhabited_and_uncounted_communes(cog: Path) -> None:
    communes = lire_cog([cog]).actuelles.values()
    assert sum(c.population == 0 for c in communes) == 6
    assert sum(c.population != c.population for c in communes) == 6, "unknown populations are NaN"


def test_an_island_without_epci(lire) -> None:
    communes = lire("85").communes.set_index("code_insee")
    assert communes.loc["85113", "nom"] == "L'Île-d'Yeu"
    assert communes.loc["85113", "code_epci"] is None


@pytest.mark.parametrize("departement", ["2A", "973", "974", "976"])
def test_corse_and_overseas(lire, departement: str) -> None:
    territoire = lire(departement)
    assert set(territoire.communes.loc[territoire.communes["dans_perimetre"], "code_departement"]) == {departement}
    propres = territoire.communes.loc[territoire.communes["dans_perimetre"]]
    geographie = Geographie(territoire)
    assert list(geographie.communes_des_points(propres["lon"], propres["lat"])) == list(propres["code_insee"])
    assert (propres["surface_km2"] > 0).all()
    assert (geographie.distances_to_commune(list(propres["code_insee"]), propres["lon"], propres["lat"]) == 0).all()


def test_surface_of_la_reunion(lire) -> None:
    # 2,504 km² by Insee; the outlines are simplified.
    assert lire("974").communes["surface_km2"].sum() == pytest.approx(2_504, rel=0.01)


def test_an_epci_across_departements(lire) -> None:
    territoire = lire("44")
    redon = territoire.epci.set_index("code_epci").loc["243500741"]
    assert redon["codes_departements"] == ["35", "44", "56"]
    ailleurs = territoire.communes.loc[territoire.communes["origine"] == "epci"]
    assert set(ailleurs["code_insee"]) <= set(territoire.sans_contour)
    assert redon["population"] == territoire.communes.set_index("code_insee").loc[redon["membres"], "population"].sum()
    manque = contours_epci(territoire).set_index("code_epci")["communes_sans_contour"]
    assert manque["243500741"] == sum(code[:2] != "44" for code in redon["membres"])


def test_lyon_is_a_metropole_inside_its_departement(lire) -> None:
    epci = lire("69").epci
    metropole = epci.loc[epci["type"] == "MET69"].iloc[0]
    assert metropole["codes_departements"] == ["69"]
    assert "69123" in metropole["membres"]


def test_names_shared_by_communes_and_old_names(lire) -> None:
    geographie = Geographie(lire("36"))
    assert geographie.codes_du_nom("ST MARCEL", "36") == ["36200"]
    assert len(geographie.codes_du_nom("Saint-Marcel")) > 1
    assert geographie.codes_du_nom("Paris 12e Arrondissement") == ["75056"]
    assert geographie.statut("75056") == "actuelle", "the whole country is known, not only the loaded layers"
    assert geographie.statut("75112") == "arrondissement"
