"""A table as rows of cells, whatever program wrote it: the text of a CSV, its separator, the sheets of a workbook."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineWorkbook

from carte.erreurs import ErreurCarte

SEPARATEURS = {";": "points-virgules", ",": "virgules", "\t": "tabulations"}
UTF8 = "UTF-8"
_LIGNES_DE_TETE = 20
_DECIMALE = re.compile(r"(?<=\d),(?=\d)")


class TableIllisible(ErreurCarte):
    """These bytes are no table; the message says why."""


def decoder(contenu: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding: UTF-8 or UTF-16, else Windows-1252, that of French administrations,
    where every byte has a letter but five (they become the replacement sign)."""
    if contenu.startswith((b"\xff\xfe", b"\xfe\xff")):
        return contenu.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return contenu.decode("utf-8-sig"), UTF8
    except UnicodeDecodeError:
        return contenu.decode("cp1252", errors="replace"), "Windows-1252"


def separateur(texte: str) -> str:
    """The separator of a CSV. Titles may stand above the heading, which has most separators of all; a comma between
    digits is that of a decimal."""
    lignes = [_DECIMALE.sub(" ", ligne) for ligne in texte[:20_000].splitlines()[:_LIGNES_DE_TETE]]
    tete = max(lignes or [""], key=lambda ligne: max(map(ligne.count, SEPARATEURS)))
    return max(SEPARATEURS, key=tete.count)


def rangees(texte: str, *, strict: bool = False) -> Iterator[list[str]]:
    """Rows of a CSV. With `strict`, a quote that is never closed is refused instead of taking the rest of the file.

    Raises TableIllisible.
    """
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur(texte), strict=strict)
    try:
        yield from lecteur
    except csv.Error as erreur:
        raison = "un guillemet ouvert n'est pas refermé" if "end of data" in str(erreur) else str(erreur)
        raise TableIllisible(f"ce n'est pas une table, ligne {lecteur.line_num} ({raison})") from erreur


def feuilles(contenu: bytes) -> Iterator[tuple[str, Sequence[Sequence[object]]]]:
    """Name and rows of every sheet of a workbook (XLSX, XLS, ODS), in order; cells as Python values.

    Raises TableIllisible.
    """
    try:
        classeur = CalamineWorkbook.from_filelike(io.BytesIO(contenu))
        for feuille in classeur.sheet_names:
            yield feuille, classeur.get_sheet_by_name(feuille).to_python()
    except CalamineError as erreur:
        raise TableIllisible(f"ce classeur ne s'ouvre pas ({erreur})") from erreur
