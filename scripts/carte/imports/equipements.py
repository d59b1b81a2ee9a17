"""What a sentence about equipment says for sure; the sentence itself is always kept beside."""

import re

from carte.imports.textes import sans_accents
from carte.records.modele import Equipements

_POSTES = re.compile(r"(\d{1,3})\s*(?:pc|ordinateurs?|postes?)\b(?!\s*(?:portable|pour les formation))")
_AUTRES_POSTES = re.compile(r"\b(?:pc|ordinateurs?|postes?|portables?)\b")
_TABLETTES = re.compile(r"(\d{1,3})\s*tablettes?\b")
# "Sans", "pas de", "hors service" turn any word around them: then nothing is sure.
_NEGATION = re.compile(r"\b(?:pas|sans|aucune?|ni|hors)\b")
_PRESENCES = {
    # A 3D printer or a shared device prints no document for the public for sure.
    "imprimante": re.compile(r"\bimprim(?:antes?|er|ante/scanner)\b(?!\s*3d)"),
    "scanner": re.compile(r"\bscan(?:ners?)?\b"),
    "wifi": re.compile(r"\bwi-?fi\b"),
    "visio": re.compile(r"\bvisio"),
    "casque": re.compile(r"\bcasques?\b"),
}


def lire(texte: str) -> Equipements:
    """Equipment of a French sentence: a count only when it is the only one, a device only when named.

    Two groups of computers ("6 PC …, 8 PC portables") are not added up: one of them may be lent in workshops only.
    """
    plat = sans_accents(texte)
    if _NEGATION.search(plat):
        return Equipements(detail=texte)
    presences = {nom: True for nom, motif in _PRESENCES.items() if motif.search(plat)}
    postes = _seul_compte(_POSTES, _AUTRES_POSTES, plat)
    # One count among several would pass for the whole: « 6 tablettes » of four computers, six laptops and six tablets.
    partiel = postes is None and _AUTRES_POSTES.search(plat) is not None
    return Equipements(
        postes=postes,
        tablettes=None if partiel else _seul_compte(_TABLETTES, re.compile(r"\btablettes?\b"), plat),
        detail=texte,
        imprimante=presences.get("imprimante"),
        scanner=presences.get("scanner"),
        wifi=presences.get("wifi"),
        visio=presences.get("visio"),
        casque=presences.get("casque"),
    )


def _seul_compte(comptes: re.Pattern[str], mentions: re.Pattern[str], plat: str) -> int | None:
    trouves = comptes.findall(plat)
    return int(trouves[0]) if len(trouves) == 1 and len(mentions.findall(plat)) == 1 else None
