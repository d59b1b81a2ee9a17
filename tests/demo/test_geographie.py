"""The fictional territory: a valid coverage, codes that agree, and broadband tables that respect ARCEP's invariants."""

import csv
import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
import yaml
from shapely.geometry import Point, shape

from carte.demo import arcep, geographie
from carte.demo.communes import DELEGUEES, communes, membres
from carte.demo.contours import contours

RACINE = Path(__file__).parents[2]
GEO = RACINE / "geo" / "99"


def _traits(*noms: str) -> list[dict[str, Any]]:
    return [trait for nom in noms for trait in json.loads((GEO / nom).read_text(encoding="utf-8"))["features"]]


def _lignes(texte: str) -> list[dict[str, str]]:
    return list(csv.DictReader(texte.splitlines(), delimiter=";"))


def test_communes_and_strip_are_one_coverage_without_gap_nor_overlap() -> None:
    polygones = np.array([shape(trait["geometry"]) for trait in _traits("communes.geojson", "voisins.geojson")])
    assert shapely.is_valid(polygones).all()
    assert shapely.coverage_is_valid(polygones)
    ensemble = shapely.union_all(polygones)
    assert ensemble.geom_type == "Polygon"
    assert len(ensemble.interiors) == 0
    assert shapely.area(polygones).sum() == pytest.approx(ensemble.area, rel=1e-9)


def test_map_is_in_the_open_atlantic_and_has_the_size_of_a_departement() -> None:
    traits = _traits("communes.geojson")
    ouest, sud, est, nord = shapely.total_bounds(np.array([shape(trait["geometry"]) for trait in traits]))
    assert -6.1 < ouest < est < -4.8
    assert 46.1 < sud < nord < 46.9
    assert len(traits) == 60
    assert 300_000 < sum(trait["properties"]["surface"] for trait in traits) < 340_000  # hectares


def test_rings_are_closed_anticlockwise_and_rounded() -> None:
    for trait in _traits("communes.geojson", "voisins.geojson"):
        (anneau,) = trait["geometry"]["coordinates"]
        assert anneau[0] == anneau[-1]
        assert shapely.LinearRing(anneau).is_ccw
        assert all(valeur == round(valeur, 5) for point in anneau for valeur in point)


@pytest.mark.parametrize("nom", ["centre", "mairie"])
def test_points_lie_in_their_commune(nom: str) -> None:
    for trait in _traits("communes.geojson", "voisins.geojson"):
        point = Point(trait["properties"][nom]["coordinates"])
        assert shape(trait["geometry"]).contains(point), trait["properties"]["nom"]


def test_surfaces_are_those_of_the_outlines() -> None:
    from pyproj import Geod

    terre = Geod(ellps="WGS84")
    for trait in _traits("communes.geojson", "voisins.geojson"):
        hectares = abs(terre.geometry_area_perimeter(shape(trait["geometry"]))[0]) / 10_000
        assert trait["properties"]["surface"] == pytest.approx(hectares, rel=0.01)


def test_properties_are_those_of_geo_api() -> None:
    attendues = ["nom", "code", "codesPostaux", "codeEpci", "codeDepartement", "codeRegion", "population"]
    for trait in _traits("communes.geojson", "voisins.geojson"):
        assert list(trait["properties"]) == [*attendues, "surface", "centre", "mairie"]


def test_one_epci_crosses_the_border() -> None:
    epcis = json.loads((GEO / "epcis.json").read_text(encoding="utf-8"))
    assert len(epcis) == 4
    assert [epci["nom"] for epci in epcis if epci["codesDepartements"] == ["96", "99"]] == ["CC d'Entre-Deux-Vals"]


def test_every_epci_is_in_one_piece() -> None:
    """Those of the département; the strip shows only a part of its neighbour's."""
    for code in {commune.epci for commune in communes() if commune.departement == "99"}:
        morceaux = [shapely.Polygon(contours()[commune.code].anneau) for commune in membres(code)]
        assert shapely.union_all(morceaux).geom_type == "Polygon", code


def test_populations_are_those_of_a_rural_departement() -> None:
    populations = sorted(commune.population for commune in communes() if commune.departement == "99")
    assert populations[0] == 0
    assert populations[-1] == 22_140
    assert sum(populations) == 69_760
    assert sum(80 <= population <= 900 for population in populations) > 45


def test_a_name_exists_on_both_sides_and_none_is_a_real_commune() -> None:
    reel = RACINE / "node_modules" / "@etalab" / "decoupage-administratif" / "data" / "communes.json"
    if not reel.exists():
        pytest.skip("node_modules est absent : lancez « npm ci ».")
    reels = {commune["nom"] for commune in json.loads(reel.read_text(encoding="utf-8"))}
    noms = [commune.nom for commune in communes()]
    assert {nom for nom in noms if noms.count(nom) > 1} == {"Montfleury"}
    assert not reels & set(noms)


def test_cog_holds_every_commune_and_the_ones_that_disappeared() -> None:
    cog = json.loads((GEO / "cog" / "communes.json").read_text(encoding="utf-8"))
    cles = [(ligne["code"], ligne["type"]) for ligne in cog]
    assert len(set(cles)) == len(cles)
    actuelles = {ligne["code"]: ligne for ligne in cog if ligne["type"] == "commune-actuelle"}
    assert set(actuelles) == {commune.code for commune in communes()}
    deleguees = [ligne for ligne in cog if ligne["type"] == "commune-deleguee"]
    assert [(ligne["code"], ligne["nom"]) for ligne in deleguees] == list(DELEGUEES)
    assert {ligne["chefLieu"] for ligne in deleguees} == {"99008"}
    assert actuelles["99011"]["anciensCodes"] == ["99012"]
    assert all(geographie.cle_luhn(ligne["siren"][:-1]) == ligne["siren"][-1] for ligne in actuelles.values())


def test_cog_epci_members_and_totals_agree() -> None:
    for epci in json.loads((GEO / "cog" / "epci.json").read_text(encoding="utf-8")):
        assert {m["code"] for m in epci["membres"]} == {commune.code for commune in membres(epci["code"])}
        assert epci["populationMunicipale"] == sum(m["populationMunicipale"] for m in epci["membres"])


def _entiers(ligne: dict[str, str], *colonnes: str) -> list[int]:
    return [int(ligne[colonne]) for colonne in colonnes]


def test_speed_classes_are_cumulative() -> None:
    classes = ("elig_thd1g", "elig_thd100", "elig_thd30", "elig_bhd8", "elig_hd3", "elig_hd05", "nbr")
    lignes = _lignes(arcep.debit_filaire())
    assert len({ligne["code_insee"] for ligne in lignes}) == len(lignes) == len(communes()) - 1
    for ligne in lignes:
        assert all(petit <= grand for petit, grand in pairwise(_entiers(ligne, *classes))), ligne
        assert int(ligne["inel_hd"]) + int(ligne["elig_hd05"]) == int(ligne["nbr"])


def test_best_technologies_are_a_partition_and_bound_the_wired_class() -> None:
    parts = ("elig_ftth", "elig_coax", "elig_cu", "elig_thdr", "elig_4gf", "elig_hdr", "elig_sat")
    debits = {ligne["code_insee"]: ligne for ligne in _lignes(arcep.debit_filaire())}
    for ligne in _lignes(arcep.meilleure_techno()):
        nbr, ftth, coax, cuivre = _entiers(ligne, "nbr", "elig_ftth", "elig_coax", "elig_cu")
        assert sum(_entiers(ligne, *parts)) == nbr
        thd30, thd1g = _entiers(debits[ligne["code_insee"]], "elig_thd30", "elig_thd1g")
        assert thd1g == ftth + coax <= thd30 <= ftth + coax + cuivre


def test_one_commune_is_unknown_to_the_broadband_tables() -> None:
    for texte in (arcep.debit_filaire(), arcep.meilleure_techno(), arcep.fermeture_cuivre()):
        codes = {ligne["code_insee"] for ligne in _lignes(texte)}
        assert {commune.code for commune in communes()} - codes == {"99002"}


def test_broadband_tells_the_story() -> None:
    """The towns are nearly complete, the poor EPCI is not: the whole report rests on it."""
    debits = {ligne["code_insee"]: ligne for ligne in _lignes(arcep.debit_filaire())}
    assert int(debits["99058"]["elig_thd30"]) / int(debits["99058"]["nbr"]) > 0.98
    assert int(debits["99058"]["elig_thd1g"]) > int(debits["99058"]["nbr"]) * 97 // 100
    parts = [
        int(debits[c.code]["elig_thd30"]) / int(debits[c.code]["nbr"])
        for c in membres("249900028")
        if c.code in debits and c.population
    ]
    assert all(0.2 <= part <= 0.7 for part in parts)


def test_copper_closes_where_fibre_is_incomplete() -> None:
    cuivre = {ligne["code_insee"]: ligne for ligne in _lignes(arcep.fermeture_cuivre())}
    techno = {ligne["code_insee"]: ligne for ligne in _lignes(arcep.meilleure_techno())}
    assert {ligne["statut"] for ligne in cuivre.values()} == {"fermée", "planifiée", "non planifiée"}
    for code, ligne in cuivre.items():
        assert bool(ligne["fermeture_technique"]) is (ligne["statut"] != "non planifiée")
        if ligne["statut"] == "fermée":
            assert techno[code]["elig_cu"] == "0"
            assert techno[code]["elig_ftth"] == techno[code]["nbr"]
    assert cuivre["99008"] == {"code_insee": "99008", "statut": "planifiée", "fermeture_technique": "2027-01-31"}
    assert int(techno["99008"]["elig_ftth"]) < int(techno["99008"]["nbr"]) / 2


def _couches() -> Iterator[dict[str, str]]:
    yield from yaml.safe_load((GEO / "manifeste.yml").read_text(encoding="utf-8"))["couches"]


def test_manifest_names_every_layer_with_its_sum() -> None:
    noms = {couche["fichier"] for couche in _couches()}
    presents = {str(f.relative_to(GEO).as_posix()) for f in GEO.rglob("*") if f.is_file()} - {"manifeste.yml"}
    assert noms == presents
    for couche in _couches():
        assert couche["sha256"] == hashlib.sha256((GEO / couche["fichier"]).read_bytes()).hexdigest()
        assert couche["source"] == "Données fictives, générées par carte demo"
