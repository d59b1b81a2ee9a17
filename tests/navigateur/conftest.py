"""A real browser on the built demonstration: what it logs and whom it contacts is recorded."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from carte.publish.cadre.polices import pour_typst
from carte.serveur import serveur
from sites import RACINE, construire, une_fois

# A busy machine is slow, not wrong: what a page must show in the end is waited for.
expect.set_options(timeout=20_000)

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
        chrome = playwright.chromium.launch(executable_path=chromium, args=_OPTIONS, env=environnement)
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
    visite = Visite(page, base)
    page.on("console", lambda m: visite.erreurs.append(m.text) if _est_une_faute(m) else None)
    page.on("pageerror", lambda e: visite.erreurs.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith((base, "data:", "blob:")) else visite.ailleurs.append(r.url))
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
