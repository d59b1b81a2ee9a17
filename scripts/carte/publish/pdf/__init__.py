"""The report of each département as a tagged PDF, printed with typst from the same blocks as the page."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from carte.journal import suivre

if TYPE_CHECKING:
    from carte.execution import Executeur
    from carte.publish.pdf.moteur import Impression
    from carte.publish.report.edition import Edition

__all__ = ["ecrire", "permanences", "produire"]

LOT = 4
"""Documents that one process prints: typst keeps some 150 MB of each report, and has no way to forget."""


def produire(edition: "Edition") -> bytes:
    """The PDF of one report."""
    from carte.publish.pdf.moteur import imprimer

    return imprimer(_rapport(edition))


def permanences(edition: "Edition") -> bytes:
    """The PDF of the sheets of the simulated permanences, one page each."""
    from carte.publish.pdf.moteur import imprimer

    return imprimer(_permanences(edition))


def ecrire(editions: "Mapping[str, Edition]", dossier: Path, executeur: "Executeur") -> None:
    """Write `rapport-<département>.pdf` in `rapports/<département>/`; and `permanences-…` when some are simulated."""
    from carte.publish.pdf.moteur import imprimer

    cibles = list(_cibles(editions, dossier))
    impressions = executeur.faire(imprimer, _impressions(editions), LOT)
    for cible, octets in zip(cibles, suivre("rapports PDF", impressions, len(cibles)), strict=True):
        cible.parent.mkdir(parents=True, exist_ok=True)
        cible.write_bytes(octets)


def _cibles(editions: "Mapping[str, Edition]", dossier: Path) -> Iterator[Path]:
    """The files, in the order of `_impressions`."""
    for code, edition in editions.items():
        yield dossier / "rapports" / code / f"rapport-{code}.pdf"
        if _simulee(edition):
            yield dossier / "rapports" / code / f"permanences-{code}.pdf"


def _impressions(editions: "Mapping[str, Edition]") -> "Iterator[Impression]":
    for edition in editions.values():
        yield _rapport(edition)
        if _simulee(edition):
            yield _permanences(edition)


def _rapport(edition: "Edition") -> "Impression":
    from carte.publish.pdf.contenu import contenu
    from carte.publish.pdf.moteur import Impression

    return Impression("rapport.typ", contenu(edition))


def _permanences(edition: "Edition") -> "Impression":
    from carte.publish.pdf.contenu import permanences
    from carte.publish.pdf.moteur import Impression

    return Impression("permanences.typ", permanences(edition))


def _simulee(edition: "Edition") -> bool:
    return bool(edition.sujet.picture.simulations)
