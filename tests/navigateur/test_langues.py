"""The sheet in each language: words, direction, letters of the site on paper, and nothing that axe sees or doubts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from carte.publish.cadre.polices import FAMILLE
from carte.publish.feuille.langues import Langue, langues
from navigateur.conftest import Visite
from navigateur.etats import INSTANT, QUATRE
from sites import RACINE

AXE = RACINE / "node_modules" / "axe-core" / "axe.min.js"
# The header has its own tests: on a phone its menu is cut at the edge, where axe cannot tell what lies under.
_FAUTES = """axe.run("main").then(({ violations, incomplete }) =>
  [...violations, ...incomplete].map(({ id, nodes }) => `${id} ${nodes[0].html.slice(0, 160)}`))"""
# A code of 37 modules or more in its white frame of 4: thirty millimetres of code.
CODE_MM = 36
_MACHINE = """main .feuille-lieu :is(h2, h3, p, li, address)"""


@pytest.mark.parametrize("langue", langues().values(), ids=list(langues()))
def test_a_sheet_is_read_and_printed_in_each_language(telephone: Visite, tmp_path: Path, langue: Langue) -> None:
    telephone.page.clock.set_fixed_time(INSTANT)
    page = telephone.ouvrir(f"/feuille/#feuille={QUATRE}")
    page.get_by_label("Langue de la feuille").select_option(langue.code)
    # The sheets are made again with the words of the language, which are asked for: in French, nothing else shows it.
    page.wait_for_load_state("networkidle")
    feuille = page.locator(".feuille-lieu").first
    expect(feuille.get_by_role("heading", name=langue.mots["apporter"])).to_be_visible()
    expect(feuille).to_have_attribute("dir", langue.sens)
    expect(page.locator("[data-feuille-avis]")).to_be_visible(visible=bool(langue.mots["nonRelue"]))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for code in page.locator(".feuille-lieu__code img").all():
        expect(code).to_be_visible()
        boite = code.bounding_box()
        assert boite
        assert boite["width"] >= 140
    assert _machine(page) == []
    pages = page.pdf(path=tmp_path / "feuille.pdf", prefer_css_page_size=True)
    attendues = re.search(r", (\d) page", page.locator("[data-feuille-pages]").inner_text())
    assert attendues
    assert len(re.findall(rb"/Type /Page\b", pages)) == int(attendues[1])
    page.emulate_media(media="print")
    assert (
        page.locator(".feuille-lieu__code img").first.evaluate("e => e.getBoundingClientRect().width")
        >= CODE_MM / 25.4 * 96
    )
    page.emulate_media(media="screen", reduced_motion="reduce")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(_FAUTES) == []
    assert telephone.erreurs == []
    assert telephone.ailleurs == []


def _machine(page: Page) -> list[str]:
    """Letters of the sheet that the machine draws, because the site has none for them."""
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    racine = client.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    noeuds = client.send("DOM.querySelectorAll", {"nodeId": racine, "selector": _MACHINE})["nodeIds"]
    polices = [p for n in noeuds for p in client.send("CSS.getPlatformFontsForNode", {"nodeId": n})["fonts"]]
    assert any(p["familyName"] == FAMILLE for p in polices)
    return sorted({p["familyName"] for p in polices if not p["isCustomFont"]})


def test_letters_of_a_language_are_asked_for_by_it_alone(visite: Visite) -> None:
    demandees: list[str] = []
    visite.page.on("request", lambda r: demandees.append(r.url.rpartition("/")[2]) if "/langues/" in r.url else None)
    page = visite.ouvrir(f"/feuille/#feuille={QUATRE}")
    assert demandees == []
    page.get_by_label("Langue de la feuille").select_option("uk")
    expect(page.locator("[data-lettres=cyrillique]").first).to_be_visible()
    visite.au_repos()
    assert set(demandees) == {"cyrillique.css", "cyrillique-400.woff2", "cyrillique-700.woff2"}
    expect(page).to_have_url(re.compile(r"#feuille=.*&langue=uk$"))


def test_sharing_gives_the_page_by_message_mail_and_link(visite: Visite) -> None:
    visite.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visite.ouvrir(f"/lieux/99/mediatheque-de-valbourg/#feuille={QUATRE}")
    page.locator("summary", has_text="Partager").click()
    adresse = f"{visite.base}/lieux/99/mediatheque-de-valbourg/"
    courriel = page.get_by_role("link", name="Par courriel").get_attribute("href") or ""
    sms = page.get_by_role("link", name="Par SMS").get_attribute("href") or ""
    assert courriel.startswith("mailto:?subject=M%C3%A9diath%C3%A8que")
    for lien in (courriel, sms):
        assert "05%2036%2049%2001%2001" in lien.replace("%C2%A0", "%20")
        assert lien.endswith(adresse.replace(":", "%3A").replace("/", "%2F"))
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_text("Le lien est copié.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == adresse
    assert visite.erreurs == []
