"""The interactive map of a report: folium's skeleton and the themes, in files that the page loads when asked."""

from carte.publish.maps.squelette import squelette
from carte.publish.report.cartes import donnees_interactives
from carte.publish.report.edition import Edition

NOM = "rapport"
"""Name of the map: its element is `map_rapport`, which the report's template writes."""


def fichiers(edition: Edition) -> dict[str, bytes]:
    """Name and bytes of `carte.js`, `carte.css` and `carte.json`; nothing without any outline."""
    if edition.contours.bornes is None:
        return {}
    carte = squelette(NOM, edition.contours.bornes, grappes=False)
    donnees = donnees_interactives([carte.theme for carte in edition.cartes.values()])
    textes = {"carte.js": carte.script, "carte.css": carte.style, "carte.json": donnees}
    return {nom: texte.encode() for nom, texte in textes.items()}
