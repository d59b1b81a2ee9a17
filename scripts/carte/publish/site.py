"""The phases of a publication, in order. Nothing is computed here that a report must defend."""

from pathlib import Path
from typing import TYPE_CHECKING

from carte.publish import feuille, fiche, horsligne, listes, maps, opendata, pdf, plan, report, search, tableur
from carte.publish.atlas import Atlas
from carte.publish.cadre import actifs, editorial
from carte.publish.cadre.contexte import RACINE, Contexte
from carte.publish.libelles import Libelles

if TYPE_CHECKING:
    from carte.picture import Picture


def publish(picture: "Picture", dossier: Path, racine: Path = RACINE) -> None:
    """Write the whole site of `picture` in `dossier`, an empty folder that the caller then puts in place.

    The same picture gives the same bytes. Raises ErreurCarte when a page cannot be made.
    """
    atlas = Atlas(picture.territoire)
    libelles = Libelles.lire(picture.vocabulaires)
    points = atlas.points(picture.enregistrements)

    statiques = actifs.rassembler(racine)
    contours = maps.preparer(picture)
    editions = report.preparer(picture, contours)

    # The written and report pages come first: mkdocs empties its folder, and the layout of the others is cut from them.
    contexte = Contexte(
        configuration=picture.configuration,
        actifs=statiques,
        pages=report.pages(editions, statiques.dossier),
        modele={"definitions": picture.indicateurs.definitions, "millesimes": picture.millesimes, "complet": True},
    )
    shell = editorial.construire(contexte, dossier, racine)

    fiche.ecrire(picture, shell, atlas, libelles, dossier)
    feuille.ecrire(picture, shell, atlas, libelles, dossier)
    listes.ecrire(points, shell, atlas, libelles, dossier)
    configuration = picture.configuration
    search.ecrire(
        points,
        atlas,
        libelles,
        dossier,
        fraicheur_jours=configuration.seuils.fraicheur_jours,
        jour=configuration.date_publication,
    )
    maps.ecrire(picture, shell, contours, dossier)
    report.ecrire(editions, dossier)
    pdf.ecrire(editions, dossier)
    tableur.ecrire(editions, dossier)
    report.ecrire_permanences(editions, shell, dossier)
    opendata.ecrire(picture, dossier, contours)
    plan.ecrire(picture.configuration, dossier)
    # Last: it reads what the others wrote.
    horsligne.ecrire(picture.configuration, atlas, dossier)
