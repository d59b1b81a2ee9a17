"""The action sheets of each département as one document to fill in, DOCX and ODT, written without any library."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.publish.report.edition import Edition

__all__ = ["fichiers"]


def fichiers(edition: "Edition") -> dict[str, bytes]:
    """Name and bytes of `fiches-action-<département>.docx` and `.odt`; nothing where there are no action sheets."""
    from carte.publish.documents import docx, odt
    from carte.publish.documents.fiches import document

    if not edition.actions:
        return {}
    fiches, nom = document(edition), f"fiches-action-{edition.code}"
    return {f"{nom}.docx": docx.ecrire(fiches), f"{nom}.odt": odt.ecrire(fiches)}
