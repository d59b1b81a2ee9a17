"""The interactive map of a report: folium's skeleton and the themes, in files that the page loads when asked."""

from pathlib import Path
from typing import TYPE_CHECKING

from carte.publish.maps.contours import Contours
from carte.publish.maps.squelette import squelette
from carte.publish.report.cartes import donnees_interactives
from carte.publish.report.themes import themes

if TYPE_CHECKING:
    from carte.indicators import Indicateurs

NOM = "rapport"
"""Name of the map: its element is `map_rapport`, which the report's template writes."""


def ecrire(indicateurs: "Indicateurs", contours: Contours, dossier: Path) -> None:
    """Write `carte.js`, `carte.css` and `carte.json` in `rapports/<département>/`; nothing without any outline."""
    if contours.bornes is None:
        return
    carte = squelette(NOM, contours.bornes, grappes=False)
    cible = dossier / "rapports" / contours.departement
    cible.mkdir(parents=True, exist_ok=True)
    (cible / "carte.js").write_text(carte.script, encoding="utf-8")
    (cible / "carte.css").write_text(carte.style, encoding="utf-8")
    donnees = donnees_interactives(themes(indicateurs, contours.departement))
    (cible / "carte.json").write_text(donnees, encoding="utf-8")
