"""Maps: outlines shared by all of them, folium's skeletons, static drawings, and the map page."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.cadre.shell import Shell
    from carte.publish.maps.contours import Contours

__all__ = ["ecrire", "preparer"]


def preparer(picture: "Picture") -> "dict[str, Contours]":
    """The outlines of each département of the deployment, simplified once for every map of the site."""
    from carte.publish.maps import contours

    return contours.preparer(picture.territoire, picture.configuration.departements)


def ecrire(picture: "Picture", shell: "Shell", contours: "Mapping[str, Contours]", dossier: Path) -> None:
    """Write /carte/ and the outlines of the interactive maps in `donnees/cartes/`."""
    from carte.publish.maps.contours import fichier_contours, fichier_index
    from carte.publish.maps.page import ecrire as ecrire_page

    cible = dossier / "donnees" / "cartes"
    cible.mkdir(parents=True, exist_ok=True)
    (cible / "index.json").write_text(fichier_index(contours.values()), encoding="utf-8")
    for un in contours.values():
        (cible / f"{un.departement}.json").write_text(fichier_contours(un), encoding="utf-8")
    ecrire_page(picture, shell, contours.values(), dossier)
