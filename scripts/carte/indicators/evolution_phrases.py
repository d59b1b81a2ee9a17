"""G9 in words: the change of a figure and its effects, without a causal verb, and never better news than it is."""

from carte.indicators.evolution_modele import EFFETS, Decomposition, Effet
from carte.indicators.wording import ESPACE, format_nombre, format_taux

VISIBLE = 0.05
"""Points under which a change is written as none: it would read 0,0."""
STABLE, HAUSSE, BAISSE, AMELIORATION = "stable", "hausse du chiffre", "baisse du chiffre", "amélioration de l'offre"


def qualifier(evolution: Decomposition) -> str:
    """What the change may be called. « amélioration » only when the figure rises and known openings make it rise.

    Better census, unknown dates, corrections, population and method are never an improvement.
    """
    if abs(evolution.variation) < VISIBLE:
        return STABLE
    if evolution.variation < 0:
        return BAISSE
    ouvertures = evolution.effets[Effet.OUVERTURES]
    return AMELIORATION if min(ouvertures, evolution.offre) >= VISIBLE else HAUSSE


def phrase(evolution: Decomposition) -> str:
    """One sentence: both values, the difference, what it may be called, each visible effect in the printed order."""
    avant, apres = (format_taux(valeur / 100) for valeur in (evolution.avant, evolution.apres))
    qualite = qualifier(evolution)
    debut = f"De {avant} à {apres} ({points(evolution.variation)}) : {qualite}"
    visibles = [e for e in EFFETS if abs(evolution.effets[e]) >= VISIBLE]
    if not visibles:
        return f"{debut}."
    dont = " ; ".join(f"{effet.value} : {points(evolution.effets[effet])}" for effet in visibles)
    sans_ouverture = qualite == HAUSSE and evolution.effets[Effet.OUVERTURES] < VISIBLE
    reserve = " Aucun lieu ouvert depuis n'est compté dans cette hausse." if sans_ouverture else ""
    return f"{debut}, dont {dont}.{reserve}"


def points(valeur: float) -> str:
    """Write a difference of shares: « +2,3 points », « −1,0 point », « 0,0 point »; an invisible one has no sign."""
    texte = format_nombre(abs(valeur), 1)
    signe = "" if texte == "0,0" else "+" if valeur > 0 else "−"
    # In French the plural starts at two.
    mot = "points" if round(abs(valeur), 1) >= 2 else "point"
    return f"{signe}{texte}{ESPACE}{mot}"
