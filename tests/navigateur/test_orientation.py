"""The three questions: they lead to a search and say why; without script the page still decides."""

import re

import pytest
from playwright.sync_api import expect

from navigateur.conftest import Visite


def test_answers_lead_to_a_search_from_the_same_place(visite: Visite) -> None:
    page = visite.ouvrir("/?ou=Valbourg&commune=99058")
    page.get_by_role("link", name="Répondez à trois questions").click()
    page.get_by_label("Un courrier, un dossier ou un compte en ligne à régler").check()
    page.get_by_label("ne peut pas faire, même avec quelqu’un à côté").check()
    page.get_by_label("Y aller le samedi").check()
    proposition = page.locator("[data-proposition]")
    expect(proposition).to_contain_text("Une aide aux démarches.")
    expect(proposition).to_contain_text("peut agir en son nom")
    page.get_by_role("button", name="Voir les lieux").click()
    expect(page.locator("[data-etat]")).to_contain_text("de Valbourg")
    parametres = "ou=Valbourg&commune=99058&pour=demarche&quand=samedi&posture=faire-a-la-place-de&inconnus=oui"
    expect(page).to_have_url(re.compile(re.escape(f"/?{parametres}") + "$"))
    assert visite.erreurs == []


def test_every_question_may_be_passed(visite: Visite) -> None:
    page = visite.ouvrir("/orientation/")
    page.get_by_role("link", name=re.compile("^Passer")).click()
    expect(page.get_by_role("combobox")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Voir les lieux").click()
    expect(page.get_by_role("combobox")).to_be_visible()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]") == [0, 0, 0]


@pytest.mark.parametrize("besoin", ["demarche", "apprendre", "acces", "equiper", "proteger", "travail", "famille"])
def test_the_page_decides_without_script(sans_script: Visite, besoin: str) -> None:
    page = sans_script.ouvrir("/orientation/")
    assert page.locator(f'main a[href$="?pour={besoin}"]').is_visible()
    assert not page.get_by_role("button", name="Voir les lieux").is_visible()
    assert page.get_by_role("link", name="la liste des lieux par commune").is_visible()


def test_one_moment_is_asked_at_a_time_and_it_is_said(visite: Visite) -> None:
    page = visite.ouvrir("/orientation/")
    page.get_by_label("Y aller le samedi").check()
    expect(page.locator("[data-proposition]")).not_to_contain_text("Un moment à la fois")
    page.get_by_label("Y aller après 18 h").check()
    expect(page.locator("[data-proposition]")).to_contain_text("Un moment à la fois")
