"""A site under a sub-path, as a hub's pages: every link relative, nothing asked outside of its folder."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

from navigateur.conftest import _SANS_RELAIS, Visite, ecoute, visiter
from sites import RACINE, construire, une_fois

CHEMIN = "/sous/chemin"


@pytest.fixture(scope="session")
def racine_web(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a host that serves the demonstration in `/sous/chemin/`, and nothing else."""

    def faire(dossier: Path) -> None:
        brut = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))
        brut["url"] = f"https://carte.example{CHEMIN}/"
        fichier = dossier / "carte.yml"
        fichier.write_text(yaml.safe_dump(brut, allow_unicode=True), encoding="utf-8")
        construire(fichier, dossier / f"web{CHEMIN}")

    return une_fois(tmp_path_factory, "sous-chemin", faire) / "web"


@pytest.fixture
def sous_chemin(navigateur: Browser, racine_web: Path) -> Iterator[Visite]:
    with ecoute(racine_web) as adresse:
        ecran = {"width": 360, "height": 740}
        yield from visiter(navigateur, f"{adresse}{CHEMIN}/", viewport=ecran, **_SANS_RELAIS)


@pytest.mark.parametrize(
    "page", ["", "carte/", "lieux/", "rapports/99/", "contribuer/", "lieux/99/mediatheque-de-mirebois/", "404.html"]
)
def test_each_page_finds_all_it_loads(sous_chemin: Visite, page: str) -> None:
    vue = sous_chemin.ouvrir(page)
    assert sous_chemin.erreurs == []
    assert sous_chemin.ailleurs == []
    liens = vue.locator("a[href]").evaluate_all("liens => liens.map((lien) => lien.href)")
    locaux = [lien for lien in liens if lien.startswith(sous_chemin.base.removesuffix(f"{CHEMIN}/"))]
    assert len(locaux) > 5
    assert [lien for lien in locaux if not lien.startswith(sous_chemin.base)] == []


def test_the_search_finds_and_opens_a_place(sous_chemin: Visite) -> None:
    vue = sous_chemin.ouvrir("")
    champ = vue.get_by_label("Votre commune, votre code postal, ou le nom d’un lieu")
    champ.fill("Valbourg")
    champ.press("Enter")
    lien = vue.locator("a[href*='lieux/99/']").first
    expect(lien).to_be_visible()
    lien.click()
    expect(vue).to_have_url(re.compile(re.escape(f"{sous_chemin.base}lieux/99/") + "[a-z0-9-]+/$"))
    assert sous_chemin.erreurs == []
    assert sous_chemin.ailleurs == []


def test_a_former_address_still_leads_to_its_place(sous_chemin: Visite, racine_web: Path) -> None:
    """As hosts do, the page of unknown addresses answers in place of what is no more."""
    introuvable = (racine_web / CHEMIN.lstrip("/") / "404.html").read_text(encoding="utf-8")
    lieu = "99/mediatheque-de-mirebois"
    sous_chemin.page.route(
        "**/*.pdf", lambda route: route.fulfill(body=introuvable, status=404, content_type="text/html")
    )
    vue = sous_chemin.page
    vue.goto(f"{sous_chemin.base}lieux/{lieu}/feuille.pdf")
    expect(vue).to_have_url(f"{sous_chemin.base}feuille/#feuille={lieu}")
    expect(vue.locator(".feuille-lieu__nom")).to_have_count(1)
    for inconnue in ("nulle-part.pdf", "lieux/99/../x/feuille.pdf", "lieux/99/<b>/feuille.pdf"):
        vue.goto(sous_chemin.base + inconnue)
        expect(vue.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
        expect(vue.locator("[data-ancienne]")).to_be_hidden()


def test_a_commune_is_found_again_when_a_site_grows(sous_chemin: Visite, racine_web: Path) -> None:
    """Its page is in one folder, then in its département's, then in a page that it shares: the list always knows."""
    introuvable = (racine_web / CHEMIN.lstrip("/") / "404.html").read_text(encoding="utf-8")
    vue, base = sous_chemin.page, sous_chemin.base
    vue.route(
        re.compile(r"/communes/(?:99/99058|99001|99002|36/36044)/$"),
        lambda route: route.fulfill(body=introuvable, status=404, content_type="text/html"),
    )
    vue.goto(f"{base}communes/99/99058/")
    expect(vue).to_have_url(f"{base}communes/99058/")
    liste = '<a href="../../communes/99/E1-1/#c99001">Alpha</a> <a href="../../communes/99/99002/">Béta</a>'
    vue.route("**/lieux/99/", lambda route: route.fulfill(body=liste, content_type="text/html"))
    for ancienne, nouvelle in (("99001", "99/E1-1/#c99001"), ("99002", "99/99002/")):
        vue.goto(f"{base}communes/{ancienne}/")
        expect(vue).to_have_url(f"{base}communes/{nouvelle}")
    vue.goto(f"{base}communes/36/36044/")
    expect(vue.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
    expect(vue.locator("[data-ancienne]")).to_be_hidden()
