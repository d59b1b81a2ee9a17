"""The phases of a publication, in order. Nothing is computed here that a report must defend."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from carte.execution import Processus, Retenue
from carte.journal import etape
from carte.memoire import SANS_MEMOIRE, Memoire
from carte.publication import Chantier
from carte.publish import (
    fascicule,
    federation,
    feuille,
    fiche,
    fil,
    formulaire,
    horsligne,
    integration,
    listes,
    maps,
    opendata,
    plan,
    precompression,
    report,
    search,
)
from carte.publish.atlas import Atlas, Point
from carte.publish.cadre import actifs, editorial
from carte.publish.cadre.contexte import RACINE, Contexte
from carte.publish.libelles import Libelles
from carte.publish.relecture import page as relecture
from carte.publish.reprise import Reprise

if TYPE_CHECKING:
    from carte.execution import Executeur
    from carte.picture import Picture
    from carte.publish.cadre.shell import Shell


_phase = partial(etape, niveau=logging.DEBUG)


def publish(
    picture: "Picture",
    site: Chantier,
    racine: Path = RACINE,
    *,
    executeur: "Executeur | None" = None,
    memoire: Memoire = SANS_MEMOIRE,
) -> None:
    """Write the whole site of `picture`, that the caller then puts in place.

    The same picture gives the same bytes, whoever does the long works (`executeur`: by default, the processes of this
    machine). A report that `memoire` kept is not made again. Raises ErreurCarte when a page cannot be made.
    """
    # Beside the site, so that what is made before the site's own folder is ready has only to be moved there.
    with TemporaryDirectory(dir=site.dossier.parent, prefix=".a-part-") as a_part:
        _publier(picture, site, racine, Retenue(executeur or Processus(), memoire), Path(a_part))


def _publier(picture: "Picture", site: Chantier, racine: Path, retenue: Retenue, a_part: Path) -> None:
    """The phases; `a_part`: an empty folder on the same disk."""
    reprise = Reprise.de(retenue.memoire, picture)
    atlas = Atlas(picture.territoire, picture.configuration.hebergement.pages_communes)
    libelles = Libelles.lire(picture.vocabulaires)
    points = atlas.points(picture.enregistrements)
    statiques = actifs.rassembler(racine)
    contours = reprise.valeur("contours", lambda: maps.preparer(picture))
    lu = report.lu(picture)
    editions = report.preparer(lu, contours)
    with _phase("rapports"):
        fascicules = fascicule.composer_tous(lu, editions, statiques.dossier, retenue, a_part)

    # The written and report pages come first: mkdocs empties its folder, and the layout of the others is cut from them.
    contexte = Contexte(
        configuration=picture.configuration,
        actifs=statiques,
        pages=report.pages(editions, statiques.dossier, {code: f.page for code, f in fascicules.items()}),
        modele=_modele(picture, libelles, atlas),
        precharges=search.precharges(points, picture.configuration.departements),
    )
    with _phase("pages"):
        shell = editorial.construire(contexte, site, racine, reprise)
    _par_lieu(picture, shell, atlas, libelles, site, reprise)
    with _phase("listes"):
        jour, voisins = picture.configuration.date_publication, picture.configuration.voisins
        listes.ecrire(points, shell, atlas, libelles, jour, site, voisins, reprise)
    with _phase("recherche"):
        _recherche(picture, points, atlas, libelles, site, reprise)
    with _phase("cartes"):
        maps.ecrire(picture, points, atlas, libelles, shell, contours, site, reprise)
    with _phase("annexes"):
        fascicule.ecrire(fascicules, shell, site, a_part)
        relecture.ecrire(picture, shell, atlas, site)
    with _phase("données"):
        opendata.ecrire(picture, site, contours, _chiffres(lu, reprise))
        _pour_ailleurs(picture, atlas, site)
    with _phase("hors connexion"):
        plan.ecrire(picture.configuration, site, reprise)
        # Last: it reads what the others wrote.
        horsligne.ecrire(picture.configuration, atlas, site, reprise)
    if formes := picture.configuration.hebergement.precompression:
        with _phase("précompression"):
            precompression.ecrire(formes, site)


def _chiffres(lu: "Picture", reprise: Reprise) -> Reprise:
    """The memory of what is made from the figures: they come from the layers, the configuration and the offer, which
    stand for them. `lu`: see `report.lu`."""
    return reprise.avec(lu.offre, len(lu.enregistrements), lu.evolution, lu.federation)


def _modele(picture: "Picture", libelles: Libelles, atlas: Atlas) -> dict[str, object]:
    """What the written pages may name between double braces."""
    return {
        "definitions": picture.indicateurs.definitions,
        **integration.modele(libelles, atlas),
        "millesimes": picture.millesimes,
        **opendata.modele(picture),
        "federation": federation.qui_tient(picture.federation, "../"),
        "complet": True,
    }


def _par_lieu(
    picture: "Picture", shell: "Shell", atlas: Atlas, libelles: Libelles, site: Chantier, reprise: Reprise
) -> None:
    """What each place has of its own: its fiche, its record for the form, its sheet."""
    with _phase("fiches"):
        fiche.ecrire(picture, shell, atlas, libelles, site, reprise)
        formulaire.ecrire(picture, shell, site, reprise)
    with _phase("feuilles"):
        feuille.ecrire(picture, shell, atlas, libelles, site, reprise)


def _recherche(
    picture: "Picture", points: "Sequence[Point]", atlas: Atlas, libelles: Libelles, site: Chantier, reprise: Reprise
) -> None:
    """What the search of the browser reads, with the ages and the assumptions of the deployment."""
    jour, seuils = picture.configuration.date_publication, picture.configuration.seuils
    search.ecrire(
        points,
        atlas,
        libelles,
        site,
        jour=jour,
        hypotheses=picture.indicateurs.parametres.hypotheses,
        fraicheur_jours=seuils.fraicheur_jours,
        anciennete_jours=seuils.ancienne,
        reprise=reprise,
    )


def _pour_ailleurs(picture: "Picture", atlas: Atlas, site: Chantier) -> None:
    """What other sites, readers and spreadsheets take: the feeds, the badges, the rows of each département."""
    opendata.ecrire_par_departement(picture, site)
    fil.ecrire(picture, site)
    integration.ecrire_badges(picture, atlas, site)
