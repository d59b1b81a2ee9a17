"""The phases of a publication, in order. Nothing is computed here that a report must defend."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from carte.execution import Processus, Retenue
from carte.journal import etape
from carte.memoire import SANS_MEMOIRE, Memoire, empreinte
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
    from carte.publish.maps.contours import Contours


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
    retenue = Retenue(executeur or Processus(), memoire)
    reprise = Reprise.de(memoire, picture)
    atlas = Atlas(picture.territoire, picture.configuration.hebergement.pages_communes)
    libelles = Libelles.lire(picture.vocabulaires)
    points = atlas.points(picture.enregistrements)
    statiques = _statiques(racine, memoire)
    contours = reprise.valeur("contours", lambda: maps.preparer(picture))
    lu = report.lu(picture)
    chiffres = _chiffres(picture, reprise)
    with _phase("rapports"):
        selon = chiffres.avec(statiques.dossier, _lues(picture, reprise))
        rapports = selon.fichiers("rapports", lambda: _rapports(lu, contours, statiques.dossier, retenue, site), site)
    contexte = Contexte(
        configuration=picture.configuration,
        actifs=statiques,
        pages=rapports.pages,
        modele=_modele(picture, libelles, atlas, reprise),
        precharges=search.precharges(points, picture.configuration.departements),
    )
    # The layout of the other pages is cut from the written ones.
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
        fascicule.ecrire_annexes(rapports.fascicules, shell, site)
        relecture.ecrire(picture, shell, atlas, site, reprise)
    with _phase("données"):
        opendata.ecrire(picture, site, contours, reprise, chiffres)
        _pour_ailleurs(picture, atlas, site)
    with _phase("hors connexion"):
        plan.ecrire(picture.configuration, site, reprise)
        # Last: it reads what the others wrote.
        horsligne.ecrire(picture.configuration, atlas, site, reprise)
    if formes := picture.configuration.hebergement.precompression:
        with _phase("précompression"):
            precompression.ecrire(formes, site, reprise)


@dataclass(frozen=True, slots=True)
class Rapports:
    """The reports once their files are written: the pages that mkdocs writes, by source path, and the others."""

    pages: dict[str, str]
    fascicules: "dict[str, fascicule.Fascicule]"


def _statiques(racine: Path, memoire: Memoire) -> actifs.Actifs:
    """The static files; they are of the program, that the memory knows."""
    rassembler = partial(actifs.rassembler, racine)
    return memoire.valeur("fichiers statiques", rassembler) if racine == RACINE else rassembler()


def _rapports(
    lu: "Picture", contours: "dict[str, Contours]", actifs: str, executeur: "Executeur", site: Chantier
) -> Rapports:
    """Write the reports; `lu`: see `report.lu`."""
    editions = report.preparer(lu, contours)
    rendus = fascicule.ecrire(lu, editions, actifs, executeur, site)
    pages = report.pages(editions, actifs, {code: rendu.page for code, rendu in rendus.items()})
    return Rapports(pages, {code: replace(rendu, page="") for code, rendu in rendus.items()})


def _lues(picture: "Picture", reprise: Reprise) -> list[str]:
    """The fingerprint of what reports read of each record; drawn once for a record that does not change."""
    if not reprise.memoire.active:
        return []
    with reprise.paquet("fiches des rapports") as paquet:
        return [paquet.valeur(lambda e: empreinte(report.allegee(e)), fiche) for fiche in picture.enregistrements]


def _chiffres(picture: "Picture", reprise: Reprise) -> Reprise:
    """The memory of what is made from the figures and from what they were computed from."""
    return reprise.avec(picture.chiffres, len(picture.enregistrements), picture.evolution, picture.federation)


def _modele(picture: "Picture", libelles: Libelles, atlas: Atlas, reprise: Reprise) -> dict[str, object]:
    """What the written pages may name between double braces."""
    return {
        "definitions": picture.indicateurs.definitions,
        **integration.modele(libelles, atlas),
        "millesimes": picture.millesimes,
        **opendata.modele(picture, reprise),
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
    """What other sites and readers take: the feeds, the badges."""
    fil.ecrire(picture, site)
    integration.ecrire_badges(picture, atlas, site)
