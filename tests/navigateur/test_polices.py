"""One font everywhere: on every page, on paper and in the PDFs, whatever the machine has; never before the results."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from carte.publish.cadre.polices import FAMILLE
from navigateur.conftest import Visite
from navigateur.etats import FICHE, VALBOURG

# What typst's own fonts draw: the letters and signs that the site's has not.
SECOURS = {"LibertinusSerif", "NewComputerModern", "NewComputerModernMath", "DejaVuSansMono"}
_LUE = f"document.fonts.ready.then(() => document.fonts.check('16px \"{FAMILLE}\"') && "
_LUE += f"[...document.fonts].some((f) => f.family.includes('{FAMILLE}') && f.status === 'loaded'))"


def _poppler(outil: str, document: Path) -> str:
    return subprocess.run([outil, str(document)], capture_output=True, text=True, check=True).stdout


def _dessinees(page: Page) -> dict[str, int]:
    """Family → letters drawn with it in the page's main part; the machine's own start with « machine : »."""
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    racine = client.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    noeuds = client.send("DOM.querySelectorAll", {"nodeId": racine, "selector": "main :is(h1, h2, p, li, a, label)"})
    comptes: dict[str, int] = {}
    for noeud in noeuds["nodeIds"][:60]:
        for police in client.send("CSS.getPlatformFontsForNode", {"nodeId": noeud})["fonts"]:
            nom = police["familyName"] if police["isCustomFont"] else f"machine : {police['familyName']}"
            comptes[nom] = comptes.get(nom, 0) + int(police["glyphCount"])
    return comptes


@pytest.mark.parametrize(
    "chemin", ["/", f"/{VALBOURG}", f"/{FICHE}", "/rapports/99/", "/carte/", "/feuille/", "/mentions-legales/"]
)
def test_a_page_is_drawn_with_the_font_of_the_site(visite: Visite, chemin: str) -> None:
    page = visite.ouvrir(chemin)
    expect(page.locator("link[data-polices][media=print]")).to_have_count(0)
    assert page.evaluate(_LUE)
    comptes = _dessinees(page)
    # Arrows, « ≤ » and the like are the machine's.
    assert comptes.get(FAMILLE, 0) >= 0.98 * sum(comptes.values()) > 0, comptes
    assert visite.ailleurs == []


def test_the_results_never_wait_for_the_font(visite: Visite) -> None:
    """The data are held back: no letter is asked for as long as there is nothing to read."""
    demandees: list[str] = []
    retenues: list[Route] = []
    page = visite.page
    page.on("request", lambda r: demandees.append(r.url) if r.url.endswith(".woff2") else None)
    page.route("**/recherche/99.json", lambda route: retenues.append(route))
    page.goto(f"{visite.base}/{VALBOURG}", wait_until="load")
    page.wait_for_timeout(4_000)
    assert retenues
    assert demandees == []
    for route in retenues:
        route.continue_()
    expect(page.locator("[data-resultats] > li").first).to_be_visible()
    expect(page.locator("link[data-polices][media=all]")).to_have_count(1)
    assert page.evaluate(_LUE)


def test_paper_waits_for_the_font(visite: Visite) -> None:
    """The number of pages is promised for the letters of the site."""
    retenues: list[Route] = []
    page = visite.page
    page.add_init_script("window.print = () => { document.title = `imprimé, ${document.fonts.status}`; }")
    arrivees: list[bool] = []
    page.route("**/*.woff2", lambda route: route.continue_() if arrivees else retenues.append(route))
    page.goto(f"{visite.base}/feuille/#feuille=99/mediatheque-de-valbourg", wait_until="commit")
    expect(page.locator(".feuille-lieu")).to_have_count(1)
    page.get_by_role("button", name="Imprimer").click()
    page.wait_for_timeout(500)
    assert retenues
    assert "imprimé" not in page.title()
    arrivees.append(True)
    for route in retenues:
        route.continue_()
    expect(page).to_have_title("imprimé, loaded")


def test_every_page_names_the_font_and_the_search_puts_it_off(site_demo: Path) -> None:
    lien = re.compile(r'<link rel="stylesheet" href="[^"]*vendor/polices/polices\.css"( media="print" data-polices)?>')
    for page in sorted(site_demo.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        differe = page.parent == site_demo and page.name == "index.html"
        assert [bool(mise) for mise in lien.findall(html)] == ([True, False] if differe else [False]), page
        assert ("<noscript><link" in html) == differe


def test_french_letters_are_kept_for_offline_and_others_once_seen(site_demo: Path) -> None:
    service = (site_demo / "service.js").read_text(encoding="utf-8")
    gardees = set(re.findall(r"vendor/polices/([a-z0-9.-]+)", service))
    assert gardees == {"polices.css", "latin-400-normal.woff2", "latin-400-italic.woff2", "latin-700-normal.woff2"}


def test_pdfs_hold_the_font_of_the_site_and_none_of_the_machine(site_demo: Path) -> None:
    documents = [*site_demo.glob("rapports/99/*.pdf")]
    assert documents
    for document in documents:
        liste = _poppler("pdffonts", document).splitlines()[2:]
        noms = {re.split(r"[+-]", ligne.split()[0])[1] for ligne in liste}
        assert "AtkinsonHyperlegibleNext" in noms, document
        assert noms - {"AtkinsonHyperlegibleNext"} <= SECOURS, document
