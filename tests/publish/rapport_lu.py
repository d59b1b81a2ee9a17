"""A report's page as people read it: sentences, rows, captions; without what draws, defines or sets choices."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

_UNITES = {"p", "li", "tr", "caption", "figcaption", "h1", "h2", "h3", "dt", "dd", "summary"}
_MUETS = {"svg", "script", "style", "select"}
# Legends of the maps, definitions and choices hold percentages that are nobody's figure: bounds, thresholds.
_HORS_CHIFFRES = ("legende", "definitions")
_TABLES_DE_CHOIX = {"tableau-choix"}
_VIDES = {"br", "img", "input", "meta", "link", "rect", "path", "circle", "use"}
_FAUTES = re.compile(
    r"\b(?:au|du|de la|des|le) inconnue?s?\b|\binconnue?s? (?:%|habitants|lieux|minutes|heures)|"
    r"moins de 1 (?:mètres|heures|habitants|lieux|minutes|locaux)\b|"
    r"(?<![\d,])[01],\d+ (?:heures|minutes|points|jours|mètres)\b|\bentre (\d[\d ,]*\d|\d)( %)? et \1( %)?(?! ?\d|,)|"
    r"\bde (\d[\d ,]*\d|\d)( %)? à \4( %)?(?! ?\d|,)|\b(?:nan|NaN|None|NaT|inf|True|False)\b|"
    r"\b(de|à|du|le|la|les|des|et|en) \7\b|\baucune? [\w’-]+ (?:sont|ont|disent|nomment)\b|"
    r"\baucune? [^.;:]{1,40}\bne \w+ aucune?\b|"
    r"(?<!\d )(?<![\w,])[01] (?:communes|lieux|habitants|fiches|locaux|lignes|intercommunalités|permanences)\b|"
    r"  |\. \.|,,|; ;|\(\s*\)",
)


def fautes(textes: Iterable[str]) -> list[str]:
    """The texts that carry a fault once seen: number, doubled words, holes, quotes left open; plain spaces."""
    return [texte for texte in textes if _FAUTES.search(texte) or texte.count("«") != texte.count("»")]


@dataclass
class Unite:
    """One piece of text: its tag, its words."""

    balise: str
    morceaux: list[str] = field(default_factory=list)

    @property
    def texte(self) -> str:
        return re.sub(r"\s+", " ", self.brut.replace("\u00a0", " ")).strip()

    @property
    def brut(self) -> str:
        """The words with their no-break spaces: those within numbers tell where a number ends."""
        return re.sub(r"[ \n]+", " ", " ".join(self.morceaux)).strip()

    @property
    def phrases(self) -> list[str]:
        """The sentences of a paragraph; a row is read as a whole."""
        return [self.texte] if self.balise == "tr" else re.split(r"(?<=[.!?]) (?=[A-ZÀÉ])", self.texte)


class _Lecteur(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pile: list[tuple[str, bool]] = []
        self.ouvertes: list[Unite] = []
        self.unites: list[Unite] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VIDES:
            return
        attributs = dict(attrs)
        classes = (attributs.get("class") or "").split()
        muet = tag in _MUETS or any(c in _HORS_CHIFFRES for c in classes) or attributs.get("id") in _TABLES_DE_CHOIX
        self.pile.append((tag, muet or (bool(self.pile) and self.pile[-1][1])))
        if tag in _UNITES:
            self.ouvertes.append(Unite(tag))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VIDES:
            return
        assert self.pile.pop()[0] == tag
        if tag in _UNITES:
            unite = self.ouvertes.pop()
            if unite.texte:
                self.unites.append(unite)

    def handle_data(self, data: str) -> None:
        if self.ouvertes and not (self.pile and self.pile[-1][1]):
            self.ouvertes[-1].morceaux.append(data)


def unites(fragment: str) -> list[Unite]:
    """The pieces of text of a fragment, in the order of their ends."""
    lecteur = _Lecteur()
    lecteur.feed(fragment)
    assert not lecteur.pile
    return lecteur.unites
