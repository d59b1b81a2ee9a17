"""A workbook as XLSX: each cell is written by its type, so that no text is ever read as a formula or a link.

xlsxwriter makes the workbook, its styles, its settings and its texts; the rows, which it would write cell by cell
through four functions, are put in their place: the same, three times faster, but for the addresses of the cells. One
that follows another says none: the norm lets it, and spreadsheets take it for the next one
(`docs/decisions/0031-adresses-des-cellules.md`). Once compressed, they were two thirds of a workbook.
"""

import io
import math
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from carte.publish.tableur.onglet import Feuille, Valeur, nombre

# Longest text of a cell, in units of UTF-16.
_TEXTE_MAX = 32_767
_ORIGINE = datetime(1899, 12, 31)
# The 29 February 1900, which spreadsheets count though it never was.
_FEVRIER_1900 = 59
# Rows that say together the columns that they use.
_BLOC = 16
_INSTANT = (1980, 1, 1, 0, 0, 0)


def ecrire(feuilles: Sequence[Feuille], titre: str, jour: date) -> bytes:
    """The bytes of the workbook; the same sheets and date give the same bytes."""
    cellules = _Cellules()
    pages = {f"xl/worksheets/sheet{rang}.xml": cellules.feuille(f) for rang, f in enumerate(feuilles, start=1)}
    sortie = io.BytesIO()
    vide = zipfile.ZipFile(io.BytesIO(_cadre(feuilles, titre, jour, list(cellules.textes))))
    with vide, zipfile.ZipFile(sortie, "w") as archive:
        for nom in vide.namelist():
            partie = vide.read(nom).decode()
            if nom in pages:
                partie = _remplacer(partie, "<dimension ", "/>", f'ref="{pages[nom].etendue}"')
                partie = _remplacer(partie, "<sheetData", "</sheetData>", f">{pages[nom].rangees}")
                partie = partie.replace("<sheetData></sheetData>", "<sheetData/>", 1)
            elif nom == "xl/sharedStrings.xml":
                partie = _remplacer(partie, ' count="', '"', str(cellules.appels))
            entree = zipfile.ZipInfo(nom, _INSTANT)
            entree.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entree, partie.encode())
    return sortie.getvalue()


def _remplacer(partie: str, debut: str, fin: str, contenu: str) -> str:
    """The text with what stands between the first `debut` and the next `fin` changed."""
    avant, _, suite = partie.partition(debut)
    return f"{avant}{debut}{contenu}{fin}{suite.partition(fin)[2]}"


@dataclass(frozen=True, slots=True)
class _Page:
    """One sheet: the range of its cells, and its rows."""

    etendue: str
    rangees: str


@dataclass(slots=True)
class _Cellules:
    """Writes cells; `textes`: each text once, by its rank; `appels`: how many cells have one."""

    textes: dict[str, int] = field(default_factory=dict)
    appels: int = 0

    def feuille(self, feuille: Feuille) -> _Page:
        largeur = max(map(len, feuille.lignes), default=0)
        noms = [_colonne(rang) for rang in range(largeur)]
        pleines = [[x for x, valeur in enumerate(ligne) if valeur is not None] for ligne in feuille.lignes]
        rangees, gauche, droite = [], largeur, 0
        for debut in range(0, len(pleines), _BLOC):
            bloc = [(y, colonnes) for y, colonnes in enumerate(pleines[debut : debut + _BLOC], start=debut) if colonnes]
            premiere = min((colonnes[0] for _, colonnes in bloc), default=largeur)
            derniere = max((colonnes[-1] for _, colonnes in bloc), default=0)
            gauche, droite = min(gauche, premiere), max(droite, derniere)
            for y, colonnes in bloc:
                ligne, style = feuille.lignes[y], ' s="1"' if y < feuille.entetes else ""
                # The first cell of a row says where it is, and each one after an empty cell.
                avants = (-2, *colonnes)
                places = ["" if x == avants[n] + 1 else f' r="{noms[x]}{y + 1}"' for n, x in enumerate(colonnes)]
                cellules = "".join([self._cellule(places[n], ligne[x], style) for n, x in enumerate(colonnes)])
                rangees.append(f'<row r="{y + 1}" spans="{premiere + 1}:{derniere + 1}">{cellules}</row>')
        ecrites = [y for y, colonnes in enumerate(pleines) if colonnes] or [0]
        coins = (f"{_colonne(x)}{y + 1}" for x, y in ((gauche if rangees else 0, ecrites[0]), (droite, ecrites[-1])))
        return _Page(":".join(dict.fromkeys(coins)), "".join(rangees))

    def _cellule(self, place: str, valeur: Valeur, style: str) -> str:
        """`place`: the attribute of its address, empty for a cell that follows another."""
        if isinstance(valeur, str):
            self.appels += 1
            rang = self.textes.setdefault(_tenable(valeur), len(self.textes))
            return f'<c{place}{style} t="s"><v>{rang}</v></c>'
        if isinstance(valeur, bool):
            return f'<c{place}{style} t="b"><v>{int(valeur)}</v></c>'
        if isinstance(valeur, date):
            return f"<c{place}{style or _DATE}><v>{_numero(valeur):.16G}</v></c>"
        if valeur is None or not math.isfinite(valeur):
            raise ValueError(f"{valeur} n'est pas le contenu d'une cellule.")
        return f"<c{place}{style}><v>{nombre(valeur)}</v></c>"


_DATE = ' s="2"'


def _tenable(texte: str) -> str:
    """The text, cut to what a cell holds."""
    if len(texte) <= _TEXTE_MAX // 2:
        return texte
    return texte.encode("utf-16-le", "surrogatepass")[: 2 * _TEXTE_MAX].decode("utf-16-le", "ignore")


def _colonne(rang: int) -> str:
    """A for 0, AA for 26."""
    nom = ""
    while rang >= 0:
        rang, reste = divmod(rang, 26)
        nom = chr(65 + reste) + nom
        rang -= 1
    return nom


def _numero(jour: date) -> float:
    """The day as a spreadsheet counts it."""
    ecart = (jour if isinstance(jour, datetime) else datetime.combine(jour, time())) - _ORIGINE
    numero = ecart.days + ecart.seconds / 86_400
    return numero + 1 if numero > _FEVRIER_1900 else numero


def _cadre(feuilles: Sequence[Feuille], titre: str, jour: date, textes: Sequence[str]) -> bytes:
    """The workbook with its settings, its styles and its texts; its cells are only there for these to be."""
    import xlsxwriter  # type: ignore[import-untyped]

    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    classeur.set_properties({"title": titre, "created": datetime(jour.year, jour.month, jour.day)})
    entete = classeur.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E2EFEC"})
    dates = classeur.add_format({"num_format": "dd/mm/yyyy"})
    pages = [classeur.add_worksheet(feuille.nom) for feuille in feuilles]
    for page, feuille in zip(pages, feuilles, strict=True):
        _regler(page, feuille)
        page.write_blank(0, 1, None, entete)
    if any(_datees(feuilles)):
        pages[0].write_blank(0, 2, None, dates)
    for rang, texte in enumerate(textes):
        pages[0].write_string(rang, 0, texte)
    classeur.close()
    return sortie.getvalue()


def _datees(feuilles: Sequence[Feuille]) -> Iterator[bool]:
    for feuille in feuilles:
        yield from (isinstance(valeur, date) for ligne in feuille.lignes[feuille.entetes :] for valeur in ligne)


def _regler(page: Any, feuille: Feuille) -> None:
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
