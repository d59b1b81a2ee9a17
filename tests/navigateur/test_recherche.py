"""The search in a real browser: keyboard alone, state in the address, way out of an empty result, hostile texts."""

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect

from navigateur.conftest import Visite
from sites import RACINE

AXE = RACINE / "node_modules" / "axe-core" / "axe.min.js"
VALBOURG = "/?ou=Valbourg&commune=99058"
# A Tuesday at 10:00: the state of places must not depend on when the tests run.
INSTANT = "2026-11-24T10:00:00+01:00"


@pytest.fixture(autouse=True)
def _mardi(visite: Visite, telephone: Visite) -> Iterator[None]:
    for une in (visite, telephone):
        une.page.clock.install(time=INSTANT)
    yield


def resultats(page: Page) -> Locator:
    return page.locator("[data-resultats] > li")


def annonce(page: Page) -> Locator:
    return page.locator("[data-etat]")


def question(page: Page) -> Locator:
    return page.locator("[data-question]")


def test_what_is_proposed_beside_places_hides_none_of_them(telephone: Visite) -> None:
    page = telephone.ouvrir("/")
    page.get_by_role("combobox").press_sequentially("mediatheque")
    page.keyboard.press("Enter")
    expect(resultats(page).first).to_be_visible()
    page.get_by_role("combobox").fill("valb")
    page.keyboard.press("Enter")
    expect(question(page)).to_have_text("Vouliez-vous dire une de ces communes ?")
    expect(annonce(page)).to_contain_text("pour « valb »")
    liste, dit = page.get_by_role("listbox").bounding_box(), annonce(page).bounding_box()
    assert liste and dit
    assert liste["y"] + liste["height"] <= dit["y"]
    # What answers stays while one reads or ticks; it goes when one writes again.
    page.get_by_role("combobox").blur()
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("combobox").press_sequentially("o")
    expect(question(page)).to_be_hidden()


def test_proposals_that_come_after_the_search_do_not_cover_it(telephone: Visite) -> None:
    """Who types fast, or has a slow line, presses Enter before they are there."""
    retenues: list[Route] = []
    telephone.page.route("**/recherche/lexique.json", lambda route: retenues.append(route))
    page = telephone.page
    page.goto(telephone.base + "/")
    page.get_by_role("combobox").fill("imprimer")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    for route in retenues:
        route.continue_()
    expect(resultats(page).first).to_be_visible()
    telephone.au_repos()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_search_that_waits_for_the_line_says_so(telephone: Visite) -> None:
    retenues: list[Route] = []
    telephone.page.route("**/recherche/index.json", lambda route: retenues.append(route))
    page = telephone.page
    page.goto(telephone.base + "/")
    page.get_by_role("combobox").fill("Valbourg")
    page.keyboard.press("Enter")
    message = page.locator("[data-message]")
    expect(message).to_have_text("Recherche en cours…")
    expect(message).to_be_in_viewport()
    for route in retenues:
        route.continue_()
    expect(resultats(page).first).to_be_visible()
    expect(message).to_be_empty()


def test_what_cannot_be_loaded_is_said_where_one_looks(telephone: Visite) -> None:
    telephone.page.route("**/recherche/*.json", lambda route: route.fulfill(status=500))
    page = telephone.page
    page.goto(telephone.base + "/")
    page.get_by_role("combobox").fill("Valbourg")
    page.keyboard.press("Enter")
    expect(annonce(page)).to_contain_text("n’ont pas pu être chargées")
    expect(annonce(page)).to_be_in_viewport()


@pytest.mark.parametrize(
    ("lat", "precision", "message", "loin"),
    [(46.4933, 20, "", False), (46.4933, 5200, "à 5 km près", False), (48.85, 20, "", True)],
    ids=["précise", "vague", "loin"],
)
def test_a_position_says_how_well_it_is_known_and_how_far_the_places_are(
    visite: Visite, lat: float, precision: int, message: str, loin: bool
) -> None:
    visite.page.context.set_geolocation({"latitude": lat, "longitude": -5.5714, "accuracy": precision})
    visite.page.context.grant_permissions(["geolocation"])
    page = visite.ouvrir("/")
    page.get_by_role("button", name="Autour de moi").click()
    expect(annonce(page)).to_contain_text("de votre position.")
    expect(page.locator("[data-message]")).to_contain_text(message or re.compile("^$"))
    if loin:
        expect(annonce(page)).to_contain_text(re.compile(r"Le plus proche est à \d+ km\."))
    else:
        expect(annonce(page)).not_to_contain_text("Le plus proche est à")
    expect(page.locator("[data-hors]")).to_be_visible(visible=loin)


def test_a_typo_is_forgiven_with_the_keyboard_alone(visite: Visite) -> None:
    page = visite.ouvrir("/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("valbuorg", delay=10)
    expect(page.get_by_role("option").first).to_contain_text("Valbourg (99000")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-activedescendant", "recherche-propositions-0")
    page.keyboard.press("Enter")
    expect(annonce(page)).to_contain_text("du plus proche au plus éloigné de Valbourg")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    expect(page).to_have_url(re.compile("commune=99058"))
    assert visite.erreurs == []
    assert visite.ailleurs == []


def test_a_typo_sent_as_it_is_leads_to_the_only_commune_it_looks_like(visite: Visite) -> None:
    page = visite.ouvrir("/")
    page.get_by_role("combobox").fill("aigremuosse")
    page.keyboard.press("Enter")
    expect(annonce(page)).to_contain_text("« aigremuosse » a été lu « Aigremousse ».")
    expect(annonce(page)).to_contain_text("du plus proche au plus éloigné d’Aigremousse")
    expect(page.get_by_role("combobox")).to_have_value("Aigremousse")


def test_a_need_in_several_communes_asks_which(visite: Visite) -> None:
    page = visite.ouvrir("/")
    page.get_by_role("combobox").fill("imprimer valb")
    page.keyboard.press("Enter")
    expect(question(page)).to_have_text("Plusieurs communes correspondent : choisissez la vôtre.")
    page.get_by_role("option").first.click()
    expect(question(page)).to_be_hidden()
    expect(page).to_have_url(re.compile(r"commune=99058&avec=imprimante"))
    expect(annonce(page)).to_contain_text("de Valbourg")


def test_nothing_is_said_before_anything_is_asked(visite: Visite) -> None:
    page = visite.ouvrir("/")
    expect(page.locator("[data-besoins]")).to_be_visible()
    expect(annonce(page)).to_have_text("")


def test_no_empty_choice_is_shown_without_script(sans_script: Visite) -> None:
    page = sans_script.ouvrir("/")
    for repli in page.locator("details.besoins").all():
        expect(repli).to_be_hidden()


def test_no_distance_is_told_where_the_position_is_not_known(visite: Visite) -> None:
    page = visite.ouvrir("/?ou=Cabane&commune=99058&type=ASSO")
    ligne = resultats(page).filter(has_text="La Ligne douce")
    expect(ligne).to_contain_text("N’accueille pas de public : aide à distance.")
    expect(ligne).not_to_contain_text("vol d’oiseau")
    # A service met nowhere comes after the places.
    expect(resultats(page).last).to_have_text(ligne.inner_text(), use_inner_text=True)


def test_the_list_is_downloaded_whole_in_its_order(visite: Visite) -> None:
    """With the columns of the open data, one row a place, of the choices that are made."""
    page = visite.ouvrir(f"{VALBOURG}&avec=gratuit")
    expect(resultats(page).first).to_be_visible()
    bouton = page.locator("[data-tableur]")
    nombre = int(re.findall(r"\d+", annonce(page).inner_text())[0])
    expect(bouton).to_have_text(f"Télécharger ces {nombre} lieux (tableur)")
    with page.expect_download() as attendu:
        bouton.click()
    assert attendu.value.suggested_filename == "lieux-choisis.csv"
    octets = attendu.value.path().read_bytes()
    lues = list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig"), newline=""), delimiter=";"))
    liens = page.locator("[data-resultats] .carte-lieu__lien").evaluate_all(
        "(l) => l.map((a) => a.getAttribute('href'))"
    )
    assert octets.startswith(b"\xef\xbb\xbf") and len(lues) == nombre
    assert [f"./lieux/{ligne['id']}/" for ligne in lues[: len(liens)]] == liens
    expect(annonce(page)).to_have_text(f"Fichier téléchargé : {nombre} lieux.")


def test_escape_closes_the_proposals(visite: Visite) -> None:
    page = visite.ouvrir("/")
    page.get_by_role("combobox").press_sequentially("valb")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("valb")


@pytest.mark.parametrize("geste", ["choisir", "fermer"])
def test_what_a_typo_may_hide_does_not_open_the_list_again(visite: Visite, geste: str) -> None:
    page = visite.ouvrir("/")
    page.get_by_role("combobox").press_sequentially("valb")
    expect(page.get_by_role("option").first).to_be_visible()
    if geste == "choisir":
        page.get_by_role("option").first.click()
    else:
        page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.wait_for_timeout(1_500)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_nearest_come_first_with_an_estimate_and_a_state(visite: Visite) -> None:
    page = visite.ouvrir(VALBOURG)
    expect(resultats(page)).to_have_count(20)
    textes = resultats(page).all_inner_texts()
    metres = [
        float(m[1].replace(",", ".")) * (1000 if m[2] == "km" else 1)
        for texte in textes
        if (m := re.search(r"([\d,]+)\s(k?m) à vol d’oiseau", texte))
    ]
    assert len(metres) == 20
    assert metres == sorted(metres)
    assert all(re.search(r"environ .* (à pied|en voiture).* \(estimé\)", texte) for texte in textes)
    etats = r"Ouvert|Fermé|Sur rendez-vous|Horaires inconnus|Prochain passage|Sur place"
    assert all(re.search(etats, texte) for texte in textes)


def test_choices_go_to_the_address_and_back_again(visite: Visite) -> None:
    page = visite.ouvrir(VALBOURG)
    expect(annonce(page)).to_contain_text("du plus proche")
    tous = annonce(page).inner_text()
    page.get_by_label(re.compile("^Faire une démarche maintenant")).check()
    page.get_by_label(re.compile("^Ouvert maintenant")).check()
    expect(page).to_have_url(re.compile("pour=demarche&quand=maintenant$"))
    expect(annonce(page)).not_to_have_text(tous)
    filtres = annonce(page).inner_text()

    page.go_back()
    page.go_back()
    expect(annonce(page)).to_have_text(tous)
    expect(page.get_by_label(re.compile("^Faire une démarche maintenant"))).not_to_be_checked()
    page.go_forward()
    page.go_forward()
    expect(annonce(page)).to_have_text(filtres)


def test_a_pasted_link_opens_the_same_view(visite: Visite) -> None:
    lien = VALBOURG + "&pour=demarche&quand=jeudi-10h30&avec=sans-rdv&posture=faire-avec&inconnus=oui"
    page = visite.ouvrir(lien)
    faits = [
        "Faire une démarche maintenant ×",
        "Ouvert le jeudi à 10 h 30 ×",
        "Sans rendez-vous ×",
        "On le fait avec vous ×",
    ]
    expect(page.locator("[data-choix-faits] li")).to_have_text(faits, use_inner_text=True)
    expect(page.get_by_label("Heure", exact=True)).to_have_value("10:30")
    expect(page.get_by_label(re.compile("^Montrer aussi"))).to_be_checked()
    assert page.url.endswith(lien)


def test_an_empty_result_says_which_choice_to_drop(visite: Visite) -> None:
    page = visite.ouvrir(VALBOURG + "&pour=demarche,equiper&avec=sans-rdv")
    expect(annonce(page)).to_have_text("Aucun lieu ne répond à tous ces choix.")
    issue = page.get_by_role("button", name=re.compile("^Enlever « M'équiper")).first
    attendus = int(re.search(r": (\d+) lieu", issue.inner_text())[1])  # type: ignore[index]
    issue.click()
    expect(annonce(page)).to_contain_text(f"{attendus} lieu")
    expect(annonce(page)).to_be_focused()
    expect(page).not_to_have_url(re.compile("equiper"))


def test_when_no_single_choice_is_to_drop_one_may_be_kept_alone(visite: Visite) -> None:
    page = visite.ouvrir(VALBOURG + "&pour=demarche,equiper&quand=dimanche-3h")
    page.get_by_role("button", name=re.compile("^Garder seulement « Faire une démarche")).click()
    expect(annonce(page)).to_contain_text("du plus proche")
    expect(page).to_have_url(re.compile("commune=99058&pour=demarche$"))


def test_counts_say_what_a_choice_gives_and_what_is_not_known(visite: Visite) -> None:
    page = visite.ouvrir(VALBOURG)
    gratuit = page.locator("label.choix", has_text="Gratuit").first
    expect(gratuit).to_contain_text("fiches ne le disent pas")
    attendus = int(re.search(r"\((\d+)", gratuit.inner_text())[1])  # type: ignore[index]
    gratuit.click()
    expect(annonce(page)).to_contain_text(f"{attendus} lieux")


def test_the_bus_is_found_at_its_stop_with_its_next_date(visite: Visite) -> None:
    page = visite.ouvrir("/?commune=99026&quand=lundi-15h")
    bus = resultats(page).filter(has_text="Le Petit Relais")
    expect(bus).to_contain_text("Arrêt : Place des Ajoncs")
    expect(bus).to_contain_text("Prochain passage : lundi 30 novembre, 14 h – 17 h")


def test_places_are_chosen_for_the_sheet_in_the_address(visite: Visite) -> None:
    page = visite.ouvrir(VALBOURG)
    for rang in range(5):
        resultats(page).nth(rang).get_by_role("button").click()
    expect(page.locator("[data-feuille] a")).to_have_text("Préparer la feuille : 4 lieux choisis")
    ids = page.evaluate("location.hash").removeprefix("#feuille=").split(",")
    assert len(ids) == 4
    expect(page.locator("[data-feuille]")).to_contain_text("La feuille est pleine")
    page.get_by_label(re.compile("^Ouvert le samedi")).check()
    assert page.evaluate("location.hash") == f"#feuille={','.join(ids)}", "a choice keeps the sheet"


def test_a_place_is_found_by_its_name(visite: Visite) -> None:
    page = visite.ouvrir("/")
    page.get_by_role("combobox").fill("petit relais bus")
    page.keyboard.press("Enter")
    expect(resultats(page).first).to_contain_text("Le Petit Relais, bus numérique")
    expect(page).to_have_url(re.compile(r"ou=petit\+relais\+bus"))


def test_an_address_leads_to_its_commune(visite: Visite) -> None:
    page = visite.ouvrir("/")
    page.get_by_role("combobox").fill("14 rue Pasteur, 99000 Valbourg")
    page.keyboard.press("Enter")
    expect(annonce(page)).to_contain_text("de Valbourg")
    assert visite.ailleurs == []


def test_the_state_follows_the_clock(visite: Visite) -> None:
    page = visite.ouvrir(VALBOURG)
    ouvert = page.locator(".etat--ouvert", has_text="ferme à").first
    heure, minutes = re.search(r"ferme à (\d+)\sh\s?(\d*)", ouvert.inner_text()).groups()  # type: ignore[union-attr]
    carte = resultats(page).nth(ouvert.evaluate("e => [...e.closest('ol').children].indexOf(e.closest('li'))"))
    page.clock.set_fixed_time(f"2026-11-24T{int(heure):02}:{int(minutes or 0):02}:30+01:00")
    page.clock.run_for(61_000)
    expect(carte.locator(".carte-lieu__etat")).to_contain_text("Fermé")


def test_filters_are_folded_on_a_phone_and_the_first_place_is_in_view(telephone: Visite) -> None:
    page = telephone.ouvrir("/")
    page.get_by_role("combobox").fill("99000")
    page.get_by_role("option").first.click()
    premier = resultats(page).first
    expect(premier).to_be_in_viewport()
    expect(page.locator("[data-filtres]:not([open])")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("largeur", [320, 360])
def test_nothing_overflows_with_text_twice_as_large(telephone: Visite, largeur: int) -> None:
    telephone.page.set_viewport_size({"width": largeur, "height": 740})
    page = telephone.ouvrir(VALBOURG + "&pour=demarche,apprendre&avec=gratuit")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur


def test_a_failed_load_is_said_and_may_be_tried_again(visite: Visite) -> None:
    visite.page.route("**/donnees/recherche/99.json", lambda route: route.abort())
    page = visite.ouvrir(VALBOURG)
    expect(annonce(page)).to_contain_text("n’ont pas pu être chargées")
    page.unroute("**/donnees/recherche/99.json")
    page.get_by_role("button", name="Chercher").click()
    expect(resultats(page).first).to_be_visible()


def test_hostile_texts_stay_texts(visite: Visite) -> None:
    def empoisonner(route: Route) -> None:
        brut = route.fetch().json()
        colonnes = brut["colonnes"]
        mal = "<img src=x onerror=alert(1)>\u202e</script><script>alert(2)</script>"
        for champ in ("nom", "adresse"):
            colonnes[champ] = [mal] * len(colonnes[champ])
        brut["communes"] = [[code, mal, *route] for code, _, *route in brut["communes"]]
        route.fulfill(body=json.dumps(brut), content_type="application/json")

    alertes: list[str] = []

    def noter(dialogue: Dialog) -> None:
        alertes.append(dialogue.message)
        dialogue.dismiss()

    visite.page.on("dialog", noter)
    visite.page.route("**/donnees/recherche/99.json", empoisonner)
    page = visite.ouvrir("/?commune=99058&ou=%3Cscript%3Ealert(3)%3C/script%3E&pour=%3Cb%3E")
    expect(resultats(page).first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("[data-resultats] img, [data-resultats] script").count() == 0
    assert alertes == []
    assert visite.erreurs == []


def test_position_is_asked_on_request_only(visite: Visite) -> None:
    visite.page.context.set_geolocation({"latitude": 46.4933, "longitude": -5.5714})
    visite.page.context.grant_permissions(["geolocation"])
    visite.page.add_init_script(
        "navigator.geolocation.getCurrentPosition = new Proxy(navigator.geolocation.getCurrentPosition,"
        " { apply(f, ceci, a) { window.demandes = (window.demandes ?? 0) + 1; return Reflect.apply(f, ceci, a); } });"
    )
    page = visite.ouvrir(VALBOURG)
    assert page.evaluate("window.demandes ?? 0") == 0
    page.get_by_role("button", name="Autour de moi").click()
    expect(annonce(page)).to_contain_text("votre position")
    expect(page).to_have_url(re.compile(r"/\?point=46\.493,-5\.571$"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "adresse", [VALBOURG + "&pour=demarche&avec=gratuit", VALBOURG + "&pour=demarche,equiper", "/orientation/"]
)
def test_axe_sees_no_fault_with_results_and_choices_open(visite: Visite, adresse: str, theme: str) -> None:
    visite.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = visite.ouvrir(adresse)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 200)))")
    assert violations == []


def test_an_old_record_has_one_frame_and_it_is_dashed(visite: Visite) -> None:
    visite.page.clock.set_fixed_time("2031-01-06T10:00:00+01:00")
    page = visite.ouvrir("/?commune=99058")
    ligne = page.locator("[data-resultats] > li").first
    expect(ligne).to_have_css("border-top-style", "dashed")
    expect(ligne.locator("article")).to_have_css("border-top-style", "none")
