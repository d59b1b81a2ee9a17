"""Maps: outlines shared by all of them, folium's skeletons, static drawings, and the map page."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.shell import Shell

__all__ = ["ecrire"]


def ecrire(picture: "Picture", shell: "Shell", dossier: Path) -> None:
    """Write /carte/, the outlines in `donnees/cartes/`, and the interactive maps of the reports."""
    # The report draws with this package: importing it at the top would close a loop.
    from carte.publish.maps import contours, page
    from carte.publish.report import interactive

    tous = contours.preparer(picture.territoire, picture.configuration.departements)
    cible = dossier / "donnees" / "cartes"
    cible.mkdir(parents=True, exist_ok=True)
    (cible / "index.json").write_text(contours.fichier_index(tous.values()), encoding="utf-8")
    for un in tous.values():
        (cible / f"{un.departement}.json").write_text(contours.fichier_contours(un), encoding="utf-8")
        if un.departement in picture.indicateurs.tables["departement"].index:
            interactive.ecrire(picture.indicateurs, un, dossier)
    page.ecrire(picture, shell, tous.values(), dossier)
