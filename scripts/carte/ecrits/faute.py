"""A fault as a rule sees it: where in the file, before anyone looks for its line."""

from typing import NamedTuple

from carte.ecrits.problem import Gravite

Chemin = tuple[str | int, ...]


class Faute(NamedTuple):
    """What a rule found at `chemin` (`("permanences", 0, "horaires")`; `()` is the whole file).

    `depend` lists the other paths the rule looked at: when one of them is already at fault, this fault is only its
    echo and is dropped. `decalage` moves the column inside a one-line value; `position` is set when already known.
    """

    chemin: Chemin
    message: str
    regle: str
    gravite: Gravite = Gravite.BLOQUANT
    valeur: str = ""
    sur_cle: bool = False
    depend: tuple[Chemin, ...] = ()
    decalage: int = 0
    position: tuple[int, int] | None = None


def conseil(chemin: Chemin, message: str, regle: str, valeur: str = "", depend: tuple[Chemin, ...] = ()) -> Faute:
    """A fault that never blocks."""
    return Faute(chemin, message, regle, Gravite.CONSEIL, valeur, depend=depend)


def sans_echos(fautes: list[Faute], primaires: set[Chemin]) -> list[Faute]:
    """Drop the faults that only repeat a primary one: same value, a part of it, or a value they depend on."""
    if not primaires:
        return fautes
    return [f for f in fautes if not any(_sous(chemin, primaires) for chemin in (f.chemin, *f.depend))]


def _sous(chemin: Chemin, primaires: set[Chemin]) -> bool:
    return any(chemin[:longueur] in primaires for longueur in range(1, len(chemin) + 1))
