"""A real browser on the built demonstration: what it logs and whom it contacts is recorded."""

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from bench.navigation import OPTIONS
from carte.publish.cadre.polices import pour_typst
from carte.serveur import serveur
from sites import RACINE, construire, une_fois

# A busy machine is slow, not wrong: what a page must show in the end is waited for.
expect.set_options(timeout=20_000)

# A turn of the page's loop: what it had to do when asked is done. A clock that a test holds does not hold messages.
_UN_TOUR = """() => new Promise((fait) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = fait;
  port2.postMessage(0);
})"""
_TOURS, _PATIENCE = 5, 30.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one built site: one worker runs them all."""
    for item in items:
        if "navigateur" in item.path.parts:
            item.add_marker(pytest.mark.navigateur)
            item.add_marker(pytest.mark.xdist_group("navigateur"))


@dataclass
class Visite:
    """One page under watch: errors of the console, requests to another host."""

    page: Page
    base: str
    scripts: bool = True
    erreurs: list[str] = field(default_factory=list)
    ailleurs: list[str] = field(default_factory=list)
    demandes: int = 0
    en_cours: set[Request] = field(default_factory=set)

    def demander(self, requete: Request) -> None:
        """Note a request that leaves, and whether it goes to another host."""
        self.demandes += 1
        self.en_cours.add(requete)
        if not requete.url.startswith((self.base, "data:", "blob:")):
            self.ailleurs.append(requete.url)

    def finir(self, requete: Request) -> None:
        """Note that a request has its answer, or will never have one."""
        self.en_cours.discard(requete)

    def ouvrir(self, chemin: str) -> Page:
        """Open a page of the site and wait until it is at rest."""
        reponse = self.page.goto(self.base + chemin)
        assert reponse is not None
        assert reponse.ok, f"{chemin} : {reponse.status}"
        self.au_repos()
        return self.page

    def au_repos(self) -> None:
        """Wait until the page has nothing left to read or to do: no request under way, none asked for by what it does.

        What `networkidle` says after half a second of silence, a few turns of the page's own loop say at once. A page
        without scripts is at rest when it is loaded.
        """
        calmes, fin = 0, time.monotonic() + _PATIENCE
        while self.scripts and calmes < _TOURS:
            assert time.monotonic() < fin, f"toujours en cours : {[requete.url for requete in self.en_cours]}"
            demandes = self.demandes
            self.page.evaluate(_UN_TOUR)
            calmes = calmes + 1 if self.demandes == demandes and not self.en_cours else 0


@pytest.fixture(scope="session")
def site_demo(chromium: str, request: pytest.FixtureRequest) -> Path:
    """The demonstration's site; not built at all without a browser."""
    site: Path = request.getfixturevalue("site_demonstration")
    return site


@contextmanager
def ecoute(site: Path) -> Iterator[str]:
    """The address of a site served on this machine, until the block ends: then nobody answers any more."""
    with serveur(site, 0) as local:
        threading.Thread(target=local.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{local.server_address[1]}"
        local.shutdown()


@pytest.fixture(scope="session")
def base(site_demo: Path) -> Iterator[str]:
    """The address of the demonstration, served on this machine."""
    with ecoute(site_demo) as adresse:
        yield adresse


@pytest.fixture(scope="session")
def site_indre(chromium: str, fichier_indre: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real Indre, built once for all the workers."""
    return une_fois(tmp_path_factory, "site-indre", lambda d: construire(fichier_indre, d / "site")) / "site"


@contextmanager
def _une_police() -> Iterator[dict[str, str | float | bool]]:
    """An environment where Chromium finds a letter to draw: it dies on a machine that has no font at all."""
    environnement: dict[str, str | float | bool] = {**os.environ}
    if shutil.which("fc-list") is None or subprocess.run(["fc-list"], capture_output=True, check=True).stdout.strip():
        yield environnement
        return
    with pour_typst(RACINE) as dossier, tempfile.TemporaryDirectory() as travail:
        reglage = Path(travail) / "fonts.conf"
        reglage.write_text(
            f"<fontconfig><dir>{dossier}</dir><cachedir>{travail}</cachedir></fontconfig>", encoding="utf-8"
        )
        yield environnement | {"FONTCONFIG_FILE": str(reglage)}


@pytest.fixture(scope="session")
def navigateur(chromium: str) -> Iterator[Browser]:
    """The system's Chromium, driven by Playwright."""
    with _une_police() as environnement, sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium, args=OPTIONS, env=environnement)
        yield chrome
        chrome.close()


# Keeping a département on the device is tried by its own tests; elsewhere it would only load the whole site again.
_SANS_RELAIS = {"service_workers": "block"}
# Playwright's own word on it, when a page lives long enough to try.
_RELAIS_REFUSE = "Service Worker registration blocked by Playwright"


def _est_une_faute(message: ConsoleMessage) -> bool:
    return message.type in ("error", "warning") and message.text != _RELAIS_REFUSE


def visiter(navigateur: Browser, base: str, **options: object) -> Iterator[Visite]:
    """A page of the site at `base`, under watch, in a browser context of its own."""
    contexte = navigateur.new_context(locale="fr-FR", **options)  # type: ignore[arg-type]
    page = contexte.new_page()
    visite = Visite(page, base, scripts=bool(options.get("java_script_enabled", True)))
    page.on("console", lambda m: visite.erreurs.append(m.text) if _est_une_faute(m) else None)
    page.on("pageerror", lambda e: visite.erreurs.append(str(e)))
    page.on("request", visite.demander)
    for fin in ("requestfinished", "requestfailed"):
        page.on(fin, visite.finir)
    yield visite
    contexte.close()


@pytest.fixture
def visite(navigateur: Browser, base: str) -> Iterator[Visite]:
    """A page on a large screen."""
    yield from visiter(navigateur, base, viewport={"width": 1280, "height": 900}, **_SANS_RELAIS)


@pytest.fixture
def telephone(navigateur: Browser, base: str) -> Iterator[Visite]:
    """A page on a small phone."""
    yield from visiter(navigateur, base, viewport={"width": 360, "height": 740}, has_touch=True, **_SANS_RELAIS)


@pytest.fixture
def sans_script(navigateur: Browser, base: str) -> Iterator[Visite]:
    """A page in a browser that runs no script."""
    yield from visiter(navigateur, base, viewport={"width": 360, "height": 740}, java_script_enabled=False)
