"""Maps: outlines shared by all of them, folium's skeletons, static drawings, and the map page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from carte.publish.reprise import SANS_REPRISE, Reprise
from carte.records import dires

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publication import Chantier
    from carte.publish.atlas import Atlas, Point
    from carte.publish.cadre.shell import Shell
    from carte.publish.libelles import Libelles
    from carte.publish.maps.contours import Contours
    from carte.publish.maps.ensemble import Ensemble

__all__ = ["ecrire", "preparer"]

DOSSIER = "donnees/cartes"


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
    site: "Chantier",
    reprise: Reprise = SANS_REPRISE,
) -> None:
    """Write /carte/, without the places that have closed for good, and the outlines of the interactive maps in
    `donnees/cartes/`."""
    from carte.publish.eclats import decouper
    from carte.publish.maps import ensemble, page, semis

    # The outlines are kept already.
    seul = reprise.valeur("ensemble", lambda: replace(ensemble.preparer(contours), contours={}))
    tout = replace(seul, contours=contours)
    jour = picture.configuration.date_publication
    amas = semis.amas(decouper(points), atlas, libelles, jour)
    points = [p for p in points if not dires.ferme_pour_toujours(p.enregistrement.lieu, jour)]
    site.ecrire(f"{DOSSIER}/index.json", ensemble.fichier_ensemble(tout, amas))
    for un in contours.values():
        # From the layers alone.
        reprise.fichiers(f"contours {un.departement}", partial(_ecrire_contours, un, tout, site), site)
    page.ecrire(picture, points, libelles, shell, tout, site, reprise)


def _ecrire_contours(contours: "Contours", ensemble: "Ensemble", site: "Chantier") -> None:
    from carte.publish.maps.contours import fichier_contours

    site.ecrire(f"{DOSSIER}/{contours.departement}.json", fichier_contours(contours, ensemble.noms))
