"""Try a mutant in a process of its own, forked from one that has read the libraries but nothing of the program."""

import importlib
import importlib.abc
import importlib.util
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import pytest

from mutation.mutants import Mutant

T = TypeVar("T")
LIBRAIRIES = ("numpy", "pandas", "geopandas", "scipy.optimize", "scipy.spatial", "pydantic", "hypothesis", "access")


@dataclass(frozen=True, slots=True)
class Essai:
    """What became of a mutant: `tue`, `survit`, or `sans test`; seconds of processor; whether tests were left out."""

    mutant: Mutant
    sort: str
    secondes: float
    ecourte: bool = False


def preparer() -> None:
    """Read once what every process needs."""
    for nom in LIBRAIRIES:
        importlib.import_module(nom)


def a_part(calcul: Callable[[], T]) -> T:
    """The answer of a calculation made in a process of its own: what it imports stays there."""
    lecture, ecriture = os.pipe()
    if not (enfant := os.fork()):
        with os.fdopen(ecriture, "wb") as tuyau:
            pickle.dump(calcul(), tuyau)
        os._exit(0)
    os.close(ecriture)
    with os.fdopen(lecture, "rb") as tuyau:
        octets = tuyau.read()
    os.waitpid(enfant, 0)
    if not octets:
        raise RuntimeError("le calcul à part n'a rien rendu : voir ce qu'il a écrit ci-dessus")
    reponse: T = pickle.loads(octets)
    return reponse


def essayer(scripts: Path, mutant: Mutant, tests: Sequence[str], attendu: float, ecourte: bool) -> Essai:
    """Run the tests until one fails; one that takes far longer than the `attendu` seconds has failed too."""
    if not tests:
        return Essai(mutant, "sans test", 0.0)
    sys.stdout.flush()
    if not (enfant := os.fork()):
        os._exit(_dans_l_enfant(scripts, mutant, tests, limite=int(20 + 5 * attendu)))
    _, statut, usage = os.wait4(enfant, 0)
    if os.WIFSIGNALED(statut):
        sort = "tue" if os.WTERMSIG(statut) in (signal.SIGXCPU, signal.SIGKILL) else "erreur"
    else:
        # A module that cannot be imported any more fails the collection, or the file of fixtures: seen as well.
        sort = {0: "survit", 1: "tue", 2: "tue", 4: "tue"}.get(os.WEXITSTATUS(statut), "erreur")
    return Essai(mutant, sort, usage.ru_utime + usage.ru_stime, ecourte)


def _dans_l_enfant(scripts: Path, mutant: Mutant, tests: Sequence[str], limite: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (limite, limite + 5))
    muet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(muet, 1)
    os.dup2(muet, 2)
    sys.meta_path.insert(0, _Substitut(scripts, mutant))
    fichiers = list(dict.fromkeys(test.split("::")[0] for test in tests))
    options = ["-x", "-q", "-p", "no:cacheprovider", "--no-header"]
    return int(pytest.main([*options, *fichiers], plugins=[_Choix(tests)]))


class _Choix:
    """Plugin of pytest: keeps some tests, in their order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.rangs = {test: rang for rang, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self.rangs), key=lambda i: self.rangs[i.nodeid])


class _Substitut(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the changed text for one module, wherever it is imported from; nothing is written to the disk."""

    def __init__(self, scripts: Path, mutant: Mutant) -> None:
        self.chemin, self.texte = scripts / mutant.fichier, mutant.texte
        parties = list(Path(mutant.fichier).with_suffix("").parts)
        self.paquet = parties[-1] == "__init__"
        self.module = ".".join(parties[:-1] if self.paquet else parties)

    def find_spec(self, nom: str, _chemin: object = None, _cible: object = None) -> ModuleSpec | None:
        if nom != self.module:
            return None
        dossiers = [str(self.chemin.parent)] if self.paquet else None
        return importlib.util.spec_from_file_location(
            nom, self.chemin, loader=self, submodule_search_locations=dossiers
        )

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.texte, str(self.chemin), "exec"), module.__dict__)
