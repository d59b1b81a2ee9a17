"""National tables as they are published: which lines a département gets, and what is refused."""

import io

import pytest
import xlsxwriter

from carte.couches.brut import Brut, CouchesIndisponibles, annee
from carte.couches.registre import TableNationale
from carte.couches.tables import extraire, restreindre

GRILLE = TableNationale(
    fichier="densites.csv",
    titre="Grille",
    source="Insee",
    licence="Licence Ouverte 2.0",
    dossier="insee/*.xlsx",
    colonnes={"code_insee": ("CODGEO", "code_insee"), "classe": ("DENS",)},
    lignes_au_moins=3,
    sans="rien",
    valeurs={"classe": {"1": "dense", "6": "rural"}},
)
BON = "code_insee;LIB;DENS\n36044;Châteauroux;1\n36001;Aigurande;6\n97411;Saint-Denis;1\n"


def brut(contenu: bytes | str) -> Brut:
    octets = contenu if isinstance(contenu, bytes) else contenu.encode()
    return Brut(octets, "grille_2024.csv", "2024")


def classeur(*rangees: tuple[object, ...]) -> bytes:
    """A spreadsheet whose numbers are numbers."""
    flux = io.BytesIO()
    with xlsxwriter.Workbook(flux, {"in_memory": True}) as livre:
        feuille = livre.add_worksheet("Grille")
        for rang, rangee in enumerate(rangees):
            feuille.write_row(rang, 0, rangee)
    return flux.getvalue()


@pytest.mark.parametrize(
    "contenu",
    [
        pytest.param(BON, id="point-virgule"),
        pytest.param(BON.replace(";", ","), id="virgule"),
        pytest.param(BON.encode("cp1252"), id="windows"),
        pytest.param("\ufeff" + BON, id="bom"),
        pytest.param(BON.replace("\n", "\r\n") + ";;\nSource : Insee\n", id="notes-dessous"),
        pytest.param(
            classeur(
                ("Grille de densité",), ("Mise en ligne",), ("CODGEO", "LIB", "DENS"),
                ("36044", "Châteauroux", 1), ("36001", "Aigurande", 6), ("97411", "Saint-Denis", 1.0),
            ),
            id="classeur",
        ),
    ],
)  # fmt: skip
def test_a_departement_gets_its_lines_sorted_and_in_our_words(contenu: bytes | str) -> None:
    assert extraire(GRILLE, brut(contenu), {"36"}).contenu.decode() == (
        "code_insee;classe;source;millesime\n36001;rural;Insee;2024\n36044;dense;Insee;2024\n"
    )


def test_a_code_that_lost_its_zero_has_it_back() -> None:
    contenu = "CODGEO;DENS\n1001;1\n1002;6\n36001;6\n"
    assert extraire(GRILLE, brut(contenu), {"01"}).contenu.decode().splitlines()[1:] == [
        "01001;dense;Insee;2024",
        "01002;rural;Insee;2024",
    ]


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        pytest.param("<html>Maintenance</html>", "« CODGEO » ou « code_insee », « DENS » sont attendues", id="html"),
        pytest.param("", "porte rien", id="vide"),
        pytest.param("CODGEO;DENSITE\n36001;1\n", "« CODGEO », « DENSITE »", id="colonne-renommee"),
        pytest.param("CODGEO;DENS\n36001;1\n36002;6\n", "2 lignes lues, il en faut au moins 3", id="coupe"),
        pytest.param(BON.replace(";6", ";1"), "différence : 6.*autre fichier", id="grille-a-quatre-niveaux"),
        pytest.param(BON.replace(";6", ";9"), "différence : 6, 9", id="valeur-inconnue"),
        pytest.param(b"PK\x03\x04 tronque", "ne s'ouvre pas", id="classeur-coupe"),
    ],
)
def test_another_file_is_refused_with_what_was_expected(contenu: bytes | str, message: str) -> None:
    with pytest.raises(CouchesIndisponibles, match=message):
        extraire(GRILLE, brut(contenu), {"36"})


def test_the_vintage_is_in_the_name_of_the_file() -> None:
    assert annee("grille_densite_7_niveaux_2024.xlsx") == "2024"
    assert annee("statistiques/fichier/6439600/grille.xlsx") == "inconnu"


def test_rows_are_kept_as_they_were_written_damaged_bytes_included() -> None:
    table = b'nom;code_insee\r\nSaint-Barth\xe9;01001\r\nAilleurs;33063\r\n"Nom; en deux";1002\r\n'
    assert restreindre(table, {"01"}) == b'nom;code_insee\r\nSaint-Barth\xe9;01001\r\n"Nom; en deux";1002\r\n'
    assert restreindre(b"\xef\xbb\xbfcode_insee;nom\n01001;A\n", {"02"}) == b"\xef\xbb\xbfcode_insee;nom\n"
