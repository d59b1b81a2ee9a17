"""A map of many places: numbers from afar, the places of what is in view, and nothing else is ever read."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import plusieurs
from carte.publish import eclats
from navigateur.conftest import _SANS_RELAIS, Visite, ecoute, visiter
from navigateur.test_contraste import AXE
from navigateur.test_hors_ligne import Poste, installer, ouvrir
from navigateur.test_plusieurs import ETAT, FORMATS, attendre_la_somme, zoom

CODES = [f"{n:02}" for n in range(21, 33)]
PAR_DEPARTEMENT = 60
POSES = len(CODES) * (PAR_DEPARTEMENT - plusieurs.SANS_POSITION)
LIEUX = re.compile(r"/donnees/recherche/(\d\d)/\d+\.json$")


@pytest.fixture(scope="module")
def site_dense(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More places than a far view shows one by one, in several files by département."""
    with pytest.MonkeyPatch.context() as ici:
        ici.setattr(eclats, "PLACES_MAX", 20)
        return plusieurs.publier(tmp_path_factory.mktemp("dense"), CODES, par_departement=PAR_DEPARTEMENT)


@pytest.fixture(scope="module")
def dense(site_dense: Path) -> Iterator[str]:
    with ecoute(site_dense) as adresse:
        yield adresse


@pytest.fixture(params=FORMATS, ids=lambda f: str(f[0]))
def carte(request: pytest.FixtureRequest, navigateur: Browser, dense: str) -> Iterator[Visite]:
    """The map's page, not opened yet, on a phone and on a large screen."""
    large, haut = request.param
    yield from visiter(navigateur, dense, viewport={"width": large, "height": haut}, **_SANS_RELAIS)


def noter(page: Page) -> list[str]:
    """Every address that the page asks for, from now on."""
    lus: list[str] = []
    page.on("request", lambda requete: lus.append(requete.url))
    return lus


def aller(visite: Visite, ou: str) -> None:
    visite.page.get_by_label("Aller à").select_option(label=ou)
    visite.au_repos()


def test_from_afar_numbers_are_enough_and_they_are_those_of_the_records(carte: Visite) -> None:
    lus = noter(carte.page)
    page = carte.ouvrir("/carte/")
    expect(page.locator(ETAT)).to_contain_text(f"{POSES} lieux sur la carte.")
    attendre_la_somme(page, POSES)
    assert not [url for url in lus if LIEUX.search(url)]
    page.get_by_role("radio", name=re.compile("Aide aux démarches")).check()
    expect(page.locator(ETAT)).to_contain_text(f"{POSES} lieux sur la carte.")
    attendre_la_somme(page, POSES)
    assert carte.erreurs == []
    assert carte.ailleurs == []


def test_only_what_is_in_view_is_read_and_only_once(carte: Visite) -> None:
    lus = noter(carte.page)
    page = carte.ouvrir("/carte/")
    aller(carte, "Pays 27")
    proches = {m[1] for url in lus if (m := LIEUX.search(url))}
    assert "27" in proches
    assert len(proches) < len(CODES)
    expect(page.locator(".leaflet-marker-icon[title='Pays 27']")).to_have_count(0)
    aller(carte, "Pays 32")
    aller(carte, "Pays 27")
    aller(carte, "tout le territoire")
    attendre_la_somme(page, POSES)
    assert [url for url, fois in Counter(url for url in lus if "/donnees/" in url).items() if fois > 1] == []
    assert carte.erreurs == []


def test_a_number_leads_to_its_places_with_the_keyboard(carte: Visite) -> None:
    page = carte.ouvrir("/carte/")
    while not page.locator(".carte-point").count():
        assert zoom(page) < 17
        page.locator(".carte-grappe").first.press("Enter")
        page.wait_for_function("() => !map_lieux._animatingZoom && !map_lieux._panAnim?._inProgress")
        carte.au_repos()
    page.locator(".carte-point").first.press("Enter")
    expect(page.locator(".leaflet-popup-content a").first).to_be_focused()
    assert carte.erreurs == []


def test_the_next_view_gives_up_what_the_last_one_was_waiting_for(carte: Visite) -> None:
    retenues: list[Route] = []
    carte.page.route(LIEUX, lambda route: retenues.append(route))
    abandonnees: list[str] = []
    carte.page.on("requestfailed", lambda requete: abandonnees.append(requete.url))
    page = carte.ouvrir("/carte/")
    page.get_by_label("Aller à").select_option(label="Pays 21")
    while not retenues:
        page.wait_for_timeout(50)
    page.get_by_label("Aller à").select_option(label="tout le territoire")
    while not {route.request.url for route in retenues} <= set(abandonnees):
        page.wait_for_timeout(50)
    expect(page.locator(ETAT)).not_to_contain_text("Une partie")
    page.unroute(LIEUX)
    aller(carte, "Pays 21")
    expect(page.locator(".leaflet-marker-icon[title='Pays 21']")).to_have_count(0)
    aller(carte, "tout le territoire")
    attendre_la_somme(page, POSES)
    assert carte.erreurs == []


@pytest.mark.parametrize("ou", ["tout le territoire", "Pays 27"])
def test_the_map_has_no_fault_that_axe_knows(carte: Visite, ou: str) -> None:
    page = carte.ouvrir("/carte/")
    aller(carte, ou)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # Contrast is judged elsewhere, where nothing lies over a text (see `test_contraste`).
    options = {"rules": {"color-contrast": {"enabled": False}}}
    fautes = page.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    assert [(faute["id"], [noeud["target"] for noeud in faute["nodes"]]) for faute in fautes] == []


@pytest.fixture
def poste(navigateur: Browser, site_dense: Path, tmp_path: Path) -> Iterator[Poste]:
    yield from installer(navigateur, site_dense, tmp_path, 360, 740)


_GARDES = """async () => {
  const adresses = [];
  for (const nom of await caches.keys())
    adresses.push(...(await (await caches.open(nom)).keys()).map(({ url }) => url));
  return adresses.filter((url) => /\\/carte\\/|leaflet|donnees\\/cartes|recherche\\/\\d/.test(url));
}"""


def test_the_worker_reads_nothing_of_the_map_until_it_is_opened(poste: Poste) -> None:
    page = ouvrir(poste)
    page.goto(poste.adresse("hors-connexion/"))
    assert page.evaluate(_GARDES) == []
    page.goto(poste.adresse("carte/"))
    expect(page.locator(".carte--prete")).to_be_visible()
    page.wait_for_function(
        f"async () => (await ({_GARDES})()).some((url) => url.endsWith('donnees/cartes/index.json'))"
    )
    assert not [url for url in page.evaluate(_GARDES) if LIEUX.search(url)], "no place was in view"


def test_the_map_that_was_opened_once_works_without_network(poste: Poste) -> None:
    """Before the worker had the page in hand: what the map had read is kept all the same."""
    page = ouvrir(poste, "carte/")
    complet = "/vendor/leaflet.markercluster/leaflet.markercluster.js"
    page.wait_for_function(f"async () => (await ({_GARDES})()).some((url) => url.endsWith('{complet}'))")
    page.wait_for_function(
        f"async () => (await ({_GARDES})()).some((url) => url.endsWith('donnees/cartes/index.json'))"
    )
    poste.debrancher()
    page.goto(poste.adresse("carte/"))
    expect(page.locator(".carte--prete")).to_be_visible()
    attendre_la_somme(page, POSES)
