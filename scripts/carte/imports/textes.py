"""Small pure cleanings of what inventories write: names, phones, e-mails, addresses. Unsure means refused."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

# Prefixes by first digits of a ten-digit number (ARCEP numbering plan, décision 2018-0881): overseas numbers are
# not +33. Mayotte shares +262 with La Réunion.
_OUTRE_MER = {
    **dict.fromkeys(("0590", "0690", "0691", "0976"), "+590"),
    **dict.fromkeys(("0594", "0694"), "+594"),
    **dict.fromkeys(("0596", "0696", "0697"), "+596"),
    **dict.fromkeys(("0262", "0263", "0269", "0639", "0692", "0693"), "+262"),
}
# The 0976 block is shared by several overseas départements: only the département tells.
_BLOC_0976 = {"971": "+590", "972": "+596", "973": "+594", "974": "+262", "976": "+262", "977": "+590", "978": "+590"}
# Territories with their own plan: département → (prefix, digits of a local number).
_PLANS_LOCAUX = {"975": ("+508", 6), "986": ("+681", 6), "987": ("+689", 8), "988": ("+687", 6)}
# A "contact@" at a provider open to all is nobody's: inventories published with masked mailboxes read like this.
_BOITES_PARTAGEES = {
    *("orange.fr", "wanadoo.fr", "gmail.com", "laposte.fr", "laposte.net", "free.fr", "sfr.fr", "yahoo.fr"),
    *("hotmail.fr", "hotmail.com", "outlook.fr", "outlook.com", "live.fr", "bbox.fr", "neuf.fr", "aol.com"),
    *("france-services.gouv.fr", "famillesrurales.org", "ijcentre.fr", "caf.cnafmail.fr"),
}
_COURRIEL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_URL = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?", re.IGNORECASE)
_DOMAINE = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?", re.IGNORECASE)


def sans_accents(texte: str) -> str:
    """The same text in lower case without accents; ligatures and typographic signs become plain ones."""
    plat = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "Oe").replace("’", "'"))
    return "".join(lettre for lettre in plat if not unicodedata.combining(lettre)).lower()


def normaliser(texte: str) -> str:
    """Letters and digits only, one space between words: two writings of the same thing become equal."""
    return " ".join(re.findall(r"[a-z0-9]+", sans_accents(texte)))


def date_lue(trouve: re.Match[str] | None) -> date | None:
    """The date of three groups (year, month, day); None when there is no match, or no such day."""
    if trouve is None:
        return None
    try:
        return date(*(int(morceau) for morceau in trouve.groups()))
    except ValueError:
        return None


def slug(*morceaux: str) -> str:
    """A file name made of words: `slug("Médiathèque", "Issoudun") == "mediatheque-issoudun"`; at most 80 characters."""
    mots = " ".join(normaliser(morceau) for morceau in morceaux).split()
    texte = "-".join(mots)
    while len(texte) > 80 and "-" in texte:
        texte = texte.rsplit("-", 1)[0]
    return texte[:80] or "lieu"


def telephone(texte: str, departement: str) -> str | None:
    """The international form of a French number written in any way, or None when it is not surely one.

    `departement` tells the plans of the territories whose numbers have six or eight digits. Numbers whose last
    eight digits are all zero are masks put by publishers, not numbers.
    """
    chiffres = re.sub(r"[\s.\-/()]", "", texte)
    chiffres = re.sub(r"^(\+|00)33(0(?=\d{9}$))?", "0", chiffres)
    if re.fullmatch(r"\+\d{9,13}", chiffres):
        return chiffres if chiffres[:4] in {*_OUTRE_MER.values(), *(p for p, _ in _PLANS_LOCAUX.values())} else None
    if not chiffres.isdigit() or set(chiffres[-8:]) == {"0"}:
        return None
    prefixe, longueur = _PLANS_LOCAUX.get(departement, ("", 0))
    if prefixe and len(chiffres) == longueur:
        return prefixe + chiffres
    if not re.fullmatch(r"0[1-9]\d{8}", chiffres):
        return None
    if chiffres.startswith("0508"):
        return "+508" + chiffres[4:]
    if chiffres.startswith("0976"):
        return _BLOC_0976.get(departement, "+33") + chiffres[1:]
    return _OUTRE_MER.get(chiffres[:4], "+33") + chiffres[1:]


def courriels(texte: str) -> tuple[list[str], list[str]]:
    """The usable e-mail addresses of a text, and what had to be left out of it (masks, shared mailboxes, words)."""
    gardes: list[str] = []
    laisses: list[str] = []
    for morceau in re.split(r"[\s;,|]+", texte.strip()):
        if not re.search(r"\w", morceau):
            continue
        bon = _COURRIEL.fullmatch(morceau) and not _boite_partagee(morceau)
        (gardes if bon else laisses).append(morceau)
    return list(dict.fromkeys(gardes)), laisses


def _boite_partagee(adresse: str) -> bool:
    boite, domaine = adresse.lower().rsplit("@", 1)
    return boite == "contact" and domaine in _BOITES_PARTAGEES


def sites(texte: str) -> tuple[list[str], list[str]]:
    """The web addresses of a text, and what is not one. A bare domain (`www.exemple.fr`) gets `http://`."""
    gardes: list[str] = []
    laisses: list[str] = []
    for morceau in re.split(r"[\s;|]+", texte.strip()):
        if _URL.fullmatch(morceau):
            gardes.append(morceau)
        elif _DOMAINE.fullmatch(morceau):
            gardes.append("http://" + morceau)
        elif morceau:
            laisses.append(morceau)
    if laisses and not gardes:
        laisses = [texte.strip()]
    return list(dict.fromkeys(gardes)), laisses


def nettoyer(texte: str) -> str:
    """Trim spaces and the dots, commas and dashes that forms leave at the end; an only-punctuation text is empty."""
    propre = re.sub(r"\s+", " ", texte).strip().rstrip(" .,;-").strip()
    return propre if re.search(r"\w", propre) else ""


def contient(texte: str, motifs: Iterable[str]) -> bool:
    """Whether one of the patterns (written without accents, lower case) is found in the text."""
    plat = sans_accents(texte)
    return any(re.search(motif, plat) for motif in motifs)


def departement(code_insee: str) -> str:
    """The département of a commune's Insee code (never of a postal code): `2A004` → `2A`, `97411` → `974`."""
    return code_insee[:3] if code_insee.startswith(("97", "98")) else code_insee[:2]
