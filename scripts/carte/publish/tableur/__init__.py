"""The tables of each département as spreadsheets, XLSX and ODS: numbers as numbers, the unknown left empty."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.publish.report.edition import Edition

__all__ = ["fichiers"]


def fichiers(edition: "Edition") -> dict[str, bytes]:
    """Name and bytes of the workbook of a report in both formats, `rapport-<département>.xlsx` and `.ods`."""
    from carte.publish.tableur import ods, xlsx
    from carte.publish.tableur.onglets import feuilles

    pages, titre = feuilles(edition), f"Rapport : {edition.sujet.nom}"
    jour = edition.sujet.picture.configuration.date_publication
    nom = f"rapport-{edition.code}"
    return {f"{nom}.xlsx": xlsx.ecrire(pages, titre, jour), f"{nom}.ods": ods.ecrire(pages, titre)}
