"""Every type of page opens cleanly: no console error, no third party, readable on a phone, accessible."""

from pathlib import Path

import pytest

from navigateur.conftest import Visite
from sites import RACINE

FICHE = "/lieux/99/" + min(chemin.stem for chemin in (RACINE / "offers" / "99").glob("*.yml")) + "/"
PAGES = [
    "/",
    "/carte/",
    "/lieux/",
    FICHE,
    "/rapports/",
    "/rapports/99/",
    "/rapports/99/permanences/",
    "/rapports/comparaison/",
    "/orientation/",
    "/feuille/",
    "/ajouter/",
    "/corriger/#fiche=99/mediatheque-de-valbourg",
    "/communes/99001/",
    "/epci/249900010/",
    "/donnees/",
    "/a-propos/",
    "/contribuer/",
    "/nomenclature/",
    "/methode/",
    "/mentions-legales/",
    "/accessibilite/",
]
AXE = RACINE / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.parametrize("chemin", PAGES)
def test_page_opens_without_error_nor_third_party(visite: Visite, chemin: str) -> None:
    page = visite.ouvrir(chemin)
    assert visite.erreurs == []
    assert visite.ailleurs == []
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("h1").count() == 1
    assert page.get_by_text("Données fictives").first.is_visible()
    assert page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1


@pytest.mark.parametrize("chemin", PAGES)
def test_page_fits_a_small_phone(telephone: Visite, chemin: str) -> None:
    page = telephone.ouvrir(chemin)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("chemin", PAGES)
def test_page_has_no_accessibility_fault_axe_can_see(visite: Visite, chemin: str, theme: str) -> None:
    visite.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = visite.ouvrir(chemin)
    # Through the debugger, so that the page's own Content-Security-Policy stays in force for the page.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 200)))")
    assert violations == []


@pytest.mark.parametrize("chemin", PAGES)
def test_page_reads_without_script(sans_script: Visite, chemin: str) -> None:
    page = sans_script.ouvrir(chemin)
    assert page.locator("h1").first.is_visible()
    assert len(page.locator("main").inner_text()) > 200


def test_every_internal_link_leads_somewhere(site_demo: Path, sans_script: Visite) -> None:
    absents: set[str] = set()
    for chemin in PAGES:
        page = sans_script.ouvrir(chemin)
        liens = page.eval_on_selector_all("a[href]", "liens => liens.map(lien => lien.href)")
        for lien in liens:
            if not lien.startswith(sans_script.base):
                continue
            cible = lien.removeprefix(sans_script.base).split("#")[0].split("?")[0]
            fichier = site_demo / cible.strip("/")
            if not (fichier.is_file() or (fichier / "index.html").is_file()):
                absents.add(f"{chemin} → {cible}")
    assert absents == set()
