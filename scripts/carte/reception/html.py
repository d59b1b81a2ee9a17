"""The text of a mail that only has a page: its lines, its spaces, nothing of its style."""

import re
from html.parser import HTMLParser

_LIGNES = frozenset(
    {"address", "article", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2"}
    | {"h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
_MUETS = frozenset({"script", "style", "head", "title", "template"})
_VIDES = frozenset({"br", "hr", "img", "meta", "link", "input", "wbr", "col", "base", "area"})
_OUVERTS_MAX = 50
_ESPACES = re.compile(r"[ \t\r\n\f]+")
_SECTIONS = re.compile(r"<!\[[^>]*>?")  # Word's conditions: the parser stops on those it does not know
_GARDEES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)


def en_texte(page: str) -> str:
    """The text of an HTML page as a browser shows it: a line by block, spaces that count kept."""
    lecteur = _Lecteur()
    lecteur.feed(_SECTIONS.sub("", page))
    lecteur.close()
    return "".join(lecteur.morceaux)


class _Lecteur(HTMLParser):
    """`morceaux`: the text so far. What keeps its spaces (`pre`) is counted by element that is open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.morceaux: list[str] = []
        self._muet = 0
        self._gardes: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a line, and remember whether spaces count in this element."""
        if tag in _LIGNES:
            self._a_la_ligne(toujours=tag == "br")
        if tag in _VIDES:
            return
        self._muet += tag in _MUETS
        style = next((valeur or "" for nom, valeur in attrs if nom == "style"), "")
        garde = tag == "pre" or _GARDEES.search(style) is not None
        self._gardes.append((tag, garde or (bool(self._gardes) and self._gardes[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        """Close this element, with what it holds and was left open."""
        if tag in _LIGNES and tag not in _VIDES:
            self._a_la_ligne()
        ouverts = self._gardes
        derniers = range(len(ouverts) - 1, max(-1, len(ouverts) - _OUVERTS_MAX), -1)
        proche = next((rang for rang in derniers if ouverts[rang][0] == tag), None)
        if proche is not None:
            self._muet -= sum(nom in _MUETS for nom, _ in ouverts[proche:])
            del ouverts[proche:]

    def handle_data(self, data: str) -> None:
        """Keep a text: its spaces are one, except where they count."""
        if self._muet:
            return
        if not (self._gardes and self._gardes[-1][1]):
            data = _ESPACES.sub(" ", data)
            if not self.morceaux or self.morceaux[-1].endswith(("\n", " ")):
                data = data.removeprefix(" ")
        if data:
            self.morceaux.append(data)

    def _a_la_ligne(self, *, toujours: bool = False) -> None:
        if toujours or (self.morceaux and not self.morceaux[-1].endswith("\n")):
            self.morceaux.append("\n")
