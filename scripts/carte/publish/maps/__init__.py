"""Maps: outlines shared by all of them, folium's skeletons, static drawings, and the map page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from carte.records import dires

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.atlas import Atlas, Point
    from carte.publish.cadre.shell import Shell
    from carte.publish.libelles import Libelles
    from carte.publish.maps.contours import Contours

__all__ = ["ecrire", "preparer"]


def preparer(picture: "Picture") -> "dict[str, Contours]":
    """The outlines of each département of the deployment, simplified once for every map of the site."""
    from carte.publish.maps import contours

    return contours.preparer(picture.territoire, picture.configuration.departements)


def ecrire(
    picture: "Picture",
    points: "Sequence[Point]",
    atlas: "Atlas",
    libelles: "Libelles",
    shell: "Shell",
    contours: "Mapping[str, Contours]",
    dossier: Path,
) -> None:
    """Write /carte/, without the places that have closed for good, and the outlines of the interactive maps in
    `donnees/cartes/`."""
    from carte.publish.eclats import decouper
    from carte.publish.maps import ensemble, page, semis
    from carte.publish.maps.contours import fichier_contours

    cible = dossier / "donnees" / "cartes"
    cible.mkdir(parents=True, exist_ok=True)
    tout = ensemble.preparer(contours)
    jour = picture.configuration.date_publication
    amas = semis.amas(decouper(points), atlas, libelles, jour)
    points = [p for p in points if not dires.ferme_pour_toujours(p.enregistrement.lieu, jour)]
    (cible / "index.json").write_text(ensemble.fichier_ensemble(tout, amas), encoding="utf-8")
    for un in contours.values():
        (cible / f"{un.departement}.json").write_text(fichier_contours(un, tout.noms), encoding="utf-8")
    page.ecrire(picture, points, libelles, shell, tout, dossier)
