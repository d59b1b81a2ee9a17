"""The report of each département as a tagged PDF, printed with typst from the same blocks as the page."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from carte.publish.contexte import RACINE

if TYPE_CHECKING:
    from carte.publish.report.edition import Edition

__all__ = ["ecrire", "permanences", "produire"]

GABARIT = RACINE / "site_src" / "templates" / "typst" / "rapport.typ"
GABARIT_PERMANENCES = GABARIT.with_name("permanences.typ")


def produire(edition: "Edition") -> bytes:
    """The PDF of one report."""
    from carte.publish.pdf.contenu import contenu
    from carte.publish.pdf.moteur import Atelier, imprimable

    return Atelier(GABARIT).pdf(imprimable(contenu(edition)))


def permanences(edition: "Edition") -> bytes:
    """The PDF of the sheets of the simulated permanences, one page each."""
    from carte.publish.pdf import contenu
    from carte.publish.pdf.moteur import Atelier, imprimable

    return Atelier(GABARIT_PERMANENCES).pdf(imprimable(contenu.permanences(edition)))


def ecrire(editions: "Mapping[str, Edition]", dossier: Path) -> None:
    """Write `rapport-<département>.pdf` in `rapports/<département>/`; and `permanences-…` when some are simulated."""
    for code, edition in editions.items():
        cible = dossier / "rapports" / code
        cible.mkdir(parents=True, exist_ok=True)
        (cible / f"rapport-{code}.pdf").write_bytes(produire(edition))
        if edition.sujet.picture.simulations:
            (cible / f"permanences-{code}.pdf").write_bytes(permanences(edition))
