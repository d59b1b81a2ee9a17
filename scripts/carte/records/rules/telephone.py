"""Telephone numbers: international form wanted, national form understood, overseas prefixes known."""

import re

_SEPARATEURS = re.compile(r"[\s.\-/()\u00a0\u202f]")
_INTERNATIONAL = re.compile(r"\+[1-9]\d{5,14}\Z")
_NATIONAL = re.compile(r"0[1-9]\d{8}\Z")
_COURT = re.compile(r"(?:3\d{3}|1[05-8]|11[2-9]|11[68]\d{3}|10\d{2}|196|191)\Z")
# First digits of a national number -> country prefix; everything else in France is +33.
_OUTRE_MER = {
    **dict.fromkeys(("0590", "0690", "0691"), "+590"),
    **dict.fromkeys(("0596", "0696", "0697"), "+596"),
    **dict.fromkeys(("0594", "0694"), "+594"),
    **dict.fromkeys(("0262", "0263", "0692", "0693", "0269", "0639"), "+262"),
    **dict.fromkeys(("0508", "0708"), "+508"),
}
# Digits that follow the prefix.
_CHIFFRES = {"+33": (9,), "+590": (9,), "+594": (9,), "+596": (9,), "+262": (9,), "+508": (6, 9)}


def compact(texte: str) -> str:
    """The number without its separators, `(0)` included: `+33 (0)2 54…` gives `+33254…`."""
    return _SEPARATEURS.sub("", re.sub(r"\(0\)", "", texte))


def international(texte: str) -> str | None:
    """The international form of a number (`02 54 00 00 00` gives `+33254000000`), the short number itself,
    or None when the text is not one number."""
    numero = compact(texte)
    numero = f"+{numero[2:]}" if numero.startswith("00") else numero
    if _COURT.match(numero):
        return numero
    if _NATIONAL.match(numero):
        return _OUTRE_MER.get(numero[:4], "+33") + numero[1:]
    if not _INTERNATIONAL.match(numero):
        return None
    return _corrige(numero)


def _corrige(numero: str) -> str | None:
    """A +33 number put right when it is an overseas one; None when its length cannot be."""
    if numero.startswith("+330"):
        numero = f"+33{numero[4:]}"
    if numero.startswith("+33"):
        numero = _OUTRE_MER.get(f"0{numero[3:6]}", "+33") + numero[3:]
    prefixe = next((p for p in _CHIFFRES if numero.startswith(p)), None)
    if prefixe is None:
        return numero
    return numero if len(numero) - len(prefixe) in _CHIFFRES[prefixe] else None
