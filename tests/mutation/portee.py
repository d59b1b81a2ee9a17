"""Which tests reach which line of a room, and what each costs: measured once, with the program as it is."""

import ast
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import pytest


@dataclass(frozen=True)
class Portee:
    """Seconds of each test, and the tests of each line of each file; a line of no test is run at import only."""

    durees: dict[str, float]
    lignes: dict[str, dict[int, list[str]]]

    def tests(self, scripts: Path, fichier: str, ligne: int, budget: float) -> tuple[list[str], bool]:
        """The tests to run for a line, cheapest file first, and whether the budget (seconds) left some out.

        What runs at import (tables, bounds, defaults) concerns every test, first those that enter its module.
        """
        du_fichier = self.lignes.get(fichier, {})
        proches = du_fichier.get(_debut(scripts / fichier, ligne), [])
        restants = sorted(self.durees) if not proches else []
        du_module = sorted({test for tests in du_fichier.values() for test in tests}) if restants else []
        groupes = [self._par_cout(groupe) for groupe in (proches, du_module, restants)]
        ordonnes = list(dict.fromkeys(test for groupe in groupes for test in groupe))
        gardes, total = [], 0.0
        for test in ordonnes:
            total += self.durees[test]
            if total > budget:
                return gardes, True
            gardes.append(test)
        return gardes, False

    def _par_cout(self, tests: list[str]) -> list[str]:
        """Tests of one file stay together, for their shared fixtures."""
        fichiers: dict[str, float] = defaultdict(float)
        for test in tests:
            fichiers[test.split("::")[0]] += self.durees[test]
        return sorted(tests, key=lambda test: (fichiers[test.split("::")[0]], test.split("::")[0], self.durees[test]))


def _debut(chemin: Path, ligne: int) -> int:
    """The first line of the innermost statement: the one that coverage marks."""
    arbre = ast.parse(chemin.read_text(encoding="utf-8"))
    dedans = [n for n in ast.walk(arbre) if isinstance(n, ast.stmt) and n.lineno <= ligne <= (n.end_lineno or 0)]
    return max((n.lineno for n in dedans), default=ligne)


@dataclass
class _Temoin:
    """Plugin of pytest: tells coverage which test runs, and keeps how long each takes."""

    mesure: coverage.Coverage
    durees: dict[str, float] = field(default_factory=dict)
    rates: list[str] = field(default_factory=list)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item):  # type: ignore[no-untyped-def]  # a generator of pytest
        self.mesure.switch_context(item.nodeid)
        debut = time.process_time()
        yield
        self.durees[item.nodeid] = time.process_time() - debut
        self.mesure.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.rates.append(report.nodeid)


def mesurer(scripts: Path, piece: str, dossiers: list[str]) -> Portee:
    """Run the tests of some folders once; RuntimeError if one fails, for nothing can then be concluded."""
    racine = (scripts / "carte" / piece).resolve()
    mesure = coverage.Coverage(source=[str(racine)], data_file=None, config_file=False)
    temoin = _Temoin(mesure)
    mesure.start()
    code = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:randomly", *dossiers], plugins=[temoin])
    mesure.stop()
    if code != pytest.ExitCode.OK:
        raise RuntimeError(f"sans rien changer, des tests échouent : {temoin.rates or code}")
    donnees = mesure.get_data()
    lignes = {
        Path(fichier).relative_to(scripts.resolve()).as_posix(): {
            ligne: sorted(filter(None, contextes)) for ligne, contextes in donnees.contexts_by_lineno(fichier).items()
        }
        for fichier in donnees.measured_files()
    }
    return Portee(temoin.durees, lignes)
