"""What hosts and search engines take of a site: site maps by département, robots, compressed forms, shared links."""

import gzip
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from carte.publication import Chantier
from carte.publish import plan, precompression
from publish import monde
from publish.conftest import Socle

_ESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAGES = ("", "lieux/", "lieux/2A/un/", "communes/2A/2A004/", "communes/974/97411/", "communes/36044/", "epci/E1/",
         "rapports/comparaison/")  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for chemin in PAGES:
        (tmp_path / chemin).mkdir(parents=True, exist_ok=True)
        (tmp_path / chemin / "index.html").write_text(f"<h1>{chemin}</h1>", encoding="utf-8")
    (tmp_path / "lieux/36").mkdir()
    (tmp_path / "lieux/36/index.html").write_text('<meta name="robots" content="noindex">', encoding="utf-8")
    return tmp_path


def adresses(fichier: Path) -> list[str]:
    """Every address of a site map or of an index of them, without the site's own."""
    racine = monde.configuration().url
    locs = [loc.text or "" for loc in ElementTree.parse(fichier).iter(f"{_ESPACE}loc")]
    assert all(adresse.startswith(racine) for adresse in locs)
    return [adresse.removeprefix(racine) for adresse in locs]


def test_a_small_site_has_one_map_without_what_only_sends_elsewhere(site: Path) -> None:
    plan.ecrire(monde.configuration(), Chantier.sur(site))
    assert adresses(site / "sitemap.xml") == sorted(PAGES)
    assert not (site / "plans").exists()
    assert "Sitemap: https://carte.example/essai/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_a_large_site_has_a_map_by_departement(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "UN_SEUL_PLAN", 3)
    monkeypatch.setattr(plan, "PAGES_PAR_PLAN", 4)
    plan.ecrire(monde.configuration(), Chantier.sur(site))
    plans = adresses(site / "sitemap.xml")
    assert plans == ["plans/2A.xml", "plans/974.xml", "plans/site.xml", "plans/site-2.xml"]
    lots = [adresses(site / chemin) for chemin in plans]
    assert lots[0] == ["communes/2A/2A004/", "lieux/2A/un/"]
    assert max(map(len, lots)) <= 4
    assert sorted(chemin for lot in lots for chemin in lot) == sorted(PAGES)


def test_compressed_forms_are_the_same_bytes_again(tmp_path: Path) -> None:
    texte = b"<p>mediation numerique</p>" * 200
    for nom, octets in (("a.html", texte), ("b.css", b"p{}"), ("c.png", texte), ("d/e.json", texte)):
        (tmp_path / nom).parent.mkdir(exist_ok=True)
        (tmp_path / nom).write_bytes(octets)
    assert precompression.ecrire((), Chantier.sur(tmp_path)) == 0
    assert precompression.ecrire(("gzip",), Chantier.sur(tmp_path)) == 2
    faits = sorted(tmp_path.rglob("*.gz"))
    assert [fichier.relative_to(tmp_path).as_posix() for fichier in faits] == ["a.html.gz", "d/e.json.gz"]
    avant = [fichier.read_bytes() for fichier in faits]
    assert [gzip.decompress(octets) for octets in avant] == [texte, texte]
    precompression.ecrire(("gzip",), Chantier.sur(tmp_path))
    assert [fichier.read_bytes() for fichier in faits] == avant


def test_a_shared_link_shows_a_title_and_an_image(socle: Socle) -> None:
    dits = _annonces(socle.shell.page("lieux/99/x/", 'Un "titre" <b>', "<p></p>"))
    assert dits["title"] == "Un &#34;titre&#34; &lt;b&gt;"
    image = dits["image"].removeprefix(monde.configuration().url)
    octets = (socle.dossier / image).read_bytes()
    assert struct.unpack(">II", octets[16:24]) == (1200, 630)
    for page in ("index.html", "404.html", "methode/index.html"):
        assert set(_annonces((socle.dossier / page).read_text(encoding="utf-8"))) == set(dits)


def _annonces(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))
