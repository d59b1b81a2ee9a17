"""The picture becomes a site: fiches, lists, search data, maps, reports, open data and written pages."""

from pathlib import Path
from typing import TYPE_CHECKING

from carte.memoire import SANS_MEMOIRE, Memoire

if TYPE_CHECKING:
    from carte.execution import Executeur
    from carte.picture import Picture
    from carte.publication import Chantier

__all__ = ["publish"]


def publish(
    picture: "Picture",
    site: "Chantier | Path",
    executeur: "Executeur | None" = None,
    memoire: Memoire = SANS_MEMOIRE,
) -> None:
    """Write the whole site of `picture`, that the caller then puts in place (`publication`), or in an empty folder.

    `executeur` does the long works; by default, the processes of this machine. What `memoire` kept of a former build is
    written again as it was, where what it was made from has not changed.
    """
    # A bare `mkdocs build` imports this package for its hooks only: the heavy writers wait until they are needed.
    from carte.publication import Chantier
    from carte.publish.site import publish as publier

    chantier = site if isinstance(site, Chantier) else Chantier.sur(site)
    publier(picture, chantier, executeur=executeur, memoire=memoire)
