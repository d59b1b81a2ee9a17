"""The columns: each one named by a page or a file exists, and is explained by its definition, with its unit."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from carte.indicators import DEFINITIONS
from carte.picture import Picture
from carte.publish.dictionnaire import Dictionnaire, decouper
from carte.publish.dictionnaire.listes import obscure
from carte.publish.dictionnaire.mots import ENTETES, FINS
from sites import RACINE

PUBLISH = RACINE / "scripts" / "carte" / "publish"
CODES = {d.code: d for d in DEFINITIONS}
_CODE = re.compile(r"[ABGNO]\d{1,2}|CUIVRE|CONF")
_NOMMEE = re.compile(rf"(?:{'|'.join(CODES)})_")
_TROU = re.compile(r"\{\w*\}")


def _textes(fichier: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module, with `{}` where something is put in it."""
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    morceaux = {id(v) for n in ast.walk(arbre) if isinstance(n, ast.JoinedStr) for v in n.values}
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.JoinedStr):
            yield noeud.lineno, "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in noeud.values)
        elif isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and id(noeud) not in morceaux:
            yield noeud.lineno, noeud.value


def _nommees(motif: re.Pattern[str]) -> dict[str, str]:
    """Text that a module of `publish` names → where."""
    return {
        texte: f"{fichier.relative_to(PUBLISH).as_posix()}:{ligne}"
        for fichier in sorted(PUBLISH.rglob("*.py"))
        for ligne, texte in _textes(fichier)
        if motif.match(texte)
    }


@pytest.fixture(scope="module")
def dictionnaire(demo: Picture) -> Dictionnaire:
    types = {v.valeur: v.libelle for v in demo.vocabulaires["typologies"].valeurs}
    return Dictionnaire.de(demo.indicateurs.definitions, types)


@pytest.fixture(scope="module")
def colonnes(demo: Picture) -> frozenset[str]:
    return frozenset(str(c) for table in demo.indicateurs.tables.values() for c in table.columns)


def test_no_column_of_the_demonstration_is_obscure(demo: Picture, dictionnaire: Dictionnaire) -> None:
    for niveau, table in demo.indicateurs.tables.items():
        restes = {str(c): dictionnaire.obscurs(str(c)) for c in table.columns if dictionnaire.obscurs(str(c))}
        assert not restes, niveau
    for nom, liste in demo.indicateurs.listes.items():
        assert [c for c in liste.columns if obscure(str(c))] == [], nom


def test_titles_are_distinct(demo: Picture, dictionnaire: Dictionnaire) -> None:
    for table in demo.indicateurs.tables.values():
        titres = [dictionnaire.titre(str(colonne)) for colonne in table.columns]
        assert len(titres) == len(set(titres))


@pytest.mark.parametrize(
    ("colonne", "unite", "mots"),
    [
        pytest.param("A2_voiture_20_formation_bas", "habitants", ["20 minutes", "formation", "borne basse"], id="A2"),
        pytest.param("B1_thd30_den", "locaux", ["30 Mbit/s", "dénominateur"], id="B1"),
        pytest.param("O8_fiches_num", "fiches", ["fiches récentes"], id="O8-fiches"),
        pytest.param("O8_voiture_15_num", "habitants", ["15 minutes"], id="O8-voiture"),
        pytest.param("O8_age_median_val", "jours", ["âge médian"], id="O8-age"),
        pytest.param("A7_distance_moyenne_val", "km", ["distance"], id="A7-distance"),
        pytest.param("A7_voiture_p90_haut", "minutes", ["neuvième décile", "borne haute"], id="A7-temps"),
        pytest.param("G3_20_formation_marge_val", "points", ["marge au seuil"], id="G3-marge"),
        pytest.param("G3_20_statut", "", ["statut"], id="G3-statut"),
        pytest.param("O1_type_BIB_val", "lieux pour 10 000 habitants", ["type : BIB"], id="O1-type"),
        pytest.param("population", "habitants", ["Habitants"], id="entete"),
    ],
)
def test_a_column_has_its_unit_and_its_words(colonne: str, unite: str, mots: list[str]) -> None:
    description = Dictionnaire.de(DEFINITIONS).decrire(colonne)
    assert description.unite == unite
    for mot in mots:
        assert mot in description.titre


def test_an_unknown_piece_is_kept_and_named() -> None:
    dictionnaire = Dictionnaire.de(DEFINITIONS)
    assert dictionnaire.obscurs("A2_fusee_20_num") == ["fusee"]
    assert "fusee" in dictionnaire.decrire("A2_fusee_20_num").titre
    assert dictionnaire.obscurs("Z9_num") == ["Z9_num"]
    assert dictionnaire.decrire("Z9_num").titre == "Z9_num"


@pytest.mark.parametrize(
    ("colonne", "attendu"),
    [
        ("A2_voiture_20_hors_departement", ("A2", "voiture_20", "hors_departement")),
        ("O2_val", ("O2", "", "val")),
        ("A4_20_hors_portee_num", ("A4", "20_hors_portee", "num")),
        ("A1_voiture_lieu_id", ("A1", "voiture", "lieu_id")),
    ],
)
def test_names_are_cut_at_their_longest_suffix(colonne: str, attendu: tuple[str, str, str]) -> None:
    assert decouper(colonne) == attendu


def absentes(nommees: dict[str, str], colonnes: frozenset[str]) -> dict[str, str]:
    """Those that are no column, nor the name of a share or a measure without suffix, nor the beginning of one."""
    debuts = {"_".join(morceaux[:n]) for c in colonnes for morceaux in [c.split("_")] for n in range(len(morceaux) + 1)}
    connues = colonnes | debuts | {f"{debut}_" for debut in debuts}
    return {
        texte: ou
        for texte, ou in nommees.items()
        for forme in [re.compile(r"\w*".join(re.escape(m) for m in _TROU.split(texte)))]
        if not any(forme.fullmatch(c) for c in connues)
    }


def test_every_column_named_by_publish_is_given_by_the_indicators(colonnes: frozenset[str]) -> None:
    nommees = _nommees(_NOMMEE)
    assert len(nommees) > 60, "the names of columns are no longer found in the code"
    assert absentes(nommees, colonnes) == {}


@pytest.mark.parametrize(
    "nom", ["A2_voiture_{}_formations", "G3_{}_status", "B1_{}_locaux", "O4_dimanche", "A2_fusee", "G1_{}_loin_no"]
)
def test_a_column_that_nobody_gives_is_found_out(colonnes: frozenset[str], nom: str) -> None:
    assert absentes({nom: "ici"}, colonnes) == {nom: "ici"}


def test_every_code_named_by_publish_has_a_definition() -> None:
    nommes = {t: ou for t, ou in _nommees(_CODE).items() if _CODE.fullmatch(t)}
    assert len(nommes) > 20
    assert {t: ou for t, ou in nommes.items() if t not in CODES} == {}


def test_no_definition_has_words_for_a_column_that_does_not_exist(colonnes: frozenset[str]) -> None:
    """Words left behind when a column goes would be taken for the truth of the next one."""
    propres = {c: decouper(c) for c in colonnes if c not in ENTETES}
    for code, definition in CODES.items():
        noms = [c for c, (le_code, _, _) in propres.items() if le_code == code]
        mots = definition.colonnes
        for piece in (*mots.variantes, *mots.bases, *(u for u in mots.unites if u not in FINS)):
            assert any(f"_{piece}_" in f"{c}_" for c in noms), f"{code}: {piece}"
