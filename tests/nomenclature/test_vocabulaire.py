"""Membership, labels, and matching of what people really write."""

import pytest

from carte.nomenclature import Valeur, Vocabulaire

LIEUX = Vocabulaire(
    "lieux",
    "Lieux",
    "1",
    "Nous",
    (
        Valeur("BIB", "Bibliothèque ou médiathèque", alias=("Médiathèque",)),
        Valeur("CAF", "Caisse d'allocations familiales"),
        Valeur("Accès internet et matériel", "Utiliser un ordinateur", valeurs_2022=("Accéder à du matériel",)),
        Valeur("Cœur de ville", "Centre"),
    ),
)


def test_membership_is_exact() -> None:
    assert "BIB" in LIEUX
    assert "bib" not in LIEUX
    assert "Médiathèque" not in LIEUX
    assert [valeur.valeur for valeur in LIEUX][:2] == ["BIB", "CAF"]
    assert len(LIEUX) == 4


def test_label_of_a_value_and_of_nothing() -> None:
    assert LIEUX.libelle("BIB") == "Bibliothèque ou médiathèque"
    with pytest.raises(KeyError):
        LIEUX.libelle("Piscine")


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        pytest.param("BIB", "BIB", id="exact"),
        pytest.param(" bib ", "BIB", id="casse-et-espaces"),
        pytest.param("MEDIATHEQUE", "BIB", id="alias-sans-accent"),
        pytest.param("bibliotheque ou mediatheque", "BIB", id="libelle"),
        pytest.param("Caisse d’allocations  familiales", "CAF", id="apostrophe-courbe"),
        pytest.param("accéder a du materiel", "Accès internet et matériel", id="valeur-de-2022"),
        pytest.param("coeur-de-ville", "Cœur de ville", id="ligature-et-tirets"),
        pytest.param("Accès internet", None, id="morceau"),
        pytest.param("Piscine", None, id="inconnu"),
        pytest.param("", None, id="vide"),
    ],
)
def test_canonical_value(texte: str, attendu: str | None) -> None:
    assert LIEUX.canonique(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        pytest.param("mediateque", "BIB", id="faute"),
        pytest.param("BIBL", "BIB", id="lettre-de-trop"),
        pytest.param("Accès internet", "Accès internet et matériel", id="debut"),
        pytest.param("CAF", "CAF", id="deja-juste"),
        pytest.param("Piscine", None, id="rien-de-proche"),
        pytest.param("?", None, id="sans-lettre"),
    ],
)
def test_nearest_value(texte: str, attendu: str | None) -> None:
    assert LIEUX.plus_proche(texte) == attendu
    assert LIEUX.plus_proche(texte) == attendu, "la réponse gardée en mémoire est la même"


def test_nothing_is_near_an_empty_vocabulary() -> None:
    assert Vocabulaire("vide", "Vide", "1", "Nous", ()).plus_proche("BIB") is None
