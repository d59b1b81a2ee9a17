"""What each test costs, and which ones `make test-vite` leaves to `make test`: those of `lents.txt`, and no other.

A test that nobody has measured is quick until proved otherwise: a new one, or one that changes its name, is in. The
list is written by `make couts`, which runs everything once; costs are seconds of processor, children included, because
the clock of a busy machine says nothing.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ICI = Path(__file__).parent
LISTE = ICI / "lents.txt"
# A function of tests is slow from here on; a file is when preparing it costs more than this.
APPEL, PREPARATION = 0.5, 2.0
# Made once for everybody by the first who asks: their cost is of no test. The sites and the Indre are slow by nature.
_DE_TOUS, _LOURDES = {"demo", "socle"}, {"site_demonstration", "fichier_indre"}
_ENTETE = "# Les tests que make test-vite ne lance pas. Écrit par make couts : ne pas modifier à la main.\n"


def lire_liste() -> frozenset[str]:
    """Files (`access/test_paires.py`) and functions (`access/test_paires.py::test_x`) that are slow."""
    lignes = LISTE.read_text(encoding="utf-8").splitlines()
    return frozenset(ligne for ligne in lignes if ligne and not ligne.startswith("#"))


def _noms(item: pytest.Item) -> tuple[str, str]:
    """The file of a test and its function, without its parameters, from the folder of the tests."""
    fichier = item.path.relative_to(ICI).as_posix()
    return fichier, f"{fichier}::{getattr(item, 'originalname', None) or item.name}"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--noter-les-couts", action="store_true", help="réécrit tests/lents.txt d'après ce passage")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow ones; when costs are noted, the list does not matter."""
    lents = lire_liste()
    for item in items:
        if not lents.isdisjoint(_noms(item)) or not _LOURDES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("lent")


def _calcul() -> float:
    """Seconds of processor of this process and of those it has waited for."""
    temps = os.times()
    return temps.user + temps.system + temps.children_user + temps.children_system


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    yield from _mesurer(item, "preparation")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    yield from _mesurer(item, "appel")


def _mesurer(item: pytest.Item, phase: str) -> Iterator[None]:
    debut = _calcul()
    yield
    item.user_properties.append((phase, round(_calcul() - debut, 3)))
    if phase == "appel":
        item.user_properties += [("noms", _noms(item)), ("fixtures", sorted(getattr(item, "fixturenames", ())))]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Write the list when it is asked for; else name what has become too slow for the quick lane."""
    rapports = [r for liste in terminalreporter.stats.values() for r in liste if getattr(r, "when", "") == "call"]
    if config.getoption("--noter-les-couts"):
        LISTE.write_text(_ENTETE + "".join(f"{nom}\n" for nom in trop_lents(rapports)), encoding="utf-8")
        terminalreporter.write_line(f"{LISTE} est réécrit.")
    elif "not lent" in config.option.markexpr:
        for nom in trop_lents(rapports, 2 * APPEL):
            terminalreporter.write_line(f"trop lent pour make test-vite (voir make couts) : {nom}", yellow=True)


def trop_lents(rapports: Iterable[pytest.TestReport], appel: float = APPEL) -> list[str]:
    """The slow files, then the slow functions of the others, sorted; tests of the browser are never in the lane."""
    appels: dict[tuple[str, str], float] = defaultdict(float)
    preparations: dict[str, float] = defaultdict(float)
    for rapport in rapports:
        dits = dict(rapport.user_properties)
        fichier, fonction = dits["noms"]
        if fichier.startswith("navigateur/"):
            continue
        appels[fichier, fonction] = max(appels[fichier, fonction], dits["appel"])
        if _DE_TOUS.isdisjoint(dits["fixtures"]) and _LOURDES.isdisjoint(dits["fixtures"]):
            preparations[fichier] = max(preparations[fichier], dits["preparation"])
    fichiers = {fichier for fichier, secondes in preparations.items() if secondes >= PREPARATION}
    fonctions = {f for (fichier, f), secondes in appels.items() if secondes >= appel and fichier not in fichiers}
    return sorted(fichiers | fonctions)
