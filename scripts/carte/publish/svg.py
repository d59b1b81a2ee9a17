"""Static vector maps: shapes become SVG text, coloured by style sheets only (the pages allow no inline style)."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEUR = 1000
"""Width of every drawing, in units of its viewBox: whole units are fine enough, and keep the text short."""


_TRACE = re.compile(
    r'<path(?P<attributs> class="(?P<genre>[\w-]*)[^"]*"(?: fill="[^"]*")?) d="(?P<d>[^"]+)"'
    r"(?:/>|><title>[^<]*</title></path>)"
)
_NOMS = re.compile(r'(?:<text class="carte-etiquette[^>]*>[^<]*</text>)+')
_DESSIN = re.compile(r'<svg class="carte-svg.*?</svg>', re.DOTALL)


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
    return chemins([forme], repere)[0]


def chemins(formes: Any, repere: Repere) -> list[str]:
    """The same of many shapes (a sequence): in a few operations for all of them."""
    lignes, rangs = _lignes(formes)
    traces = [""] * len(formes)
    for rang, trait in zip(rangs.tolist(), _traits_de(lignes, repere), strict=True):
        traces[rang] += trait
    return [trace or _carre(forme, repere) for trace, forme in zip(traces, formes, strict=True)]


def _carre(forme: Any, repere: Repere) -> str:
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
    """The page, where the outlines and the names that several of its drawings have are written once and called back.

    A drawing calls all of them in the class that most of them have, then those of each other class above. The words of
    each shape are left out: a page with eight maps of the same communes says them in its tables.
    """
    fonds = [fond for trouve in _DESSIN.finditer(page) for fond in _fonds(trouve[0])]
    comptes = Counter(_traits(fond) for fond in fonds)
    partages = {traits: f"f{rang}" for rang, (traits, n) in enumerate(comptes.items()) if n > 1}
    noms = Counter(trouve[0] for dessin in _DESSIN.findall(page) for trouve in _NOMS.finditer(dessin))
    nommes = {textes: f"t{rang}" for rang, (textes, n) in enumerate(noms.items()) if n > 1}
    if not partages and not nommes:
        return page
    appeles: set[str] = set()

    def nommer(trouve: re.Match[str]) -> str:
        return f'<use href="#{nommes[trouve[0]]}"/>' if trouve[0] in nommes else trouve[0]

    def rappeler(trouve: re.Match[str]) -> str:
        return _NOMS.sub(nommer, _rappeler(trouve[0], partages, appeles))

    rappelee = _DESSIN.sub(rappeler, page)
    groupes = "".join(f'<g id="{nom}">{_contours(nom, traits, appeles)}</g>' for traits, nom in partages.items())
    groupes += "".join(f'<g id="{nom}">{textes}</g>' for textes, nom in nommes.items())
    defs = f'<svg width="0" height="0" aria-hidden="true" focusable="false"><defs>{groupes}</defs></svg>'
    avant, premier, apres = rappelee.partition('<svg class="carte-svg')
    return avant + defs + premier + apres


def _fonds(dessin: str) -> list[list[re.Match[str]]]:
    """The traces of a drawing that follow each other and are of one kind: its communes, its limits."""
    fonds: list[list[re.Match[str]]] = []
    for trouve in _TRACE.finditer(dessin):
        precedent = fonds[-1][-1] if fonds else None
        if precedent and precedent.end() == trouve.start() and precedent["genre"] == trouve["genre"]:
            fonds[-1].append(trouve)
        else:
            fonds.append([trouve])
    return fonds


def _traits(fond: Iterable[re.Match[str]]) -> tuple[str, ...]:
    return tuple(trouve["d"] for trouve in fond)


def _rappeler(dessin: str, partages: Mapping[tuple[str, ...], str], appeles: set[str]) -> str:
    """A drawing without the outlines that are written elsewhere; `appeles` receives the ids of those called one by
    one."""
    morceaux, fin = [], 0
    for fond in _fonds(dessin):
        nom = partages.get(_traits(fond))
        if nom is None:
            continue
        par_attributs: dict[str, list[str]] = {}
        for rang, trouve in enumerate(fond):
            par_attributs.setdefault(trouve["attributs"], []).append(f"{nom}-{rang}")
        dominants = max(par_attributs, key=lambda attributs: len(par_attributs[attributs]))
        morceaux += [dessin[fin : fond[0].start()], f'<use href="#{nom}"{dominants}/>']
        for attributs, membres in par_attributs.items():
            if attributs != dominants:
                appeles.update(membres)
                appels = "".join(f'<use href="#{membre}"/>' for membre in membres)
                morceaux.append(f"<g{attributs}>{appels}</g>")
        fin = fond[-1].end()
    return "".join([*morceaux, dessin[fin:]])


def _contours(nom: str, traits: Sequence[str], appeles: Collection[str]) -> str:
    identifies = ((f"{nom}-{rang}", d) for rang, d in enumerate(traits))
    return "".join(f'<path id="{i}" d="{d}"/>' if i in appeles else f'<path d="{d}"/>' for i, d in identifies)


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


def _lignes(formes: Any) -> "tuple[NDArray[np.object_], NDArray[np.intp]]":
    """Every ring or line of the shapes, and the rank of its shape; points draw nothing."""
    parties, de_forme = shapely.get_parts(formes, return_index=True)
    if (shapely.get_type_id(parties) == shapely.GeometryType.POLYGON).all():  # nearly always
        anneaux, de_partie = shapely.get_rings(parties, return_index=True)
        return anneaux, de_forme[de_partie]
    lignes = [
        (ligne, rang)
        for partie, rang in zip(parties, de_forme, strict=True)
        for ligne in ([partie] if partie.geom_type in ("LineString", "LinearRing") else shapely.get_rings(partie))
    ]
    return np.array([ligne for ligne, _ in lignes], dtype=object), np.array([rang for _, rang in lignes], dtype=np.intp)


def _traits_de(lignes: "NDArray[np.object_]", repere: Repere) -> list[str]:
    """Each closed ring or open line, with relative moves; empty when it collapses to less than a triangle."""
    degres, rangs = shapely.get_coordinates(lignes, return_index=True)
    # `rint`, as `round`: a half goes to the even unit.
    x = np.rint((degres[:, 0] - repere.ouest) * repere.echelle_x).astype(np.int64)
    y = np.rint((repere.nord - degres[:, 1]) * repere.echelle_y).astype(np.int64)
    distincts = np.ones(len(x), dtype=bool)
    distincts[1:] = (x[1:] != x[:-1]) | (y[1:] != y[:-1]) | (rangs[1:] != rangs[:-1])
    points = list(zip(x[distincts].tolist(), y[distincts].tolist(), strict=True))
    limites = np.searchsorted(rangs[distincts], np.arange(len(lignes) + 1)).tolist()
    return [_trait(points[debut:fin]) for debut, fin in pairwise(limites)]


def _trait(points: Sequence[tuple[int, int]]) -> str:
    ferme = len(points) > 1 and points[0] == points[-1]
    if ferme:
        points = points[:-1]
    if len(points) < (3 if ferme else 2):
        return ""
    # `3 4 5-6`: a minus sign is enough to separate two numbers.
    pas = " ".join([f"{x - u} {y - v}" for (u, v), (x, y) in pairwise(points)]).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{pas}{'z' if ferme else ''}"
