"""A report's page as people read it: sentences, rows, captions; without what draws, defines or sets choices."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_UNITES = {"p", "li", "tr", "caption", "figcaption", "h1", "h2", "h3", "dt", "dd", "summary"}
_MUETS = {"svg", "script", "style", "select"}
# Legends of the maps, definitions and choices hold percentages that are nobody's figure: bounds, thresholds.
_HORS_CHIFFRES = ("legende", "definitions")
_TABLES_DE_CHOIX = {"tableau-choix"}
_VIDES = {"br", "img", "input", "meta", "link", "rect", "path", "circle", "use"}


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
