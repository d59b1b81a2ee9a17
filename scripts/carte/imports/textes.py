"""Small pure cleanings of what inventories write: names, phones, e-mails, addresses. Unsure means refused."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from carte.ecrits.caracteres import LU_DEUX_FOIS
from carte.ecrits.formes import avis_courriel, avis_url
from carte.ecrits.silences import ne_dit_rien
from carte.lettres import plier
from carte.records.rules.formes import avis_pivot
from carte.records.rules.telephone import FRANCE, compact, international
from carte.records.rules.textes import EN_LETTRES, saut_en_lettres

# A "contact@" at a provider open to all is nobody's: inventories published with masked mailboxes read like this.
_BOITES_PARTAGEES = {
    *("orange.fr", "wanadoo.fr", "gmail.com", "laposte.fr", "laposte.net", "free.fr", "sfr.fr", "yahoo.fr"),
    *("hotmail.fr", "hotmail.com", "outlook.fr", "outlook.com", "live.fr", "bbox.fr", "neuf.fr", "aol.com"),
    *("france-services.gouv.fr", "famillesrurales.org", "ijcentre.fr", "caf.cnafmail.fr"),
}
_PERDU = re.compile(r"^(?:33)?(?=[1-9]\d{8}$)")
_SUITE_DE_CHIFFRES = re.compile(r"(?:\+|\b00)?\d(?:[\s.()\u00a0\u202f-]{0,3}\d)+")
_COURT_MAX = 4  # beside other words, a short run of digits is rather a number of something else
_ANNONCE = re.compile(r"^[^\W\d][\w\s'’-]{0,40}:\s+")
# What a program writes for another (« Le\\x20bus », « d\\u2019ici »); halves of a pair of code units are no letter.
_ECHAPPE = re.compile(r"\\x([0-9A-Fa-f]{2})|\\u(?![dD][89a-fA-F])([0-9A-Fa-f]{4})")
_ECHAPPES_MIN = 3  # fewer may be a path, or a text about them
# What nobody sees: soft hyphens, joiners, direction marks, byte order marks, control characters but line breaks.
_INVISIBLES = {
    **dict.fromkeys((*range(0x00, 0x0A), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xAD, 0x34F, 0x3164, 0xFEFF), None),
    **dict.fromkeys(
        (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080)), None
    ),
    0x0D: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
_CONTROLES = re.compile("[\x80-\x9f\ufdd0-\ufdef\ufffe\uffff]")  # once what was read twice is put right
_DEMI_LETTRE = re.compile("[\ud800-\udfff]")
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


def telephones(texte: str, departement: str) -> tuple[list[str], bool]:
    """Every sure number of a text in the order written, and whether the text says nothing else.

    « 01 23 45 67 89 / 01 23 45 67 90 » holds two, « 01 23 45 67 89 Mairie » one and a word.
    """
    entier = telephone(texte, departement)
    if entier is not None:
        return [entier], True
    trouves, reste = [], texte
    for suite in _SUITE_DE_CHIFFRES.finditer(texte):
        numeros = [telephone(morceau, departement) for morceau in _par_dix(suite.group())]
        if all(numeros):
            trouves += [numero for numero in numeros if numero and len(numero) > _COURT_MAX]
            reste = reste.replace(suite.group(), " ", 1)
    return list(dict.fromkeys(trouves)), not re.search(r"\w", re.sub(r"\b(?:ou|et)\b", " ", reste))


def _par_dix(suite: str) -> list[str]:
    """Two numbers written one after the other are twenty digits."""
    chiffres = compact(suite)
    return [chiffres[:10], chiffres[10:]] if re.fullmatch(r"0\d{9}0\d{9}", chiffres) else [suite]


def courriels(texte: str) -> tuple[list[str], list[str]]:
    """The usable e-mail addresses of a text, and what had to be left out of it (masks, shared mailboxes, words).

    A space inside an address cuts it: nothing is made of the pieces.
    """
    gardes: list[str] = []
    laisses: list[str] = []
    for morceau in re.split(r"\s*(?:[;,|\n]|\s/\s|\bou\b)\s*", texte.strip()):
        if not re.search(r"\w", morceau):
            continue
        mots = morceau.removeprefix("mailto:").split()
        bon = all("@" in mot for mot in mots) and all(map(_courriel_sur, mots))
        (gardes if bon else laisses).extend(mots if bon else [morceau])
    return list(dict.fromkeys(gardes)), laisses


def _courriel_sur(adresse: str) -> bool:
    return adresse.isascii() and avis_courriel(adresse) is None and not _boite_partagee(adresse)


def _boite_partagee(adresse: str) -> bool:
    boite, domaine = adresse.lower().rsplit("@", 1)
    return boite == "contact" and domaine in _BOITES_PARTAGEES


def sites(texte: str) -> tuple[list[str], list[str]]:
    """The web addresses of a text, and what is not one. A bare domain (`www.exemple.fr`) gets `http://`.

    Words beside an address may be the rest of it, cut by a space: then nothing is taken.
    """
    gardes: list[str] = []
    laisses: list[str] = []
    for morceau in re.split(r"\s*[;|\n]\s*|,\s+", texte.strip()):
        mots = _ANNONCE.sub("", morceau).split()
        adresses = [_adresse_web(mot) for mot in mots]
        if mots and all(adresses):
            gardes += [adresse for adresse in adresses if adresse]
        elif morceau:
            laisses.append(morceau)
    if laisses and not gardes:
        laisses = [texte.strip()]
    return list(dict.fromkeys(gardes)), laisses


def _adresse_web(mot: str) -> str | None:
    """The address of a word, None when it is not surely one."""
    adresse = mot if re.match(r"https?://", mot, re.IGNORECASE) else f"http://{mot}" if _DOMAINE.fullmatch(mot) else ""
    return adresse if adresse and adresse.count("://") == 1 and avis_url(adresse) is None else None


def pivot(texte: str) -> tuple[str | None, str]:
    """(identifier, reason): a right SIRET, RNA or RIDET without spaces, or None and why; both empty for a mask."""
    plat = re.sub(r"[\s\u00a0\u202f]", "", texte).upper()
    plat = plat.zfill(14) if re.fullmatch(r"\d{13}", plat) else plat  # a spreadsheet lost the first zero
    if not plat.strip("0"):
        return None, ""
    avis = avis_pivot(plat)
    return (plat, "") if avis is None else (None, avis.message)


def departement_du_code_postal(code_postal: str) -> tuple[str, ...]:
    """Where to look first for the name of a commune: a hint, never a place. 20… is both départements of Corsica."""
    chiffres = code_postal.strip()
    chiffres = chiffres.zfill(5) if re.fullmatch(r"\d{4}", chiffres) else chiffres
    if not re.fullmatch(r"\d{5}", chiffres):
        return ()
    return ("2A", "2B") if chiffres.startswith("20") else (departement(chiffres),)


def date_dans_le_nom(nom: str) -> date | None:
    """The day that a file's name ends with or holds: `liste-fs-20240801.csv`, `lieux_2024-08-01.csv`."""
    return date_lue(re.search(r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)(?!\d)", nom))


def lire_date(texte: str, forme: str) -> date | None:
    """The day of a text written in that order (`année-mois-jour`, `jour/mois/année`, `mois/jour/année`), whatever its
    separators and the time that follows; None in any other order. Years have four digits."""
    ordre = [mot[:1] for mot in re.findall(r"\w+", plier(forme))]
    motif = r"[-/. ]".join(
        {"a": r"(?P<a>\d{4})", "m": r"(?P<m>\d{1,2})", "j": r"(?P<j>\d{1,2})"}[lettre] for lettre in ordre
    )
    trouve = re.match(rf"{motif}(?=$|[T ])", texte.strip())
    try:
        return date(int(trouve["a"]), int(trouve["m"]), int(trouve["j"])) if trouve else None
    except ValueError:
        return None


def _relire(trouve: re.Match[str]) -> str:
    """Letters that were read as Windows-1252 although written in UTF-8; left alone when they cannot be."""
    with suppress(UnicodeError):
        return trouve.group().encode("cp1252").decode("utf-8")
    return trouve.group()


def sans_invisibles(texte: str) -> str:
    """A text without what nobody sees, that a record refuses; accents that were read twice are put right."""
    return _CONTROLES.sub("", LU_DEUX_FOIS.sub(_relire, texte.translate(_INVISIBLES)))


def en_lettres(texte: str) -> tuple[str, bool]:
    """The text with whole letters, and whether half of one was lost: `\\ud83d` alone in a JSON, which no file holds."""
    if _DEMI_LETTRE.search(texte) is None:
        return texte, False
    entier = texte.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return entier, entier.count("\ufffd") > texte.count("\ufffd")


def reparer(texte: str) -> str:
    """A text as its author typed it: no invisible character, plain spaces, accents that were read twice put right, and
    line breaks where a program wrote « \\n »."""
    lettres, echappes = _ECHAPPE.subn(lambda trouve: chr(int(trouve[1] or trouve[2], 16)), texte)
    propre = sans_invisibles(lettres if echappes >= _ECHAPPES_MIN else texte)
    propre = EN_LETTRES.sub("\n", propre) if "\\" in propre and saut_en_lettres(propre) else propre
    return re.sub(r"[^\S\n]+", " ", propre).strip()


def nettoyer(texte: str) -> str:
    """Trim spaces and the dots, commas and dashes that forms leave at the end; a text that says nothing is empty."""
    propre = re.sub(r"\s+", " ", texte).strip().rstrip(" .,;-").strip()
    return "" if ne_dit_rien(propre) else propre


def contient(texte: str, motifs: Iterable[str]) -> bool:
    """Whether one of the patterns (written without accents, lower case) is found in the text."""
    plat = sans_accents(texte)
    return any(re.search(motif, plat) for motif in motifs)


def departement(code_insee: str) -> str:
    """The département of a commune's Insee code (never of a postal code): `2A004` → `2A`, `97411` → `974`."""
    return code_insee[:3] if code_insee.startswith(("97", "98")) else code_insee[:2]
