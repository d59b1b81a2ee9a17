"""Characters that are not what they look like: unseen, taken for others, or that do not exist; marks of Git."""

import re
import unicodedata
from dataclasses import dataclass

_CONTROLES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
# Two at the end of each plane, and 32 in Arabic's: Unicode keeps them for programs, and libyaml stops on some.
_INEXISTANTS = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(plan + fin) for plan in range(0, 0x110000, 0x10000) for fin in (0xFFFE, 0xFFFF))
    + "]"
)
_DIRECTIONS = re.compile("[\u061c\u202a-\u202e\u2066-\u2069]")
# Soft hyphen, joiners, fillers that are letters for a program and nothing for the eye, tags, variants.
_INVISIBLES = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff"
    "\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SUITES = "[\x80-\xbf" + bytes(range(0x80, 0xA0)).decode("cp1252", errors="ignore") + "]"
LU_DEUX_FOIS = re.compile(f"[ÂÃ]{_SUITES}|â{_SUITES}{{2}}")
"""A letter written in UTF-8 and read as Windows-1252: « Ã© »."""
_DE_PAGE_WEB = re.compile(
    r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|amp|lt|gt|quot|apos|nbsp|[a-zA-Z](?:acute|grave|circ|uml|cedil));"
    r"|</?(?:a|b|br|div|em|h[1-6]|i|li|p|span|strong|u|ul)(?: [^<>\n]*)?/?>",
    re.IGNORECASE,
)
_PERDUS = re.compile("\ufffd")
_SANS_FORME = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_SOSIES = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "FULLWIDTH", "MATHEMATICAL")
_MOT = re.compile(r"[^\W\d_]+")
_HORS_LATIN = re.compile(
    "[\u0370-\u058f\u13a0-\u13ff\u2c80-\u2cff\ua4d0-\ua4ff\uab70-\uabbf\uff21-\uff5a\U0001d400-\U0001d7ff]"
)
# An escape that is not one of the harmless four: it may write what the file's own characters do not show.
_ECHAPPEMENT = re.compile(rb"\\[^nt\"\\]")
_CONFLIT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?= |\r?$)", re.MULTILINE)
_ESPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Where YAML only knows plain spaces: at the head of a line, before a colon, around a dash.
_STRUCTURE = re.compile(
    rf"^[ \t]*(?P<retrait>[{_ESPACES}])|^[ ]*(?:- +)?\w[\w-]*[ ]*(?P<avant>[{_ESPACES}])\s*:"
    rf"|^[ ]*(?:- +)?\w[\w-]*:(?P<apres>[{_ESPACES}])|^[ ]*-(?P<tiret>[{_ESPACES}])",
    re.MULTILINE,
)
_OU = {
    "retrait": "en tête de la ligne : le retrait se fait avec des espaces ordinaires",
    "avant": "avant « : » : le nom du champ touche les deux-points",
    "apres": "après « : » : il y faut une espace ordinaire",
    "tiret": "après le tiret de la liste : il y faut une espace ordinaire",
}


@dataclass(frozen=True, slots=True)
class Suspect:
    """A character nobody sees as it is, at its first place in a text; `grave` blocks, `illisible` stops the reading."""

    message: str
    index: int
    grave: bool
    illisible: bool


# (pattern, what it is, whether it blocks, whether nothing can be read)
_SORTES = (
    (_CONTROLES, "caractère de contrôle (U+{code:04X}), invisible : effacez-le", True, True),
    (_INEXISTANTS, "caractère qui n'existe pas (U+{code:04X}), invisible : effacez-le", True, True),
    (
        _DIRECTIONS,
        "caractère qui change le sens d'écriture (U+{code:04X}) : il montre autre chose que le texte. Effacez-le",
        True,
        False,
    ),
    (
        _INVISIBLES,
        "caractère invisible (U+{code:04X}), sans doute venu d'un copier-coller : effacez-le",
        False,
        False,
    ),
    (_PERDUS, "« \ufffd » (U+{code:04X}) : une lettre accentuée a été perdue. Retapez le mot", False, False),
    (_SANS_FORME, "caractère sans forme connue (U+{code:04X}), propre à une police : remplacez-le", False, False),
)
_ECRITS_AUTREMENT = (
    (LU_DEUX_FOIS, "« {vu} » est une lettre accentuée qui a été mal copiée : retapez le mot."),
    (
        _DE_PAGE_WEB,
        "« {vu} » vient d'une page web, et sera montré tel quel : écrivez le signe lui-même, ou retirez-le.",
    ),
)
_TOUS = re.compile("|".join(motif.pattern for motif, *_ in _SORTES).replace("]|[", ""))


def echappements_suspects(octets: bytes) -> bool:
    """Whether escapes in the file may write a character that nobody sees."""
    return b"\\" in octets and _ECHAPPEMENT.search(octets) is not None


def suspects(texte: str) -> list[Suspect]:
    """The characters of a text that are not what they look like: the first of each kind, with its count."""
    trouves = [*_sosies(texte)] if _HORS_LATIN.search(texte) else []
    for motif, message in _ECRITS_AUTREMENT:
        if trouve := motif.search(texte):
            trouves.append(Suspect(message.format(vu=trouve.group()[:40]), trouve.start(), False, False))
    if _TOUS.search(texte) is None:
        return trouves
    for motif, message, grave, illisible in _SORTES:
        positions = [trouve.start() for trouve in motif.finditer(texte)]
        if positions:
            phrase = message.format(code=ord(texte[positions[0]]))
            fois = f" ({len(positions)} fois, la première ici)" if len(positions) > 1 else ""
            trouves.append(Suspect(f"Le texte contient un {phrase}{fois}.", positions[0], grave, illisible))
    return trouves


def sosie(texte: str) -> str | None:
    """The first letter of another alphabet that the eye may take for a Latin one; None when there is none."""
    return next((c for c in texte if unicodedata.name(c, "").startswith(_SOSIES)), None)


def _sosies(texte: str) -> list[Suspect]:
    """A word that mixes our letters with their look-alikes is a trap, or a slip: nobody finds it again."""
    for mot in _MOT.finditer(texte):
        lettre = sosie(mot.group())
        if lettre is not None and any(unicodedata.name(c, "").startswith("LATIN") for c in mot.group()):
            message = (
                f"Dans « {mot.group()[:40]} », « {lettre} » (U+{ord(lettre):04X}) ressemble à une lettre de notre "
                "alphabet et n'en est pas une : retapez le mot."
            )
            return [Suspect(message, mot.start() + mot.group().index(lettre), False, False)]
    return []


def marque_de_conflit(texte: str) -> tuple[str, int] | None:
    """What to say of a mark that Git left between two versions, and its place; None when there is none."""
    trouve = _CONFLIT.search(texte)
    if trouve is None:
        return None
    message = (
        f"« {trouve.group()} » est une marque de conflit de Git : le fichier contient deux versions à la fois. "
        "Gardez les lignes justes, et retirez les marques (<<<<<<<, =======, >>>>>>>)."
    )
    return message, trouve.start()


def espace_de_structure(texte: str) -> tuple[str, int] | None:
    """What to say of the first no-break space where YAML wants a plain one, and its place; None when there is none.

    To be asked when a file cannot be parsed: inside a text, such a space is right.
    """
    trouve = _STRUCTURE.search(texte)
    if trouve is None or trouve.lastgroup is None:
        return None
    index = trouve.start(trouve.lastgroup)
    message = f"Il y a une espace insécable (U+{ord(texte[index]):04X}) {_OU[trouve.lastgroup]}. Retapez-la."
    return message, index
