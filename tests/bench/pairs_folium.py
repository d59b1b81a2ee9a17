"""The pages that folium gives for the same places, with what a result of ours says in each popup.

Their libraries are served by the bench itself, and only those a page needs; the two functions that these pages take
from jQuery are written in a few lines, which spares them 30 kB. No tiles. Canvas circles instead of pictures for the
GeoJSON page: the faster choice for the peer.
"""

import html
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import folium
from folium.plugins import FastMarkerCluster

RACINE = Path(__file__).resolve().parents[2]
_FICHIERS = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
}
# What folium's pages ask of jQuery: an element from its HTML, and a file read at once.
_JQUERY = """\
window.$ = function (texte) {
  const boite = document.createElement("div");
  boite.innerHTML = texte.trim();
  return [boite.firstChild];
};
window.$.ajax = function (adresse, options) {
  const demande = new XMLHttpRequest();
  demande.open("GET", adresse, options.async);
  demande.send();
  return { done: (suite) => suite(JSON.parse(demande.responseText)) };
};
"""
_IMAGES = ("marker-icon.png", "marker-icon-2x.png", "marker-shadow.png")
Lieu = dict[str, Any]


def ecrire(lieux: Sequence[Lieu], dossier: Path) -> dict[str, str]:
    """Write the three pages and their libraries; return the path of each by name."""
    _bibliotheques(dossier)
    pages: dict[str, Callable[[Sequence[Lieu], Path], folium.Map]] = {
        "marqueurs": _marqueurs,
        "grappes": _grappes,
        "geojson": _geojson,
    }
    for nom, faire in pages.items():
        carte = faire(lieux, dossier)
        (dossier / f"{nom}.html").write_text(carte.get_root().render(), encoding="utf-8")
    return {nom: f"/{nom}.html" for nom in pages}


def _bibliotheques(dossier: Path) -> None:
    (dossier / "images").mkdir(parents=True)
    for nom, source in _FICHIERS.items():
        shutil.copy(RACINE / "node_modules" / source, dossier / nom)
    (dossier / "jquery.js").write_text(_JQUERY, encoding="utf-8")
    for image in _IMAGES:
        shutil.copy(RACINE / "node_modules" / "leaflet" / "dist" / "images" / image, dossier / "images" / image)


def _carte(**options: Any) -> folium.Map:
    carte = folium.Map(location=[46.6, 2.4], zoom_start=6, tiles=None, **options)
    carte.default_js = [("leaflet", "leaflet.js"), ("jquery", "jquery.js")]
    carte.default_css = [("leaflet_css", "leaflet.css")]
    # Without tiles, folium does not pass it on, and clusters refuse a map without it.
    carte.options["maxZoom"] = 18
    return carte


def _bulle(lieu: Lieu) -> str:
    lignes = [lieu["adresse"], lieu["horaires"], lieu["services"], lieu["telephone"]]
    corps = "<br>".join(html.escape(ligne) for ligne in lignes if ligne)
    return f"<b>{html.escape(lieu['nom'])}</b><br>{corps}"


def _marqueurs(lieux: Sequence[Lieu], _dossier: Path) -> folium.Map:
    """The page everybody writes first: one marker and one popup per place."""
    carte = _carte()
    for lieu in lieux:
        folium.Marker([lieu["lat"], lieu["lon"]], popup=_bulle(lieu)).add_to(carte)
    return carte


def _grappes(lieux: Sequence[Lieu], _dossier: Path) -> folium.Map:
    carte = _carte()
    grappe = FastMarkerCluster(
        [[lieu["lat"], lieu["lon"], _bulle(lieu)] for lieu in lieux],
        callback="function (rang) { return L.marker([rang[0], rang[1]]).bindPopup(rang[2]); }",
    )
    grappe.default_js = [("markercluster", "leaflet.markercluster.js")]
    grappe.default_css = [("cluster", "MarkerCluster.css"), ("clusterdefaut", "MarkerCluster.Default.css")]
    grappe.add_to(carte)
    return carte


def _geojson(lieux: Sequence[Lieu], dossier: Path) -> folium.Map:
    """Places in a file of their own, loaded by the page."""
    champs = ["nom", "adresse", "horaires", "services", "telephone"]
    traits = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lieu["lon"], lieu["lat"]]},
            "properties": {champ: lieu[champ] for champ in champs},
        }
        for lieu in lieux
    ]
    fichier = dossier / "lieux.geojson"
    fichier.write_text(json.dumps({"type": "FeatureCollection", "features": traits}, ensure_ascii=False), "utf-8")
    carte = _carte(prefer_canvas=True)
    couche = folium.GeoJson(
        str(fichier),
        embed=False,
        marker=folium.CircleMarker(radius=5, fill=True),
        popup=folium.GeoJsonPopup(fields=champs, labels=False),
    )
    # The path is opened when the layer is made, and asked by the page: there, it is the served name.
    couche.embed_link = fichier.name
    couche.add_to(carte)
    return carte
