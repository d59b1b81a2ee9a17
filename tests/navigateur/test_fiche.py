"""The fiche in a browser: its state today, its dates, its choice for the sheet; the same page without script."""

import re

import pytest
from playwright.sync_api import expect

from navigateur.conftest import Visite
from sites import RACINE

MEDIATHEQUE = "/lieux/99/mediatheque-de-valbourg/"
BUS = "/lieux/99/bus-numerique-le-petit-relais/"
FRANCE_SERVICES = "/lieux/99/france-services-de-mirebois/"
AXE = RACINE / "node_modules" / "axe-core" / "axe.min.js"
# The médiathèque opens on Wednesdays from 10 to 19.
MERCREDI = "2026-11-04T14:30:00+01:00"


@pytest.mark.parametrize(
    ("instant", "phrase"),
    [
        (MERCREDI, "Ouvert, ferme à 19 h"),
        ("2026-11-04T08:00:00+01:00", "Fermé, ouvre à 10 h"),
        ("2026-11-04T20:00:00+01:00", "Fermé, ouvre demain à 12 h"),
        ("2026-07-14T15:00:00+02:00", "Fermé, ouvre demain à 10 h"),
    ],
    ids=["ouvert", "matin", "soir", "jour ferie"],
)
def test_state_is_that_of_the_moment(visite: Visite, instant: str, phrase: str) -> None:
    visite.page.clock.set_fixed_time(instant)
    page = visite.ouvrir(MEDIATHEQUE)
    expect(page.locator("[data-etat]")).to_have_text(phrase)
    assert visite.erreurs == []
    assert visite.ailleurs == []


def test_state_follows_the_clock_of_the_place_not_of_the_reader(visite: Visite) -> None:
    contexte = visite.page.context.browser
    assert contexte
    loin = contexte.new_context(locale="fr-FR", timezone_id="Pacific/Noumea")
    page = loin.new_page()
    page.clock.set_fixed_time(MERCREDI)
    page.goto(visite.base + MEDIATHEQUE)
    expect(page.locator("[data-etat]")).to_have_text("Ouvert, ferme à 19 h")
    loin.close()


def test_state_is_refreshed(visite: Visite) -> None:
    visite.page.clock.install(time="2026-11-04T18:59:00+01:00")
    page = visite.ouvrir(MEDIATHEQUE)
    expect(page.locator("[data-etat]")).to_have_text("Ouvert, ferme à 19 h")
    page.clock.run_for(120_000)
    expect(page.locator("[data-etat]")).to_have_text("Fermé, ouvre demain à 12 h")


def test_coming_exceptions_are_those_of_the_day(visite: Visite) -> None:
    visite.page.clock.set_fixed_time(MERCREDI)
    exceptions = visite.ouvrir(MEDIATHEQUE).locator("[data-exceptions]")
    expect(exceptions).to_contain_text("mercredi 11 novembre : jour férié (11 novembre 1918), fermé")
    visite.page.clock.set_fixed_time("2026-11-24T10:00:00+01:00")
    expect(visite.ouvrir(MEDIATHEQUE).locator("[data-exceptions]")).not_to_contain_text("férié")


def test_next_calls_of_a_bus(visite: Visite) -> None:
    visite.page.clock.set_fixed_time(MERCREDI)
    page = visite.ouvrir(BUS)
    expect(page.locator("[data-etat]")).to_contain_text("Prochain passage : mercredi 4 novembre")
    expect(page.locator('[data-arret="1"]')).to_contain_text("mardi 10 novembre, mardi 24 novembre")
    with page.expect_download() as telechargement:
        page.get_by_role("link", name=re.compile("agenda")).click()
    assert telechargement.value.suggested_filename == "arrets.ics"


def test_next_session_of_another_body(visite: Visite) -> None:
    visite.page.clock.set_fixed_time(MERCREDI)
    page = visite.ouvrir(FRANCE_SERVICES)
    expect(page.locator("[data-permanence]").first).to_contain_text("Prochaine permanence :")


def test_choice_lives_in_the_address_and_follows_the_visitor(visite: Visite) -> None:
    page = visite.ouvrir(MEDIATHEQUE)
    page.get_by_role("button", name="Ajouter à la feuille").click()
    expect(page).to_have_url(re.compile("#feuille=99/mediatheque-de-valbourg$"))
    expect(page.locator("[data-selection-etat]")).to_have_text("1 lieu choisi pour la feuille à remettre.")
    page.get_by_role("link", name="Tous les lieux").click()
    expect(page).to_have_url(re.compile("/lieux/#feuille=99/mediatheque-de-valbourg$"))
    visite.ouvrir(f"{BUS}#feuille=99/mediatheque-de-valbourg")
    page.get_by_role("button", name="Ajouter à la feuille").click()
    page.get_by_role("link", name="Voir la feuille").click()
    expect(page.locator(".feuille-lieu")).to_have_count(2)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_fifth_place_is_refused_with_its_reason(visite: Visite) -> None:
    page = visite.ouvrir(f"{MEDIATHEQUE}#feuille=99/a,99/b,99/c,99/d")
    page.get_by_role("button", name="Ajouter à la feuille").click()
    expect(page.locator("[data-selection-etat]")).to_contain_text("déjà 4 lieux")
    expect(page).to_have_url(re.compile("#feuille=99/a,99/b,99/c,99/d$"))


def test_written_hours_stay_when_the_network_is_lost(visite: Visite) -> None:
    visite.page.route("**/donnees/calendriers.json", lambda route: route.abort())
    page = visite.ouvrir(MEDIATHEQUE)
    expect(page.locator("[data-etat]")).to_be_empty()
    expect(page.get_by_role("table", name="Horaires habituels")).to_be_visible()


def test_essential_is_there_without_script(sans_script: Visite) -> None:
    page = sans_script.ouvrir(MEDIATHEQUE)
    expect(page.get_by_role("link", name=re.compile("Appeler le")).first).to_be_visible()
    expect(page.get_by_role("table", name="Horaires habituels")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Feuille à remettre"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("feuille"))).to_have_count(0)


def test_telephone_is_on_the_first_screen_of_a_phone(telephone: Visite) -> None:
    page = telephone.ouvrir(MEDIATHEQUE)
    boite = page.get_by_role("link", name=re.compile("Appeler le")).first.bounding_box()
    assert boite
    assert boite["y"] + boite["height"] < 740


@pytest.mark.parametrize("chemin", [MEDIATHEQUE, BUS, FRANCE_SERVICES])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_fiche_has_no_fault_axe_can_see(visite: Visite, chemin: str, theme: str) -> None:
    visite.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = visite.ouvrir(chemin + "#feuille=99/mediatheque-de-valbourg")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 200)))")
    assert violations == []


def test_print_unfolds_everything_and_hides_the_state(visite: Visite) -> None:
    page = visite.ouvrir(MEDIATHEQUE)
    page.emulate_media(media="print")
    expect(page.locator("[data-etat]")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".fiche details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".fiche details[open]").count() == 0
