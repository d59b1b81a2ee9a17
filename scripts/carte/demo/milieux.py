"""Fictional ground: density classes, winding roads of the moors and of the shore, an estuary and a marsh.

The marsh parts two communes from the rest at high tide: this is where places are far and broadband is poor at once.
"""

from collections.abc import Sequence

from carte.demo.besoins import MILLESIME, SOURCE
from carte.demo.communes import CommuneFictive, communes

_DENSES = frozenset({"99058"})
_INTERMEDIAIRES_DES = 1_900  # inhabitants
_TRES_DISPERSEES_SOUS = 250
_MONTAGNE = ("99006", "99008", "99013", "99017", "99019", "99042", "99053")
_LITTORAL = ("99037", "99043", "99048")
# Name; side -> communes (no side: an island); minutes by car, bicycle, foot; the crossing.
_BARRIERES = (
    (
        "Estuaire de la Lône",
        {"nord": ("99022", "99037", "99048"), "sud": ("99040", "99043", "99047")},
        ("25", "25", ""),
        "bac de Grève-sur-Lône, attente comprise",
    ),
    (
        "Marais des Brumes",
        {"": ("99037", "99048")},
        ("35", "35", "aucun"),
        "chaussée couverte à marée haute, attente comprise",
    ),
)


def densites() -> str:
    """`densites.csv`: class of each commune on Insee's grid; one commune is not in it."""
    lignes = [(c.code, _classe(c)) for c in communes() if c.reseau is not None]
    return _table(("code_insee", "classe"), lignes)


def relief() -> str:
    """`relief.csv`: communes of mountain or coast."""
    lignes = [(code, motif) for motif, codes in (("montagne", _MONTAGNE), ("littoral", _LITTORAL)) for code in codes]
    return _table(("code_insee", "motif"), lignes)


def barrieres() -> str:
    """`barrieres.csv`: the estuary, side by side, and the marsh round two communes."""
    lignes = [
        (nom, code, rive, *minutes, passage)
        for nom, rives, minutes, passage in _BARRIERES
        for rive, codes in rives.items()
        for code in codes
    ]
    modes = ("minutes_voiture", "minutes_velo", "minutes_pied")
    return _table(("barriere", "code_insee", "rive", *modes, "franchissement"), lignes)


def _classe(commune: CommuneFictive) -> str:
    if commune.code in _DENSES:
        return "dense"
    if commune.population >= _INTERMEDIAIRES_DES:
        return "intermediaire"
    return "tres_disperse" if commune.population < _TRES_DISPERSEES_SOUS else "rural"


def _table(colonnes: Sequence[str], lignes: Sequence[Sequence[str]]) -> str:
    completes = [(*colonnes, "source", "millesime"), *((*ligne, SOURCE, MILLESIME) for ligne in lignes)]
    return "".join(";".join(ligne) + "\n" for ligne in completes)
