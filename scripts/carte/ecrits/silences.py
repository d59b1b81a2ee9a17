"""Words by which people say that they do not know: nothing is read of them, whatever the file."""

import re
from functools import lru_cache

from carte.lettres import plier

_DITS = ("communique", "connu", "defini", "disponible", "fourni", "precise", "renseigne", "trouve")
MOTS = frozenset(
    (
        *("nc", "n c", "nr", "n r", "nd", "n d", "na", "n a", "neant", "sans objet", "ne sait pas", "aucune info"),
        *(f"{non} {dit}{accord}" for non in ("non", "pas") for dit in _DITS for accord in ("", "e", "es", "s")),
        *("non applicable", "non concerne", "non dit", "inconnu", "inconnue", "indetermine", "indefini"),
        *("a completer", "a preciser", "a renseigner", "a definir", "a venir"),
        *("todo", "tbd", "null", "nan", "none", "undefined", "xxx", "xxxx"),
    )
)
"""As folded, their words apart."""
LE_PLUS_LONG = 40
_LETTRES = re.compile(r"[^\W_]+")


def ne_dit_rien(texte: str) -> bool:
    """Whether a whole text only says that it is not known: « NC », « N/A », « néant », « - », « ? »."""
    return len(texte) <= LE_PLUS_LONG and _ne_dit_rien(texte)


@lru_cache(maxsize=50_000)
def _ne_dit_rien(texte: str) -> bool:
    mots = _LETTRES.findall(plier(texte))
    return not mots or " ".join(mots) in MOTS
