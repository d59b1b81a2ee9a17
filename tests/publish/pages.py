"""Reads a page as a browser would: its elements, its attributes, and what in it could run or lead outside."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

# The only images of our pages: a file that the build makes beside them, and a code that they hold.
IMAGES = re.compile(r"plan\.svg|data:image/png;base64,[A-Za-z0-9+/=]+")
_SCHEMAS = re.compile(r"(https?|mailto|tel|geo):", re.IGNORECASE)


def pages_ecrites(site: Path) -> dict[str, str]:
    """Every page of a folder, by its path as links give it (`lieux/99/`)."""
    return {
        f"{page.parent.relative_to(site).as_posix()}/": page.read_text(encoding="utf-8")
        for page in site.rglob("index.html")
    }


@dataclass
class Page(HTMLParser):
    """The elements of a page, as (name, attributes); `texte` is all of its text."""

    html: str
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texte: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {nom: valeur or "" for nom, valeur in attrs}))

    def handle_data(self, data: str) -> None:
        self.texte += data

    def attributs(self, element: str, nom: str) -> list[str]:
        return [attributs[nom] for tag, attributs in self.elements if tag == element and nom in attributs]

    @property
    def liens(self) -> list[str]:
        return self.attributs("a", "href")

    def dangers(self) -> list[str]:
        """Everything that could run: inline scripts, handlers, styles, frames, links of another kind than ours."""
        trouves = [f"{tag} {nom}" for tag, attributs in self.elements for nom in attributs if nom.startswith("on")]
        trouves += [f"style de {tag}" for tag, attributs in self.elements if tag == "style" or "style" in attributs]
        scripts = [a for tag, a in self.elements if tag == "script"]
        trouves += ["script en ligne" for a in scripts if not a.get("src") and a.get("type") != "application/ld+json"]
        trouves += [tag for tag, _ in self.elements if tag in ("iframe", "object", "embed", "base", "b")]
        trouves += [f"image {a}" for tag, a in self.elements if tag == "img" and not IMAGES.fullmatch(a.get("src", ""))]
        for lien in self.liens:
            if ":" in lien.split("/")[0] and not _SCHEMAS.match(lien):
                trouves.append(f"lien {lien}")
        return trouves
