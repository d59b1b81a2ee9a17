"""Files of every kind that hubs send: read whatever wrote them, or explained in French."""

import json
from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from carte.imports import fichiers
from carte.imports.modele import ImportImpossible
from carte.publish.tableur import ods, xlsx
from carte.publish.tableur.onglet import Feuille

LIGNES = [("Médiathèque", "Châteauroux", "01 02"), ("Mairie", "Issoudun", "")]
TEXTE = "Nom;Commune;Tél\r\n" + "\r\n".join(";".join(ligne) for ligne in LIGNES)
ATTENDU = [{"Nom": n, "Commune": c, "Tél": t} for n, c, t in LIGNES]


def _valeurs(octets: bytes, **options: str) -> list[dict[str, str]]:
    return [dict(rangee.valeurs) for rangee in fichiers.lire(octets, ("Nom",), **options).rangees]


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (TEXTE.encode("utf-8"), "CSV, UTF-8, séparé par des points-virgules ; en-têtes en ligne 1, 3 colonnes."),
        (TEXTE.encode("utf-8-sig"), "CSV, UTF-8, séparé par des points-virgules ; en-têtes en ligne 1, 3 colonnes."),
        (
            TEXTE.encode("cp1252"),
            "CSV, Windows-1252, séparé par des points-virgules ; en-têtes en ligne 1, 3 colonnes.",
        ),
        (TEXTE.encode("utf-16"), "CSV, UTF-16, séparé par des points-virgules ; en-têtes en ligne 1, 3 colonnes."),
        (
            TEXTE.replace(";", "\t").encode(),
            "CSV, UTF-8, séparé par des tabulations ; en-têtes en ligne 1, 3 colonnes.",
        ),
        (TEXTE.replace(";", ",").encode(), "CSV, UTF-8, séparé par des virgules ; en-têtes en ligne 1, 3 colonnes."),
        (
            f"Inventaire 2026;;\r\n;;\r\n{TEXTE}".encode(),
            "CSV, UTF-8, séparé par des points-virgules ; en-têtes en ligne 3, 3 colonnes.",
        ),
    ],
    ids=["utf8", "bom", "cp1252", "utf16", "tabulations", "virgules", "titre"],
)
def test_csv(octets: bytes, dit: str) -> None:
    assert _valeurs(octets) == ATTENDU
    assert fichiers.lire(octets, ("Nom",)).detecte == (dit,)


def test_a_row_with_a_separator_too_many_is_refused_alone() -> None:
    rangees = fichiers.lire(f"{TEXTE}\r\nPIJ;Le Blanc;02;trop".encode(), ("Nom",)).rangees
    assert [bool(rangee.defaut) for rangee in rangees] == [False, False, True]
    assert rangees[2].numero == 4
    assert "4 colonnes au lieu de 3" in rangees[2].defaut


def test_headings_twice_or_empty_keep_every_value() -> None:
    assert _valeurs(b"Nom;Nom;;Commune\nA;B;C;D") == [{"Nom": "A", "Nom (2)": "B", "(colonne 3)": "C", "Commune": "D"}]


def _xlsx(feuilles: tuple[Feuille, ...]) -> bytes:
    return xlsx.ecrire(feuilles, "Essai", date(2026, 11, 2))


def _ods(feuilles: tuple[Feuille, ...]) -> bytes:
    return ods.ecrire(feuilles, "Essai")


@pytest.mark.parametrize(("ecrire", "genre"), [(_xlsx, "XLSX"), (_ods, "ODS")])
def test_workbooks(ecrire: Callable[[tuple[Feuille, ...]], bytes], genre: str) -> None:
    """The sheet of the places is found among others; the rest is said."""
    octets = ecrire(
        (
            _feuille("Lisez-moi", ("Note",), [("Inventaire du hub",)]),
            _feuille("Lieux", ("Nom", "Commune", "Tél"), LIGNES),
        )
    )
    inventaire = fichiers.lire(octets, ("Nom", "Commune"))
    assert [dict(rangee.valeurs) for rangee in inventaire.rangees] == ATTENDU
    assert inventaire.genre == f"classeur {genre}, feuille « Lieux »"
    assert "Autres feuilles, non lues : Lisez-moi." in inventaire.detecte
    with pytest.raises(ImportImpossible, match="pas de feuille « Autre », mais : Lisez-moi, Lieux"):
        fichiers.lire(octets, feuille="Autre")


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (36018.0, "36018"),
        (46.5, "46.5"),
        (True, "oui"),
        (datetime(2024, 2, 19), "2024-02-19"),
        (datetime(2024, 2, 19, 8, 30), "2024-02-19 08:30"),
        (time(8, 30), "08:30"),
        (date(2024, 2, 19), "2024-02-19"),
        (None, ""),
    ],
)
def test_cells_read_as_a_person_sees_them(valeur: object, attendu: str) -> None:
    assert fichiers.cellule(valeur) == attendu


@pytest.mark.parametrize(
    "octets",
    [
        json.dumps(ATTENDU).encode(),
        json.dumps({"lieux": ATTENDU, "total": 2}).encode(),
        "\n".join(map(json.dumps, ATTENDU)).encode(),
        json.dumps(ATTENDU, ensure_ascii=False).encode("cp1252"),
    ],
    ids=["liste", "objet", "par-lignes", "cp1252"],
)
def test_json(octets: bytes) -> None:
    assert _valeurs(octets) == ATTENDU


def test_json_parts_become_paths_and_lists_are_joined() -> None:
    brut = {"a": {"b": 1, "c": [2, 3]}, "d": [{"e": "x"}, {"e": "y"}, {}], "f": None, "g": []}
    assert fichiers.aplatir(brut) == {"a.b": "1", "a.c": "2|3", "d.e": "x|y", "f": "", "g": ""}
    assert _valeurs(json.dumps({"data": {"lieux": ATTENDU}}).encode(), chemin="data.lieux") == ATTENDU


def test_geojson_gives_its_point() -> None:
    entite = {"type": "Feature", "properties": {"Nom": "A"}, "geometry": {"type": "Point", "coordinates": [2.0, 46.5]}}
    octets = json.dumps({"type": "FeatureCollection", "features": [entite, {"type": "Feature"}]}).encode()
    bonne, mauvaise = fichiers.lire(octets).rangees
    assert bonne.valeurs == {"Nom": "A", fichiers.LONGITUDE: "2.0", fichiers.LATITUDE: "46.5"}
    assert "ne se lit pas" in mauvaise.defaut


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"", "vide. Un inventaire se donne en CSV"),
        (b"%PDF-1.7", "un PDF, pas un inventaire : demandez"),
        (b"<!DOCTYPE html><html>", "une page web .HTML., pas un inventaire : téléchargez"),
        (b"<?xml version='1.0'?>", "du XML"),
        (b"PK\x03\x04rien", "n'est pas un classeur"),
        (b"\x1f\x8b\x08", "archive .gz"),
        (b"bonjour\nle monde", "qu'une colonne"),
        (b'{"a": [1', "coupé"),
        (b'[1, "x"]', "aucun lieu"),
        (b'{"a": {"b": 1}}', ""),
        (b"\x00\x01\x02", "ni un texte ni un classeur"),
        (b'a;b\n"jamais ferme;1\n2;3', "n'est pas refermé"),
    ],
)
def test_a_wrong_file_says_what_it_is(octets: bytes, message: str) -> None:
    if not message:
        assert fichiers.lire(octets).colonnes == ("a.b",)
        return
    with pytest.raises(ImportImpossible, match=message):
        fichiers.lire(octets)


def _feuille(nom: str, titres: tuple[str, ...], lignes: list[tuple[str, ...]]) -> Feuille:
    return Feuille(nom, (titres, *lignes), (20,) * len(titres))
