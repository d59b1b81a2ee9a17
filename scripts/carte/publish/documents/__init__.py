"""The action sheets of each département as one document to fill in, DOCX and ODT, written without any library."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.publish.report.edition import Edition

__all__ = ["ecrire"]


def ecrire(editions: "Mapping[str, Edition]", dossier: Path) -> None:
    """Write `rapports/<département>/fiches-action-<département>.docx` and `.odt`, where there are action sheets."""
    from carte.publish.documents import docx, odt
    from carte.publish.documents.fiches import document

    for code, edition in editions.items():
        if edition.actions:
            cible = dossier / "rapports" / code / f"fiches-action-{code}"
            cible.parent.mkdir(parents=True, exist_ok=True)
            fiches = document(edition)
            cible.with_suffix(".docx").write_bytes(docx.ecrire(fiches))
            cible.with_suffix(".odt").write_bytes(odt.ecrire(fiches))
