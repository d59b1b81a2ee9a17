"""The sheet in a browser: its pages once printed, its words, its images; nothing stored, nothing asked elsewhere."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from carte.publish.feuille import paquet
from navigateur.conftest import Visite
from sites import RACINE

LIEUX = (
    "99/mediatheque-de-valbourg",
    "99/bus-numerique-le-petit-relais",
    "99/france-services-de-mirebois",
    "99/mairie-de-landerose",
)
MERCREDI = "2026-11-04T14:30:00+01:00"
AXE = RACINE / "node_modules" / "axe-core" / "axe.min.js"
# Smallest letters of a large print, in CSS pixels.
QUATORZE_POINTS = 14 * 96 / 72


def _adresse(nombre: int) -> str:
    return f"/feuille/#feuille={','.join(LIEUX[:nombre])}"


def _pages(page: Page, tmp_path: Path) -> int:
    """Number of A4 pages that Chromium prints."""
    octets = page.pdf(path=tmp_path / "feuille.pdf", prefer_css_page_size=True)
    assert re.search(rb"/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]", octets)
    return len(re.findall(rb"/Type /Page\b", octets))


@pytest.mark.parametrize(("nombre", "pages"), [(1, 1), (2, 1), (3, 2), (4, 2)])
def test_places_fill_as_few_pages_as_said(visite: Visite, tmp_path: Path, nombre: int, pages: int) -> None:
    visite.page.clock.set_fixed_time(MERCREDI)
    page = visite.ouvrir(_adresse(nombre))
    expect(page.locator(".feuille-lieu")).to_have_count(nombre)
    expect(page.locator("[data-feuille-pages]")).to_contain_text(f"{pages} page")
    assert _pages(page, tmp_path) == pages
    assert visite.erreurs == []
    assert visite.ailleurs == []


@pytest.mark.parametrize("largeur", [360, 1280])
def test_the_pages_that_are_said_are_those_of_what_a_place_has_to_say(
    visite: Visite, tmp_path: Path, largeur: int
) -> None:
    """Two sheets that do not hold on one page are printed on two, and the page says so, from a phone too."""

    def repondre(route: Route) -> None:
        lieux = route.fetch().json()
        if LIEUX[0] in lieux:
            lieux[LIEUX[0]]["horairesDetail"] = "Sonnez deux fois, puis attendez. " * 20
        route.fulfill(json=lieux)

    visite.page.set_viewport_size({"width": largeur, "height": 800})
    visite.page.clock.set_fixed_time(MERCREDI)
    visite.page.route("**/donnees/feuilles/99/*.json", repondre)
    page = visite.ouvrir(_adresse(2))
    expect(page.locator("[data-feuille-pages]")).to_have_text("2 lieux, 2 pages A4.")
    assert _pages(page, tmp_path) == 2


def test_paper_never_says_to_call_a_place_without_a_number_nor_speaks_of_a_map_that_is_not_there(
    visite: Visite,
) -> None:
    page = visite.ouvrir("/feuille/#feuille=99/maison-des-brumes")
    feuille = page.locator(".feuille-lieu")
    expect(feuille).to_contain_text("Horaires non renseignés.")
    expect(feuille).to_contain_text("Courriel : bonjour@maisondesbrumes.example")
    expect(feuille).not_to_contain_text(re.compile("appelez", re.IGNORECASE))
    page.evaluate("location.hash = '#feuille=99/relais-de-val-jolimont'")
    expect(page.locator(".feuille-lieu")).to_contain_text("Horaires non renseignés. Appelez avant de venir.")


def test_the_first_of_a_month_is_said_so(visite: Visite) -> None:
    visite.page.clock.set_fixed_time("2026-12-01T10:00:00+01:00")
    page = visite.ouvrir(_adresse(1))
    expect(page.locator(".feuille-lieu__edition")).to_contain_text("Feuille éditée le mardi 1er décembre 2026.")


FICHES = [
    fiche
    for fiche in sorted((RACINE / "offers" / "99").glob("*.yml"))
    # A record of the same place as another one has no sheet of its own.
    if "\ndoublon_de:" not in fiche.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("fiche", FICHES, ids=lambda f: f.stem)
def test_every_place_of_the_demonstration_fits_one_page(visite: Visite, tmp_path: Path, fiche: Path) -> None:
    page = visite.ouvrir(f"/feuille/#feuille=99/{fiche.stem}")
    assert _pages(page, tmp_path) == 1


def test_sheet_says_dates_number_address_map_and_code(visite: Visite) -> None:
    visite.page.clock.set_fixed_time(MERCREDI)
    page = visite.ouvrir(_adresse(1))
    feuille = page.locator(".feuille-lieu")
    expect(feuille.locator(".feuille-lieu__dates li")).to_have_count(3)
    expect(feuille).to_contain_text("jeudi 5 novembre 2026, de 12 h à 18 h")
    expect(feuille).to_contain_text("05 36 49 01 01")
    expect(feuille).to_contain_text("3 place des Tisserands")
    expect(feuille).to_contain_text("À apporter")
    expect(feuille).to_contain_text("Données fictives")
    for image in feuille.get_by_role("img").all():
        assert image.evaluate("image => image.complete && image.naturalWidth > 0")
        assert image.get_attribute("alt")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_a_map_that_is_not_on_the_device_leaves_no_hole_and_paper_says_nothing_of_the_network(visite: Visite) -> None:
    """Its distance to the centre is said in words; the date of the information is on the sheet."""
    visite.page.route("**/plan.svg", lambda route: route.abort())
    page = visite.ouvrir(_adresse(1))
    expect(page.locator(".feuille-lieu")).to_have_count(1)
    expect(page.locator(".feuille-lieu__plan")).to_have_count(0)
    avis = page.locator("[data-hors-ligne]")
    avis.evaluate("element => { element.hidden = false; }")
    expect(avis).to_be_visible()
    page.emulate_media(media="print")
    expect(avis).to_be_hidden()


@pytest.mark.parametrize("nombre", [1, 2])
def test_print_is_large_black_on_white(visite: Visite, nombre: int) -> None:
    page = visite.ouvrir(_adresse(nombre))
    expect(page.locator(".feuille-lieu")).to_have_count(nombre)
    page.emulate_media(media="print", color_scheme="dark")
    tailles = page.eval_on_selector_all(
        ".feuille-lieu :is(h2, h3, p, li, address):not(.a-l-ecran)",
        "tous => tous.filter(e => e.offsetParent && e.textContent.trim())"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))",
    )
    assert min(tailles) >= QUATORZE_POINTS - 0.1
    couleur = page.locator(".feuille-lieu__nom").first.evaluate("e => getComputedStyle(e).color")
    assert couleur == "rgb(0, 0, 0)"
    expect(page.locator(".entete")).to_be_hidden()
    expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()


def test_a_place_can_be_taken_off(visite: Visite) -> None:
    page = visite.ouvrir(_adresse(2))
    page.get_by_role("button", name="Retirer").first.click()
    expect(page.locator(".feuille-lieu")).to_have_count(1)
    expect(page).to_have_url(re.compile(f"#feuille={LIEUX[1]}$"))


def test_hostile_data_are_inert(visite: Visite) -> None:
    piege = "<img src=x onerror=document.title=1><script>document.title=2</script>"

    def repondre(route: Route) -> None:
        corps = {
            "nom": piege, "services": [piege], "adresse": [piege], "telephone": piege, "situation": [piege],
            "apporter": [piege], "plan": True, "alt_plan": piege, "code": piege,
            "direct": {"departement": "99", "arrets": [{"departement": "99", "commune": "", "ou": piege, "regles": None,
                       "frequence": "ponctuelle", "ancre": "2030-01-01"}]},
        }  # fmt: skip
        route.fulfill(body=json.dumps({LIEUX[0]: corps}), content_type="application/json")

    visite.page.route(f"**/{paquet(LIEUX[0])}", repondre)
    page = visite.ouvrir(_adresse(1))
    expect(page.locator(".feuille-lieu__nom")).to_have_text(piege)
    assert page.locator(".feuille-lieu script, .feuille-lieu img[src='x']").count() == 0
    assert page.title().startswith("Feuille à remettre")


def test_unknown_place_is_said_and_can_be_taken_off(visite: Visite) -> None:
    page = visite.ouvrir("/feuille/#feuille=99/nulle-part")
    expect(page.locator(".feuille-lieu")).to_contain_text("n’existe pas, ou n’existe plus")
    expect(page.locator("[data-feuille-etat]")).to_have_text("Il n’y a rien à imprimer.")
    expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
    expect(page.get_by_role("link", name="Voir la fiche")).to_have_count(0)
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator("[data-feuille-etat]")).to_contain_text("Aucun lieu")


def test_page_explains_itself_without_script(sans_script: Visite) -> None:
    page = sans_script.ouvrir("/feuille/")
    expect(page.get_by_text("imprimez-la telle quelle")).to_be_visible()
    expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("nombre", [0, 3])
def test_sheet_has_no_fault_axe_can_see(visite: Visite, nombre: int, theme: str) -> None:
    visite.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = visite.ouvrir(_adresse(nombre) if nombre else "/feuille/")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 200)))")
    assert violations == []


def test_sheet_fits_a_small_phone(telephone: Visite) -> None:
    page = telephone.ouvrir(_adresse(2))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_sheet_fits_a_phone_with_text_twice_as_large(telephone: Visite) -> None:
    page = telephone.ouvrir(_adresse(1))
    expect(page.locator(".feuille-lieu")).to_have_count(1)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
