"""Tables of the report as data: the template writes them all the same way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carte.indicators import Mesure, Part
from carte.publish.report import phrases

if TYPE_CHECKING:
    from carte.publish.report.lignes import Ligne

# A precision longer than this is words, not a number.
_PRECISION = 60
_DATES = re.compile(r"[\d\s]*(?:aucune )?fiches?\b|population\b|débit\b")


@dataclass(frozen=True, slots=True)
class Cellule:
    """One cell: what is read first, what is read beside it, and the number to sort on (None: the unknown, last).

    `liens`: words and https address of what the text ends with, none of them from a file of a deployment.
    """

    texte: str
    detail: str = ""
    tri: float | None = None
    classe: str = ""
    liens: tuple[tuple[str, str], ...] = ()

    @property
    def entier(self) -> str:
        """The text and the words of its links, where nothing can be followed."""
        return " ".join(filter(None, (self.texte, ", ".join(mots for mots, _ in self.liens))))

    @property
    def details(self) -> list[str]:
        """The precisions, one a line."""
        return self.detail.split(" ; ") if self.detail else []


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: its title, the code of its definition, and its unit or precision."""

    titre: str
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Rangee:
    """One row: its heading, its link within the site (empty: none), its cells; `code` of its own definition."""

    titre: str
    cellules: tuple[Cellule, ...]
    detail: str = ""
    lien: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Tableau:
    """One table. `fichier` is the open-data table that holds its figures; `repli`: folded, with this invitation.

    `code`: the definition of what the whole table counts, when neither a column nor a row names its own.
    `page`: folder of the page where the site writes it whole, beside the report, which then only links to it, in the
    words of `repli` or by its caption.
    `feuille`: sheet of the workbook that holds it whole: paper sends there instead of printing it.
    """

    identifiant: str
    legende: str
    entete: str
    colonnes: tuple[Colonne, ...]
    rangees: Sequence[Rangee]
    fichier: str = ""
    triable: bool = False
    repli: str = ""
    notes: tuple[str, ...] = field(default=())
    code: str = ""
    page: str = ""
    feuille: str = ""

    @property
    def titre(self) -> str:
        """The caption without the dates of places, population and broadband: a page or a part says these once."""
        debut, _, fin = self.legende.rpartition(" (")
        return debut if debut and _DATES.match(fin) else self.legende

    def de_nombres(self, rang: int) -> bool:
        """Whether a column holds numbers, and nothing else but the unknown and statuses: it is read from the right."""
        cellules = [r.cellules[rang] for r in self.rangees if r.cellules[rang].texte != "–"]
        classes = {c.classe.split(" ")[0] for c in cellules}
        courtes = all(len(detail) <= _PRECISION for c in cellules for detail in c.details)
        return "nombre" in classes and classes <= {"nombre", "absent", "statut"} and courtes


def cellule_part(part: Part, unite: str = "", detail: str | None = None) -> Cellule:
    """A share: the percentage, then its two counts (or another `detail`)."""
    if part.bornes is None:
        return Cellule(phrases.taux(part), classe="absent")
    tri = part.taux if part.taux is not None else part.bornes[0]
    return Cellule(phrases.taux(part), phrases.rapport(part, unite) if detail is None else detail, tri, "nombre")


def cellule_personnes(part: Part) -> Cellule:
    """People first, then their share and its interval: the estimate of persons is what is read."""
    if part.bornes is None:
        return cellule_part(part)
    bas, haut = phrases.effectif(part.bas), phrases.effectif(part.haut)
    detail = f"{phrases.taux(part)} sur {phrases.effectif(part.denominateur)}"
    if part.numerateur is None:
        return Cellule(bas if bas == haut else f"{bas} à {haut}", detail, part.bas, "nombre")
    ecart = f" ; de {bas} à {haut}" if bas != haut else ""
    return Cellule(phrases.effectif(part.numerateur), detail + ecart, part.numerateur, "nombre")


def cellule_effectif(nombre: float | None, detail: str = "") -> Cellule:
    """A count."""
    return Cellule(phrases.effectif(nombre), detail, nombre, "absent" if nombre is None else "nombre")


def cellule_lieux(ligne: "Ligne") -> Cellule:
    """The places of a territory, and how many there are if those that may be described twice are one."""
    lieux, doubles = ligne.nombre("lieux"), ligne.nombre("lieux_en_double")
    bas = phrases.effectif((lieux or 0) - (doubles or 0))
    return cellule_effectif(lieux, f"de {bas} à {phrases.effectif(lieux)}" if doubles else "")


def cellule_mesure(mesure: Mesure, unite: str = "", decimales: int = 1) -> Cellule:
    """A measure, with its interval beside it."""
    classe = "absent" if mesure.valeur is None else "nombre"
    return Cellule(phrases.mesure(mesure, unite, decimales), phrases.bornes(mesure, decimales), mesure.valeur, classe)


def cellule_statut(statut: str, marge: Mesure) -> Cellule:
    """A deficit status, with its margin to the threshold."""
    detail = " ; ".join(filter(None, (phrases.marge(marge), phrases.bornes_signees(marge))))
    return Cellule(phrases.statut(statut), detail, marge.valeur, f"statut statut--{statut}")
