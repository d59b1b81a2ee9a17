"""Letters only, the one rule: case, accents and ligatures never make two words of one."""

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def plier(texte: str) -> str:
    """Lower case, without accents nor ligatures: « L’Œuvre, 3º » gives « l’oeuvre, 3o ». Other signs stay as they are.

    The same as `plier` of site_src/modules/recherche/normaliser.js; each caller says what it makes of
    signs and abbreviations.
    """
    if texte.isascii():
        return texte.lower()
    decompose = unicodedata.normalize("NFKD", texte).casefold().translate(_LIGATURES)
    return "".join(c for c in decompose if not unicodedata.category(c).startswith("M"))
