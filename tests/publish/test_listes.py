"""Lists without script and search data: nothing is lost, nearest first, hostile texts stay texts."""

import json
from pathlib import Path

import pytest

from carte.publish import fiches, listes, search
from carte.publish.atlas import Atlas
from carte.publish.horaires import passage, resume
from carte.publish.proximite import Voisinage
from publish import monde
from publish.conftest import Socle
from publish.pages import Page

ALPHA = monde.fiche("alpha", nom="Alpha", latitude=46.0, longitude=2.0, horaires="Mo-Fr 09:00-12:30")
BETA = monde.fiche("beta", nom="Béta", commune="Beta sur Lone", code_insee=None)
ANCIEN = monde.fiche("ancien", nom="Ancien", code_insee="99009")
VOISIN = monde.fiche("voisin", "96", nom="Voisin", commune="Voisine", code_insee="96001", latitude=46.0, longitude=2.1)
PERDU = monde.fiche("perdu", nom="Perdu", commune="Nulle-Part", code_insee=None)
BUS = monde.fiche(
    "bus",
    nom="Bus",
    itinerance=["Itinérant"],
    tournee=[
        {"commune": "Gamma", "code_insee": "99003", "horaires": "We 10:00-12:00", "frequence": "quinzaine"},
        {"commune": "Alpha", "code_insee": "99001", "latitude": 46.01, "longitude": 2.0, "frequence": "mensuelle"},
    ],
)
TOUS = (ALPHA, BETA, ANCIEN, VOISIN, PERDU, BUS, monde.hostile())


@pytest.fixture
def site(socle: Socle, atlas: Atlas, tmp_path: Path) -> Path:
    points = atlas.points(TOUS)
    fiches.ecrire(monde.picture(*TOUS), socle.shell, atlas, monde.libelles(), tmp_path)
    listes.ecrire(points, socle.shell, atlas, monde.libelles(), tmp_path)
    search.ecrire(points, atlas, monde.libelles(), tmp_path)
    return tmp_path


def lire(site: Path, chemin: str) -> Page:
    return Page((site / chemin / "index.html").read_text(encoding="utf-8"))


def test_every_place_is_in_the_lists(site: Path) -> None:
    liens = set(lire(site, "lieux/").liens)
    assert {f"../lieux/{f.identifiant}/" for f in TOUS} <= liens
    assert "Autres lieux" in lire(site, "lieux/").texte


def test_links_of_lists_and_fiches_lead_somewhere(site: Path, socle: Socle) -> None:
    faits = {"carte/", "rapports/99/"}
    for fichier in site.rglob("index.html"):
        for lien in Page(fichier.read_text(encoding="utf-8")).liens:
            if ":" in lien or lien.startswith("#"):
                continue
            cible = (fichier.parent / lien.split("#")[0]).resolve()
            chemin = cible.relative_to(site.resolve()).as_posix()
            trouve = (cible / "index.html").is_file() or (socle.dossier / chemin / "index.html").is_file()
            assert trouve or f"{chemin}/" in faits, f"{fichier.relative_to(site)} → {lien}"


def test_hostile_record_is_inert_in_lists(site: Path) -> None:
    for chemin in ("lieux/", "epci/E1/", "communes/99001/", "communes/99003/"):
        page = lire(site, chemin)
        assert page.dangers() == []
        assert "Données fictives" in page.texte


def test_commune_by_old_code_or_by_name(atlas: Atlas) -> None:
    communes = {f.slug: atlas.commune_du_lieu(f) for f in TOUS}
    assert communes["ancien"] == atlas.communes["99001"]
    assert communes["beta"] == atlas.communes["99002"]
    assert communes["perdu"] is None


def test_commune_page_gives_its_places_then_the_nearest_others(site: Path) -> None:
    page = lire(site, "communes/99001/")
    ici, autour = page.texte.split("Aux alentours")
    assert {"Alpha", "Ancien", "Bus"} <= set(ici.split())
    # 0.1° of longitude at 46° is 7.7 km, 0.1° of latitude 11.1 km.
    assert autour.index("Voisin") < autour.index("Béta")
    assert "7,7 km à vol d’oiseau" in autour
    assert "environ 11 km à vol d’oiseau" in autour
    assert "Bus" not in autour


def test_nearest_counts_a_place_once_by_its_nearest_stop(atlas: Atlas) -> None:
    voisins = Voisinage(atlas.points([ALPHA, BUS])).plus_proches(atlas.communes["99002"], 5)
    assert [(v.point.enregistrement.slug, round(v.km, 1)) for v in voisins] == [("bus", 10.0), ("alpha", 11.1)]


def test_nearest_without_any_position(atlas: Atlas) -> None:
    assert Voisinage(atlas.points([PERDU])).plus_proches(atlas.communes["99001"], 5) == []


def test_epci_page_lists_communes_with_and_without_places(site: Path) -> None:
    texte = lire(site, "epci/E1/").texte
    assert "Béta-sur-Lône" in texte
    assert "du lundi au vendredi, 17 h 30 par semaine" in texte


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (None, ""),
        ("Mo-Fr 09:00-12:30", "Ouvert du lundi au vendredi, 17 h 30 par semaine"),
        ("PH off", "Horaires particuliers : voir la fiche"),
        ("n'importe quoi", "n'importe quoi"),
    ],
)
def test_hours_in_one_line(texte: str | None, attendu: str) -> None:
    assert resume(texte) == attendu


def test_a_stop_gives_its_rhythm_not_a_weekly_length() -> None:
    assert passage("We 10:00-12:00", "Une semaine sur deux") == "mercredi 10 h – 12 h (une semaine sur deux)"
    assert passage(None, "De temps en temps") == "De temps en temps"


def test_search_data_is_compact_and_says_what_it_does_not_know(site: Path) -> None:
    index = json.loads((site / "donnees/recherche/index.json").read_text(encoding="utf-8"))
    assert [(d["code"], d["lieux"]) for d in index["departements"]] == [("96", 1), ("99", 6)]
    assert index["departements"][0]["cadre"] == [2.1, 46.0, 2.1, 46.0]
    communes = [dict(zip(index["communes"]["champs"], c, strict=True)) for c in index["communes"]["lignes"]]
    assert {c["code"] for c in communes} == {"99001", "99002", "99003", "96001"}
    assert all(besoin["masque"] for besoin in index["besoins"])

    brut = json.loads((site / "donnees/recherche/99.json").read_text(encoding="utf-8"))
    lieux = [dict(zip(brut["champs"], ligne, strict=True)) for ligne in brut["lignes"]]
    par_id = {lieu["id"]: lieu for lieu in lieux}
    assert (par_id["99/beta"]["lat"], par_id["99/beta"]["codeInsee"]) == (None, "99002")
    assert par_id["99/perdu"]["codeInsee"] == ""
    assert [lieu["arret"] for lieu in lieux if lieu["id"] == "99/bus"] == ["arrêt Gamma", "arrêt Alpha"]
    assert par_id["99/hostile"]["telephone"] == ""
    assert "\u202e" not in par_id["99/hostile"]["nom"]
    assert par_id["99/alpha"]["telephone"].startswith("+33123456789|01")


def test_same_picture_gives_same_bytes(socle: Socle, atlas: Atlas, tmp_path: Path) -> None:
    octets = []
    for nom in ("un", "deux"):
        points = atlas.points(TOUS)
        listes.ecrire(points, socle.shell, atlas, monde.libelles(), tmp_path / nom)
        search.ecrire(points, atlas, monde.libelles(), tmp_path / nom)
        fichiers = [f for f in (tmp_path / nom).rglob("*") if f.is_file()]
        octets.append({f.relative_to(tmp_path / nom).as_posix(): f.read_bytes() for f in fichiers})
    assert octets[0] == octets[1]
