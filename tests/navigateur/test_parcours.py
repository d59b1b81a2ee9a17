"""The journeys of a social worker, on built sites: a screen and a phone, with and without script, online and offline.

The clock of the browser is set: « today » is Tuesday 3 November 2026, 10:00 in Paris. What is shown is compared with
the build's own opening engine (see `terrain`).
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as TropLong

from carte.hours import Etat
from carte.publish.atlas import Point
from navigateur.conftest import Visite, ecoute, visiter
from navigateur.terrain import Terrain
from sites import RACINE

PARIS = ZoneInfo("Europe/Paris")
MARDI_10H = datetime(2026, 11, 3, 10, 0, tzinfo=PARIS)
JEUDI_17H = datetime(2026, 11, 5, 17, 0, tzinfo=PARIS)
DIMANCHE_3H = datetime(2026, 11, 8, 3, 0, tzinfo=PARIS)
DEMARCHES = "Aide aux démarches administratives"
APPAREILS: dict[str, dict[str, Any]] = {
    "ecran": {"viewport": {"width": 1280, "height": 900}},
    "telephone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
}
LIEUX: dict[str, dict[str, Any]] = {
    "demonstration": {
        "depart": "99058",
        "saisie": "valbour",
        "type_lieu": ("EPN", "Espace public numérique (EPN"),
        "bus": "99/bus-numerique-le-petit-relais",
        "arret": "99021",
    },
    "indre": {
        "depart": "36044",
        "saisie": "chateaurou",
        "type_lieu": ("EPN", "Espace public numérique (EPN"),
        "bus": "36/bus-france-services-la-rur-linette-chateauroux",
        "arret": "36236",
    },
}


@pytest.fixture(scope="module", params=["demonstration", pytest.param("indre", marks=pytest.mark.partage)])
def terrain(request: pytest.FixtureRequest) -> Iterator[Terrain]:
    """Each site in turn, served on this machine."""
    demo = request.param == "demonstration"
    fichier = RACINE / "carte.yml" if demo else request.getfixturevalue("fichier_indre")
    site: Path = request.getfixturevalue("site_demo" if demo else "site_indre")
    with ecoute(site) as base:
        yield Terrain(fichier, site, base, **LIEUX[request.param])


@pytest.fixture(params=list(APPAREILS))
def visite(request: pytest.FixtureRequest, navigateur: Browser, terrain: Terrain) -> Iterator[Visite]:
    """A watched page on each device; at the end, nothing went wrong and nobody else was asked anything."""
    for page_vue in _arriver(navigateur, terrain.base, request.param):
        yield page_vue
        assert page_vue.erreurs == []
        assert page_vue.ailleurs == []


def _arriver(navigateur: Browser, base: str, appareil: str, **options: object) -> Iterator[Visite]:
    for visite in visiter(navigateur, base, timezone_id="Europe/Paris", **APPAREILS[appareil], **options):
        visite.page.clock.set_fixed_time(MARDI_10H)
        visite.page.add_init_script("window.print = () => { window.__imprime = (window.__imprime ?? 0) + 1; };")
        yield visite


def chercher(page: Page, terrain: Terrain) -> None:
    """Type half a name, take the first proposal, and wait for the results."""
    page.get_by_role("combobox", name=re.compile("Votre commune")).press_sequentially(terrain.saisie)
    page.get_by_role("option").first.click()
    expect(etat(page)).to_contain_text(terrain.commune.nom)
    expect(resultats(page).first).to_be_visible()


def etat(page: Page) -> Locator:
    return page.locator("[data-recherche] [data-etat]")


def resultats(page: Page) -> Locator:
    return page.locator("[data-resultats] > li")


def identifiants(page: Page) -> list[str]:
    """The ids of the places shown, in order."""
    liens = page.locator("[data-resultats] h2 a").evaluate_all("liens => liens.map(lien => lien.href)")
    return [re.sub(r".*/lieux/(.+)/.*", r"\1", lien) for lien in liens]


def choix(page: Page, nom: str | re.Pattern[str], role: str = "checkbox") -> Locator:
    """A choice, every fold opened on the way."""
    replis = page.locator("[data-recherche] details:not([open]) > summary").filter(visible=True)
    while replis.count():
        replis.first.click()
    return page.get_by_role(role, name=nom)  # type: ignore[arg-type]


def cocher(page: Page, nom: str | re.Pattern[str], role: str = "checkbox") -> None:
    """Tick a choice. One that no place answers goes in a fold of its own when the counts come: it is opened then."""
    for _ in range(5):
        with suppress(TropLong):
            choix(page, nom, role).check(timeout=5_000)
            return
    choix(page, nom, role).check()


def commence_par(libelle: str) -> re.Pattern[str]:
    """The name of a choice, whatever the count after it."""
    return re.compile(rf"^\s*{re.escape(libelle)}")


def demander_jeudi_17h(page: Page, terrain: Terrain) -> None:
    cocher(page, commence_par("Ouvert un jour, à une heure"), "radio")
    page.get_by_role("combobox", name="Jour").select_option(label="jeudi")
    page.get_by_role("textbox", name="Heure").fill("17:00")
    cocher(page, commence_par(terrain.type_lieu[1]))
    expect(page).to_have_url(re.compile(rf"quand=jeudi-17h.*type={terrain.type_lieu[0]}"))


def verifier(page: Page, attendus: dict[str, float]) -> list[str]:
    """The results are the twenty nearest of the places expected; within a written distance, in any order."""
    assert attendus
    kilometres = list(attendus.values())[:20]
    expect(resultats(page)).to_have_count(len(kilometres))
    montres = identifiants(page)
    assert set(montres) <= set(attendus)
    ecarts = [abs(attendus[montre] - km) for montre, km in zip(montres, kilometres, strict=True)]
    assert [e for e, km in zip(ecarts, kilometres, strict=True) if e > (0.1 if km < 9.95 else 1)] == []
    return montres


def attendus_jeudi_17h(terrain: Terrain) -> dict[str, float]:
    type_lieu = terrain.type_lieu[0]
    return terrain.proches(
        lambda p: type_lieu in (p.enregistrement.lieu.typologie or ()) and terrain.etat(p, JEUDI_17H) is Etat.OUVERT
    )


def test_nearest_place_open_on_thursday_at_17h_and_its_sheet(visite: Visite, terrain: Terrain) -> None:
    page = visite.ouvrir("/")
    chercher(page, terrain)
    demander_jeudi_17h(page, terrain)
    nom = terrain.un(verifier(page, attendus_jeudi_17h(terrain))[0]).lieu.nom
    page.get_by_role("link", name=nom).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(nom)
    page.get_by_role("button", name="Ajouter à la feuille").click()
    page.get_by_role("link", name="Voir la feuille").click()
    imprimer(page, nom)


def imprimer(page: Page, nom: str) -> None:
    """The sheet says the place and its coming openings in dates, and prints on one page."""
    feuille = page.locator("[data-feuille-lieux] > *")
    expect(feuille).to_have_count(1)
    expect(feuille).to_contain_text(nom)
    expect(feuille).to_contain_text(re.compile(r"(lundi|mardi|mercredi|jeudi|vendredi|samedi)\s\d+\snovembre"))
    page.get_by_role("button", name="Imprimer").click()
    assert page.evaluate("window.__imprime") == 1
    feuille_imprimee = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", feuille_imprimee)) == 1


def sans_rendez_vous(point: Point) -> bool | None:
    lieu = point.enregistrement.lieu
    if "permanence libre" in (lieu.formats or ()):
        return True
    return "Se présenter" in lieu.modalites_acces if lieu.modalites_acces else None


def demander_une_demarche(page: Page) -> None:
    cocher(page, commence_par("Faire une démarche"))
    cocher(page, commence_par("Ouvert maintenant"), "radio")
    cocher(page, commence_par("Sans rendez-vous"))
    expect(page).to_have_url(re.compile(r"pour=.*quand=maintenant.*avec=sans-rdv"))


def attendus_pour_une_demarche(terrain: Terrain, inconnus: bool) -> dict[str, float]:
    """Places for a démarche, open now, without appointment; with those whose record does not say, when asked."""
    ouverts = (Etat.OUVERT, Etat.INCONNU, Etat.SUR_RENDEZ_VOUS) if inconnus else (Etat.OUVERT,)
    libres = (True, None) if inconnus else (True,)
    return terrain.proches(
        lambda p: (
            DEMARCHES in p.enregistrement.lieu.services
            and terrain.etat(p, MARDI_10H) in ouverts
            and sans_rendez_vous(p) in libres
        )
    )


def test_a_demarche_done_today_without_appointment(visite: Visite, terrain: Terrain) -> None:
    page = visite.ouvrir("/")
    chercher(page, terrain)
    demander_une_demarche(page)
    attendus = attendus_pour_une_demarche(terrain, inconnus=False)
    if not attendus:  # the records of the Indre do not say it: the page tells which choice to drop
        page.get_by_role("button", name=re.compile("Montrer aussi les lieux dont la fiche ne le dit pas")).click()
        attendus = attendus_pour_une_demarche(terrain, inconnus=True)
    verifier(page, attendus)
    premier = resultats(page).first
    expect(premier).to_contain_text(re.compile(r"\d ?(m|km)\s+à vol d’oiseau"))
    expect(premier.get_by_role("link", name=re.compile("Appeler le"))).to_have_attribute("href", re.compile(r"^tel:\+"))


def jour(quand: date) -> str:
    """A day as pages write it: « 3 novembre », « 1er décembre »."""
    mois = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
    return rf"{quand.day}(er)?\s{mois[quand.month - 1]}"


def carte_de_l_arret(page: Page, commune: str) -> Locator:
    """The card of the first stop in a commune, on the fiche of a bus."""
    return page.locator("#tournee ~ .arrets > li").filter(has_text=commune).first


def trouver_le_prochain_arret(page: Page, terrain: Terrain) -> date:
    """From the commune of a stop to the fiche of the bus, the date of its next call shown on the way; the date."""
    [arret] = terrain.arrets(terrain.bus, terrain.arret)
    [passage, *_] = terrain.passages(arret, MARDI_10H) or []
    bus = terrain.un(terrain.bus).lieu
    cocher(page, commence_par("Vient près de chez vous"))
    trouve = resultats(page).filter(has_text=bus.nom).first
    expect(trouve).to_contain_text(re.compile(rf"Prochain passage : \w+ {jour(passage.jour)}"))
    trouve.get_by_role("link", name=bus.nom).click()
    expect(carte_de_l_arret(page, terrain.commune_de(terrain.arret))).to_contain_text(re.compile(jour(passage.jour)))
    return passage.jour


def test_the_next_stop_of_the_bus(visite: Visite, terrain: Terrain) -> None:
    page = visite.ouvrir(f"/?commune={terrain.arret}")
    prochain = trouver_le_prochain_arret(page, terrain)
    with page.expect_download() as telechargement:
        page.get_by_role("link", name=re.compile("agenda")).click()
    agenda = Path(telechargement.value.path()).read_text(encoding="utf-8")
    assert prochain in jours_de_l_agenda(agenda, terrain.commune_de(terrain.arret))


def jours_de_l_agenda(agenda: str, commune: str) -> set[date]:
    """Days of the events of a stop, their repetitions worked out by another library."""
    jours: set[date] = set()
    for evenement in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", re.sub(r"\r?\n ", "", agenda), re.DOTALL):
        if f"arrêt à {commune}" not in evenement:
            continue
        debut = datetime.strptime(re.search(r"DTSTART[^:]*:(\d{8})", evenement)[1], "%Y%m%d")  # type: ignore[index]
        regle = re.search(r"RRULE:(.*)", evenement)
        repetes = (
            rrulestr(re.sub(r"(UNTIL=\d{8})T\d{6}Z", r"\1", regle[1].strip()), dtstart=debut) if regle else [debut]
        )
        jours |= {jour.date() for jour in repetes}
    return jours


def test_a_filtered_link_is_shared_and_reopened(visite: Visite, terrain: Terrain, navigateur: Browser) -> None:
    page = visite.ouvrir("/")
    chercher(page, terrain)
    demander_jeudi_17h(page, terrain)
    montres = verifier(page, attendus_jeudi_17h(terrain))
    lien = page.url.removeprefix(terrain.base)
    for autre in _arriver(navigateur, terrain.base, "ecran"):
        rouverte = autre.ouvrir(lien)
        expect(resultats(rouverte)).to_have_count(len(montres))
        assert identifiants(rouverte) == montres
        expect(choix(rouverte, commence_par(terrain.type_lieu[1]))).to_be_checked()
        expect(rouverte.get_by_role("combobox", name="Jour")).to_have_value("3")
        assert autre.erreurs == autre.ailleurs == []


def test_open_now_is_a_question_and_not_an_instant(terrain: Terrain, navigateur: Browser) -> None:
    lien = f"/?commune={terrain.depart}&quand=maintenant"
    for visite in _arriver(navigateur, terrain.base, "ecran"):
        visite.page.clock.set_fixed_time(DIMANCHE_3H)
        page = visite.ouvrir(lien)
        attendus = terrain.proches(lambda p: terrain.etat(p, DIMANCHE_3H) is Etat.OUVERT)
        expect(resultats(page)).to_have_count(min(20, len(attendus)))
        if not attendus:
            expect(page.get_by_role("button", name=re.compile("Enlever « Ouvert maintenant »"))).to_be_visible()
        expect(page).to_have_url(re.compile("quand=maintenant"))
        assert visite.erreurs == visite.ailleurs == []


@pytest.mark.parametrize("appareil", APPAREILS)
def test_without_script_the_job_is_done_with_the_lists(terrain: Terrain, navigateur: Browser, appareil: str) -> None:
    ouverts = terrain.proches(
        lambda p: DEMARCHES in p.enregistrement.lieu.services and terrain.etat(p, JEUDI_17H) is Etat.OUVERT
    )
    for visite in visiter(navigateur, terrain.base, java_script_enabled=False, **APPAREILS[appareil]):
        page = visite.ouvrir("/")
        page.get_by_role("link", name="la liste des lieux par commune").click()
        page.get_by_role("link", name=terrain.commune.nom, exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(terrain.commune.nom)
        montres = page.locator("a.lieu__nom").evaluate_all("liens => liens.map(lien => lien.href)")
        ouvert = next(i for i in (re.sub(r".*/lieux/(.+)/", r"\1", lien) for lien in montres) if i in ouverts)
        page.locator(f"a.lieu__nom[href$='/{ouvert}/']").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(terrain.un(ouvert).lieu.nom)
        expect(page.get_by_role("table").first.get_by_role("row", name=re.compile("jeudi"))).to_contain_text("h")
        papier = page.pdf(format="A4")
        assert len(re.findall(rb"/Type /Page\b", papier)) <= 3
        page.get_by_role("link", name="Feuille à remettre").click()
        expect(page.get_by_text("imprimez-la telle quelle")).to_be_visible()
        assert visite.erreurs == visite.ailleurs == []


@pytest.mark.parametrize("appareil", APPAREILS)
def test_without_script_the_stops_of_the_bus_are_listed(terrain: Terrain, navigateur: Browser, appareil: str) -> None:
    bus = terrain.un(terrain.bus).lieu
    for visite in visiter(navigateur, terrain.base, java_script_enabled=False, **APPAREILS[appareil]):
        page = visite.ouvrir(f"/communes/{terrain.arret}/")
        page.get_by_role("link", name=bus.nom).first.click()
        [arret] = terrain.arrets(terrain.bus, terrain.arret)
        assert arret.arret is not None
        expect(carte_de_l_arret(page, arret.arret.commune)).to_be_visible()
        assert page.request.get(page.get_by_role("link", name=re.compile("agenda")).evaluate("lien => lien.href")).ok
        assert visite.erreurs == visite.ailleurs == []


@pytest.mark.parametrize("appareil", APPAREILS)
def test_without_network_the_journeys_still_work(terrain: Terrain, navigateur: Browser, appareil: str) -> None:
    """One search online keeps the département; then the server is gone."""
    with ExitStack() as reseau:
        base = reseau.enter_context(ecoute(terrain.site))
        for visite in _arriver(navigateur, base, appareil):
            page = visite.ouvrir("/")
            page.wait_for_function("() => navigator.serviceWorker.controller !== null")
            chercher(page, terrain)
            attendre_garde(page, terrain.depart[:2])
            reseau.close()
            visite.page.context.set_offline(True)
            page.goto(f"{base}/")
            expect(page.locator("[data-hors-ligne]")).to_be_visible()
            chercher(page, terrain)
            demander_jeudi_17h(page, terrain)
            departement = terrain.depart[:2]
            premier = next(i for i in attendus_jeudi_17h(terrain) if i.startswith(departement))
            expect(resultats(page).first).to_be_visible()
            assert identifiants(page)[0] == premier
            expect(etat(page)).not_to_contain_text("n’ont pas pu être chargés")
            nom = terrain.un(premier).lieu.nom
            page.get_by_role("link", name=nom).first.click()
            expect(page.get_by_role("heading", level=1)).to_have_text(nom)
            page.goto(f"{base}/?commune={terrain.arret}")
            trouver_le_prochain_arret(page, terrain)
            assert [e for e in visite.erreurs if not e.startswith(_SANS_RESEAU)] == []
            assert visite.ailleurs == []


# What the browser itself writes for each request that finds no network.
_SANS_RESEAU = "Failed to load resource: net::ERR_"


def test_neighbours_that_cannot_be_loaded_take_nothing_away(base: str, navigateur: Browser) -> None:
    for visite in _arriver(navigateur, base, "ecran"):
        visite.page.route("**/donnees/recherche/96.json", lambda route: route.abort())
        page = visite.ouvrir("/?commune=99058")
        expect(etat(page)).to_contain_text("Les départements voisins n’ont pas pu être chargés")
        expect(resultats(page).first).to_be_visible()
        assert [e for e in visite.erreurs if not e.startswith(_SANS_RESEAU)] == []


def attendre_garde(page: Page, departement: str) -> None:
    """Wait until the device keeps the whole département: its bundle is written last."""
    for _ in range(300):
        # Playwright's own wait takes any promise for true.
        if page.evaluate(_GARDE, departement):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"le département {departement} n’a pas été gardé")


_GARDE = """async (code) => {
  const adresses = [];
  for (const nom of await caches.keys()) adresses.push(...(await (await caches.open(nom)).keys()));
  return adresses.some(({ url }) => url.includes(`/donnees/hors-ligne/${code}.`));
}"""
