"""The interactive map of a report: folium's skeleton and the themes, in files that the page loads when asked."""

from pathlib import Path

from carte.publish.maps.squelette import squelette
from carte.publish.report.cartes import donnees_interactives
from carte.publish.report.edition import Edition

NOM = "rapport"
"""Name of the map: its element is `map_rapport`, which the report's template writes."""


def ecrire(edition: Edition, dossier: Path) -> None:
    """Write `carte.js`, `carte.css` and `carte.json` in `rapports/<département>/`; nothing without any outline."""
    if edition.contours.bornes is None:
        return
    carte = squelette(NOM, edition.contours.bornes, grappes=False)
    cible = dossier / "rapports" / edition.code
    cible.mkdir(parents=True, exist_ok=True)
    (cible / "carte.js").write_text(carte.script, encoding="utf-8")
    (cible / "carte.css").write_text(carte.style, encoding="utf-8")
    donnees = donnees_interactives([carte.theme for carte in edition.cartes.values()])
    (cible / "carte.json").write_text(donnees, encoding="utf-8")
