"""Words: folding to compare, quoting to show, finding the nearest."""

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

from carte.lettres import plier

_MOT = re.compile(r"[a-z0-9]+")
_ABREVIATIONS = {"st": "saint", "ste": "sainte"}
_LONGUEUR_COMPAREE = 120  # difflib is quadratic: an enormous text is compared by its beginning


@lru_cache(maxsize=100_000)
def replier(texte: str) -> str:
    """Fold case, accents, ligatures, punctuation and St/Ste: `ST-ÉTIENNE` and `Saint-Etienne` become one."""
    return " ".join(_ABREVIATIONS.get(mot, mot) for mot in _MOT.findall(plier(texte[:1_000])))


def plus_proche(texte: str, candidats: Iterable[str]) -> str | None:
    """The candidate that looks most like `texte`, None when nothing does."""
    par_repli = {replier(candidat): candidat for candidat in candidats}
    trouves = difflib.get_close_matches(replier(texte[:_LONGUEUR_COMPAREE]), par_repli, n=1, cutoff=0.6)
    return par_repli[trouves[0]] if trouves else None


def montrable(texte: str) -> str:
    """Replace what a terminal or a page would obey (controls, direction marks, line breaks) by a visible code."""
    if texte.isprintable():
        return texte
    return "".join(c if c.isprintable() or c in "\u00a0\u202f" else f"\\u{ord(c):04x}" for c in texte)


def citer(valeur: object, maximum: int = 60) -> str:
    """A value as a message quotes it: one line, shortened, nothing a terminal would obey."""
    texte = str(valeur) if not isinstance(valeur, bool) else str(valeur).lower()
    texte = texte if len(texte) <= maximum else texte[: maximum - 1].rstrip() + "…"
    return montrable(texte)


def vouliez_vous_dire(texte: str, candidats: Iterable[str]) -> str:
    """` Vouliez-vous dire « … » ?`, or nothing when no candidate is near."""
    proche = plus_proche(texte, candidats)
    return f" Vouliez-vous dire « {proche} » ?" if proche else ""


def ligne_colonne(texte: str, index: int) -> tuple[int, int]:
    """Line and column of a place in a text, both from 1."""
    debut = texte.rfind("\n", 0, index) + 1
    return texte.count("\n", 0, index) + 1, index - debut + 1
