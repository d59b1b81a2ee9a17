"""Twelve journeys of a social worker on the real Indre: a phone of 360 x 740, taps, and the answer on the screen.

The clock of the browser is set: « today » is Tuesday 3 November 2026, 10:00 in Paris.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from navigateur.conftest import Visite, ecoute, visiter

pytestmark = pytest.mark.partage
HAUTEUR = 740
MARDI_10H = "2026-11-03T10:00:00+01:00"
NOEL_10H30 = "2026-12-25T10:30:00+01:00"
# A pin stands for the places that it would cover: its title names them all.
NUMEROS = "liste => liste.flatMap((e) => [...e.title.matchAll(/(?:^| ; )(\\d+)\\. /g)].map(([, n]) => n))"


@pytest.fixture(scope="module")
def base(site_indre: Path) -> Iterator[str]:
    with ecoute(site_indre) as adresse:
        yield adresse


@pytest.fixture
def indre(navigateur: Browser, base: str) -> Iterator[Visite]:
    telephone = {"viewport": {"width": 360, "height": HAUTEUR}, "has_touch": True, "is_mobile": True}
    for visite in visiter(navigateur, base, timezone_id="Europe/Paris", service_workers="block", **telephone):
        visite.page.clock.set_fixed_time(MARDI_10H)
        yield visite
        assert visite.erreurs == visite.ailleurs == []


def etat(page: Page) -> Locator:
    return page.locator("[data-etat]")


def cartes(page: Page) -> Locator:
    return page.locator("[data-resultats] > li")


def taper(page: Page, texte: str) -> None:
    page.get_by_role("combobox").tap()
    page.get_by_role("combobox").fill(texte)
    page.keyboard.press("Enter")


def la_reponse_est_a_l_ecran(page: Page) -> None:
    """Nobody scrolled, and the first card says its name and when it is open."""
    expect(cartes(page).first).to_be_visible()
    assert page.evaluate("scrollY") == 0
    bas = cartes(page).first.locator(".carte-lieu__etat").evaluate("e => e.getBoundingClientRect().bottom")
    assert bas <= HAUTEUR, f"le premier lieu finit à {bas:.0f} px"


def test_01_a_commune_is_typed_and_the_way_is_estimated(indre: Visite) -> None:
    page = indre.ouvrir("/")
    page.get_by_role("combobox").tap()
    page.keyboard.type("issou")
    premiere = page.get_by_role("option").first
    expect(premiere).to_contain_text("Issoudun (36100)")
    chercher = page.get_by_role("button", name="Chercher").bounding_box()
    liste = page.get_by_role("listbox").bounding_box()
    assert chercher and liste
    assert liste["y"] >= chercher["y"] + chercher["height"], "les propositions ne couvrent pas « Chercher »"
    premiere.tap()
    expect(etat(page)).to_contain_text("du plus proche au plus éloigné d’Issoudun")
    la_reponse_est_a_l_ecran(page)
    expect(cartes(page).first).to_contain_text(re.compile(r"m à vol d’oiseau, environ \d+ min à pied \(estimé\)"))
    lointains = [t for t in cartes(page).all_inner_texts() if re.search(r"(6[1-9]|[789]\d) km à vol", t)]
    assert all("estimé" not in texte for texte in lointains)
    expect(page.locator("[data-age]")).to_have_text(re.compile(r"^Publié le .*\. .*fiches.* de plus d’un an\.$"))


def test_02_a_shared_link_shows_its_answer(indre: Visite) -> None:
    page = indre.ouvrir("/?ou=Issoudun&commune=36088")
    la_reponse_est_a_l_ecran(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_03_three_questions_lead_to_places(indre: Visite) -> None:
    page = indre.ouvrir("/?commune=36044")
    page.locator(".chemins a[data-orientation]").tap()
    page.locator("input[name=pour]").first.check()
    page.locator("input[name=aisance]").nth(1).check()
    page.locator("form[data-orientation] [type=submit]").tap()
    expect(page).to_have_url(re.compile(r"commune=36044.*pour=demarche"))
    la_reponse_est_a_l_ecran(page)


def test_04_a_position_that_is_refused_leaves_an_answer(indre: Visite) -> None:
    page = indre.ouvrir("/")
    page.get_by_role("button", name="Autour de moi").tap()
    message = page.locator("[data-message]")
    expect(message).to_contain_text("Votre position n’est pas connue")
    expect(etat(page)).to_contain_text("Donnez une commune")
    la_reponse_est_a_l_ecran(page)
    champ, dit = page.get_by_role("combobox").bounding_box(), message.bounding_box()
    assert champ and dit
    assert 0 < dit["y"] - champ["y"] < 120, "le message est près de la case"


def test_05_a_need_and_a_place_in_one_box(indre: Visite) -> None:
    page = indre.ouvrir("/")
    taper(page, "impôts Issoudun")
    expect(page).to_have_url(re.compile(r"commune=36088.*pour=demarche"))
    la_reponse_est_a_l_ecran(page)


def test_06_a_name_gives_its_own_departement_first(indre: Visite) -> None:
    page = indre.ouvrir("/")
    taper(page, "france services")
    expect(etat(page)).to_contain_text("« france services »")
    la_reponse_est_a_l_ecran(page)
    page.locator("[data-suite]").tap()
    liens = page.locator("[data-resultats] h2 a").evaluate_all("liens => liens.map((lien) => lien.pathname)")
    assert len(liens) > 26
    assert all("/lieux/36/" in lien for lien in liens[:26])


def test_07_the_moment_asked_is_answered(indre: Visite) -> None:
    page = indre.ouvrir("/")
    taper(page, "jeudi 17 h Châteauroux")
    expect(page).to_have_url(re.compile("quand=jeudi-17h"))
    la_reponse_est_a_l_ecran(page)
    for carte in cartes(page).all():
        expect(carte.locator(".carte-lieu__moment")).to_have_text(re.compile(r"^jeudi 5 novembre : .*\d+\sh.*\s–\s"))


def test_08_what_is_not_known_is_counted_and_one_tap_away(indre: Visite) -> None:
    indre.page.clock.set_fixed_time(NOEL_10H30)
    page = indre.ouvrir("/?commune=36044&quand=maintenant")
    # The places of the neighbouring départements have come: the count does not move any more.
    expect(etat(page)).to_have_text("Aucun lieu ne répond à tous ces choix.")
    tus = page.locator("[data-tus]")
    expect(tus).to_have_text(
        re.compile(r"^\d+ lieux aux horaires inconnus ou sur rendez-vous ne sont pas montrés · les")
    )
    nombre = int(re.match(r"\d+", tus.inner_text())[0])  # type: ignore[index]
    tus.get_by_role("button", name="les montrer").tap()
    expect(etat(page)).to_contain_text(f"{nombre} lieux")
    expect(tus).to_be_hidden()
    page.goto(page.url.split("?")[0] + "?commune=36044&quand=aujourdhui&inconnus=oui")
    expect(cartes(page).first.locator(".carte-lieu__moment")).to_contain_text("vendredi 25 décembre")


def test_09_choices_say_how_many_places_and_lead_to_them(indre: Visite) -> None:
    page = indre.ouvrir("/?commune=36088")
    page.locator("[data-filtres] > summary").tap()
    voir = page.locator("[data-voir]")
    expect(voir).to_be_in_viewport()
    expect(page.locator("details.vides:visible > summary").first).to_contain_text("aucun lieu ne répond")
    assert "(0" not in "".join(
        page.locator("[data-filtres] label.choix:visible", has=page.locator("[type=checkbox]")).all_inner_texts()
    )
    page.get_by_label(re.compile("^Ouvert encore aujourd’hui")).check()
    expect(page).to_have_url(re.compile("quand=aujourdhui"))
    expect(etat(page)).not_to_contain_text("Recherche")
    nombre = re.match(r"\d+", etat(page).inner_text())[0]  # type: ignore[index]
    expect(voir).to_have_text(re.compile(rf"^Voir (les )?{nombre} lieux?$"))
    voir.tap()
    expect(cartes(page).first).to_be_in_viewport()
    expect(page.locator("[data-filtres]:not([open])")).to_have_count(1)


def test_10_the_map_is_one_tap_away_and_the_list_follows_it(indre: Visite) -> None:
    page = indre.ouvrir("/?commune=36088")
    assert page.evaluate("performance.getEntriesByType('resource').some((r) => /leaflet/.test(r.name))") is False
    page.get_by_role("button", name="Voir la carte").tap()
    pins = page.locator(".plan-pin")
    expect(pins.first).to_be_visible()
    assert sorted(pins.evaluate_all(NUMEROS), key=int) == cartes(page).locator(".carte-lieu__rang").all_inner_texts()
    pins.first.focus()
    page.keyboard.press("Enter")
    lien = page.locator(".leaflet-popup-content a").first
    expect(lien).to_be_focused()
    expect(lien).to_have_text(cartes(page).first.locator("h2 a").inner_text())
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(pins.first).to_be_focused()
    zone = page.get_by_role("button", name="Chercher dans cette zone")
    expect(zone).to_be_disabled()
    page.locator("[data-plan-cadre]").focus()
    page.keyboard.press("+")
    expect(zone).to_be_enabled()
    avant = etat(page).inner_text()
    zone.tap()
    expect(page).to_have_url(re.compile(r"commune=36088&zone=[\d.]+,[\d.]+,[\d.]+,[\d.]+"))
    expect(etat(page)).not_to_have_text(avant)
    expect(page.get_by_role("button", name="Enlever ce choix : Dans la zone de la carte")).to_be_visible()
    page.get_by_role("button", name="Me situer").tap()
    expect(page.locator("[data-plan-etat]")).to_contain_text("Votre position n’est pas connue")


RECTANGLES = "liste => liste.map((e) => e.getBoundingClientRect()).map(({ x, y, width }) => [x, y, width])"


def test_no_pin_covers_another_and_one_that_stands_for_several_opens_all(indre: Visite) -> None:
    """A finger aims at each of them; WCAG asks for 24 pixels at least."""
    page = indre.ouvrir("/?commune=36088")
    page.get_by_role("button", name="Voir la carte").tap()
    plusieurs = page.locator(".plan-pin", has_text="+").first
    expect(plusieurs).to_be_visible()
    places = page.locator(".plan-pin").evaluate_all(RECTANGLES)
    assert all(cote >= 24 for *_, cote in places)
    assert not [
        (un, autre)
        for rang, un in enumerate(places)
        for autre in places[:rang]
        if max(abs(un[0] - autre[0]), abs(un[1] - autre[1])) < un[2] - 1
    ]
    noms = [nom.partition(". ")[2] for nom in (plusieurs.get_attribute("title") or "").split(" ; ")]
    plusieurs.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content strong")).to_have_text(noms)
    # Closer, what was open still is, in a pin of its own or not.
    page.locator("[data-plan-cadre]").focus()
    page.keyboard.press("+")
    expect(page.locator(".leaflet-popup-content strong").first).to_have_text(noms[0])
    assert indre.erreurs == []


def test_outlines_that_come_late_leave_the_word_on_the_position(indre: Visite) -> None:
    page = indre.ouvrir("/?commune=36088")
    tardives: list[Route] = []
    page.route("**/donnees/cartes/36.json", lambda route: tardives.append(route))
    page.get_by_role("button", name="Voir la carte").tap()
    expect(page.locator(".plan-pin").first).to_be_visible()
    page.locator("[data-plan-cadre]").focus()
    page.keyboard.press("+")
    page.get_by_role("button", name="Me situer").tap()
    dit = page.locator("[data-plan-etat]")
    expect(dit).to_contain_text("Votre position n’est pas connue")
    assert tardives
    for route in tardives:
        route.continue_()
    page.wait_for_timeout(500)
    expect(dit).to_contain_text("Votre position n’est pas connue", timeout=100)


def test_11_one_comes_back_where_one_was(indre: Visite) -> None:
    """Without the browser's own memory of pages: after a reload, and back from a fiche."""
    page = indre.ouvrir("/?commune=36088")
    page.locator("[data-filtres] > summary").tap()
    page.locator("[data-suite]").tap()
    expect(cartes(page)).to_have_count(40)
    cible = cartes(page).nth(31)
    cible.scroll_into_view_if_needed()
    page.evaluate("document.fonts.ready")
    page.wait_for_function(
        "() => history.state?.recherche?.montres === 40 && Math.abs(history.state.recherche.y - scrollY) < 1"
    )
    hauteur = cible.evaluate("carte => carte.getBoundingClientRect().top")
    for partir in ("recharger", "revenir"):
        if partir == "recharger":
            page.reload()
        else:
            cible.locator("h2 a").tap()
            expect(page.locator(".fiche, h1").first).to_be_visible()
            page.evaluate("window.addEventListener('unload', () => {})")
            page.go_back()
        expect(cartes(page)).to_have_count(40)
        expect(page.locator("[data-filtres][open]")).to_have_count(1)
        # The same card at the same height: letters that come late move what is above it, and the scroll.
        page.wait_for_function(
            "([de, rang, y]) => Math.abs(document.querySelectorAll(de)[rang].getBoundingClientRect().top - y) < 5",
            arg=["[data-resultats] > li", 31, hauteur],
        )
        expect(cible).to_be_in_viewport()


def test_12_somewhere_else_is_said_and_a_typo_is_read(indre: Visite) -> None:
    page = indre.ouvrir("/")
    taper(page, "Orléans")
    expect(etat(page)).to_contain_text("« Orléans » est hors de ce site (Loiret)")
    expect(page.locator("[data-hors] a")).to_be_in_viewport()
    taper(page, "chatorou")
    expect(etat(page)).to_contain_text("a été lu « Châteauroux »")
    la_reponse_est_a_l_ecran(page)
    for rang in range(2):
        cartes(page).nth(rang).get_by_role("button", name=re.compile("^Ajouter à la feuille")).tap()
    expect(page.get_by_role("link", name="Préparer la feuille : 2 lieux choisis")).to_be_in_viewport()


@pytest.mark.parametrize("taille", ["200%", "250%"])
def test_the_header_stays_small_with_a_large_text(indre: Visite, taille: str) -> None:
    """250 % is twice our own size."""
    page = indre.ouvrir("/?commune=36088")
    page.evaluate("t => document.documentElement.style.setProperty('font-size', t)", taille)
    entete = page.locator("header.entete").bounding_box()
    assert entete
    assert entete["height"] <= HAUTEUR / 4
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_map_stands_beside_the_list_where_there_is_room(navigateur: Browser, base: str) -> None:
    for visite in visiter(navigateur, base, viewport={"width": 1000, "height": 900}, service_workers="block"):
        page = visite.ouvrir("/?commune=36088")
        expect(page.locator(".plan-pin").first).to_be_visible()
        plan, liste = page.locator("[data-plan]").bounding_box(), cartes(page).first.bounding_box()
        assert plan and liste
        assert plan["x"] >= liste["x"] + liste["width"]
        expect(page.get_by_role("button", name="Voir la carte")).to_be_hidden()
        # One link leads past all its stops.
        page.get_by_role("link", name="Passer la carte").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('[data-plan-cadre]')")
        assert visite.erreurs == visite.ailleurs == []
