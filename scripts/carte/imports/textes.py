"""Small pure cleanings of what inventories write: names, phones, e-mails, addresses. Unsure means refused."""

import re
from collections.abc import Iterable
from datetime import date

from carte.lettres import plier
from carte.records.rules.telephone import FRANCE, compact, international

# A "contact@" at a provider open to all is nobody's: inventories published with masked mailboxes read like this.
_BOITES_PARTAGEES = {
    *("orange.fr", "wanadoo.fr", "gmail.com", "laposte.fr", "laposte.net", "free.fr", "sfr.fr", "yahoo.fr"),
    *("hotmail.fr", "hotmail.com", "outlook.fr", "outlook.com", "live.fr", "bbox.fr", "neuf.fr", "aol.com"),
    *("france-services.gouv.fr", "famillesrurales.org", "ijcentre.fr", "caf.cnafmail.fr"),
}
_PERDU = re.compile(r"^(?:33)?(?=[1-9]\d{8}$)")
_COURRIEL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_URL = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?", re.IGNORECASE)
_DOMAINE = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?", re.IGNORECASE)


def sans_accents(texte: str) -> str:
    """The same text in lower case without accents; ligatures and typographic signs become plain ones."""
    return plier(texte.replace("’", "'"))


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

    The rule is that of records; what spreadsheets lose (the first zero, the plus) is put back. Numbers whose last
    eight digits are all zero are masks put by publishers, not numbers.
    """
    numero = _PERDU.sub("0", compact(texte))
    if re.search(r"0{8}$", numero):
        return None
    trouve = international(numero, departement)
    return trouve if trouve is None or not trouve.startswith("+") or trouve.startswith(FRANCE) else None


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
