"""The tables of each département as spreadsheets, XLSX and ODS: numbers as numbers, the unknown left empty."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.publish.ouvriers import Effort
    from carte.publish.report.edition import Edition
    from carte.publish.tableur.classeur import Classeur

__all__ = ["ecrire"]

LOT = 4
"""Workbooks that one process writes."""


def ecrire(editions: "Mapping[str, Edition]", dossier: Path) -> "Effort":
    """Write `rapports/<département>/rapport-<département>.xlsx` and `.ods`."""
    from carte.publish.ouvriers import partager
    from carte.publish.tableur.classeur import ecrire as ecrire_classeur

    classeurs = (
        _classeur(edition, dossier / "rapports" / code / f"rapport-{code}") for code, edition in editions.items()
    )
    return partager(ecrire_classeur, classeurs, len(editions), LOT)


def _classeur(edition: "Edition", chemin: Path) -> "Classeur":
    from carte.publish.tableur.classeur import Classeur
    from carte.publish.tableur.onglets import feuilles

    jour = edition.sujet.picture.configuration.date_publication
    titre = f"Rapport : {edition.sujet.nom}"
    return Classeur(chemin, titre, jour, tuple(feuilles(edition)))
