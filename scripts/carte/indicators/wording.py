"""How a figure is written in French, without ever saying more than it says."""

import math
from decimal import ROUND_HALF_UP, Decimal, localcontext

from carte.indicators.modele import Part

ESPACE = "\u00a0"
_EPSILON = 1e-9
_CHIFFRES = 400  # a float has at most 309 digits before the point: quantize never runs out of them


def format_nombre(valeur: float, decimales: int = 0) -> str:
    """Write a number the French way: comma, and a no-break space between thousands; `-0` is written `0`.

    Halves are rounded away from zero, on the decimal number that people read: 6.25 is « 6,3 », 0.285 is « 0,29 ».
    NaN is « inconnu », an infinite number « sans objet »: neither is ever printed as a number.
    """
    if math.isnan(valeur):
        return "inconnu"
    if math.isinf(valeur):
        return "sans objet"
    with localcontext(prec=_CHIFFRES):
        arrondi = Decimal(repr(float(valeur))).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    texte = f"{arrondi:,f}".replace(",", ESPACE).replace(".", ",")
    return texte.lstrip("-") if not texte.strip("-0,") else texte


def format_quantite(valeur: float, decimales: int) -> str:
    """Write a quantity that is never negative; above zero it never reads 0,0."""
    texte = format_nombre(valeur, decimales)
    if valeur > 0 and not texte.strip("0,"):
        return f"moins de {format_nombre(10.0**-decimales, decimales)}"
    return texte


def format_taux(taux: float) -> str:
    """Write a share between 0 and 1 as « 76,9 % »; below the whole it never reads 100,0, above zero never 0,0."""
    texte = format_nombre(100 * taux, 1)
    if texte == "0,0" and taux > _EPSILON:
        return f"moins de 0,1{ESPACE}%"
    if texte == "100,0" and taux < 1 - _EPSILON:
        return f"plus de 99,9{ESPACE}%"
    return f"{texte}{ESPACE}%"


def format_pct(part: Part) -> str:
    """Write a share; its bounds when no central estimate is known, « sans objet » over nothing, or « inconnu ».

    Where places do not say whether they give a family, both central readings; when none says it, only the higher one.
    """
    if part.bornes is None:
        return _sans_bornes(part)
    if part.taux is not None:
        return format_taux(part.taux)
    if part.lectures is not None and part.denominateur:
        dit, possible = (format_taux(lu / part.denominateur) for lu in part.lectures)
        return f"inconnu, au plus {possible}" if part.tu else f"entre {dit} et {possible}"
    return f"entre {format_taux(part.bornes[0])} et {format_taux(part.bornes[1])}"


def _sans_bornes(part: Part) -> str:
    return "inconnu" if part.denominateur is None else "sans objet"
