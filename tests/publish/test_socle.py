"""The written pages and the layout: security policy, banner, links, generated pages."""

import subprocess
import sys
from pathlib import Path

import pytest

from carte.indicators import LISTES, NIVEAUX
from carte.publication import Chantier
from carte.publish.cadre import actifs, editorial
from carte.publish.cadre.bibliotheques import BibliothequeAbsente
from carte.publish.cadre.contexte import POLITIQUE, Contexte
from carte.publish.dictionnaire.listes import TITRES
from publish import monde
from publish.conftest import Socle
from publish.pages import Page

ECRITES = [
    "", "a-propos/", "contribuer/", "methode/", "mentions-legales/", "accessibilite/", "donnees/", "nomenclature/",
    "rapports/99/", "rapports/note/",
]  # fmt: skip


def lire(socle: Socle, chemin: str) -> Page:
    return Page((socle.dossier / chemin / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("chemin", ECRITES)
def test_written_page_is_whole_and_runs_nothing_inline(socle: Socle, chemin: str) -> None:
    page = lire(socle, chemin)
    assert page.dangers() == []
    assert [a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"] == [POLITIQUE]
    assert "Données fictives" in page.texte
    assert page.attributs("html", "lang") == ["fr"]
    assert sum(tag == "h1" for tag, _ in page.elements) == 1
    assert "%%CARTE" not in page.html
    assert "{%" not in page.html
    assert "#contenu" in page.liens


@pytest.mark.parametrize("chemin", [*ECRITES, "404.html"])
def test_written_page_asks_nothing_of_another_host(socle: Socle, chemin: str) -> None:
    fichier = socle.dossier / chemin
    page = Page((fichier if chemin.endswith(".html") else fichier / "index.html").read_text(encoding="utf-8"))
    charges = page.attributs("script", "src") + page.attributs("img", "src")
    # What is preloaded (the search's index) and the feed are not a written page's: they are made with the records.
    ailleurs = ("canonical", "preload", "alternate")
    charges += [a["href"] for t, a in page.elements if t == "link" and a.get("rel") not in ailleurs]
    assert charges
    for adresse in charges:
        assert not adresse.startswith(("http", "//")), adresse
        racine = socle.dossier / chemin if not chemin.endswith(".html") else socle.dossier
        chez_nous = socle.dossier / adresse.removeprefix("/essai/") if adresse.startswith("/") else racine / adresse
        assert chez_nous.resolve().is_file(), adresse


def test_data_page_offers_the_files_that_are_published(socle: Socle) -> None:
    tables = {f"indicateurs-{niveau.replace('_', '-')}.csv" for niveau in NIVEAUX}
    offerts = {lien for lien in lire(socle, "donnees/").liens if lien.endswith((".csv", "json"))}
    listes = {f"liste-{nom.replace('_', '-')}.csv" for nom in TITRES}
    assert set(LISTES) <= set(TITRES)
    cartes = {"lieux.geojson", "communes.geojson", "epci.geojson"}
    autres = {"lieux.csv", "lieux.json", "definitions.csv", "colonnes.csv", "datapackage.json"}
    lieux = {"lieux-standard.csv", "lieux-tableur.csv"}
    lieux |= {"data-inclusion-structures.json", "data-inclusion-services.json"}
    assert offerts == tables | listes | cartes | autres | lieux


def test_hub_of_the_configuration_is_text_not_markup(socle: Socle) -> None:
    page = lire(socle, "a-propos/")
    assert "Hub &lt;d" in page.html
    assert not any(tag.startswith("d'") for tag, _ in page.elements)


def test_generated_fragment_is_published_as_it_is_with_its_title_and_summary(socle: Socle) -> None:
    page = lire(socle, "rapports/99/")
    assert "{{ intact }}" in page.texte
    assert "Rapport & essai – Carte d'essai" in page.texte
    assert {"#un", "#deux", "#trois"} <= set(page.liens)
    assert page.html.count('href="#x"') == 0


@pytest.mark.parametrize(
    ("chemin", "marquee"), [("", "./"), ("contribuer/", "./"), ("rapports/99/", "./"), ("methode/", None)]
)
def test_menu_marks_the_page_when_it_is_in_the_menu(socle: Socle, chemin: str, marquee: str | None) -> None:
    ici = [a["href"] for tag, a in lire(socle, chemin).elements if tag == "a" and a.get("aria-current")]
    assert ici == ([marquee] if marquee else [])


def test_banner_is_only_for_a_demonstration(tmp_path: Path) -> None:
    contexte = Contexte(monde.configuration(demonstration=False), actifs.rassembler(monde.RACINE))
    shell = editorial.construire(contexte, Chantier.sur(tmp_path))
    assert "Données fictives" not in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Données fictives" not in shell.page("lieux/", "Titre", "")


@pytest.mark.parametrize("chemin", ["lieux/", "epci/E1/", "lieux/99/x/"])
def test_layout_reaches_the_root_from_every_depth(socle: Socle, chemin: str) -> None:
    page = Page(socle.shell.page(chemin, '<Titre> "x"', "<h1>Contenu</h1>", description='a"b', section="lieux"))
    assert page.dangers() == []
    assert "%%CARTE" not in page.html
    assert '<Titre> "x" – Carte d\'essai' in page.texte
    assert 'content="a&#34;b"' in page.html
    assert page.attributs("link", "href").count(f"https://carte.example/essai/{chemin}") == 1
    racine = "../" * chemin.count("/")
    assert f"{racine}contribuer/" in page.liens
    assert [a["href"] for t, a in page.elements if a.get("aria-current")] == [f"{racine}lieux/"]
    for feuille in [a["href"] for t, a in page.elements if t == "link" and a["rel"] == "stylesheet"]:
        assert (socle.dossier / feuille.removeprefix(racine)).is_file()


def test_layout_pages_are_not_published(socle: Socle) -> None:
    assert not list(socle.dossier.glob("gabarit*"))


def test_two_builds_of_the_written_pages_are_identical(tmp_path: Path) -> None:
    octets = []
    for nom in ("un", "deux"):
        editorial.construire(
            Contexte(monde.configuration(), actifs.rassembler(monde.RACINE)), Chantier.sur(tmp_path / nom)
        )
        fichiers = sorted(f for f in (tmp_path / nom).rglob("*") if f.is_file())
        octets.append({f.relative_to(tmp_path / nom).as_posix(): f.read_bytes() for f in fichiers})
    assert octets[0] == octets[1]


def test_bare_mkdocs_build_is_strictly_clean(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        check=True,
        cwd=monde.RACINE,
    )
    assert (tmp_path / "site" / "contribuer" / "index.html").is_file()


def test_missing_browser_library_is_said_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(BibliothequeAbsente, match="npm ci"):
        actifs.rassembler(tmp_path)


def test_the_method_page_tells_how_to_give_real_times(socle: Socle) -> None:
    texte = (socle.dossier / "methode" / "index.html").read_text(encoding="utf-8")
    for mot in ("origine;destination;minutes;mode;source", "carte temps extrait.osm.pbf", "Valhalla", "geo/README.md"):
        assert mot in texte
