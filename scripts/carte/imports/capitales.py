"""Words written all in capitals, as registers do, become words that a person reads; acronyms stay."""

import re

from carte.imports.textes import normaliser

_MOT = re.compile(r"[^\W\d_]+")
# Two words or more in capitals, one of them long: a lone word may be a brand (INFREP, MELI).
_CAPITALES = r"(?<![\w@])[^\W\d_a-zà-öø-ÿœ]+(?![\w@])"
_CRI = re.compile(rf"{_CAPITALES}(?:(?:['’\-.]|\s+|\s[-:–]\s){_CAPITALES})+")
_LONG, _LONGS = 5, 10  # letters of one word, of all
_PETITS = {
    *("a", "à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "qu"),
    *("s", "sous", "sur", "vers"),
}
_SIGLES = {
    *("adie", "adil", "adm", "admr", "ajcv", "anct", "bge", "caf", "capeb", "cca", "ccas", "cci", "cias", "cidff"),
    *("cnam", "cpam", "creps", "csc", "edf", "ehpad", "epci", "epn", "esat", "fablab", "fjt", "gip", "greta", "imep"),
    *("infrep", "insee", "mds", "mfr", "mjc", "mjcs", "mpt", "msa", "msap", "pij", "pimms", "plie", "pmi", "sdis"),
    *("sivom", "siae", "spip", "udaf", "urssaf", "vtc"),
}
# What registers shorten, and what loses its accents in capitals.
_MOTS = {
    **{"ass": "association", "assoc": "association", "ctre": "centre", "st": "saint", "ste": "sainte"},
    **{"fablab": "FabLab", "bibliotheque": "bibliothèque", "mediatheque": "médiathèque", "ludotheque": "ludothèque"},
    **{"communaute": "communauté", "departement": "département", "metropole": "métropole", "pole": "pôle"},
    **{
        "agglomeration": "agglomération",
        "prefecture": "préfecture",
        "createurs": "créateurs",
        "education": "éducation",
    },
    **{"federation": "fédération", "numerique": "numérique", "region": "région", "societe": "société"},
    # Three letters that are no acronym.
    **{mot: mot for mot in ("rue", "bis", "bus", "val", "mer", "lac", "sud", "est", "pré", "pre", "art", "bas", "bd")},
    **{"coeur": "cœur", "ecole": "école", "college": "collège", "lycee": "lycée", "mediation": "médiation"},
}


def crie(texte: str) -> bool:
    """Whether words of the text are all in capitals, acronyms and lone words aside."""
    return any(_long(cri[0]) for cri in _CRI.finditer(texte))


def sans_capitales(texte: str, commune: str = "") -> str:
    """The text with its words in capitals written as names are: « MISSION LOCALE D'ISSOUDUN » gives « Mission
    Locale d'Issoudun ». `commune`: an official name, put back with its accents and hyphens."""
    repris = _CRI.sub(lambda cri: _reecrire(cri[0], commune) if _long(cri[0]) else cri[0], texte)
    return repris[:1].upper() + repris[1:] if repris != texte else texte


def phrase_sans_capitales(texte: str) -> str:
    """The same in a sentence: « DERNIER JOUR DU MOIS Ségry » gives « Dernier jour du mois Ségry »."""
    repris = _CRI.sub(lambda cri: cri[0].lower() if _long(cri[0]) else cri[0], texte)
    return repris[:1].upper() + repris[1:] if repris != texte else texte


def _long(cri: str) -> bool:
    mots = [mot for mot in _MOT.findall(cri) if mot.lower() not in _SIGLES]
    return any(len(mot) >= _LONG for mot in mots) or sum(map(len, mots)) >= _LONGS


def _reecrire(cri: str, commune: str) -> str:
    ecrit = _MOT.sub(lambda mot: _mot(mot[0]), cri)
    return _avec_la_commune(ecrit, commune) if commune else ecrit


def _mot(mot: str) -> str:
    bas = mot.lower()
    if bas in _PETITS:
        return bas
    if bas in _MOTS:
        return _MOTS[bas][0].upper() + _MOTS[bas][1:]
    sigle = bas in _SIGLES or (len(bas) <= 3 and bas.isascii()) or not re.search(r"[aeiouyœàâéèêëîïôùûü]", bas)
    return mot if sigle else bas.capitalize()


def _avec_la_commune(texte: str, commune: str) -> str:
    """The commune's words, however written, replaced by its name."""
    mots = normaliser(commune).split()
    suite = list(_MOT.finditer(texte))
    for debut in range(len(suite) - len(mots) + 1):
        groupe = suite[debut : debut + len(mots)]
        if [normaliser(mot[0]) for mot in groupe] == mots:
            return texte[: groupe[0].start()] + commune + texte[groupe[-1].end() :]
    return texte
