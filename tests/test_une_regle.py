"""One rule, one answer: only `records.dires` reads the fields that several places used to judge, each in its way."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[1]
CARTE = RACINE / "scripts" / "carte"
# Rooms that make records or check their shape: they decide nothing of what a reader is told.
LIBRES = ("records", "imports", "demo")
CHAMPS = {
    *("modalites_acces", "formats", "frais_a_charge", "itinerance", "pass_numerique"),
    *("date_maj", "verifie_le", "fermetures", "date_ouverture", "date_fermeture", "jusqua"),
}
VALEURS = {
    *("Se présenter", "permanence libre", "Ce lieu n'accueille pas de public", "Gratuit", "Itinérant", "Fixe"),
    *("Gratuit sous condition", "Payant"),
}
# The record's own words, shown as they are, or kept as a fact beside the rule.
PERMIS = {
    "publish/fiche/vue.py": {*CHAMPS} - {"fermetures", "date_fermeture", "jusqua"},
    "publish/search/lieux.py": {"pass_numerique", "verifie_le"},
    "indicators/offre/points.py": {"date_maj"},
    "indicators/attaches.py": {"jusqua"},
    # What was announced, and when: dates of a feed, and of a question to ask again.
    "publish/fil.py": {"date_ouverture", "date_fermeture"},
    "publish/relecture/motifs.py": {"fermetures", "date_ouverture", "verifie_le"},
    # The days of a record beside those of its history, as both are written.
    "boucle/historique.py": {"date_maj", "verifie_le"},
    # The label of a question.
    "publish/search/facettes.py": {"Gratuit"},
}
MODULES = sorted(f for f in CARTE.rglob("*.py") if f.relative_to(CARTE).parts[0] not in LIBRES)


def lus(module: Path) -> Iterator[str]:
    """Fields of a record read in a module (an attribute of `dires` is an answer), and values compared."""
    for noeud in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.Attribute) and noeud.attr in CHAMPS:
            if not (isinstance(noeud.value, ast.Name) and noeud.value.id in {"dires", "self"}):
                yield noeud.attr
        elif isinstance(noeud, ast.Constant) and noeud.value in VALEURS:
            yield noeud.value


@pytest.mark.parametrize("module", MODULES, ids=lambda f: f.relative_to(CARTE).as_posix())
def test_nobody_else_decides_what_a_record_says(module: Path) -> None:
    permis = PERMIS.get(module.relative_to(CARTE).as_posix(), set())
    assert set(lus(module)) - permis == set()


def test_what_is_permitted_is_still_read() -> None:
    for nom in PERMIS:
        assert set(lus(CARTE / nom)), f"{nom} no longer reads any of these fields: drop it from the list"


def test_the_browser_decides_nothing() -> None:
    for module in (RACINE / "site_src" / "modules").rglob("*.js"):
        texte = module.read_text(encoding="utf-8")
        assert not [valeur for valeur in VALEURS if f'"{valeur}"' in texte], module.name


def test_each_rule_is_in_the_table_for_maintainers() -> None:
    table = (RACINE / "docs" / "une-regle-une-reponse.md").read_text(encoding="utf-8")
    arbre = ast.parse((CARTE / "records" / "dires.py").read_text(encoding="utf-8"))
    publiques = [n.name for n in arbre.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    assert [nom for nom in publiques if f"`{nom}`" not in table] == []
