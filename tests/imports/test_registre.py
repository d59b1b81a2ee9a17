"""Mappings as files: every fault at its line, in French; a hub's folder beside those of the program."""

from pathlib import Path

import pytest

from carte.imports import registre
from carte.imports.modele import ImportImpossible
from imports.monde import VOCABULAIRES

BONNE = """nom: Essai
licence: Licence Ouverte 2.0
champs:
  nom: Lieu
"""


@pytest.mark.parametrize(
    ("texte", "faute"),
    [
        ("nom: Essai\n", "1:1: Il manque le champ « licence » (licence de l'inventaire"),
        (BONNE + "code: x\n", "5:1: Le code d'une source est le nom de son fichier."),
        (BONNE + "  nomm: Lieu\n", "5:3: « nomm » n'est pas un champ d'import. Vouliez-vous dire « nom » ?"),
        (BONNE + "champ: x\n", "5:1: « champ » n'est pas un champ connu. Vouliez-vous dire « champs » ?"),
        (BONNE + "silence: oui\n", "5:10: "),
        (BONNE + "programme: magie\n", "5:12: « magie » n'existe pas : hub_lo, france_services, reprise"),
        (
            BONNE + "coordonnees: {longitude: x, latitude: y, systeme: Lambert-12}\n",
            "n'est pas un système connu : WGS84",
        ),
        (BONNE + "horaires: {creneaux: [ouverture]}\n", "par paires (ouverture, fermeture)"),
        (BONNE + "horaires: {par_jour: lundi}\n", "attend {jour}"),
        (BONNE + "services: [{colonne: S, rend: [Aide]}]\n", "« Aide » n'est pas une valeur de « services »."),
        (
            BONNE + "  typologie: {colonne: T, valeurs: {a: BIBLI}}\n",
            "« BIBLI » n'est pas une valeur de « typologies »",
        ),
        ("nom: Essai\nlicence: x\n", "Il manque « nom » dans « champs »"),
        ("nom: [a\n", "1:"),
    ],
)
def test_a_fault_is_told_at_its_line(tmp_path: Path, texte: str, faute: str) -> None:
    fichier = tmp_path / "essai.yml"
    fichier.write_text(texte, encoding="utf-8")
    with pytest.raises(registre.CorrespondanceInvalide) as refus:
        registre.lire(fichier, VOCABULAIRES)
    assert f"{tmp_path.name}/essai.yml:" in str(refus.value)
    assert faute in str(refus.value)


def test_a_hub_adds_its_own_and_may_replace_one(tmp_path: Path) -> None:
    (tmp_path / "notre-inventaire.yml").write_text(BONNE, encoding="utf-8")
    (tmp_path / "corse.yml").write_text(BONNE, encoding="utf-8")
    assert registre.trouver("notre-inventaire", tmp_path).nom == "Essai"
    assert registre.trouver("corse", tmp_path).nom == "Essai"
    assert registre.trouver("corse").nom != "Essai"
    faux = BONNE + "services: [{colonne: S, rend: [Aide]}]\n"
    (tmp_path / "fausse.yml").write_text(faux, encoding="utf-8")
    assert registre.trouver("corse", tmp_path).nom == "Essai"  # one with faults hides no other
    with pytest.raises(registre.CorrespondanceInvalide, match="Aide"):
        registre.trouver("fausse", tmp_path, VOCABULAIRES)
    with pytest.raises(
        ImportImpossible, match=r"Vouliez-vous dire « notre-inventaire » .* Sources possibles : bus-charente, carte, "
    ):
        registre.trouver("notre-inventair", tmp_path)
