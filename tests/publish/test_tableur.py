"""The spreadsheets: numbers are numbers, the unknown is empty, no text runs, the same bytes each time."""

import io
import math
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from functools import reduce
from xml.etree import ElementTree

import pytest
import python_calamine
import xlsxwriter  # type: ignore[import-untyped]

from carte.picture import Picture
from carte.publish import maps, report
from carte.publish.report.edition import Edition
from carte.publish.tableur import ods, xlsx
from carte.publish.tableur.onglet import AUCUN, Feuille, Valeur, valeur
from carte.publish.tableur.onglets import feuilles
from publish import monde, monde_rapport

JOUR = date(2026, 11, 2)
FORMULES = ["=1+1", '=HYPERLINK("http://x.example";"a")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "{=1}"]
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _edition(picture: Picture | None = None) -> Edition:
    picture = picture or monde_rapport.picture(monde_rapport.place("un", 46.0))
    return report.preparer(picture, maps.preparer(picture))["99"]


@pytest.fixture(scope="module")
def pages() -> list[Feuille]:
    return feuilles(_edition())


def _feuille(*lignes: tuple[Valeur, ...]) -> Feuille:
    return Feuille("Essai", lignes, (10,))


def _lire_ods(octets: bytes) -> dict[str, list[list[Valeur]]]:
    """Sheets of an ODS as rows of values."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        contenu = ElementTree.fromstring(archive.read("content.xml"))
    return {
        str(page.get(f"{_TABLE}name")): [
            [_cellule_ods(c) for c in ligne.iter(f"{_TABLE}table-cell")] for ligne in page.iter(f"{_TABLE}table-row")
        ]
        for page in contenu.iter(f"{_TABLE}table")
    }


def _cellule_ods(cellule: ElementTree.Element) -> Valeur:
    sorte = cellule.get(f"{_OFFICE}value-type")
    if sorte == "float":
        return float(str(cellule.get(f"{_OFFICE}value")))
    if sorte in ("date", "boolean"):
        return cellule.get(f"{_OFFICE}{sorte}-value")
    paragraphe = cellule.find(f"{_TEXTE}p")
    return None if paragraphe is None else paragraphe.text


def _lire_xlsx(octets: bytes, rang: int = 1) -> dict[str, Valeur]:
    """Cells of one sheet of an XLSX, by address."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        textes = [
            "".join(t.text or "" for t in si.iter(f"{_XLSX}t"))
            for si in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")).iter(f"{_XLSX}si")
        ]
        page = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{rang}.xml"))
    assert not list(page.iter(f"{_XLSX}f")), "une formule"
    cellules: dict[str, Valeur] = {}
    for rangee in page.iter(f"{_XLSX}row"):
        x = 0
        for cellule in rangee.iter(f"{_XLSX}c"):
            x = _rang(str(cellule.get("r"))) if "r" in cellule.keys() else x + 1  # noqa: SIM118 - not a dict
            brut = cellule.findtext(f"{_XLSX}v")
            if brut is not None:
                place = f"{_colonne(x)}{rangee.get('r')}"
                cellules[place] = textes[int(brut)] if cellule.get("t") == "s" else float(brut)
    return cellules


def _rang(place: str) -> int:
    """1 for A7, 27 for AA7."""
    return reduce(lambda rang, lettre: 26 * rang + ord(lettre) - 64, place.rstrip("0123456789"), 0)


def test_the_sheets_are_all_there(pages: list[Feuille]) -> None:
    noms = [page.nom for page in pages]
    assert noms[:2] == ["Synthèse", "Lisez-moi"]
    assert noms[-2:] == ["Définitions", "Colonnes"]
    assert {"Tableaux du rapport", "Département", "EPCI (part)", "EPCI (entiers)", "Communes"} <= set(noms)
    assert len(set(noms)) == len(noms)
    assert all(len(nom) <= 31 for nom in noms)


def test_the_first_sheet_says_dates_and_thresholds(pages: list[Feuille]) -> None:
    cellules = [str(cellule) for ligne in pages[1].lignes for cellule in ligne]
    assert "Rapport : Val-d'Exemple" in cellules
    assert "Données fictives : aucun de ces lieux n’existe." in cellules
    assert "15, 20 et 30 minutes" in cellules
    assert "30 juin 2026" in cellules
    assert any("vide est inconnue" in cellule for cellule in cellules)


def test_the_summary_is_thirty_columns_at_most_filtered_and_printed_across(pages: list[Feuille]) -> None:
    synthese = pages[0]
    titres, departement, *epci = synthese.lignes
    assert len(titres) == len(set(titres)) == len(synthese.largeurs) <= 30
    assert departement[:2] == ("Département", "Val-d'Exemple")
    assert len(epci) == len(next(p for p in pages if p.nom == "EPCI (part)").lignes) - 2
    bas, haut = (titres.index(f"Un lieu à 20 min en voiture (%), {borne}") for borne in ("au moins", "au plus"))
    part = _edition().sujet.ligne.part("A2_voiture_20")
    assert part.bornes is not None
    assert (departement[bas], departement[haut]) == tuple(round(100 * borne, 1) for borne in part.bornes)
    with zipfile.ZipFile(io.BytesIO(xlsx.ecrire(pages, "x", JOUR))) as archive:
        feuille, lisez_moi = (archive.read(f"xl/worksheets/sheet{rang}.xml").decode() for rang in (1, 2))
        classeur = archive.read("xl/workbook.xml").decode()
    assert f'<autoFilter ref="A1:{_colonne(len(titres))}{len(synthese.lignes)}"/>' in feuille
    for reglage in ('state="frozen"', 'orientation="landscape"', '<pageSetUpPr fitToPage="1"/>'):
        assert reglage in feuille
    assert "autoFilter" not in lisez_moi
    contenu = zipfile.ZipFile(io.BytesIO(ods.ecrire(pages, "x"))).read("content.xml").decode()
    assert (
        f"table:target-range-address=\"'Synthèse'.A1:'Synthèse'.{_colonne(len(titres))}{len(synthese.lignes)}\""
        in contenu
    )
    assert classeur.count("_xlnm.Print_Area") == classeur.count("_xlnm.Print_Titles") == len(pages)


def test_where_no_place_can_be_reached_the_summary_says_so_in_words() -> None:
    sans = feuilles(_edition(monde_rapport.picture()))
    assert AUCUN in sans[0].lignes[1]
    nombres = [v for page in sans for ligne in page.lignes for v in ligne if isinstance(v, float)]
    assert all(map(math.isfinite, nombres))
    assert xlsx.ecrire(sans, "Essai", JOUR)


def _colonne(nombre: int) -> str:
    avant, dernier = divmod(nombre - 1, 26)
    return (_colonne(avant) if avant else "") + chr(65 + dernier)


def test_each_territory_has_its_figures_under_two_headings(pages: list[Feuille]) -> None:
    page = next(p for p in pages if p.nom == "Communes")
    assert page.entetes == 2
    assert page.lignes[1][:2] == ("code", "nom")
    assert str(page.lignes[0][0]).startswith("Code")
    assert [ligne[0] for ligne in page.lignes[2:]] == ["99001", "99002", "99003"]
    colonne = page.lignes[1].index("population")
    assert page.lignes[0][colonne] == "Habitants (habitants)"
    assert [ligne[colonne] for ligne in page.lignes[2:]] == [100, 100, 100]
    assert all(len(ligne) == len(page.lignes[0]) == len(page.largeurs) for ligne in page.lignes)


def test_every_column_is_in_the_dictionary(pages: list[Feuille]) -> None:
    expliquees = {ligne[0] for ligne in pages[-1].lignes[1:]}
    for page in pages:
        if page.entetes == 2 and not page.nom.startswith("Liste"):
            assert set(page.lignes[1]) <= expliquees
    assert all(ligne[1] and ligne[3] for ligne in pages[-1].lignes[1:])


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        pytest.param(float("nan"), None, id="nan"),
        pytest.param(None, None, id="none"),
        pytest.param(0.0, 0, id="zero"),
        pytest.param(12.5, 12.5, id="nombre"),
        pytest.param(3.0, 3, id="entier"),
        pytest.param(float("inf"), "aucun lieu", id="infini"),
        pytest.param(True, True, id="vrai"),
        pytest.param(("a", "b"), "a ; b", id="liste"),
        pytest.param("01000", "01000", id="code"),
        pytest.param(JOUR, JOUR, id="date"),
    ],
)
def test_a_cell_keeps_what_it_is(brut: object, attendu: Valeur) -> None:
    assert valeur(brut) == attendu
    assert type(valeur(brut)) is type(attendu)


@pytest.mark.parametrize("formule", FORMULES)
def test_no_text_is_a_formula(formule: str) -> None:
    page = _feuille(("Titre",), (formule,))
    assert _lire_xlsx(xlsx.ecrire([page], "x", JOUR))["A2"] == formule
    octets = ods.ecrire([page], "x")
    assert b"formula" not in zipfile.ZipFile(io.BytesIO(octets)).read("content.xml")
    assert str(_lire_ods(octets)["Essai"][1][0]) == formule


def test_hostile_names_stay_text() -> None:
    territoire = monde_rapport.renommer(monde.territoire(), {"99001": "=1+1", "99002": monde.SCRIPT})
    picture = monde_rapport.picture(monde_rapport.place("un", 46.0), territoire=territoire)
    pages = feuilles(_edition(picture))
    rang = [page.nom for page in pages].index("Communes") + 1
    assert _lire_xlsx(xlsx.ecrire(pages, "x", JOUR), rang)["B3"] == "=1+1"
    assert [ligne[1] for ligne in _lire_ods(ods.ecrire(pages, "x"))["Communes"][2:4]] == ["=1+1", monde.SCRIPT]


def test_numbers_texts_and_the_unknown() -> None:
    page = _feuille(("Titre",), (1, 2.5, None, "a<&>\"'\x00b", True, JOUR))
    lignes = _lire_ods(ods.ecrire([page], "x"))["Essai"]
    assert lignes[1] == [1.0, 2.5, None, "a<&>\"'b", "true", "2026-11-02"]
    cellules = _lire_xlsx(xlsx.ecrire([replace(page, lignes=(("Titre",), (1, 2.5, None, "a<&>")))], "x", JOUR))
    assert cellules == {"A1": "Titre", "A2": 1.0, "B2": 2.5, "D2": "a<&>"}


def _court(v: Valeur) -> Valeur:
    """A number with the twelve digits that are written."""
    return float(f"{v:.12g}") if isinstance(v, float) else v


def _cellule_par_cellule(pages: list[Feuille]) -> list[bytes]:
    """The sheets and the shared texts as xlsxwriter writes them by itself."""
    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, {"in_memory": True})
    entete, jour = classeur.add_format({"bold": True}), classeur.add_format({"num_format": "dd/mm/yyyy"})
    for feuille in pages:
        page = classeur.add_worksheet(feuille.nom)
        for y, ligne in enumerate(feuille.lignes):
            style = entete if y < feuille.entetes else None
            for x, v in enumerate(ligne):
                if isinstance(v, bool):
                    page.write_boolean(y, x, v, style)
                elif isinstance(v, date):
                    page.write_datetime(y, x, v, style or jour)
                elif isinstance(v, str):
                    page.write_string(y, x, v, style)
                elif v is not None:
                    page.write_number(y, x, v, style)
    classeur.close()
    return _donnees(sortie.getvalue())


def _donnees(octets: bytes) -> list[bytes]:
    """What an XLSX says of its cells: the range and the rows of each sheet, then the texts."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        noms = [nom for nom in archive.namelist() if nom.startswith("xl/worksheets/sheet")]
        pages = [re.findall(rb"<dimension[^>]*>|<sheetData(?:/>|>.*</sheetData>)", archive.read(nom)) for nom in noms]
        return [*(morceau for page in pages for morceau in page), archive.read("xl/sharedStrings.xml")]


def _abrege(donnees: bytes) -> bytes:
    """The same rows, numbers with twelve digits, the address of each cell that follows another left out."""

    def rangee(trouvee: re.Match[bytes]) -> bytes:
        debut, *cellules = re.split(rb'(?=<c r=")', trouvee[0])
        rangs = [_rang(re.findall(r'r="([A-Z]+)', cellule.decode())[0]) for cellule in cellules]
        suivent = [rang == avant + 1 for avant, rang in zip([-1, *rangs], rangs, strict=False)]
        return debut + b"".join(
            re.sub(rb' r="[A-Z0-9]+"', b"", cellule, count=1) if suit else cellule
            for suit, cellule in zip(suivent, cellules, strict=True)
        )

    courts = re.sub(rb"(?<=<v>)[0-9.E+-]{14,}(?=</v>)", lambda nombre: b"%.12G" % float(nombre[0]), donnees)
    return re.sub(rb"<row .*?</row>", rangee, courts)


def test_a_reader_finds_each_cell_where_it_is(pages: list[Feuille]) -> None:
    """calamine, which imports use, knows nothing of how we write."""
    trous = _feuille(("a", "b", None, "d"), (), (None, 1.5, 2, None, None, 6), (None,) * 800 + ("loin", "après"))
    for page in (trous, next(p for p in pages if p.nom == "Communes")):
        classeur = python_calamine.load_workbook(io.BytesIO(xlsx.ecrire([page], "x", JOUR)))
        lues = classeur.get_sheet_by_index(0).to_python(skip_empty_area=False)
        for y, ligne in enumerate(page.lignes):
            pleines = {x: _court(v) for x, v in enumerate(ligne) if v is not None}
            assert {x: v for x, v in enumerate(lues[y]) if v != ""} == pleines


def test_the_rows_of_a_workbook_are_those_of_xlsxwriter(pages: list[Feuille]) -> None:
    types = _feuille(
        ("Titre", None, True, 3),
        (None,),
        (),
        (None, JOUR, datetime(2026, 1, 2, 12), date(1900, 2, 28), date(1900, 3, 1)),
        (1, 2.5, -3, 1e20, 1e-7, False, " espace ", "<&>\"'\n\x01_x0001_", "é" * 20_000, "𝄞" * 20_000, ""),
        *((None,) * rang + (rang,) for rang in range(40)),
    )
    large = Feuille("Large", (tuple(f"c{rang}" for rang in range(800)), (None,) * 701 + (1.5,)), (3,), entetes=2)
    for essai in ([types, large, Feuille("Vide", (), ())], pages):
        assert _donnees(xlsx.ecrire(essai, "x", JOUR)) == list(map(_abrege, _cellule_par_cellule(essai)))


@pytest.mark.parametrize("valeur", [math.nan, math.inf])
def test_a_number_that_no_cell_holds_is_refused(valeur: float) -> None:
    with pytest.raises(ValueError, match="cellule"):
        xlsx.ecrire([_feuille(("Titre",), (valeur,))], "x", JOUR)


def test_both_formats_say_the_same(pages: list[Feuille]) -> None:
    lues = _lire_ods(ods.ecrire(pages, "x"))
    cellules = _lire_xlsx(xlsx.ecrire(pages, "x", JOUR), [p.nom for p in pages].index("Département") + 1)
    ecrites = [v for ligne in lues["Département"] for v in ligne if v is not None]
    assert ecrites == list(cellules.values())


def test_same_inputs_same_bytes(pages: list[Feuille]) -> None:
    assert xlsx.ecrire(pages, "x", JOUR) == xlsx.ecrire(pages, "x", JOUR)
    assert ods.ecrire(pages, "x") == ods.ecrire(feuilles(_edition()), "x")


def test_an_ods_begins_with_its_type_uncompressed(pages: list[Feuille]) -> None:
    octets = ods.ecrire(pages, "x")
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        premier = archive.infolist()[0]
        assert (premier.filename, premier.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == ods.MIMETYPE.encode()
        for nom in archive.namelist()[1:]:
            ElementTree.fromstring(archive.read(nom))


def test_headings_stay_in_view(pages: list[Feuille]) -> None:
    with zipfile.ZipFile(io.BytesIO(ods.ecrire(pages, "x"))) as archive:
        assert archive.read("settings.xml").decode().count('config:name="VerticalSplitPosition"') == len(pages)
    with zipfile.ZipFile(io.BytesIO(xlsx.ecrire(pages, "x", JOUR))) as archive:
        for rang in range(1, len(pages) + 1):
            assert b'state="frozen"' in archive.read(f"xl/worksheets/sheet{rang}.xml")
