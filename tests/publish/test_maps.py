"""The map page: folium's skeleton without a word of script or style in the page, outlines, names, no place inlined."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from carte.config import Options
from carte.picture import Picture
from carte.publication import Chantier
from carte.publish import maps, report
from carte.publish.atlas import Atlas
from carte.publish.cadre.contexte import GEOPLATEFORME
from carte.publish.maps.contours import placer_noms, preparer
from carte.publish.maps.squelette import ZOOM_MAX, squelette
from carte.publish.report import interactive
from publish import monde, monde_rapport
from publish.conftest import Socle

BORNES = (1.0, 46.0, 2.0, 47.0)
HOTES = re.compile(r"https?://|//cdn|jsdelivr|cdnjs|openstreetmap|jquery|bootstrap")


def _ecrire(picture: Picture, socle: Socle, dossier: Path) -> None:
    """The maps, and the files of the interactive ones."""
    contours = maps.preparer(picture)
    atlas = Atlas(picture.territoire)
    points = atlas.points(picture.enregistrements)
    maps.ecrire(picture, points, atlas, monde.libelles(), socle.shell, contours, Chantier.sur(dossier))
    for code, edition in report.preparer(picture, contours).items():
        cible = dossier / "rapports" / code
        cible.mkdir(parents=True)
        for nom, octets in interactive.fichiers(edition).items():
            (cible / nom).write_bytes(octets)


@pytest.fixture
def carte(socle: Socle, tmp_path: Path) -> Path:
    """The maps of a world of three places, one of them hostile and one without coordinates."""
    fiches = (
        monde_rapport.place("un", 46.0),
        monde_rapport.place("deux", 46.1, nom=monde.SCRIPT, commune="Béta-sur-Lône", code_insee="99002"),
        monde_rapport.place("trois", commune="Béta-sur-Lône", code_insee="99002"),
    )
    _ecrire(monde_rapport.picture(*fiches), socle, tmp_path)
    return tmp_path


@pytest.mark.parametrize("grappes", [True, False], ids=["lieux", "rapport"])
def test_folium_is_cut_in_parts_that_call_nobody(grappes: bool) -> None:
    parts = squelette("essai", BORNES, grappes=grappes)
    assert parts.element == '<div class="folium-map" id="map_essai" ></div>'
    assert "var map_essai = L.map(" in parts.script
    assert f'"maxZoom": {ZOOM_MAX}' in parts.script
    assert ("markerClusterGroup" in parts.script) == grappes
    assert "html, body" not in parts.style
    assert "#map_essai" in parts.style
    assert not HOTES.search("".join([parts.element, parts.script, parts.style, *parts.scripts, *parts.feuilles]))


def test_folium_ids_are_not_random() -> None:
    assert squelette("essai", BORNES, grappes=True) == squelette("essai", BORNES, grappes=True)


def test_the_page_holds_the_skeleton_the_drawing_and_the_list(carte: Path) -> None:
    page = (carte / "carte" / "index.html").read_text(encoding="utf-8")
    assert '<div class="folium-map" id="map_lieux" ></div>' in page
    assert page.count("<h1") == 1
    assert '<svg class="carte-svg' in page
    assert 'href="../lieux/"' in page
    assert (carte / "carte" / "carte.js").read_text(encoding="utf-8").startswith("var map_lieux")
    ordre = [
        page.index(nom) for nom in ("leaflet.js", "leaflet.markercluster.js", "carte/carte.js", "modules/carte.js")
    ]
    assert ordre == sorted(ordre)


def test_the_page_has_no_inline_script_nor_style(carte: Path) -> None:
    page = (carte / "carte" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)


def test_places_are_never_written_one_by_one(carte: Path) -> None:
    page = (carte / "carte" / "index.html").read_text(encoding="utf-8")
    assert "alert(1)" not in page
    assert "Médiathèque d" not in page
    assert "Béta-sur-Lône : 2 lieux" in page
    assert "Gamma : aucun lieu connu" in page
    assert "2 communes sur 3" in page


def test_outlines_are_written_for_the_browser(carte: Path) -> None:
    dossier = carte / "donnees" / "cartes"
    index = json.loads((dossier / "index.json").read_text(encoding="utf-8"))
    departements = index["departements"]
    assert [(d["code"], d["nom"], d["fichier"]) for d in departements] == [("99", "Val-d'Exemple", "99.json")]
    assert departements[0]["cadre"] == [1.96, 45.96, 2.04, 46.34]
    assert len(index["voisins"]) == 1
    assert index["noms"][0][:3] == ["Alpha", 46.0, 2.0]
    contours = json.loads((dossier / "99.json").read_text(encoding="utf-8"))
    codes = [entite["properties"]["code"] for entite in contours["communes"]["features"]]
    assert codes == ["99001", "99002", "99003"]
    assert [entite["properties"]["code"] for entite in contours["epci"]["features"]] == ["E1"]
    assert contours["noms"] == [["Béta-sur-Lône", 46.1, 2.0, 9]], "each name is written once"


def test_same_inputs_same_bytes(socle: Socle, tmp_path: Path) -> None:
    for nom in ("un", "deux"):
        _ecrire(monde_rapport.picture(monde_rapport.place("un", 46.0)), socle, tmp_path / nom)
    uns = {f.relative_to(tmp_path / "un"): f.read_bytes() for f in (tmp_path / "un").rglob("*") if f.is_file()}
    deux = {f.relative_to(tmp_path / "deux"): f.read_bytes() for f in (tmp_path / "deux").rglob("*") if f.is_file()}
    assert uns == deux
    assert len(uns) >= 8


@pytest.mark.parametrize("tuiles", [True, False], ids=["with-tiles", "without"])
def test_the_tiles_are_asked_and_allowed_only_when_the_deployment_says_so(
    socle: Socle, tmp_path: Path, tuiles: bool
) -> None:
    picture = monde_rapport.picture(monde_rapport.place("un", 46.0))
    configuration = replace(picture.configuration, options=Options(tuiles=tuiles))
    _ecrire(replace(picture, configuration=configuration), socle, tmp_path)
    page = (tmp_path / "carte" / "index.html").read_text(encoding="utf-8")
    script = (tmp_path / "carte" / "carte.js").read_text(encoding="utf-8")
    assert (f"img-src 'self' data: {GEOPLATEFORME};" in page) is tuiles
    assert ("tileLayer" in script and GEOPLATEFORME in script) is tuiles


def test_a_territory_without_outline_still_has_a_page(socle: Socle, tmp_path: Path) -> None:
    territoire = monde_rapport.sans_contour(monde.territoire(), ["99001", "99002", "99003"])
    _ecrire(monde_rapport.picture(territoire=territoire), socle, tmp_path)
    page = (tmp_path / "carte" / "index.html").read_text(encoding="utf-8")
    assert "Aucun contour de commune n’est connu pour Val-d&#39;Exemple" in page
    index = json.loads((tmp_path / "donnees" / "cartes" / "index.json").read_text(encoding="utf-8"))
    assert index["departements"] == []
    assert index["lieux"] == []


def test_the_most_populated_are_named_first_and_names_never_overlap() -> None:
    noms = placer_noms([("Hameau", 2.0, 46.0, 10.0), ("Ville", 2.001, 46.0, 9000.0), ("Loin", 5.0, 46.0, 10.0)])
    zooms = {nom.texte: nom.zoom for nom in noms}
    assert zooms["Ville"] == zooms["Loin"] == 7
    assert zooms.get("Hameau", 99) > 12


def test_outlines_of_another_departement_are_context_only() -> None:
    contours = preparer(monde.territoire(), ["99"])["99"]
    assert list(contours.communes["code_insee"]) == ["99001", "99002", "99003"]
    assert len(contours.voisins) == 1
