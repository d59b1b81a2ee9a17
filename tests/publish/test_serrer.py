"""A PDF whose objects are compressed together is the same document: each object, read back, byte for byte."""

import re
import zlib

import pytest

from carte.publish.pdf.serrer import PAR_FLUX, serrer


def classique(objets: dict[int, bytes], libres: tuple[int, ...] = ()) -> bytes:
    """A document as typst writes it: objects one after the other, then a plain table."""
    texte, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for numero, corps in objets.items():
        places[numero] = len(texte)
        texte += b"%d 0 obj\n%s\nendobj\n" % (numero, corps)
    taille, place = max((*objets, *libres)) + 1, len(texte)
    lignes = (b"%010d 00000 n\r\n" % places[n] if n in places else b"%010d 65535 f\r\n" % 0 for n in range(taille))
    texte += b"xref\n0 %d\n%s" % (taille, b"".join(lignes))
    texte += b"trailer\n<</Size %d/Root 1 0 R/ID[(un)(deux)]>>\nstartxref\n%d\n%%%%EOF" % (taille, place)
    return bytes(texte)


def relire(pdf: bytes) -> tuple[dict[int, bytes], bytes]:
    """Number → content of each object of a document with one table as a stream, and what that table says."""
    fin = re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", pdf)
    assert fin
    dictionnaire, table = _flux(pdf, int(fin[1]))
    assert b"/W[1 4 2]" in dictionnaire
    entrees = [
        (table[n], int.from_bytes(table[n + 1 : n + 5]), int.from_bytes(table[n + 5 : n + 7]))
        for n in range(0, len(table), 7)
    ]
    objets = {}
    for numero, (sorte, ou, rang) in enumerate(entrees):
        if sorte == 1:
            trouve = re.compile(rb"%d 0 obj\n(.*?)\nendobj\n" % numero, re.DOTALL).match(pdf, ou)
            assert trouve
            objets[numero] = trouve[1]
        elif sorte == 2:
            tete, contenu = _flux(pdf, entrees[ou][1])
            premier = int(re.search(rb"/First (\d+)", tete)[1])  # type: ignore[index]
            nombres = [int(n) for n in contenu[:premier].split()]
            assert nombres[2 * rang] == numero
            bornes = [*nombres[1::2], len(contenu) - premier + 1]
            objets[numero] = contenu[premier + bornes[rang] : premier + bornes[rang + 1] - 1]
    return objets, dictionnaire


def _flux(pdf: bytes, ou: int) -> tuple[bytes, bytes]:
    trouve = re.compile(rb"\d+ 0 obj\n(<<.*?>>)\nstream\n", re.DOTALL).match(pdf, ou)
    assert trouve
    longueur = int(re.search(rb"/Length (\d+)", trouve[1])[1])  # type: ignore[index]
    assert pdf[trouve.end() + longueur :].startswith(b"\nendstream\nendobj\n")
    return trouve[1], zlib.decompress(pdf[trouve.end() : trouve.end() + longueur])


PIEGES = {
    1: b"<</Type/Catalog/Pages 2 0 R>>",
    2: b"<</Kids[3 0 R]/Titre(endobj et stream)>>",
    3: b"<</Length 31>>\nstream\nvrai flux 4 0 obj endobj stream\nendstream",
    5: b"(un texte qui parle de endstream)",
    6: b"[/A/B null 12]",
}


@pytest.mark.parametrize(
    ("objets", "libres"),
    [
        pytest.param(PIEGES, (), id="pieges"),
        pytest.param(PIEGES, (7, 9), id="libres"),
        pytest.param({n: b"<</S/TD/N %d>>" % n for n in range(1, 2 * PAR_FLUX + 3)}, (), id="plusieurs flux"),
        pytest.param({1: b"<<>>"}, (), id="un seul"),
    ],
)
def test_each_object_is_read_back(objets: dict[int, bytes], libres: tuple[int, ...]) -> None:
    relus, dictionnaire = relire(serrer(classique(objets, libres)))
    assert {numero: relus[numero] for numero in objets} == objets
    ajoutes = [corps for numero, corps in relus.items() if numero not in objets]
    assert all(b"/Type/ObjStm" in corps or b"/Type/XRef" in corps for corps in ajoutes)
    assert b"/Root 1 0 R" in dictionnaire and b"/ID[(un)(deux)]" in dictionnaire
    assert dictionnaire.count(b"/Size") == 1


def test_many_small_objects_take_less_room() -> None:
    pdf = classique({n: b"<</Type/StructElem/S/TD/P %d 0 R/K[%d]>>" % (n - 1, n) for n in range(1, 3000)})
    assert len(serrer(pdf)) < len(pdf) / 5


@pytest.mark.parametrize(
    "autre", [b"", b"%PDF-1.7\nstartxref\n9\n%%EOF", serrer(classique(PIEGES)), b"%PDF-1.7\n1 0 obj\nendobj\n"],
    ids=["vide", "sans table", "deja serré", "coupé"],
)  # fmt: skip
def test_what_has_no_plain_table_is_left_as_it_is(autre: bytes) -> None:
    assert serrer(autre) == autre
