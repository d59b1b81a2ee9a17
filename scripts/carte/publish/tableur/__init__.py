"""The tables of each département as spreadsheets, XLSX and ODS: numbers as numbers, the unknown left empty."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.publish.report.edition import Edition

__all__ = ["ecrire"]


def ecrire(editions: "Mapping[str, Edition]", dossier: Path) -> None:
    """Write `rapports/<département>/rapport-<département>.xlsx` and `.ods`."""
    from carte.publish.tableur import ods, xlsx
    from carte.publish.tableur.feuilles import feuilles

    for code, edition in editions.items():
        cible = dossier / "rapports" / code
        cible.mkdir(parents=True, exist_ok=True)
        pages = feuilles(edition)
        titre = f"Rapport : {edition.sujet.nom}"
        jour = edition.sujet.picture.configuration.date_publication
        (cible / f"rapport-{code}.xlsx").write_bytes(xlsx.ecrire(pages, titre, jour))
        (cible / f"rapport-{code}.ods").write_bytes(ods.ecrire(pages, titre))
