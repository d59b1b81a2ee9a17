"""Static vector maps: shapes become SVG text, coloured by style sheets only (the pages allow no inline style)."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import shapely
from markupsafe import Markup, escape

LARGEUR = 1000
"""Width of every drawing, in units of its viewBox: whole units are fine enough, and keep the text short."""


_TRACE = re.compile(
    r'<path(?P<attributs> class="[^"]*"(?: fill="[^"]*")?) d="(?P<d>[^"]+)"(?:/>|><title>[^<]*</title></path>)'
)


@dataclass(frozen=True, slots=True)
class Repere:
    """From degrees (WGS84) to units of a drawing: an equirectangular projection around the middle latitude.

    For drawing only: nothing is measured on it.
    """

    ouest: float
    nord: float
    echelle_x: float
    echelle_y: float
    hauteur: int

    @classmethod
    def cadrer(cls, bornes: tuple[float, float, float, float], marge: int = 12) -> "Repere":
        """The frame that holds `bornes` (west, south, east, north, in degrees) with a margin in units."""
        ouest, sud, est, nord = bornes
        serrage = math.cos(math.radians((sud + nord) / 2))
        echelle = (LARGEUR - 2 * marge) / max((est - ouest) * serrage, 1e-9)
        hauteur = math.ceil((nord - sud) * echelle) + 2 * marge
        return cls(ouest - marge / (echelle * serrage), nord + marge / echelle, echelle * serrage, echelle, hauteur)

    def xy(self, lon: float, lat: float) -> tuple[int, int]:
        """Place of a point, in whole units, from the top left corner."""
        return round((lon - self.ouest) * self.echelle_x), round((self.nord - lat) * self.echelle_y)


@dataclass(frozen=True, slots=True)
class Trace:
    """One path: its outline, its CSS classes, the words shown when it is pointed at, the id of a pattern that fills it
    (empty: none)."""

    d: str
    classe: str
    titre: str = ""
    motif: str = ""

    def __html__(self) -> str:
        fond = f' fill="url(#{escape(self.motif)})"' if self.motif else ""
        debut = f'<path class="{escape(self.classe)}"{fond} d="{self.d}"'
        return f"{debut}><title>{escape(self.titre)}</title></path>" if self.titre else f"{debut}/>"


def chemin(forme: Any, repere: Repere) -> str:
    """The `d` of a path from a polygon, a line, or several; a shape too small to draw becomes one unit square."""
    traits = [_trait(ligne, repere) for ligne in _lignes(forme)]
    dessines = "".join(trait for trait in traits if trait)
    if dessines:
        return dessines
    x, y = repere.xy(*forme.centroid.coords[0])
    return f"M{x} {y}h1v1h-1z"


def dessin(
    identifiant: str, repere: Repere, titre: str, description: str, contenu: Iterable[Trace | Markup], classe: str = ""
) -> Markup:
    """A whole drawing: an image with a name and a description for those who do not see it.

    `contenu`: its parts, the first at the bottom.
    """
    corps = Markup("").join(contenu)
    return Markup(
        '<svg class="carte-svg {classe}" role="img" aria-labelledby="{i}-titre" aria-describedby="{i}-desc" '
        'viewBox="0 0 {largeur} {hauteur}" focusable="false"><title id="{i}-titre">{titre}</title>'
        '<desc id="{i}-desc">{description}</desc>{motif}{corps}</svg>'
    ).format(
        classe=classe,
        i=identifiant,
        largeur=LARGEUR,
        hauteur=repere.hauteur,
        titre=titre,
        description=description,
        motif=_hachures(identifiant),
        corps=corps,
    )


def partager(page: str) -> str:
    """The page, where each outline that several of its drawings trace is written once and called back.

    The words of each shape are left out of a drawing that calls outlines back: a page with eight maps of the same
    communes says them in its tables.
    """
    comptes = Counter(trouve["d"] for trouve in _TRACE.finditer(page))
    numeros = {d: f"t{rang}" for rang, (d, n) in enumerate(comptes.items()) if n > 1}
    if not numeros:
        return page

    def rappeler(trouve: re.Match[str]) -> str:
        numero = numeros.get(trouve["d"])
        return f'<use href="#{numero}"{trouve["attributs"]}/>' if numero else trouve[0]

    traces = "".join(f'<path id="{numero}" d="{d}"/>' for d, numero in numeros.items())
    partages = f'<svg width="0" height="0" aria-hidden="true" focusable="false"><defs>{traces}</defs></svg>'
    avant, premier, apres = page.partition('<svg class="carte-svg')
    return _TRACE.sub(rappeler, avant) + partages + _TRACE.sub(rappeler, premier + apres)


def etiquette(texte: str, x: int, y: int, classe: str = "carte-etiquette") -> Markup:
    """A name on a drawing, centred on its point."""
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(classe, x, y, texte)


def pastille(x: int, y: int, rayon: float, classe: str, titre: str) -> Markup:
    """A disc, and the words shown when it is pointed at."""
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>').format(
        classe, x, y, rayon, titre
    )


def motif_inconnu(identifiant: str) -> str:
    """Id of the hatching of a drawing: what is unknown reads without colours."""
    return f"{identifiant}-hachures"


def _hachures(identifiant: str) -> Markup:
    return Markup(
        '<defs><pattern id="{}" width="12" height="12" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="hachures-fond" width="12" height="12"/>'
        '<rect class="hachures-trait" width="4" height="12"/></pattern></defs>'
    ).format(motif_inconnu(identifiant))


def _lignes(forme: Any) -> list[Any]:
    """Every ring or line of a shape; points draw nothing."""
    lignes = []
    for partie in shapely.get_parts(forme):
        if partie.geom_type == "Polygon":
            lignes += [partie.exterior, *partie.interiors]
        elif partie.geom_type in ("LineString", "LinearRing"):
            lignes.append(partie)
    return lignes


def _trait(ligne: Any, repere: Repere) -> str:
    """One closed ring or open line, with relative moves; empty when it collapses to less than a triangle."""
    points = _sans_doublons([repere.xy(lon, lat) for lon, lat, *_ in ligne.coords])
    ferme = len(points) > 1 and points[0] == points[-1]
    if ferme:
        points = points[:-1]
    if len(points) < (3 if ferme else 2):
        return ""
    pas = [(x - u, y - v) for (u, v), (x, y) in pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l{_paires(pas)}{'z' if ferme else ''}"


def _sans_doublons(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [point for rang, point in enumerate(points) if rang == 0 or point != points[rang - 1]]


def _paires(pas: Iterable[tuple[int, int]]) -> str:
    """`3 4 5-6`: a minus sign is enough to separate two numbers."""
    return " ".join(f"{x} {y}" for x, y in pas).replace(" -", "-")
