"""The report of each département as a tagged PDF, printed with typst from the same blocks as the page."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.publish.report.edition import Edition

__all__ = ["fichiers", "permanences", "produire"]


def fichiers(edition: "Edition") -> dict[str, bytes]:
    """Name and bytes of `rapport-<département>.pdf`; and of `permanences-…` when some are simulated."""
    faits = {f"rapport-{edition.code}.pdf": produire(edition)}
    if edition.sujet.picture.simulations:
        faits[f"permanences-{edition.code}.pdf"] = permanences(edition)
    return faits


def produire(edition: "Edition") -> bytes:
    """The PDF of one report."""
    from carte.publish.pdf.contenu import contenu
    from carte.publish.pdf.moteur import imprimer

    return imprimer("rapport.typ", contenu(edition))


def permanences(edition: "Edition") -> bytes:
    """The PDF of the sheets of the simulated permanences, one page each."""
    from carte.publish.pdf import contenu
    from carte.publish.pdf.moteur import imprimer

    return imprimer("permanences.typ", contenu.permanences(edition))
