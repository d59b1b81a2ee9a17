"""Words as people type them: the rules of `site_src/modules/recherche/normaliser.js`, proven equal by the tests."""

import re

from carte.lettres import plier

_ABREVIATIONS = {"st": "saint", "ste": "sainte"}
_HORS_MOTS = re.compile(r"[^a-z0-9]+")
# What French spells in several ways at the beginning of a word, so that a bucket is found all the same.
_SONS = (
    (re.compile("sch|ch|sh"), "1"),
    (re.compile("ph"), "f"),
    (re.compile("h"), ""),
    (re.compile("y"), "i"),
    (re.compile("c(?=[ei])"), "s"),
    (re.compile("[cq]u?(?=[ei])|ck|[cq]"), "k"),
    (re.compile("g(?=[ei])"), "j"),
    (re.compile("z"), "s"),
    (re.compile("w"), "v"),
    (re.compile("1"), "c"),
)
_DOUBLES = re.compile(r"([a-z])\1+")


def normaliser(texte: str) -> str:
    """« St-Étienne-d'Œuvre » → « saint etienne d oeuvre », « Rur@linette » → « ruralinette »."""
    return " ".join(_ABREVIATIONS.get(mot, mot) for mot in _HORS_MOTS.sub(" ", plier(texte).replace("@", "a")).split())


def mots(texte: str) -> list[str]:
    """The distinct words of a text, in order."""
    return list(dict.fromkeys(normaliser(texte).split()))


def cle(mot: str) -> str:
    """How a normalised word sounds, roughly: « phare » and « fare » have the same key."""
    for motif, son in _SONS:
        mot = motif.sub(son, mot)
    return _DOUBLES.sub(r"\1", mot)


def ancre(texte: str) -> str:
    """A label as a readable part of an address: « On le fait avec vous » → « on-le-fait-avec-vous »."""
    return normaliser(texte).replace(" ", "-")
