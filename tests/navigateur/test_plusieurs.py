"""A site among several départements: its own places first, a map that shows them all at once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import plusieurs
from carte import entrees
from carte.config import lire
from carte.publish.search.mots import normaliser
from navigateur.conftest import _SANS_RELAIS, Visite, ecoute, visiter
from sites import RACINE


@pytest.fixture(scope="module")
def parmi_d_autres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of one département, the last by its code, among three."""
    with ecoute(plusieurs.publier(tmp_path_factory.mktemp("un"), ("36",), ("03", "18", "23"))) as adresse:
        yield adresse


@pytest.fixture
def chez_soi(navigateur: Browser, parmi_d_autres: str) -> Iterator[Visite]:
    yield from visiter(navigateur, parmi_d_autres, viewport={"width": 360, "height": 740}, **_SANS_RELAIS)


def adresses(page: Page) -> list[str]:
    liens: Locator = page.locator("[data-resultats] a.carte-lieu__lien")
    return [str(lien.get_attribute("href")) for lien in liens.all()]


def test_own_places_come_first_by_their_name(chez_soi: Visite) -> None:
    page = chez_soi.ouvrir("/?ou=France+services")
    expect(page.locator("[data-etat]")).to_have_text("24 lieux pour « France services ».")
    trouvees = adresses(page)
    assert [re.search(r"lieux/(\d+)/", a)[1] for a in trouvees[:6]] == ["36"] * 6  # type: ignore[index]
    assert len(trouvees) == 20
    expect(page.locator("[data-ailleurs]")).to_be_hidden()
    assert chez_soi.erreurs == []


def test_own_communes_are_proposed_first(chez_soi: Visite) -> None:
    page = chez_soi.ouvrir("/")
    page.get_by_role("combobox").press_sequentially("bourg")
    options = page.get_by_role("option")
    expect(options).to_have_count(8)
    for option in options.all():
        expect(option).to_contain_text("Pays 36")


def test_a_name_in_many_departements_is_searched_further_on_demand(navigateur: Browser, tmp_path: Path) -> None:
    propres = [f"{n:02}" for n in range(21, 29)]
    with ecoute(plusieurs.publier(tmp_path, propres)) as adresse:
        for visite in visiter(navigateur, adresse, viewport={"width": 360, "height": 740}, **_SANS_RELAIS):
            page = visite.ouvrir("/?ou=France+services")
            etat, bouton = page.locator("[data-etat]"), page.locator("[data-ailleurs]")
            expect(etat).to_contain_text("36 lieux pour « France services ». 12 lieux de ce nom dans d’autres")
            expect(bouton).to_have_text("Chercher dans 2 autres départements : 12 lieux de ce nom")
            bouton.click()
            expect(etat).to_have_text("48 lieux pour « France services ».")
            expect(etat).to_be_focused()
            expect(bouton).to_be_hidden()
            assert visite.erreurs == []


FORMATS = [(360, 740), (1280, 900)]
ETAT, MANQUE = "[data-carte-etat]", "[data-carte-manque]"
VINGT = re.compile(r"/donnees/recherche/2\d\.json$")


@pytest.fixture(scope="module")
def douze(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of twelve départements, of 40 places each."""
    codes = [f"{n:02}" for n in range(21, 33)]
    with ecoute(plusieurs.publier(tmp_path_factory.mktemp("douze"), codes, par_departement=40)) as adresse:
        yield adresse


@pytest.fixture(params=FORMATS, ids=lambda f: str(f[0]))
def carte(request: pytest.FixtureRequest, navigateur: Browser, douze: str) -> Iterator[Visite]:
    """The map's page, not opened yet, on a phone and on a large screen."""
    large, haut = request.param
    yield from visiter(navigateur, douze, viewport={"width": large, "height": haut}, **_SANS_RELAIS)


def zoom(page: Page) -> float:
    return float(page.evaluate("map_lieux.getZoom()"))


# The numbers of its groups, and its single places.
_SOMME = r"""[...document.querySelectorAll(".leaflet-marker-icon")].reduce(
  (n, m) => n + (Number(m.querySelector("[aria-hidden]")?.textContent.replace(/\s/g, "")) || 1), 0)"""


def attendre_la_somme(page: Page, lieux: int) -> None:
    """Wait until the map shows so many places: its groups slide into each other when the view changes."""
    page.wait_for_function(f"(lieux) => {_SOMME} === lieux", arg=lieux)


def test_the_map_shows_the_whole_perimeter_and_all_its_places(carte: Visite) -> None:
    page = carte.ouvrir("/carte/")
    cadre = page.locator("#map_lieux")
    expect(cadre).to_be_visible()
    expect(page.locator(ETAT)).to_contain_text("456 lieux sur la carte. Sans position connue")
    expect(page.locator("[data-nombre='']")).to_have_text("(456)")
    boite = cadre.bounding_box()
    assert boite
    assert zoom(page) == plusieurs.zoom_attendu(12, round(boite["width"]) - 18, round(boite["height"]) - 18)
    expect(page.locator("#map_lieux path.commune")).to_have_count(12)
    attendre_la_somme(page, 456)
    assert carte.erreurs == []


def test_nothing_heavy_is_read_before_one_comes_near(carte: Visite) -> None:
    lus: list[str] = []
    carte.page.on("request", lambda requete: lus.append(requete.url))
    page = carte.ouvrir("/carte/")
    expect(page.locator("#map_lieux path.commune")).to_have_count(12)
    assert not [url for url in lus if re.search(r"cartes/\d+\.json", url)], "no commune is drawn from afar"
    page.get_by_label("Aller à").select_option(label="Pays 27")
    expect(page.locator("#map_lieux path.commune")).not_to_have_count(12)
    carte.au_repos()
    proches = {m[1] for url in lus if (m := re.search(r"cartes/(\d+)\.json", url))}
    assert "27" in proches
    assert len(proches) < 12


def test_places_that_do_not_come_leave_their_number(carte: Visite) -> None:
    carte.page.route(VINGT, lambda route: route.abort())
    page = carte.ouvrir("/carte/")
    expect(page.locator(ETAT)).to_contain_text("456 lieux sur la carte.")
    expect(page.locator(MANQUE)).to_contain_text("Une partie de la carte n’a pas pu être chargée")
    attendre_la_somme(page, 456)
    page.unroute(VINGT)
    with page.expect_response(re.compile(r"recherche/27\.json$")):
        page.get_by_label("Aller à").select_option(label="Pays 27")
    expect(page.locator(".leaflet-marker-icon[title='Pays 27']")).to_have_count(0)
    expect(page.locator(MANQUE)).to_be_empty()


def test_a_family_that_nobody_has_shows_nothing_and_says_so(carte: Visite) -> None:
    page = carte.ouvrir("/carte/?famille=formation")
    expect(page.locator(ETAT)).to_have_text("Aucun lieu sur la carte.")
    expect(page.locator(".leaflet-marker-icon")).to_have_count(0)
    page.get_by_role("radio", name=re.compile("Tous les lieux")).check()
    expect(page.locator(".leaflet-marker-icon")).not_to_have_count(0)
    attendre_la_somme(page, 456)
    expect(page).not_to_have_url(re.compile("famille"))


@pytest.mark.partage
def test_the_indre_finds_its_own_france_services_first(
    navigateur: Browser, fichier_indre: Path, site_indre: Path
) -> None:
    enregistrements = entrees.valider(lire(fichier_indre, RACINE), RACINE).enregistrements
    siens = {
        e.identifiant
        for e in enregistrements
        if e.departement == "36" and "france services" in normaliser(f"{e.lieu.nom} {e.lieu.commune}")
    }
    assert len(siens) >= 26
    with ecoute(site_indre) as adresse:
        for visite in visiter(navigateur, adresse, viewport={"width": 360, "height": 740}, **_SANS_RELAIS):
            page = visite.ouvrir("/?ou=France+services")
            page.locator("[data-suite]").click()
            expect(page.locator("[data-resultats] > li")).to_have_count(40)
            premiers = [adresse.split("lieux/")[1].strip("/") for adresse in adresses(page)[: len(siens)]]
            assert set(premiers) == siens
            assert visite.erreurs == []
