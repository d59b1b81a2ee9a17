"""The recipe « ajouter un indicateur »: each definition has its words, its figures, a test and its place in the report.

A new indicator fails here until every step of docs/recettes/indicateur.md is done.
"""

import re

import pytest

from carte.indicators import DEFINITIONS, Definition
from carte.picture import Picture
from publish.test_report_complet import A_PART, CODES
from sites import RACINE

# Figures that are not columns of the territories' tables: where they are instead.
AILLEURS = {
    "G6": "les simulations, en listes à part",
    "G9": "l'évolution, en listes à part",
    "N2": "les communes d'un territoire sans mesure de besoin : la démonstration en a une (N1)",
}
ESSAIS = ("indicators", "simulation", "evolution")
# Each has a whole folder of tests.
DOSSIERS = {"G6": "simulation", "G9": "evolution"}


def test_codes_are_distinct_and_short() -> None:
    codes = [definition.code for definition in DEFINITIONS]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Z]+\d*", code) for code in codes)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.code)
def test_it_says_what_it_is_how_it_is_computed_and_what_it_does_not_say(definition: Definition) -> None:
    for nom in ("nom", "formule", "unite", "source", "biais", "sens"):
        texte = getattr(definition, nom)
        assert texte.strip() == texte != "", nom
    for nom in ("biais", "sens"):
        assert getattr(definition, nom).endswith("."), nom
    assert not definition.formule.endswith("."), "la formule entre dans une phrase du dictionnaire"


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.code)
def test_it_has_figures_or_says_where_they_are(demo: Picture, definition: Definition) -> None:
    colonnes = [str(c) for table in demo.indicateurs.tables.values() for c in table.columns]
    siennes = [colonne for colonne in colonnes if colonne.startswith(f"{definition.code}_")]
    assert bool(siennes) != (definition.code in AILLEURS)


def test_no_figure_is_of_an_unknown_indicator(demo: Picture) -> None:
    codes = {definition.code for definition in DEFINITIONS}
    for table in demo.indicateurs.tables.values():
        autres = {str(c).split("_")[0] for c in table.columns if re.match(r"[A-Z]", str(c))}
        assert autres - codes == set()


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.code)
def test_it_is_tried_by_its_name(definition: Definition) -> None:
    if definition.code in DOSSIERS:
        assert list((RACINE / "tests" / DOSSIERS[definition.code]).glob("test_*.py"))
        return
    fichiers = [f for nom in ESSAIS for f in (RACINE / "tests" / nom).rglob("*.py")]
    motif = re.compile(rf"\b{definition.code}(_|\b)")
    assert any(motif.search(fichier.read_text(encoding="utf-8")) for fichier in fichiers)


def test_the_report_is_asked_for_each_of_them() -> None:
    """The tests of the report, its PDF and its workbook go through CODES: a figure, or the reason why there is none."""
    assert {*CODES, *A_PART} == {definition.code for definition in DEFINITIONS}
    assert not {*CODES} & {*A_PART}


def test_the_reader_of_the_code_finds_it() -> None:
    """What design names, definitions order: offer, access, needs, broadband, deficits."""
    familles = [re.sub(r"\d", "", definition.code) for definition in DEFINITIONS]
    assert sorted(familles, key=familles.index) == familles
