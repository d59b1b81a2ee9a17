"""The gap report of each département: the figures of `indicators`, worded, mapped and laid out. Nothing is computed."""

from pathlib import Path
from typing import TYPE_CHECKING

from carte.publish.contexte import RACINE

if TYPE_CHECKING:
    from carte.picture import Picture

__all__ = ["pages"]


def pages(picture: "Picture", racine: Path = RACINE) -> dict[str, str]:
    """Source path → HTML fragment of the report pages: `/rapports/` and `/rapports/<département>/`."""
    from carte.publish.actifs import rassembler
    from carte.publish.maps.contours import preparer
    from carte.publish.report.page import index, rapport

    contours = preparer(picture.territoire, picture.configuration.departements)
    actifs = rassembler(racine).dossier
    rapports = {
        f"rapports/{code}.html": rapport(picture, code, contours[code], actifs)
        for code in picture.configuration.departements
        if code in picture.indicateurs.tables["departement"].index
    }
    return {"rapports/index.html": index(picture), **rapports}
