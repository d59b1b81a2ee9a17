"""One root for the errors of the package: each ends a command in one sentence, none in a stack."""

import importlib
import inspect
import pkgutil

import click

import carte
from carte.erreurs import ErreurCarte


def _classes() -> dict[str, type]:
    """Every public class that a module of the package defines."""
    modules = [m.name for m in pkgutil.walk_packages(carte.__path__, "carte.") if m.name != "carte.__main__"]
    return {
        f"{nom}.{classe.__name__}": classe
        for nom in modules
        for _, classe in inspect.getmembers(importlib.import_module(nom), inspect.isclass)
        if classe.__module__ == nom and not classe.__name__.startswith("_")
    }


def test_every_error_of_the_package_has_the_same_root() -> None:
    erreurs = {nom: c for nom, c in _classes().items() if issubclass(c, BaseException)}
    assert len(erreurs) > 15
    assert [nom for nom, classe in erreurs.items() if not issubclass(classe, ErreurCarte)] == []
    assert issubclass(ErreurCarte, click.ClickException)
