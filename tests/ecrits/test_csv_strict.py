"""Tables as services and spreadsheets give them, and as the road damages them: read right, or refused at their line."""

from datetime import date
from pathlib import Path

import pytest

from carte.ecrits.csv_strict import jour_ecrit, lire_csv
from carte.erreurs import ErreurCarte

TEXTE = 'code;nom;valeur\n01001;Évreux;1,5\n01002;"Aÿ; sur ""Marne""";2\n'
RANGEES = [["01001", "Évreux", "1,5"], ["01002", 'Aÿ; sur "Marne"', "2"]]


class Refus(ErreurCarte):
    """The refusal of who reads."""


def _lire(dossier: Path, octets: bytes) -> tuple[list[list[str]], list[int]]:
    (dossier / "t.csv").write_bytes(octets)
    table = lire_csv(dossier / "t.csv", Refus)
    assert table.entete == ("code", "nom", "valeur")
    return [list(rangee) for rangee in table.rangees], list(table.lignes)


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(TEXTE.encode(), id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + TEXTE.encode(), id="bom"),
        pytest.param(TEXTE.encode("utf-16"), id="utf-16"),
        pytest.param(TEXTE.encode("cp1252"), id="windows"),
        pytest.param(TEXTE.replace("\n", "\r\n").encode("cp1252"), id="excel"),
        pytest.param(TEXTE.replace(";", "\t").replace("Aÿ\t", "Aÿ;").encode(), id="tabulations"),
        pytest.param('code,nom,valeur\n01001,Évreux,"1,5"\n01002,"Aÿ; sur ""Marne""",2\n'.encode(), id="virgules"),
        pytest.param(TEXTE.replace("code;", " code ; ").replace("1,5", " 1,5 ").encode(), id="espaces"),
        pytest.param((TEXTE + ";;\n\n").encode(), id="lignes-vides"),
        pytest.param(TEXTE.replace("1,5", "1,5;;").encode(), id="cases-vides-en-trop"),
    ],
)
def test_one_table_whatever_wrote_it(tmp_path: Path, octets: bytes) -> None:
    assert _lire(tmp_path, octets) == (RANGEES, [2, 3])


def test_a_row_has_the_line_where_it_begins(tmp_path: Path) -> None:
    assert _lire(tmp_path, b'code;nom;valeur\n\n1;"a\nb";2\n3;c;4\n')[1] == [3, 5]


@pytest.mark.parametrize(
    ("octets", "ou", "mots"),
    [
        pytest.param(b"", "", "le fichier est vide", id="vide"),
        pytest.param(b"\xef\xbb\xbf", "", "le fichier est vide", id="bom-seul"),
        pytest.param(b" \n\n", "", "le fichier est vide", id="blancs"),
        pytest.param(b"<!DOCTYPE html><html>503</html>", "", "page web", id="html"),
        pytest.param(b'{"erreur": 1}', "", "du JSON", id="json"),
        pytest.param(b"PK\x03\x04...", "", "un classeur", id="xlsx"),
        pytest.param(b"code;nom;valeur\n1;a\0;2\n", ":2", "pas du texte", id="nul"),
        pytest.param(TEXTE.encode().replace(b"\xc3\x89", b"\xc3", 1), ":2", "une lettre ne se lit pas", id="abime"),
        pytest.param(TEXTE.encode() + b'3;"a;4\n5;b;6\n', ":4", "guillemet ouvert n'est pas refermé", id="guillemet"),
        pytest.param(TEXTE.encode() + b'3;"a"b;4\n', ":4", "après un guillemet fermé", id="guillemet-suivi"),
        pytest.param(TEXTE.encode()[:-4], ":3", "guillemet ouvert n'est pas refermé", id="coupe-dans-un-texte"),
        pytest.param(TEXTE.encode() + b"3;a\n", ":4", "cette ligne a 2 cases, et la première 3", id="coupe"),
        pytest.param(TEXTE.encode() + b"3;a;b;4\n", ":4", "cette ligne a 4 cases, et la première 3", id="en-trop"),
        pytest.param(b"code;code;valeur\n", ":1", "« code » y est plusieurs fois", id="colonne-double"),
        pytest.param(b'code;nom;valeur\n1;"' + b"x" * 200_000 + b'";2\n', ":2", "guillemet", id="case-immense"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_line(tmp_path: Path, octets: bytes, ou: str, mots: str) -> None:
    with pytest.raises(Refus) as refus:
        _lire(tmp_path, octets)
    assert refus.value.message.startswith(f"{tmp_path / 't.csv'}{ou} : ")
    assert mots in refus.value.message


@pytest.mark.parametrize("chemin", ["absent.csv", ".", "/dev/zero"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, chemin: str) -> None:
    with pytest.raises(Refus, match="lu"):
        lire_csv(tmp_path / chemin, Refus)


def test_damaged_names_that_nobody_reads_may_pass(tmp_path: Path) -> None:
    """ARCEP's tables have some: « Ch�teauroux », beside a code that is right."""
    (tmp_path / "t.csv").write_bytes("code;nom\n36044;Châ".encode()[:-1] + b"teauroux\n" + "1;É\n".encode())
    assert lire_csv(tmp_path / "t.csv", Refus, abime=True).rangees[0][0] == "36044"


@pytest.mark.parametrize(
    ("texte", "jour"),
    [
        ("2029-06-05", date(2029, 6, 5)),
        (" 2029-06-05 ", date(2029, 6, 5)),
        ("2029-10-31T00:00:00+02:00", date(2029, 10, 31)),
        ("2029-10-31 00:00:00", date(2029, 10, 31)),
        ("2029-10-31T00:00:00.000Z", date(2029, 10, 31)),
        *((texte, None) for texte in ("05/06/2029", "31/10/2029", "06-05-2029", "T4 2029", "now", "today", "2029")),
        *((texte, None) for texte in ("", "2029-02-30", "2029-10-30T22:00:00Z", "20290605", "2029-6-5", "1.5e9")),
    ],
)
def test_a_day_has_one_form(texte: str, jour: date | None) -> None:
    assert jour_ecrit(texte) == jour
