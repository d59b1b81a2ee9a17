"""Letters only, the one rule: case, accents and ligatures never make two words of one."""

import unicodedata


class _Lettres(dict[int, int | str | None]):
    """What each letter becomes, found once: nothing for what stands over another one."""

    def __missing__(self, code: int) -> int | None:
        lettre = None if unicodedata.category(chr(code)).startswith("M") else code
        self[code] = lettre
        return lettre


_LETTRES = _Lettres({ord("œ"): "oe", ord("æ"): "ae"})


def plier(texte: str) -> str:
    """Lower case, without accents nor ligatures: « L’Œuvre, 3º » gives « l’oeuvre, 3o ». Other signs stay as they are.

    The same as `plier` of site_src/modules/recherche/normaliser.js; each caller says what it makes of
    signs and abbreviations.
    """
    if texte.isascii():
        return texte.lower()
    return unicodedata.normalize("NFKD", texte).casefold().translate(_LETTRES)
