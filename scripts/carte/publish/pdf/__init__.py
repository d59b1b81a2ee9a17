"""The report of each département as a tagged PDF, printed with typst from the same blocks as the page."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.publish.ouvriers import Effort
    from carte.publish.pdf.moteur import Impression
    from carte.publish.report.edition import Edition

__all__ = ["ecrire", "permanences", "produire"]

RACINE = Path(__file__).resolve().parents[4]
GABARIT = RACINE / "site_src" / "templates" / "typst" / "rapport.typ"
GABARIT_PERMANENCES = GABARIT.with_name("permanences.typ")

LOT = 4
"""Documents that one process prints: typst keeps some 150 MB of each report, and has no way to forget."""


def produire(edition: "Edition") -> bytes:
    """The PDF of one report."""
    from carte.publish.cadre.polices import pour_typst
    from carte.publish.pdf.contenu import contenu
    from carte.publish.pdf.moteur import Atelier, imprimable

    with pour_typst(RACINE) as polices:
        return Atelier(GABARIT, polices).pdf(imprimable(contenu(edition)))


def permanences(edition: "Edition") -> bytes:
    """The PDF of the sheets of the simulated permanences, one page each."""
    from carte.publish.cadre.polices import pour_typst
    from carte.publish.pdf import contenu
    from carte.publish.pdf.moteur import Atelier, imprimable

    with pour_typst(RACINE) as polices:
        return Atelier(GABARIT_PERMANENCES, polices).pdf(imprimable(contenu.permanences(edition)))


def ecrire(editions: "Mapping[str, Edition]", dossier: Path) -> "Effort":
    """Write `rapport-<département>.pdf` in `rapports/<département>/`; and `permanences-…` when some are simulated."""
    from carte.publish.cadre.polices import pour_typst
    from carte.publish.ouvriers import partager
    from carte.publish.pdf.moteur import imprimer

    total = sum(2 if _simulee(edition) else 1 for edition in editions.values())
    with pour_typst(RACINE) as polices:
        return partager(imprimer, _impressions(editions, dossier, polices), total, LOT)


def _impressions(editions: "Mapping[str, Edition]", dossier: Path, polices: Path) -> "Iterator[Impression]":
    from carte.publish.pdf import contenu
    from carte.publish.pdf.moteur import Impression

    for code, edition in editions.items():
        cible = dossier / "rapports" / code
        yield Impression(cible / f"rapport-{code}.pdf", GABARIT, polices, contenu.contenu(edition))
        if _simulee(edition):
            yield Impression(
                cible / f"permanences-{code}.pdf", GABARIT_PERMANENCES, polices, contenu.permanences(edition)
            )


def _simulee(edition: "Edition") -> bool:
    return bool(edition.sujet.picture.simulations)
