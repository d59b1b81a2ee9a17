"""The drawings of the site on paper: the same shapes, coloured by a style sheet of their own."""

import re
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
# Height of the letters, in units of a drawing that is not taller than wide.
_LETTRES = 29


def vecteur(dessin: str) -> str:
    """A drawing of the site (see `svg.dessin`) as a standalone SVG for paper; empty stays empty."""
    if not dessin:
        return ""
    ouverture = _OUVERTURE.match(dessin)
    assert ouverture is not None
    largeur, hauteur = map(int, ouverture.groups())
    # A tall drawing is reduced to fit its place: its letters must not be.
    corps = round(_LETTRES * max(1.0, hauteur / largeur))
    style = f"<style>{_STYLE}.carte-etiquette{{font-size:{corps}px}}</style>"
    # Room for the names that cross the sides: letters are larger here than on the page.
    cadre = f"{-2 * corps} 0 {largeur + 4 * corps} {hauteur + corps // 2}"
    tete = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{cadre}">{style}'
    return lettres(tete + _MOTS.sub("", dessin[ouverture.end() :]))


def planche(carte: "Carte") -> dict[str, Any]:
    """A map as the templates read it: drawing, words for those who do not see it, legend."""
    theme = carte.theme
    return {
        "svg": vecteur(str(carte.dessin)),
        "titre": theme.titre,
        "code": theme.code,
        "alt": f"{carte.genre}. {theme.titre}. {theme.resume}",
        "legende": [{"ton": TONS.get(c.cle, ""), "libelle": c.libelle, "nombre": c.nombre} for c in theme.classes],
    }
