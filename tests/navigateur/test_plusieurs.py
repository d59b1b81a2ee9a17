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
