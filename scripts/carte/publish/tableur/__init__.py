"""The tables of each département as spreadsheets, XLSX and ODS: numbers as numbers, the unknown left empty."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from carte.journal import suivre

if TYPE_CHECKING:
    from carte.execution import Executeur
    from carte.publish.report.edition import Edition
    from carte.publish.tableur.classeur import Classeur

__all__ = ["ecrire"]

LOT = 4
"""Workbooks that one process makes."""


def ecrire(editions: "Mapping[str, Edition]", dossier: Path, executeur: "Executeur") -> None:
    """Write `rapports/<département>/rapport-<département>.xlsx` and `.ods`."""
    from carte.publish.tableur.classeur import formes

    classeurs = executeur.faire(formes, map(_classeur, editions.values()), LOT)
    for code, octets in zip(editions, suivre("tableurs", classeurs, len(editions)), strict=True):
        chemin = dossier / "rapports" / code / f"rapport-{code}"
        chemin.parent.mkdir(parents=True, exist_ok=True)
        for extension, contenu in octets.items():
            chemin.with_suffix(extension).write_bytes(contenu)


def _classeur(edition: "Edition") -> "Classeur":
    from carte.publish.tableur.classeur import Classeur
    from carte.publish.tableur.onglets import feuilles

    jour = edition.sujet.picture.configuration.date_publication
    return Classeur(f"Rapport : {edition.sujet.nom}", jour, tuple(feuilles(edition)))
