"""Zipped XML formats (ODS, ODT, DOCX): the same parts give the same bytes, whatever the day."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

# XML 1.0 has no place for these.
_INTERDITS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Earliest date of a zip: the same bytes whenever they are written.
_INSTANT = (1980, 1, 1, 0, 0, 0)
# One less than the most: a quarter of the time less, for two bytes in a thousand.
_SERRE = 8
ENTETE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def zipper(parties: Mapping[str, str], mimetype: str = "") -> bytes:
    """The archive of these texts, in order. `mimetype`: OpenDocument asks for it first, and as it is."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype", _INSTANT), mimetype)
        for nom, texte in parties.items():
            entree = zipfile.ZipInfo(nom, _INSTANT)
            entree.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entree, texte.encode(), compresslevel=_SERRE)
    return sortie.getvalue()


def net(texte: str) -> str:
    """A text without the letters that XML refuses."""
    return _INTERDITS.sub("", texte)


def en_xml(texte: str) -> str:
    """A text as the content of an element."""
    return escape(net(texte))
