"""A real browser on the built demonstration: what it logs and whom it contacts is recorded."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from carte.serveur import serveur
from sites import RACINE, construire

# Without these, Chromium itself looks for updates and known hosts at start.
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
    erreurs: list[str] = field(default_factory=list)
    ailleurs: list[str] = field(default_factory=list)

    def ouvrir(self, chemin: str) -> Page:
        """Open a page of the site and wait until the network is quiet."""
        reponse = self.page.goto(self.base + chemin, wait_until="networkidle")
        assert reponse is not None
        assert reponse.ok, f"{chemin} : {reponse.status}"
        return self.page


@pytest.fixture(scope="session")
def site_demo(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site, built once."""
    return construire(RACINE / "carte.yml", tmp_path_factory.mktemp("demo") / "site")


@pytest.fixture(scope="session")
def base(site_demo: Path) -> Iterator[str]:
    """The address of the demonstration, served on this machine."""
    with serveur(site_demo, 0) as ecoute:
        threading.Thread(target=ecoute.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{ecoute.server_address[1]}"
        ecoute.shutdown()


@pytest.fixture(scope="session")
def navigateur(chromium: str) -> Iterator[Browser]:
    """The system's Chromium, driven by Playwright."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium, args=_OPTIONS)
        yield chrome
        chrome.close()


def _visite(navigateur: Browser, base: str, **options: object) -> Iterator[Visite]:
    contexte = navigateur.new_context(locale="fr-FR", **options)  # type: ignore[arg-type]
    page = contexte.new_page()
    visite = Visite(page, base)
    page.on("console", lambda m: visite.erreurs.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: visite.erreurs.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith((base, "data:", "blob:")) else visite.ailleurs.append(r.url))
    yield visite
    contexte.close()


@pytest.fixture
def visite(navigateur: Browser, base: str) -> Iterator[Visite]:
    """A page on a large screen."""
    yield from _visite(navigateur, base, viewport={"width": 1280, "height": 900})


@pytest.fixture
def telephone(navigateur: Browser, base: str) -> Iterator[Visite]:
    """A page on a small phone."""
    yield from _visite(navigateur, base, viewport={"width": 360, "height": 740}, has_touch=True)


@pytest.fixture
def sans_script(navigateur: Browser, base: str) -> Iterator[Visite]:
    """A page in a browser that runs no script."""
    yield from _visite(navigateur, base, viewport={"width": 360, "height": 740}, java_script_enabled=False)
