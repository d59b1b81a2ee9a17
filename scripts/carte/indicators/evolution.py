"""G9: what changed between two publications, and why: better census, unknown dates, openings, closures."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

Couverture = Callable[[Set[str]], float]
"""A coverage (or any figure) from the identifiers of the places that are counted."""


@dataclass(frozen=True, slots=True)
class Evolution:
    """Effects in the unit of the figure, in the order in which they are computed; they add up to `variation`.

    `recensement`: places newly listed that were open already; `date_inconnue`: newly listed, opening date unknown;
    `ouvertures`: opened since; `retraits`: no longer listed (closed, or removed from the list).
    """

    avant: float
    apres: float
    recensement: float
    date_inconnue: float
    ouvertures: float
    retraits: float

    @property
    def variation(self) -> float:
        return self.apres - self.avant


def evolution(
    couverture: Couverture,
    avant: Set[str],
    apres: Set[str],
    ouverts_le: Mapping[str, date | None],
    publication_avant: date,
) -> Evolution:
    """Split the change of a figure between two sets of places; the order is that of the fields of `Evolution`.

    `ouverts_le` gives the opening date of the places newly listed: on or before the first publication, the change is
    one of census, never of offer.
    """
    nouveaux = apres - avant
    dates = {lieu: ouverts_le.get(lieu) for lieu in nouveaux}
    deja_la = {lieu for lieu, jour in dates.items() if jour is not None and jour <= publication_avant}
    sans_date = {lieu for lieu, jour in dates.items() if jour is None}
    etapes = [set(avant), avant | deja_la, avant | deja_la | sans_date, avant | apres, set(apres)]
    valeurs = [couverture(etape) for etape in etapes]
    effets = [suivante - valeur for valeur, suivante in pairwise(valeurs)]
    return Evolution(valeurs[0], valeurs[-1], *effets)
