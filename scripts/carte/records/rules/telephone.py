"""Telephone numbers, the one rule: international form wanted, national form understood, overseas prefixes known.

Ours, and not `phonenumbers`, which wants a region for each number: the tests ask it about every number we know
(docs/decisions/0014). Blocks are those of Arcep's numbering plan (décision 2018-0881).
"""

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
    **dict.fromkeys(("0262", "0263", "0692", "0693", "0268", "0269", "0639"), "+262"),
    **dict.fromkeys(("0508", "0708"), "+508"),
}
# Blocks that several overseas territories share: only the département tells. Free and special numbers may keep theirs.
_ANTILLES_GUYANE = ("+590", "+594", "+596")
_PARTAGES = {"0598": _ANTILLES_GUYANE, **dict.fromkeys(("0709", "0939", "0947", "0976"), (*_ANTILLES_GUYANE, "+262"))}
_SPECIAUX = "08"
_PREFIXES = {
    **dict.fromkeys(("971", "977", "978"), "+590"),
    "972": "+596",
    "973": "+594",
    **dict.fromkeys(("974", "976"), "+262"),
}
# Digits that follow the prefix.
_CHIFFRES = {"+33": (9,), "+590": (9,), "+594": (9,), "+596": (9,), "+262": (9,), "+508": (6, 9)}
# Territories with their own plan: département -> prefix, digits of a local number.
_PLANS_LOCAUX = {"975": ("+508", 6), "986": ("+681", 6), "987": ("+689", 8), "988": ("+687", 6)}
FRANCE = (*_CHIFFRES, *(prefixe for prefixe, _ in _PLANS_LOCAUX.values()))
"""Every prefix of the Republic."""


def compact(texte: str) -> str:
    """The number without its separators, `(0)` included: `+33 (0)2 54…` gives `+33254…`."""
    return _SEPARATEURS.sub("", re.sub(r"\(0\)", "", texte))


def international(texte: str, departement: str = "") -> str | None:
    """The international form of a number (`02 54 00 00 00` gives `+33254000000`), the short number itself,
    or None when the text is not one number. `departement` tells what a shared block or a local plan leaves open."""
    numero = compact(texte)
    numero = f"+{numero[2:]}" if numero.startswith("00") else numero
    prefixe, longueur = _PLANS_LOCAUX.get(departement, ("", 0))
    if prefixe and numero.isdecimal() and len(numero) == longueur:
        return prefixe + numero
    if _COURT.match(numero):
        return numero
    if _NATIONAL.match(numero):
        return _prefixe(numero, departement) + (numero[4:] if numero.startswith("0508") else numero[1:])
    if not _INTERNATIONAL.match(numero):
        return None
    return _corrige(numero)


def _prefixe(national: str, departement: str) -> str:
    ici = _PREFIXES.get(departement, "+33")
    return ici if ici in _PARTAGES.get(national[:4], ()) else _OUTRE_MER.get(national[:4], "+33")


def _corrige(numero: str) -> str | None:
    """A +33 number put right when it is an overseas one; None when its length or its block cannot be."""
    if numero.startswith("+330"):
        numero = f"+33{numero[4:]}"
    if numero.startswith("+33"):
        numero = _OUTRE_MER.get(f"0{numero[3:6]}", "+33") + numero[3:]
    prefixe = next((p for p in _CHIFFRES if numero.startswith(p)), None)
    if prefixe is None:
        return numero
    reste = numero.removeprefix(prefixe)
    if len(reste) not in _CHIFFRES[prefixe]:
        return None
    if prefixe == "+33" or len(reste) == 6:
        return numero
    bloc = f"0{reste[:3]}"
    connu = bloc.startswith(_SPECIAUX) or prefixe in _PARTAGES.get(bloc, ()) or _OUTRE_MER.get(bloc) == prefixe
    return numero if connu else None
