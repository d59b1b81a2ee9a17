"""What all tests share: the project's root, the material beside it, the browser, and the rule on skipping."""

import atexit
import gc
import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import is_hypothesis_test

import hasard
import sites
import verifier_outils
from carte.config import lire

if TYPE_CHECKING:
    from carte.picture import Picture

pytest_plugins = ["couts"]
# The key of the user's memory of builds, and what is fetched: those of the person who runs the tests stay theirs.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="carte-cache-")
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)
RACINE = Path(__file__).resolve().parents[1]
PARTAGE = RACINE.parent / "shared"
# Set by the continuous integration: there, a test that skips is a test that fails.
RIEN_SAUTE = bool(os.environ.get("CARTE_RIEN_SAUTE"))
EN_INTEGRATION = bool(os.environ.get("CI"))


@pytest.fixture(autouse=True)
def _journal_rendu() -> Iterator[None]:
    """What a command was told to say is forgotten: the next test hears the warnings again, whatever came before it."""
    journaux = logging.getLogger(), logging.getLogger("carte")
    niveaux = [journal.level for journal in journaux]
    yield
    for journal, niveau in zip(journaux, niveaux, strict=True):
        journal.setLevel(niveau)


def pytest_report_header() -> str:
    """Say which draws are made, and how to make the same again."""
    return hasard.entete()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make fuzz` runs: every test that draws, by Hypothesis or from `graine`."""
    for item in items:
        if "graine" in getattr(item, "fixturenames", ()) or is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("tirage")


def pytest_collection_finish() -> None:
    """Leave what is imported out of the garbage collector's rounds: a fifth of the time of the indicators' tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def graine() -> hasard.Graine:
    """The seed to draw from, given the usual one: another at each long run (see `hasard`)."""
    return hasard.graine


@pytest.fixture(scope="session")
def racine() -> Path:
    """The project's root folder."""
    return RACINE


@pytest.fixture(scope="session")
def partage() -> Path:
    """The shared material (real inventories, layers, expected results), read in place and never copied."""
    if not PARTAGE.is_dir():
        pytest.skip("le dossier ../shared est absent : il contient les données réelles, que la CI possède")
    return PARTAGE


def _demander(nom: str) -> None:
    """Skip loudly when a tool of the list of needs is absent; fail in CI, which must have them all."""
    besoin = next(besoin for besoin in verifier_outils.BESOINS if besoin.nom == nom)
    constat = besoin.manque()
    if constat is None:
        return
    message = f"{nom.upper()} ABSENT : {verifier_outils.phrase(besoin, constat)}"
    if EN_INTEGRATION:
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium."""
    _demander("Chromium")
    return str(verifier_outils.chromium())


@pytest.fixture(scope="session")
def demo() -> "Picture":
    """The demonstration, computed once; to be read, never changed in place."""
    from carte.pipeline import build_picture

    return build_picture(lire(RACINE / "carte.yml", RACINE), RACINE)


@pytest.fixture(scope="session")
def site_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site, built once for all the workers."""

    def construire(dossier: Path) -> None:
        sites.construire(RACINE / "carte.yml", dossier / "site")

    return sites.une_fois(tmp_path_factory, "demonstration", construire) / "site"


@pytest.fixture(scope="session")
def fichier_indre(partage: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The configuration of the real Indre, its layers and records prepared once for all the workers."""

    def preparer(dossier: Path) -> None:
        sites.preparer_indre(dossier, partage)

    return sites.une_fois(tmp_path_factory, "indre", preparer) / "indre.yml"


@pytest.fixture(scope="session")
def avec_git() -> None:
    """What needs a repository of its own needs git."""
    _demander("Git")


@pytest.fixture(scope="session")
def avec_poppler() -> None:
    """What reads a PDF back needs pdftotext."""
    _demander("Poppler")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, loudly, how many tests each absent tool has cost."""
    raisons = [str(rapport.longrepr[2]) for rapport in terminalreporter.stats.get("skipped", [])]
    absents = Counter(raison.removeprefix("Skipped: ") for raison in raisons if " ABSENT : " in raison)
    for raison, nombre in sorted(absents.items()):
        terminalreporter.write_line(f"{nombre} tests sautés. {raison}", red=True, bold=True)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Turn a skip into a failure when nothing may be skipped."""
    resultat = yield
    rapport = resultat.get_result()  # type: ignore[attr-defined]
    if RIEN_SAUTE and rapport.skipped and not hasattr(rapport, "wasxfail"):
        rapport.outcome = "failed"
        rapport.longrepr = f"Un test a été sauté alors que rien ne doit l'être : {rapport.longrepr}"


@pytest.fixture(scope="session")
def node() -> str:
    """The path of node, which also installs the libraries of the site."""
    chemin = shutil.which("node")
    assert chemin, "node est nécessaire : il installe aussi les bibliothèques du site"
    return chemin
