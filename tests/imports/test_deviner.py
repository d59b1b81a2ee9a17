"""A spreadsheet with French headings goes in through a mapping that was only guessed; each guess says its evidence."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from carte.imports import registre
from carte.imports.deviner import deviner
from carte.imports.modele import Conversion
from carte.publish.tableur import xlsx
from carte.publish.tableur.onglet import Feuille
from imports.monde import CONTEXTE, VOCABULAIRES

TITRES = (
    *(
        "N° fiche",
        "Structure",
        "Type de lieu",
        "Adresse",
        "Code postal",
        "Ville",
        "Téléphone",
        "E-mail",
        "Site internet",
    ),
    *("Conseiller (nom, prénom)", "Horaires d'ouverture", "Aide aux démarches", "Ordinateurs en accès libre"),
    *("Ateliers d'initiation", "Tarifs", "Mis à jour le", "Notes internes"),
)
VILLES = (("Valbourg", 36900), ("Saint-Aubin-le-Val", 36910), ("Port-Neuf", 18910), ("VALBOURG CEDEX", 36905))
TYPES = ("Mairie", "Médiathèque", "CCAS", "Espace de coworking")


def _ligne(rang: int) -> tuple[object, ...]:
    ville, postal = VILLES[rang % 4]
    return (
        *(rang, f"Espace numéro {rang}", TYPES[rang % 4], f"{rang} rue du Lavoir", postal, ville),
        *(
            254000000 + rang if rang % 5 else None,
            f"accueil{rang}@val.example",
            "www.val.example" if rang % 3 else None,
        ),
        *("Camille Martin", "du lundi au vendredi de 9h à 12h" if rang % 2 else "mardi 14h-17h, fermé en août"),
        *("oui", ("oui", "non", None)[rang % 3], ("X", None)[rang % 2]),
        *("Gratuit", date(2026, 1 + rang % 9, 1 + rang % 28), f"dossier {rang}/a revoir"),
    )


@pytest.fixture(scope="module")
def classeur() -> bytes:
    lignes = (("Inventaire 2026 du hub",), TITRES, *(_ligne(rang) for rang in range(1, 41)))
    return xlsx.ecrire((Feuille("Lieux", lignes, (20,) * len(TITRES)),), "Inventaire", date(2026, 11, 2))  # type: ignore[arg-type]


def _importer(octets: bytes, texte: str, dossier: Path) -> list[Conversion]:
    fichier = dossier / "propose.yml"
    fichier.write_text(texte, encoding="utf-8")
    source = registre.source_de("propose", registre.lire(fichier, VOCABULAIRES))
    cadre = replace(CONTEXTE, date_source=None)
    return [source.convertir(ligne, cadre) for ligne in source.lire(octets).lignes]


def test_forty_rows_go_in_by_a_guess(classeur: bytes, tmp_path: Path) -> None:
    texte, _ = deviner(classeur, "inventaire", VOCABULAIRES)
    lieux = [conversion.lieu for conversion in _importer(classeur, texte, tmp_path)]
    assert len(lieux) == 40
    assert all(lieux)
    premier = lieux[0]
    assert premier is not None
    assert (premier.nom, premier.commune, premier.adresse) == (
        "Espace numéro 1",
        "Saint-Aubin-le-Val",
        "1 rue du Lavoir",
    )
    assert (premier.code_postal, premier.telephone, premier.date_maj) == ("36910", "+33254000001", date(2026, 2, 2))
    assert (premier.typologie, premier.frais_a_charge) == (["BIB"], ["Gratuit"])
    assert (premier.courriels, premier.site_web) == (["accueil1@val.example"], ["http://www.val.example"])
    assert premier.horaires == "Mo-Fr 09:00-12:00"
    assert premier.services == ["Aide aux démarches administratives"]
    second = lieux[1]
    assert second is not None
    assert second.horaires == "Tu 14:00-17:00; Aug off"
    assert "Martin" not in repr(lieux)


def test_each_guess_says_its_evidence_and_its_coverage(classeur: bytes) -> None:
    texte, dit = deviner(classeur, "inventaire", VOCABULAIRES)
    assert "Classeur XLSX, feuille « Lieux » ; en-têtes en ligne 2, 17 colonnes." in dit
    assert '  telephone: "Téléphone"  # telephone (titre, 100 % des valeurs ; remplie à 80 %)' in texte
    assert 'date: {colonne: "Mis à jour le", forme: année-mois-jour}' in texte
    assert 'masquer: ["Conseiller (nom, prénom)"]' in texte
    assert 'oui: ["non"]' not in texte
    assert 'oui: ["oui"], non: ["non"]' in texte
    assert "#   Notes internes : « dossier 1/a revoir »" in texte


@pytest.mark.parametrize(
    ("entete", "valeurs", "attendu"),
    [
        ("x;y", ["475198,12;6692424,5", "474971,17;6692222,5"], "systeme: Lambert-93"),
        ("Date;b", ["19/02/2020;1", "03/04/2021;2"], "forme: jour/mois/année"),
        (
            "lundi matin;mardi matin;mercredi matin;jeudi matin;vendredi matin",
            ["9h-12h;;;;"],
            'par_jour: "{jour} matin"',
        ),
        ("Services proposés;b", ["Café des écrans, Aide CAF;1", "Aide CAF;2"], '"Aide CAF": []'),
        ("services;b", ["Accéder à du matériel;1", "Prendre en main un ordinateur;2"], "100 % des termes"),
        ("Adresse;b", ["2 rue X 20224 CORSCIA;1", "3 rue Y 20000 AJACCIO;2"], 'adresse_complete: "Adresse"'),
        ('"Lieu: #1";b', ["Espace;1"], 'nom: "Lieu: #1"'),
        ("Démarches;b", ["Souvent;1", "Jamais;2", "?;3"], 'oui: ["Souvent"], non: ["Jamais"], sauf: ["?"]'),
    ],
)
def test_columns_of_every_kind(entete: str, valeurs: list[str], attendu: str, tmp_path: Path) -> None:
    texte, _ = deviner("\n".join([entete, *valeurs]).encode(), 'un "nom" : #1', VOCABULAIRES)
    assert attendu in texte
    fichier = tmp_path / "propose.yml"
    fichier.write_text(texte, encoding="utf-8")
    registre.lire(fichier, VOCABULAIRES)  # whatever the file holds, what is written is a mapping
