"""A PDF whose small objects are compressed together (PDF 1.5, object streams): typst writes each as it is.

The tags that a screen reader follows are five thousand objects of a report: half of its bytes.
"""

import re
import zlib
from collections.abc import Iterator

_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_FIN = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_ENTREE = 20
"""Bytes of a line of the table of objects."""
PAR_FLUX = 500
"""Objects that a reader decompresses to have one of them."""


def serrer(pdf: bytes) -> bytes:
    """The same document, smaller; as it is when its objects are not listed in one plain table."""
    fin = _FIN.search(pdf)
    table = _TABLE.match(pdf, int(fin[1])) if fin else None
    if not fin or not table:
        return pdf
    objets = dict(_objets(pdf, table, int(fin[1])))
    suite = pdf.index(b"trailer", table.end())
    dictionnaire = pdf[pdf.index(b"<<", suite) + 2 : pdf.rindex(b">>", suite, fin.start())]
    flux = {numero: corps for numero, corps in objets.items() if corps.endswith(b"endstream")}
    petits = sorted(objets.keys() - flux.keys())
    sortie = bytearray(pdf[: min(_places(pdf, table).values())])
    entrees = {0: (0, 0, 65535)}
    for numero, corps in sorted(flux.items()):
        entrees[numero] = (1, len(sortie), 0)
        sortie += b"%d 0 obj\n%s\nendobj\n" % (numero, corps)
    numero = int(table[1])
    for debut in range(0, len(petits), PAR_FLUX):
        lot = petits[debut : debut + PAR_FLUX]
        entrees |= {petit: (2, numero, rang) for rang, petit in enumerate(lot)}
        entrees[numero] = (1, len(sortie), 0)
        sortie += b"%d 0 obj\n%s\nendobj\n" % (numero, _ensemble([(petit, objets[petit]) for petit in lot]))
        numero += 1
    entrees[numero] = (1, len(sortie), 0)
    return bytes(sortie) + _table(numero, entrees, re.sub(rb"/Size \d+", b"", dictionnaire), len(sortie))


def _places(pdf: bytes, table: re.Match[bytes]) -> dict[int, int]:
    """Where each object that is in use begins."""
    lignes = (pdf[table.end() + _ENTREE * n :][:_ENTREE] for n in range(int(table[1])))
    return {numero: int(ligne[:10]) for numero, ligne in enumerate(lignes) if ligne[17:18] == b"n"}


def _objets(pdf: bytes, table: re.Match[bytes], fin: int) -> Iterator[tuple[int, bytes]]:
    """Number and content of each object: what is between « obj » and « endobj »."""
    places = sorted((place, numero) for numero, place in _places(pdf, table).items())
    for (place, numero), (suivante, _) in zip(places, [*places[1:], (fin, 0)], strict=True):
        debut = pdf.index(b"obj", place) + len(b"obj")
        yield numero, pdf[debut : pdf.rindex(b"endobj", debut, suivante)].strip(b"\r\n ")


def _ensemble(lot: list[tuple[int, bytes]]) -> bytes:
    places, place = [], 0
    for numero, corps in lot:
        places.append(b"%d %d" % (numero, place))
        place += len(corps) + 1
    tete = b" ".join(places) + b"\n"
    cle = b"/Type/ObjStm/N %d/First %d" % (len(lot), len(tete))
    return _flux(cle, tete + b"\n".join(corps for _, corps in lot))


def _table(numero: int, entrees: dict[int, tuple[int, int, int]], dictionnaire: bytes, place: int) -> bytes:
    """The table as a stream: sort, place or stream, rank of each object, on 1, 4 and 2 bytes."""
    nulle = (0, 0, 65535)
    champs = (entrees.get(n, nulle) for n in range(numero + 1))
    lignes = b"".join(s.to_bytes(1) + ou.to_bytes(4) + rang.to_bytes(2) for s, ou, rang in champs)
    cle = b"/Type/XRef/Size %d/W[1 4 2]%s" % (numero + 1, dictionnaire)
    return b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (numero, _flux(cle, lignes), place)


def _flux(cle: bytes, contenu: bytes) -> bytes:
    serre = zlib.compress(contenu, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (cle, len(serre), serre)
