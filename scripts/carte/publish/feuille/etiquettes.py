"""Names on a small map: each one below or above its point, never over another."""

from markupsafe import Markup

# Mean width of a letter and height of a line, in units of the drawing, for a text of 17 units.
LETTRE, LIGNE = 9.2, 18
_ECART = 8
_RAYON = 4
_GRAS = ' font-weight="bold"'


class Etiquettes:
    """The room that is left on a drawing; names take it in the order in which they come."""

    def __init__(self, largeur: int, hauteur: int) -> None:
        self._largeur, self._hauteur = largeur, hauteur
        self._prises: list[tuple[float, float, float, float]] = []

    def reserver(self, gauche: float, haut: float, droite: float, bas: float) -> None:
        """Keep a rectangle free of names."""
        self._prises.append((gauche, haut, droite, bas))

    def poser(self, texte: Markup, x: float, y: float, *, gras: bool, point: bool) -> Markup | None:
        """A name (already escaped) and its point if it is one, or None when there is no room for the name."""
        demi = len(texte.unescape()) * LETTRE * (1.1 if gras else 1) / 2
        milieu = min(max(x, demi + 4), self._largeur - demi - 4)
        for base in (y + _ECART + 12, y - _ECART - 2, y + 31, y - 21):
            boite = (milieu - demi, base - LIGNE + 3, milieu + demi, base + 4)
            if self._libre(boite):
                self._prises.append(boite)
                nom = _nom(texte, round(milieu), round(base), gras)
                if not point:
                    return nom
                self._prises.append((x - _RAYON, y - _RAYON, x + _RAYON, y + _RAYON))
                return _point(round(x), round(y)) + nom
        return None

    def _libre(self, boite: tuple[float, float, float, float]) -> bool:
        gauche, haut, droite, bas = boite
        if gauche < 2 or haut < 2 or droite > self._largeur - 2 or bas > self._hauteur - 2:
            return False
        return all(d <= gauche or g >= droite or b <= haut or h >= bas for g, h, d, b in self._prises)


def _nom(texte: Markup, x: int, y: int, gras: bool) -> Markup:
    return Markup(  # noqa: S704 - whole numbers, and a text already escaped
        f'<text x="{x}" y="{y}" text-anchor="middle"{_GRAS if gras else ""} stroke="#fff" stroke-width="4" '
        f'paint-order="stroke" stroke-linejoin="round">{texte}</text>'
    )


def _point(x: int, y: int) -> Markup:
    return Markup(  # noqa: S704 - whole numbers
        f'<circle cx="{x}" cy="{y}" r="{_RAYON}" fill="#fff" stroke="#000" stroke-width="2"/>'
    )
