"""The dictionary of the columns: every one of the tables is explained, with its unit."""

import pytest

from carte.config import lire
from carte.indicators import DEFINITIONS
from carte.picture import Picture
from carte.pipeline import build_picture
from carte.publish.dictionnaire import Dictionnaire, decouper
from carte.publish.dictionnaire.listes import obscure
from sites import RACINE


@pytest.fixture(scope="module")
def demo() -> Picture:
    return build_picture(lire(RACINE / "carte.yml", RACINE), RACINE)


@pytest.fixture(scope="module")
def dictionnaire(demo: Picture) -> Dictionnaire:
    types = {v.valeur: v.libelle for v in demo.vocabulaires["typologies"].valeurs}
    return Dictionnaire.de(demo.indicateurs.definitions, types)


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
