"""What a cell of a table may say to a spreadsheet: no text that somebody wrote is ever run as a formula.

The one rule, and its inverse: every table that the program writes for people passes by `inerte`.
"""

import re

# A spreadsheet runs a cell that starts so, unless it is a plain number or an international telephone number. Some also
# read the full-width signs, or skip what cannot be seen before the sign.
_DEBUT = r"[\t\r\n]|[\s\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULE = re.compile(_DEBUT)
# French spreadsheets cut a comma-separated line at semicolons, and at the line breaks of a text: a cell begins there.
# Lists begin their lines with a dash: there, a sign is a danger only with a call or a link to another program.
_COUPURE = r"(?<=[;\t\r\n])([ \u00a0\u202f]*)"
_CACHEE = re.compile(_COUPURE + r"(?=[=@\uff1d\uff20]|[+\-\uff0b\uff0d][^;\t\r\n]*(?:[|!]|\w\())")
_INOFFENSIF = re.compile(r"[+-]?\d+([.,]\d+)?")
_GARDE = re.compile(rf"^'(?={_DEBUT})")
_GARDE_CACHEE = re.compile(_COUPURE + r"'(?=[=@\uff1d\uff20+\-\uff0b\uff0d])")


def inerte(texte: str) -> str:
    """The text of a cell: what a spreadsheet would run, at the start or within, follows an apostrophe."""
    texte = _CACHEE.sub(r"\1'", texte)
    return f"'{texte}" if _FORMULE.match(texte) and not _INOFFENSIF.fullmatch(texte) else texte


def rendre(cellule: str) -> str:
    """The text that `inerte` wrote so; an apostrophe that somebody had put there goes with the others."""
    return _GARDE_CACHEE.sub(r"\1", _GARDE.sub("", cellule))
