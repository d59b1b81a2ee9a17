"""A workbook as XLSX: each cell is written by its type, so that no text is ever read as a formula or a link."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from carte.publish.tableur.onglet import Feuille, Valeur


def ecrire(feuilles: Sequence[Feuille], titre: str, jour: date) -> bytes:
    """The bytes of the workbook; the same sheets and date give the same bytes."""
    import xlsxwriter  # type: ignore[import-untyped]

    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    classeur.set_properties({"title": titre, "created": datetime(jour.year, jour.month, jour.day)})
    formats = {
        "entete": classeur.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E2EFEC"}),
        "date": classeur.add_format({"num_format": "dd/mm/yyyy"}),
    }
    for feuille in feuilles:
        _feuille(classeur.add_worksheet(feuille.nom), feuille, formats)
    classeur.close()
    return sortie.getvalue()


def _feuille(page: Any, feuille: Feuille, formats: dict[str, Any]) -> None:
    page.freeze_panes(feuille.entetes, feuille.entetes)  # code and name, where there are two headings
    largeur = max(map(len, feuille.lignes), default=0)
    if feuille.liste and len(feuille.lignes) > feuille.entetes:
        page.autofilter(feuille.entetes - 1, 0, len(feuille.lignes) - 1, largeur - 1)
    # On paper: across, all columns on one page's width, headings on each.
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, feuille.entetes - 1)
    page.set_footer("&L&A&R&P / &N")
    if largeur:
        page.print_area(0, 0, len(feuille.lignes) - 1, largeur - 1)
    for rang, largeur in enumerate(feuille.largeurs):
        page.set_column(rang, rang, largeur)
    for y, ligne in enumerate(feuille.lignes):
        style = formats["entete"] if y < feuille.entetes else None
        for x, valeur in enumerate(ligne):
            _cellule(page, y, x, valeur, style, formats)


def _cellule(page: Any, y: int, x: int, valeur: Valeur, style: Any, formats: dict[str, Any]) -> None:
    if valeur is None:
        return
    if isinstance(valeur, bool):
        page.write_boolean(y, x, valeur, style)
    elif isinstance(valeur, int | float):
        page.write_number(y, x, valeur, style)
    elif isinstance(valeur, date):
        page.write_datetime(y, x, valeur, style or formats["date"])
    else:
        page.write_string(y, x, valeur[:32767], style)
