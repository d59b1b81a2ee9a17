"""Without network on a site of many départements: the names of what the device keeps are searched, the rest is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import plusieurs
from navigateur.test_hors_ligne import Poste, attendre_departement, installer, ouvrir

ETAT = "[data-etat]"
BORNE = "Sans réseau, la recherche porte seulement sur ce que cet appareil garde : Pays 24."


@pytest.fixture(scope="module")
def pays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight départements whose names are cut into drawers, as those of the country are."""
    codes = [f"{n:02}" for n in range(21, 29)]
    return plusieurs.publier(tmp_path_factory.mktemp("pays"), codes, un_seul_fichier=10)


@pytest.fixture
def poste(navigateur: Browser, pays: Path, tmp_path: Path) -> Iterator[Poste]:
    yield from installer(navigateur, pays, tmp_path, 360, 740)


def sans_reseau(poste: Poste) -> Page:
    """The home page, on a device that keeps a département and has no network any more."""
    page = ouvrir(poste, "lieux/24/france-services-000/")
    attendre_departement(page, code="24")
    poste.debrancher()
    page.goto(poste.adresse(""))
    return page


def demander(page: Page, texte: str) -> None:
    page.get_by_role("combobox").fill(texte)
    page.keyboard.press("Enter")


def test_a_commune_of_a_kept_departement_is_found_by_its_name(poste: Poste) -> None:
    page = sans_reseau(poste)
    page.get_by_role("combobox").press_sequentially("bourgc")
    expect(page.get_by_role("option")).to_have_text(["Bourgc-24 (24002), Pays 24"])
    demander(page, "Bourgc-24")
    expect(page.locator("[data-resultats] a").first).to_have_text("France services de Bourgc-24")
    expect(page.locator(ETAT)).to_contain_text(BORNE)
    assert poste.erreurs == []


def test_a_place_of_a_kept_departement_is_found_by_its_name(poste: Poste) -> None:
    page = sans_reseau(poste)
    demander(page, "France services de Bourgb")
    expect(page.locator("[data-resultats] a").first).to_have_text("France services de Bourgb-24")
    expect(page.locator(ETAT)).to_contain_text(f"{BORNE} 6 lieux pour")
    assert poste.erreurs == []


def test_what_is_not_kept_is_said(poste: Poste) -> None:
    page = sans_reseau(poste)
    demander(page, "Bourgc-27")
    expect(page.locator("[data-question]")).to_have_text(
        f"{BORNE} Aucun lieu de ce nom. Vouliez-vous dire une de ces communes ?"
    )
    demander(page, "zzz")
    expect(page.locator(ETAT)).to_contain_text(f"{BORNE} Rien ne correspond à « zzz »")
    page.goto(poste.adresse("?commune=27003"))
    expect(page.locator(ETAT)).to_contain_text("on ne peut chercher que dans ce que cet appareil garde : Pays 24.")


def test_with_the_network_back_the_whole_country_answers(poste: Poste) -> None:
    page = sans_reseau(poste)
    demander(page, "Bourgc-24")
    expect(page.locator(ETAT)).to_contain_text(BORNE)
    poste.brancher()
    demander(page, "Bourgc-27")
    expect(page.locator("[data-resultats] a").first).to_have_text("France services de Bourgc-27")
    expect(page.locator(ETAT)).not_to_contain_text("Sans réseau")
