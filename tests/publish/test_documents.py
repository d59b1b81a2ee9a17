"""The action sheets as documents to fill in: whole, well formed, the same bytes, deaf to markup in a name."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from carte.publish import documents, maps, report
from carte.publish.documents import docx, odt
from carte.publish.documents.blocs import LARGEUR_MM, Document
from carte.publish.documents.fiches import document
from carte.publish.report.actions import A_COMPLETER
from carte.publish.report.edition import Edition
from publish import monde_rapport

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PIEGE = "<w:p/> & ]]> \x07fin"


def _edition(loin: bool = True) -> Edition:
    fiches = [monde_rapport.place("un", 46.0)]
    if not loin:
        fiches.append(monde_rapport.place("deux", 46.3, code_insee="99003", commune="Gamma"))
    image = monde_rapport.picture(*fiches)
    return report.preparer(image, maps.preparer(image))["99"]


@pytest.fixture(scope="module")
def feuilles() -> Document:
    return document(_edition())


def _lire(octets: bytes) -> dict[str, ElementTree.Element]:
    """Every XML part; a part that is not well formed raises."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert archive.testzip() is None
        return {n: ElementTree.fromstring(archive.read(n)) for n in archive.namelist() if n != "mimetype"}


def _mots(racine: ElementTree.Element) -> str:
    return re.sub(r"\s+", " ", " ".join(racine.itertext()))


def test_both_say_every_sheet_and_leave_room(feuilles: Document) -> None:
    word, libre = _lire(docx.ecrire(feuilles))["word/document.xml"], _lire(odt.ecrire(feuilles))["content.xml"]
    assert len(feuilles.sections) == len(_edition().actions) > 0
    tableaux = [t for s in feuilles.sections for t in s.tableaux]
    assert all(sum(tableau.largeurs) == LARGEUR_MM for tableau in tableaux)
    assert len(list(word.iter(f"{_W}tbl"))) == len(list(libre.iter(f"{_TABLE}table"))) == len(tableaux)
    dits = [texte for t in tableaux for ligne in t.lignes for cellule in ligne for texte in cellule]
    for racine in (word, libre):
        mots = _mots(racine)
        for texte in (*dits, *(s.titre for s in feuilles.sections), *A_COMPLETER, *feuilles.presentation):
            assert re.sub(r"\s+", " ", texte).strip() in mots
    vides = sum(not cellule for t in tableaux for ligne in t.lignes for cellule in ligne)
    assert vides >= len(feuilles.sections) * (len(A_COMPLETER) + 3)


def test_heads_repeat_headings_have_levels_and_the_language_is_french(feuilles: Document) -> None:
    word, libre = _lire(docx.ecrire(feuilles)), _lire(odt.ecrire(feuilles))
    entetes = sum(bool(t.entete) for s in feuilles.sections for t in s.tableaux)
    assert len(list(word["word/document.xml"].iter(f"{_W}tblHeader"))) == entetes
    assert len(list(libre["content.xml"].iter(f"{_TABLE}table-header-rows"))) == entetes
    niveaux = [h.get(f"{_TEXTE}outline-level") for h in libre["content.xml"].iter(f"{_TEXTE}h")]
    assert niveaux.count("1") == len(feuilles.sections)
    styles = word["word/styles.xml"]
    assert {"heading 1", "heading 2"} <= {n.get(f"{_W}val") for n in styles.iter(f"{_W}name")}
    assert next(styles.iter(f"{_W}lang")).get(f"{_W}val") == "fr-FR"
    # A cell without a paragraph is a file that Word repairs.
    assert all(cellule[-1].tag == f"{_W}p" for cellule in word["word/document.xml"].iter(f"{_W}tc"))
    declares = {o.get("PartName") for o in word["[Content_Types].xml"] if o.get("PartName")}
    assert {f"/{nom}" for nom in word if nom.startswith(("word/", "docProps")) and "_rels" not in nom} == declares
    manifeste = {
        e.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path") for e in libre["META-INF/manifest.xml"]
    }
    assert manifeste == {"/", "content.xml", "styles.xml", "meta.xml"}


def test_same_inputs_same_bytes_and_opendocument_names_itself_first(feuilles: Document) -> None:
    for ecrire in (docx.ecrire, odt.ecrire):
        assert ecrire(feuilles) == ecrire(document(_edition()))
    octets = odt.ecrire(feuilles)
    assert octets[30:].startswith(b"mimetype" + odt.MIMETYPE.encode())


def test_a_name_is_text_never_markup() -> None:
    feuilles = replace(document(_edition()), titre=_PIEGE, auteur=_PIEGE, pied=_PIEGE)
    for ecrire, partie in ((docx.ecrire, "word/document.xml"), (odt.ecrire, "content.xml")):
        assert "<w:p/> & ]]> fin" in _mots(_lire(ecrire(feuilles))[partie])


def test_files_are_there_when_there_are_sheets() -> None:
    assert sorted(documents.fichiers(_edition())) == ["fiches-action-99.docx", "fiches-action-99.odt"]
    sans = _edition(loin=False)
    assert sans.actions == []
    assert documents.fichiers(sans) == {}
    pages = [report.pages({"99": edition}, "x")["rapports/99.html"] for edition in (_edition(), sans)]
    assert ["fiches-action-99.docx" in page for page in pages] == [True, False]
