"""The gap report of each département: the figures of `indicators`, worded, mapped and laid out. Nothing is computed."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.cadre.shell import Shell
    from carte.publish.maps.contours import Contours
    from carte.publish.report.edition import Edition

__all__ = ["ecrire", "ecrire_annexes", "pages", "preparer"]


def preparer(picture: "Picture", contours: "dict[str, Contours]") -> "dict[str, Edition]":
    """The report of each département, prepared once for every form; `contours`: see `maps.preparer`."""
    from carte.publish.report.edition import editions

    return editions(picture, contours)


def pages(editions: "Mapping[str, Edition]", actifs: str) -> dict[str, str]:
    """Source path → HTML fragment of the report pages: the index, one a département, the comparison, the worklist.

    `actifs`: folder of the static files, relative to the site.
    """
    from carte.publish.report.cote_a_cote import comparaison
    from carte.publish.report.page import a_completer, index, rapport

    rapports = {f"rapports/{code}.html": rapport(edition, actifs) for code, edition in editions.items()}
    if not editions:
        return {"rapports/index.html": index(())}
    return {
        "rapports/index.html": index(editions.values()),
        "rapports/comparaison.html": comparaison(editions, actifs),
        "rapports/a-completer.html": a_completer(editions.values(), actifs),
        **rapports,
    }


def ecrire_annexes(editions: "Mapping[str, Edition]", shell: "Shell", dossier: Path) -> None:
    """Write the pages beside each report: `rapports/<département>/communes/`, `lieux/` when they are many, and the
    sheets to print, `permanences/` and one page per EPCI."""
    from carte.publish.cadre.shell import ecrire_page
    from carte.publish.report.page import annexes, permanences

    for edition in editions.values():
        for chemin, titre, contenu in (*annexes(edition), *permanences(edition)):
            page = shell.page(chemin, titre, contenu, section="rapports", modules=[shell.module("rapport.js")])
            ecrire_page(dossier, chemin, page)


def ecrire(editions: "Mapping[str, Edition]", dossier: Path) -> None:
    """Write the interactive map that stands beside each report's page."""
    from carte.publish.report import interactive

    for edition in editions.values():
        interactive.ecrire(edition, dossier)
