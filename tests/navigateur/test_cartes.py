"""The interactive maps: places from the shards, keyboard, filter, and the drawn map when anything fails."""

import re

import pytest
from playwright.sync_api import Route, expect

from navigateur.conftest import Visite

CARTE = "/carte/"
RAPPORT = "/rapports/99/"


def test_places_are_counted_by_family_and_filtered(visite: Visite) -> None:
    page = visite.ouvrir(CARTE)
    etat = page.locator("[data-carte-etat]")
    expect(etat).to_contain_text("lieux sur la carte")
    tous = etat.inner_text()
    page.get_by_role("radio", name=re.compile("Formation")).check()
    expect(etat).not_to_have_text(tous)
    expect(page).to_have_url(re.compile("famille=formation"))
    nombre = page.locator('[data-nombre="formation"]').inner_text().strip("()")
    expect(etat).to_contain_text(f"{nombre} lieux sur la carte")
    assert visite.erreurs == []
    assert visite.ailleurs == []


def test_the_map_has_half_of_the_first_screen_of_a_phone(telephone: Visite) -> None:
    page = telephone.ouvrir(CARTE)
    expect(page.locator(".carte--prete")).to_be_visible()
    boite, haut = page.locator("#map_lieux").bounding_box(), page.evaluate("innerHeight")
    assert boite
    assert boite["y"] <= haut / 2
    for controle in (page.get_by_role("link", name="Voir la liste"), *page.get_by_role("radio").all()):
        expect(controle).to_be_in_viewport()


def test_a_shared_filter_is_found_again(visite: Visite) -> None:
    page = visite.ouvrir(f"{CARTE}?famille=equipement")
    expect(page.get_by_role("radio", name=re.compile("Équipement"))).to_be_checked()


def test_a_place_opens_with_the_keyboard_and_leads_to_its_fiche(visite: Visite) -> None:
    page = visite.ouvrir(CARTE)
    page.locator(".carte-point").first.focus()
    page.keyboard.press("Enter")
    lien = page.locator(".leaflet-popup-content a").first
    expect(lien).to_be_visible()
    assert re.search(r"/lieux/\d\d/[a-z0-9-]+/$", lien.evaluate("lien => lien.href"))
    lien.click()
    expect(page.locator("h1")).to_be_visible()


def test_every_marker_has_a_name(visite: Visite) -> None:
    page = visite.ouvrir(CARTE)
    for marque in page.locator(".leaflet-marker-icon").all():
        assert marque.evaluate("m => m.title || m.textContent").strip()


def test_the_drawn_map_stays_without_script(sans_script: Visite) -> None:
    page = sans_script.ouvrir(CARTE)
    expect(page.get_by_role("img", name=re.compile("Les lieux"))).to_be_visible()
    expect(page.get_by_role("link", name="Voir la liste")).to_be_visible()
    expect(page.locator("[data-carte-etat]")).to_be_hidden()


def test_the_drawn_map_stays_when_data_are_missing(visite: Visite) -> None:
    visite.page.route("**/donnees/recherche/index.json", lambda route: route.abort())
    page = visite.ouvrir(CARTE)
    expect(page.locator("[data-carte-manque]")).to_contain_text("n’a pas pu être chargée")
    expect(page.get_by_role("img", name=re.compile("Les lieux"))).to_be_visible()


def test_the_report_loads_its_map_only_when_asked(visite: Visite) -> None:
    demandes: list[str] = []
    visite.page.on("request", lambda requete: demandes.append(requete.url))
    page = visite.ouvrir(RAPPORT)
    assert not [url for url in demandes if "vendor/leaflet" in url or url.endswith("/carte.json")]
    page.get_by_role("button", name="Afficher la carte interactive").click()
    expect(page.locator("#map_rapport path.commune")).to_have_count(60)
    avant = page.locator("[data-carte-legende]").inner_text()
    page.get_by_label("Montrer").select_option(index=2)
    expect(page.locator("[data-carte-legende]")).not_to_have_text(avant)
    assert visite.erreurs == []
    assert visite.ailleurs == []


def test_a_table_is_sorted_by_its_numbers(visite: Visite) -> None:
    page = visite.ouvrir(f"{RAPPORT}#tableau-communes")
    page.get_by_role("link", name="Voir le tableau des communes").click()
    table = page.locator("#tableau-communes")
    table.get_by_role("button", name="Habitants").click()
    valeurs = table.locator("tbody tr td:nth-child(2)").evaluate_all("cellules => cellules.map(c => +c.dataset.tri)")
    assert valeurs == sorted(valeurs)
    expect(table.locator("th").nth(1)).to_have_attribute("aria-sort", "ascending")


def test_on_a_phone_each_figure_says_its_heading_and_what_it_counts(telephone: Visite) -> None:
    page = telephone.ouvrir(RAPPORT)
    rangee = page.locator("#tableau-voiture tbody tr").first
    titres = rangee.locator("td").evaluate_all("cellules => cellules.map(c => c.dataset.titre)")
    assert titres[:3] == ["Estimation (habitants concernés)", "Sûr (habitants)", "Incertain (habitants)"]


_SOUS = """nom => {
  const { left, top, width, height } = nom.getBoundingClientRect();
  const la = document.elementsFromPoint(left + width / 2, top + height / 2);
  return la.filter(e => e.matches(".leaflet-marker-icon, .leaflet-marker-icon *")).length;
}"""


def test_a_name_stands_under_the_disc_of_its_places(visite: Visite) -> None:
    page = visite.ouvrir(CARTE)
    nom = page.locator(".carte-nom", has_text="Valbourg").first
    expect(nom).to_be_visible()
    nom.scroll_into_view_if_needed()
    assert nom.evaluate(_SOUS) == 0


_COUVERTS = """marques => marques.map(m => m.getBoundingClientRect()).filter((a, i, tous) => tous.some((b, j) =>
  j < i && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
  && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2)).length"""


@pytest.mark.parametrize("largeur", [320, 360, 768, 1280])
def test_no_disc_covers_another(visite: Visite, largeur: int) -> None:
    visite.page.set_viewport_size({"width": largeur, "height": 800})
    page = visite.ouvrir(CARTE)
    expect(page.locator("[data-carte-etat]")).to_contain_text("lieux sur la carte")
    expect(page.locator(".leaflet-marker-icon").first).to_be_visible()
    assert page.locator(".leaflet-marker-icon").evaluate_all(_COUVERTS) == 0


def test_a_popup_says_that_a_place_receives_nobody(visite: Visite) -> None:
    def fermer(route: Route) -> None:
        brut = route.fetch().json()
        brut["colonnes"]["approche"] = [valeur | 2 for valeur in brut["colonnes"]["approche"]]
        route.fulfill(json=brut)

    visite.page.route(re.compile(r"/donnees/recherche/\d+\.json$"), fermer)
    page = visite.ouvrir(CARTE)
    page.locator(".carte-point").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content").last).to_contain_text("N’accueille pas de public")
