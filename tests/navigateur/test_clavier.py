"""Everything by keyboard alone: where one is always shows, nothing hides it, and each journey can be done."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from carte.publish.cadre.accessibilite import types_de_pages
from navigateur.conftest import Visite

ARRETS = 60
# What is seen of the focused element: its name, its outline, and whether another element covers its middle.
_FOYER = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const texte = e.getAttribute("aria-label") || e.textContent || e.name || e.tagName;
  const nom = texte.trim().replace(/\\s+/g, " ").slice(0, 60);
  const style = getComputedStyle(e);
  const porteur = e.labels?.[0] && style.opacity === "0" ? e.labels[0] : e;
  const contour = getComputedStyle(porteur);
  const cadre = e.getClientRects()[0] ?? e.getBoundingClientRect();
  const x = cadre.left + cadre.width / 2, y = cadre.top + cadre.height / 2;
  const dessus = document.elementFromPoint(x, y);
  return {
    nom, balise: e.tagName,
    visible: cadre.width > 0 && cadre.bottom > 0 && cadre.top < innerHeight && cadre.right > 0
      && cadre.left < innerWidth,
    entoure: contour.outlineStyle !== "none" && parseFloat(contour.outlineWidth) >= 2 || contour.boxShadow !== "none",
    decouvert: !dessus || e.contains(dessus) || dessus.contains(e),
  };
}"""


def foyer(page: Page) -> dict[str, object] | None:
    lu: dict[str, object] | None = page.evaluate(_FOYER)
    return lu


def aller_jusqua(page: Page, nom: str, maximum: int = 150) -> None:
    """Press Tab until the focused element's name begins with `nom`."""
    for _ in range(maximum):
        page.keyboard.press("Tab")
        lu = foyer(page)
        if lu and str(lu["nom"]).startswith(nom):
            return
    pytest.fail(f"« {nom} » ne s'atteint pas au clavier")


def test_focus_shows_on_every_page_type_and_nothing_hides_it(visite: Visite, site_demo: Path) -> None:
    fautes = []
    for nom, chemin in types_de_pages(site_demo).items():
        page = visite.page
        page.goto(f"{visite.base}/{chemin}")
        visite.au_repos()
        vus = 0
        for _ in range(ARRETS):
            page.keyboard.press("Tab")
            lu = foyer(page)
            if lu is None:
                break
            vus += 1
            if not (lu["visible"] and lu["entoure"] and lu["decouvert"]):
                fautes.append((nom, lu))
        assert vus > 5, f"{nom} : {vus} éléments seulement s'atteignent au clavier"
    assert fautes == []


def test_the_first_key_leads_to_the_content(visite: Visite) -> None:
    page = visite.ouvrir("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#contenu').contains(document.activeElement)")


def test_a_place_is_found_and_opened_without_a_mouse(visite: Visite) -> None:
    page = visite.ouvrir("/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "ou":
            break
    page.keyboard.type("Valbourg")
    page.keyboard.press("Enter")
    premier = page.locator("[data-resultats] a").first
    expect(premier).to_be_visible()
    aller_jusqua(page, premier.inner_text().strip()[:20])
    page.keyboard.press("Enter")
    page.wait_for_url("**/lieux/99/*/")
    expect(page.locator("h1")).to_be_visible()


def test_the_lists_lead_to_a_place_without_a_mouse(visite: Visite) -> None:
    page = visite.ouvrir("/")
    aller_jusqua(page, "Lieux")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lieux/")
    aller_jusqua(page, "V")
    page.keyboard.press("Enter")
    aller_jusqua(page, "Valbourg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/communes/99058/")
    aller_jusqua(page, "Faire une démarche")
    page.keyboard.press("Enter")
    aller_jusqua(page, "CCAS de Valbourg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lieux/99/ccas-de-valbourg/")


def test_three_links_from_home_to_a_commune_without_script(sans_script: Visite) -> None:
    page = sans_script.ouvrir("/")
    page.get_by_role("link", name="Lieux", exact=True).click()
    page.get_by_role("link", name="Saint-Aurélin").click()
    expect(page.get_by_role("heading", name="Lieux près de Saint-Aurélin")).to_be_visible()
    texte = page.locator("main").inner_text()
    assert "km à vol d’oiseau" in texte
    assert "Appeler le" in texte


@pytest.mark.parametrize("couleurs", ["active", "none"])
def test_lists_keep_their_links_and_focus_in_forced_colors(visite: Visite, couleurs: str) -> None:
    visite.page.emulate_media(forced_colors=couleurs)  # type: ignore[arg-type]
    page = visite.ouvrir("/communes/99058/")
    lien = page.locator(".lieux a").first
    lien.focus()
    assert lien.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    page.keyboard.press("Tab")
    lu = foyer(page)
    assert lu and lu["entoure"]
