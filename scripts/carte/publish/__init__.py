"""The picture becomes a site: fiches, lists, search data, maps, reports, open data and written pages."""

from pathlib import Path
from typing import TYPE_CHECKING

from carte.memoire import SANS_MEMOIRE, Memoire

if TYPE_CHECKING:
    from carte.execution import Executeur
    from carte.picture import Picture

__all__ = ["publish"]


def publish(
    picture: "Picture", dossier: Path, executeur: "Executeur | None" = None, memoire: Memoire = SANS_MEMOIRE
) -> None:
    """Write the whole site of `picture` in `dossier`, an empty folder that the caller then puts in place.

    `executeur` does the long works; by default, the processes of this machine. What `memoire` kept of a former build is
    written again as it was, where what it was made from has not changed.
    """
    # A bare `mkdocs build` imports this package for its hooks only: the heavy writers wait until they are needed.
    from carte.publish.site import publish as publier

    publier(picture, dossier, executeur=executeur, memoire=memoire)
