"""The skeleton of an interactive map, made by folium and cut in parts: no inline script nor style goes in a page.

folium writes a whole page that calls four other hosts. Here its libraries are ours, its ids are chosen (they are random
otherwise), and its page is cut in three: the element, the script, the style.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from carte.erreurs import ErreurCarte
from carte.publish.cadre.contexte import GEOPLATEFORME
from carte.publish.cadre.styles import CARTOGRAPHIE, en_couche

ZOOM_MAX = 17
# The IGN's general map, asked only when the deployment's options say so.
TUILES = (
    f"{GEOPLATEFORME}/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2"
    "&STYLE=normal&TILEMATRIXSET=PM&FORMAT=image/png&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)
LEAFLET_JS = "vendor/leaflet/leaflet.js"
LEAFLET_CSS = "vendor/leaflet/leaflet.css"
GRAPPES_JS = "vendor/leaflet.markercluster/leaflet.markercluster.js"
GRAPPES_CSS = (
    "vendor/leaflet.markercluster/MarkerCluster.css",
    "vendor/leaflet.markercluster/MarkerCluster.Default.css",
)

Bornes = tuple[float, float, float, float]


class SqueletteInattendu(ErreurCarte):
    """folium wrote something that this module does not know how to publish: its version changed."""


@dataclass(frozen=True, slots=True)
class Squelette:
    """The parts of a map. `element` is trusted HTML; `script` is a classic script that makes the globals
    `map_<nom>` (and `marker_cluster_<nom>`); `scripts` and `feuilles` are its libraries, in order, relative to the
    folder of the static files."""

    nom: str
    element: str
    script: str
    style: str
    scripts: tuple[str, ...]
    feuilles: tuple[str, ...]


def squelette(nom: str, bornes: Bornes, *, grappes: bool, cadree: bool = True, tuiles: bool = False) -> Squelette:
    """A map around `bornes` (west, south, east, north in degrees), with a group of clusters if asked.

    `cadree`: its own script frames it, when its element is in sight from the start; else the page's module does, later.

    No tiles by default; with `tuiles`, the IGN's map lies under our layers, for the deployments that accept it.

    Raises SqueletteInattendu when folium writes more than an element, a script and the map's own style.
    """
    figure = _figure(nom, bornes, grappes, cadree, tuiles)
    tete = _Tete()
    tete.feed(figure.header.render())
    attendus = ([LEAFLET_JS, *([GRAPPES_JS] if grappes else [])], [LEAFLET_CSS, *(GRAPPES_CSS if grappes else ())])
    if (tete.scripts, tete.feuilles) != attendus:
        raise SqueletteInattendu(f"folium demande d'autres bibliothèques : {tete.scripts} {tete.feuilles}")
    element = figure.html.render().strip()
    if re.search(r"<script|\bstyle=|\bon\w+=", element):
        raise SqueletteInattendu(f"folium écrit du script ou du style dans la page : {element}")
    # Its other style blocks take the whole page for the map: they would break ours.
    style = next(bloc for bloc in tete.styles if f"#map_{nom}" in bloc)
    couche = en_couche(CARTOGRAPHIE, _net(style).encode()).decode()
    return Squelette(nom, element, _net(figure.script.render()), couche, *map(tuple, attendus))


def _figure(nom: str, bornes: Bornes, grappes: bool, cadree: bool, tuiles: bool) -> Any:
    import folium
    from folium.plugins import MarkerCluster

    ouest, sud, est, nord = bornes
    centre = ((sud + nord) / 2, (ouest + est) / 2)
    carte = folium.Map(location=centre, zoom_start=9, tiles=None, font_size="0.75rem", zoom_snap=0.5)
    carte._id = nom
    # Without tiles folium drops max_zoom, and the clusters refuse a map that has none.
    carte.options["maxZoom"] = ZOOM_MAX
    carte.default_js, carte.default_css = [("leaflet", LEAFLET_JS)], [("leaflet_css", LEAFLET_CSS)]
    if grappes:
        # Wide enough that no disc covers another, on a phone too.
        groupe = MarkerCluster(control=False, max_cluster_radius=80, show_coverage_on_hover=False)
        groupe._id = nom
        groupe.default_js = [("grappes", GRAPPES_JS)]
        groupe.default_css = [(f"grappes_css_{rang}", feuille) for rang, feuille in enumerate(GRAPPES_CSS)]
        groupe.add_to(carte)
    if tuiles:
        fond = folium.TileLayer(tiles=TUILES, attr="© IGN, Géoplateforme", control=False, max_zoom=ZOOM_MAX)
        fond._id = nom
        fond.add_to(carte)
    if cadree:
        carte.fit_bounds([[sud, ouest], [nord, est]])
    figure = carte.get_root()
    figure._id = nom
    figure.render()
    return figure


def _net(texte: str) -> str:
    """The text without folium's indentation: the same content, half the bytes."""
    return "\n".join(ligne.strip() for ligne in texte.splitlines() if ligne.strip()) + "\n"


class _Tete(HTMLParser):
    """What folium puts in a page's head: addresses of scripts and style sheets, texts of style blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.feuilles: list[str] = []
        self.styles: list[str] = []
        self._dans_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributs = dict(attrs)
        if tag == "script" and attributs.get("src"):
            self.scripts.append(str(attributs["src"]))
        if tag == "link":
            self.feuilles.append(str(attributs.get("href")))
        self._dans_style = tag == "style"

    def handle_data(self, data: str) -> None:
        if self._dans_style:
            self.styles.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._dans_style = False
