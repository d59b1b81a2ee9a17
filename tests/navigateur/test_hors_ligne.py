"""Without network: what was opened once still works, says how old it is, and a new publication takes over whole."""

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from carte.serveur import serveur

AVIS = "Hors connexion"
FICHE = "lieux/99/ccas-de-valbourg/"
AUTRE_FICHE = "lieux/99/france-services-beaupre/"


class _Lent(SimpleHTTPRequestHandler):
    """Answers as late as its `poste` says."""

    def __init__(self, *arguments: Any, poste: "Poste", **options: Any) -> None:
        self._poste = poste
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        time.sleep(self._poste.lenteur)
        super().do_GET()

    def handle(self) -> None:
        """A browser that leaves before the answer is no error."""
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Poste:
    """A browser and a server that can be unplugged; the site lies under a path, as on the pages of a repository."""

    contexte: BrowserContext
    racine: Path
    port: int = 0
    ecoute: ThreadingHTTPServer | None = None
    lenteur: float = 0.0
    erreurs: list[str] = field(default_factory=list)

    def brancher(self) -> None:
        self.ecoute = serveur(self.racine, self.port)
        self.ecoute.RequestHandlerClass = partial(_Lent, poste=self, directory=str(self.racine))  # type: ignore[assignment]
        self.port = self.ecoute.server_address[1]
        threading.Thread(target=self.ecoute.serve_forever, daemon=True).start()
        self.contexte.set_offline(False)

    def debrancher(self) -> None:
        """No network for the page, and no server for the worker."""
        self.contexte.set_offline(True)
        assert self.ecoute
        self.ecoute.shutdown()
        self.ecoute.server_close()
        self.ecoute = None

    def adresse(self, chemin: str) -> str:
        return f"http://127.0.0.1:{self.port}/depot/{chemin}"


def installer(navigateur: Browser, site: Path, racine: Path, largeur: int, hauteur: int) -> Iterator[Poste]:
    """A copy of a site under `racine`, plugged, and a browser of this size in front of it."""
    shutil.copytree(site, racine / "depot")
    contexte = navigateur.new_context(locale="fr-FR", viewport={"width": largeur, "height": hauteur})
    poste = Poste(contexte, racine)
    contexte.on("weberror", lambda erreur: poste.erreurs.append(str(erreur.error)))
    poste.brancher()
    yield poste
    contexte.close()
    if poste.ecoute:
        poste.ecoute.shutdown()
        poste.ecoute.server_close()


@pytest.fixture
def poste(navigateur: Browser, site_demo: Path, tmp_path: Path) -> Iterator[Poste]:
    yield from installer(navigateur, site_demo, tmp_path, 1280, 900)


def ouvrir(poste: Poste, chemin: str = "") -> Page:
    """Open a page and wait until the worker has it in hand."""
    page = poste.contexte.new_page()
    page.goto(poste.adresse(chemin))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def attendre(page: Page, condition: str, arg: object) -> None:
    """Wait until an asynchronous condition holds: Playwright's own wait takes any promise for true."""
    for _ in range(100):
        if page.evaluate(condition, arg):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"Jamais vrai : {condition}")


def attendre_departement(page: Page, garde: bool = True, code: str = "99") -> None:
    condition = """async ([attendu, code]) => {
      const adresses = [];
      for (const nom of await caches.keys())
        adresses.push(...(await (await caches.open(nom)).keys()).map((r) => r.url));
      return adresses.some((url) => url.includes(`hors-ligne/${code}.`)) === attendu;
    }"""
    attendre(page, condition, [garde, code])


def chercher(page: Page, commune: str) -> None:
    page.locator("input[name=ou]").fill(commune)
    page.locator("input[name=ou]").press("Enter")
    expect(page.locator("[data-resultats] a").first).to_be_visible()


def test_a_departement_opened_once_works_without_network(poste: Poste) -> None:
    page = ouvrir(poste)
    chercher(page, "Valbourg")
    attendre_departement(page)
    page.goto(poste.adresse(FICHE))
    assert not page.get_by_text(AVIS).is_visible()
    poste.debrancher()

    page.goto(poste.adresse(""))
    expect(page.get_by_text(AVIS)).to_be_visible()
    assert re.search(r"publiées le 2 novembre 2026", page.locator("[data-hors-ligne]").inner_text())
    chercher(page, "Sainte-Ondine")
    for chemin in (FICHE, AUTRE_FICHE, "lieux/", "communes/99058/", "epci/249900010/", "noms/99/", "carte/"):
        page.goto(poste.adresse(chemin))
        expect(page.get_by_text(AVIS)).to_be_visible()
        assert "n’a pas été gardée" not in page.locator("main").inner_text(), chemin
        fond = page.evaluate("getComputedStyle(document.querySelector('.entete__cadre')).display")
        assert fond == "flex", f"{chemin} : la page a perdu sa mise en page"
    page.goto(poste.adresse("feuille/#feuille=99/ccas-de-valbourg,99/france-services-beaupre"))
    expect(page.locator(".feuille-lieu__nom")).to_have_count(2)
    expect(page.locator(".feuille-lieu__code img").first).to_have_js_property("naturalHeight", 41)
    assert poste.erreurs == []


def test_a_page_that_had_not_changed_for_long_is_seen_as_soon_as_it_does(poste: Poste) -> None:
    """A file keeps the date of its last change: without a word of its host, a browser trusts an old one for days."""
    fichier = poste.racine / "depot" / FICHE / "index.html"
    for place in fichier.parents[3].rglob("*.html"):
        os.utime(place, (1_700_000_000, 1_700_000_000))
    page = ouvrir(poste, FICHE)
    attendre_departement(page)
    page.goto(poste.adresse(FICHE))
    fichier.write_text(fichier.read_text(encoding="utf-8").replace("</h1>", " (corrigée)</h1>"), encoding="utf-8")
    page.goto(poste.adresse(""))
    page.goto(poste.adresse(FICHE))
    expect(page.get_by_role("heading", level=1)).to_contain_text("(corrigée)")


def test_what_the_worker_gives_is_the_page_itself(poste: Poste, site_demo: Path) -> None:
    page = ouvrir(poste, FICHE)
    attendre_departement(page)
    poste.debrancher()
    for chemin in (AUTRE_FICHE, "communes/99058/"):
        servie = page.goto(poste.adresse(chemin))
        assert servie
        publiee = (site_demo / chemin / "index.html").read_text(encoding="utf-8")
        assert servie.text() == publiee.replace("data-hors-ligne hidden", "data-hors-ligne")


def test_an_unknown_page_says_so_and_leads_somewhere(poste: Poste) -> None:
    page = ouvrir(poste)
    poste.debrancher()
    page.goto(poste.adresse("rapports/99/"))
    expect(page.get_by_role("heading", name="Pas de réseau")).to_be_visible()
    assert page.url.endswith("/rapports/99/")
    page.get_by_role("link", name="voir la liste des lieux").click()
    expect(page.get_by_role("heading", name="Tous les lieux")).to_be_visible()


def test_a_departement_is_kept_and_removed_by_its_button(poste: Poste) -> None:
    """The site's own département is there after the first page; once removed, it does not come back by itself."""
    page = ouvrir(poste, "lieux/")
    attendre_departement(page)
    expect(page.get_by_text("est sur cet appareil")).to_be_visible()
    page.get_by_role("button", name="Retirer ce département").click()
    attendre_departement(page, garde=False)
    page.goto(poste.adresse(FICHE))
    page.goto(poste.adresse("lieux/"))
    page.wait_for_timeout(2_000)  # longer than the respite after which an opened département is kept
    attendre_departement(page, garde=False)
    page.get_by_role("button", name="Garder ce département hors connexion").click()
    attendre_departement(page)


def test_a_slow_line_shows_what_is_kept_first_and_is_not_called_offline(poste: Poste) -> None:
    page = ouvrir(poste)
    attendre_departement(page)
    poste.lenteur = 5.0
    debut = time.monotonic()
    page.goto(poste.adresse("?commune=99058"))
    expect(page.locator("[data-resultats] a").first).to_be_visible()
    assert time.monotonic() - debut < 4.0, "less than one answer"
    expect(page.get_by_text("Réseau lent : vous lisez les informations gardées")).to_be_visible()
    assert not page.get_by_text(AVIS).is_visible()
    poste.lenteur = 0.0


def test_the_map_works_without_network_where_a_neighbour_was_never_read(poste: Poste) -> None:
    page = ouvrir(poste)
    attendre_departement(page)
    poste.debrancher()
    page.goto(poste.adresse("carte/"))
    expect(page.locator(".carte--prete")).to_be_visible()
    expect(page.locator("[data-carte-manque]")).to_contain_text("Une partie")


def test_a_new_publication_replaces_the_former_whole_and_purges_it(poste: Poste) -> None:
    page = ouvrir(poste, FICHE)
    attendre_departement(page)
    anciens = page.evaluate("caches.keys()")
    service = poste.racine / "depot" / "service.js"
    texte = service.read_text(encoding="utf-8")
    service.write_text(re.sub(r'"version":"\w+"', '"version":"nouvelle"', texte), encoding="utf-8")
    page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => true)")
    attendre(
        page,
        "(anciens) => caches.keys().then((noms) => noms.length && !noms.some((n) => anciens.includes(n)))",
        anciens,
    )
    attendre_departement(page)


def test_a_failed_renewal_leaves_the_former_version_in_service(poste: Poste) -> None:
    page = ouvrir(poste, FICHE)
    attendre_departement(page)
    anciens = page.evaluate("caches.keys()")
    service = poste.racine / "depot" / "service.js"
    texte = service.read_text(encoding="utf-8").replace('"coquille":[', '"coquille":["absent.html",')
    service.write_text(re.sub(r'"version":"\w+"', '"version":"cassee"', texte), encoding="utf-8")
    page.evaluate(
        """navigator.serviceWorker.getRegistration().then((r) => new Promise((suite) => {
          r.addEventListener("updatefound", () => r.installing.addEventListener("statechange", (e) =>
            e.target.state === "redundant" && suite(true)));
          r.update();
        }))"""
    )
    assert set(anciens) <= set(page.evaluate("caches.keys()"))
    poste.debrancher()
    page.goto(poste.adresse(AUTRE_FICHE))
    expect(page.get_by_text(AVIS)).to_be_visible()


def test_the_line_that_comes_back_is_said(poste: Poste) -> None:
    page = ouvrir(poste, FICHE)
    attendre_departement(page)
    poste.debrancher()
    page.goto(poste.adresse(AUTRE_FICHE))
    avis = page.locator("[data-hors-ligne]")
    expect(avis).to_contain_text(AVIS)
    poste.brancher()
    expect(avis).to_contain_text("La connexion est revenue")
    poste.contexte.set_offline(True)
    expect(avis).to_contain_text(AVIS)


def test_the_site_works_where_workers_are_refused(navigateur: Browser, base: str) -> None:
    contexte = navigateur.new_context(service_workers="block")
    page = contexte.new_page()
    erreurs: list[str] = []
    page.on("pageerror", lambda e: erreurs.append(str(e)))
    page.goto(base + "/")
    chercher(page, "Valbourg")
    assert erreurs == []
    contexte.close()


def test_the_manifest_is_readable_and_its_icons_exist(poste: Poste) -> None:
    page = poste.contexte.new_page()
    page.goto(poste.adresse(FICHE))
    manifeste = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then((r) => r.json())")
    assert manifeste["lang"] == "fr"
    for icone in manifeste["icons"]:
        taille = page.evaluate(
            "(src) => new Promise((s, e) => Object.assign(new Image(), {src, onerror: e, onload() { s(this.width) }}))",
            poste.adresse(icone["src"]),
        )
        assert f"{taille}x{taille}" == icone["sizes"]


def test_nothing_of_the_head_holds_back_what_comes_after(site_demo: Path) -> None:
    """On a slow line each step in series costs an answer: no script stands before a sheet or a preload."""
    tete = (site_demo / "index.html").read_text(encoding="utf-8").split("</head>")[0]
    scripts = [trouve.start() for trouve in re.finditer(r"<script", tete)]
    assert len(scripts) == 1
    assert scripts[0] > max(trouve.start() for trouve in re.finditer(r'rel="(stylesheet|preload|modulepreload)"', tete))
    assert "donnees/recherche/99.json" in tete
