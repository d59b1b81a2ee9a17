"""O7: how many places there probably are, from two lists (Chapman's estimator of capture and recapture)."""

from dataclasses import dataclass
from math import sqrt

RECOUPEMENTS_MINIMAUX = 7
"""Under this number of places found in both lists the estimate is too biased to be printed as a figure."""


@dataclass(frozen=True, slots=True)
class Completude:
    """Estimated number of places, its variance and 95 % interval, and both shares between 0 and 1.

    `completude` is what the map holds of the estimate (None when nothing is estimated), `couverture_liste` what it
    holds of the other list (None when that list is empty). `fiable` is False under RECOUPEMENTS_MINIMAUX common places.
    """

    estimation: float
    variance: float
    bas: float
    haut: float
    completude: float | None
    couverture_liste: float | None
    fiable: bool


def chapman(cartographies: int, liste: int, communs: int) -> Completude:
    """Estimate from the places mapped, those of an independent list, and those in both.

    `N = (n1+1)(n2+1)/(m+1) - 1` (Chapman 1951), variance of Seber 1970. Lists that share a source (France services) are
    not independent: the estimate is then a lower bound. Raises ValueError when a count is impossible.
    """
    if communs < 0 or communs > min(cartographies, liste):
        raise ValueError(f"{communs} lieux communs à des listes de {cartographies} et {liste} lieux : impossible.")
    n1, n2, m = cartographies, liste, communs
    estimation = (n1 + 1) * (n2 + 1) / (m + 1) - 1
    variance = (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1) ** 2 * (m + 2))
    marge = 1.96 * sqrt(variance)
    vus = n1 + n2 - m
    return Completude(
        estimation=estimation,
        variance=variance,
        bas=max(float(vus), estimation - marge),
        haut=estimation + marge,
        completude=n1 / estimation if estimation > 0 else None,
        couverture_liste=m / n2 if n2 else None,
        fiable=m >= RECOUPEMENTS_MINIMAUX,
    )
