"""How good a simulated choice is, in words: proved the best or how far from it, and robust or not (G6)."""

import math
from collections.abc import Iterator

from carte.publish.report import phrases
from carte.simulation.modele import Methode, Option, Proposition


def preuve(proposition: Proposition) -> Iterator[str]:
    """Which choices are proved the best, and how far the others may be from it; the bounds are rounded up."""
    douteux = [option for option in proposition.options if not option.prouvee]
    if not douteux:
        yield "Pour chaque but, il est prouvé qu’aucun autre choix parmi ces sites ne fait mieux."
        return
    prouves, total = len(proposition.options) - len(douteux), len(proposition.options)
    yield (
        f"Choix prouvés les meilleurs parmi ces sites : {prouves} sur {total}. Pour les autres, le calcul s’est"
        " arrêté à sa limite sur la meilleure solution connue."
    )
    for option in douteux:
        yield f"Choix qui vise {but(option)} : la meilleure solution connue ; {_marge(option)}."


def _marge(option: Option) -> str:
    if option.manque is not None:
        habitants = phrases.compter(math.ceil(option.manque), "habitant")
        return f"l’optimum est au plus {habitants} au-dessus"
    part = math.ceil(1000 * option.ecart / (1 - option.ecart)) / 1000
    return f"le temps gagné par l’optimum est au plus {phrases.pourcentage(part)} au-dessus"


def robustesse(proposition: Proposition, option: Option) -> str:
    """What the robust choice keeps at the threshold that suits it least, in people."""
    ecarts = []
    for couverture in option.couvertures:
        meilleur = max(o.couverture(couverture.seuil).gain for o in proposition.options)
        if meilleur > 0:
            ecarts.append((couverture.gain / meilleur, couverture.seuil, couverture.gain, meilleur))
    _, seuil, gain, meilleur = min(ecarts)
    return (
        f"Robustesse : au seuil qui lui convient le moins ({seuil} minutes), ce choix garde "
        f"{phrases.pourcentage(option.robustesse)} du meilleur gain connu "
        f"({phrases.compter(gain, 'habitant')} sur {phrases.effectif(meilleur)})."
    )


def but(option: Option) -> str:
    """What an option maximises, after « Choix qui vise »."""
    return "le temps moyen" if option.methode is Methode.MEDIANE else f"{option.seuil} minutes"
