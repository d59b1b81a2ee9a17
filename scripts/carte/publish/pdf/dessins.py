"""The drawings of the site on paper: the same shapes, coloured by a style sheet of their own."""

import math
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from carte.publish.pdf.moteur import lettres

if TYPE_CHECKING:
    from carte.publish.report.cartes import Carte

# The tones of the site on white paper; strokes are in units of a drawing 1,000 wide.
TONS = {
    **{"n0": "#f3efe4", "n1": "#cfe0d3", "n2": "#93bfb3", "n3": "#4b8f88", "n4": "#0d4a4a"},
    **{"fond": "#f4eee2", "disque": "#0b5d57"},
}
_STYLE = (
    ".commune{stroke:#5a5348;stroke-width:1.2}"
    + "".join(f".{cle}{{fill:{ton}}}" for cle, ton in TONS.items())
    + ".hachures-fond{fill:#fff}.hachures-trait{fill:#5a5348}.limite-epci{fill:none;stroke:#000;stroke-width:3}"
    '.carte-etiquette{fill:#000;stroke:#fff;stroke-width:6px;stroke-linejoin:round;paint-order:stroke;'
    'font-family:"Atkinson Hyperlegible Next";font-weight:700;text-anchor:middle}'
    ".carte-disque{fill:#0b5d57;stroke:#fff;stroke-width:3}"
)  # fmt: skip
_MOTS = re.compile(r"<title[^>]*>.*?</title>|<desc[^>]*>.*?</desc>", re.DOTALL)
_OUVERTURE = re.compile(r"<svg[^>]*\bviewBox=\"0 0 (\d+) (\d+)\"[^>]*>")
_ETIQUETTE = re.compile(r'<text class="[^"]*" x="(\d+)" y="(\d+)">([^<]*)</text>')
# Height of the letters on paper, in mm: eight points, and a little more than the rounding may take.
_LETTRES = 2.85
# Mean width of a bold letter, and room around a name, as parts of its height.
_LARGEUR_LETTRE, _INTERLIGNE = 0.58, 1.15


@dataclass(frozen=True, slots=True)
class Format:
    """The room of a drawing on paper, in millimetres."""

    largeur: int
    hauteur: int


SEULE, PAIRE, FEUILLE = Format(176, 95), Format(85, 74), Format(71, 70)
"""A map alone, one of two side by side, that of an opinion sheet."""


def vecteur(dessin: str, place: Format) -> str:
    """A drawing of the site (see `svg.dessin`) as a standalone SVG for paper; empty stays empty.

    Its names are of eight points in that room; those that would touch a greater one's are left out.
    """
    if not dessin:
        return ""
    ouverture = _OUVERTURE.match(dessin)
    assert ouverture is not None
    largeur, hauteur = map(int, ouverture.groups())
    # The frame grows with its letters (below): these are the sizes at which it still fits.
    corps = math.ceil(
        max(
            _LETTRES * largeur / (place.largeur - 4 * _LETTRES),
            _LETTRES * hauteur / (place.hauteur - _LETTRES / 2),
        )
    )
    style = f"<style>{_STYLE}.carte-etiquette{{font-size:{corps}px}}</style>"
    # Room for the names that cross the sides: letters are larger here than on the page.
    cadre = f"{-2 * corps} 0 {largeur + 4 * corps} {hauteur + corps // 2}"
    tete = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{cadre}">{style}'
    return lettres(tete + _eclaircir(_MOTS.sub("", dessin[ouverture.end() :]), corps))


def _eclaircir(corps_du_dessin: str, corps: int) -> str:
    """The drawing with the names that have room at this size: the first ones, of the most populated, are served."""
    poses: list[tuple[float, float, float]] = []

    def poser(trouve: re.Match[str]) -> str:
        x, y = float(trouve[1]), float(trouve[2])
        demi = _LARGEUR_LETTRE * corps * len(unescape(trouve[3])) / 2
        if any(abs(x - u) < demi + large and abs(y - v) < _INTERLIGNE * corps for u, v, large in poses):
            return ""
        poses.append((x, y, demi))
        return trouve[0]

    return _ETIQUETTE.sub(poser, corps_du_dessin)


def planche(carte: "Carte", place: Format) -> dict[str, Any]:
    """A map as the templates read it: drawing and its height (mm), words for those who do not see it, legend."""
    theme = carte.theme
    return {
        "svg": vecteur(str(carte.dessin), place),
        "hauteur": place.hauteur,
        "titre": theme.titre,
        "code": theme.code,
        "alt": f"{carte.genre}. {theme.titre}. {theme.resume}",
        "legende": [{"ton": TONS.get(c.cle, ""), "libelle": c.libelle, "nombre": c.nombre} for c in theme.classes],
    }
