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
OUTRE_MER = {
    **dict.fromkeys(("0590", "0690", "0691"), "+590"),
    **dict.fromkeys(("0596", "0696", "0697"), "+596"),
    **dict.fromkeys(("0594", "0694"), "+594"),
    **dict.fromkeys(("0262", "0263", "0692", "0693", "0268", "0269", "0639"), "+262"),
    **dict.fromkeys(("0508", "0708"), "+508"),
}
# Blocks that several overseas territories share: only the département tells. Free and special numbers may keep theirs.
_ANTILLES_GUYANE = ("+590", "+594", "+596")
PARTAGES = {"0598": _ANTILLES_GUYANE, **dict.fromkeys(("0709", "0939", "0947", "0976"), (*_ANTILLES_GUYANE, "+262"))}
_SPECIAUX = "08"
_PREFIXES = {
    **dict.fromkeys(("971", "977", "978"), "+590"),
    "972": "+596",
    "973": "+594",
    **dict.fromkeys(("974", "976"), "+262"),
}
# Digits that follow the prefix.
CHIFFRES = {"+33": (9,), "+590": (9,), "+594": (9,), "+596": (9,), "+262": (9,), "+508": (6, 9)}
# Territories with their own plan: département -> prefix, digits of a local number.
_PLANS_LOCAUX = {"975": ("+508", 6), "986": ("+681", 6), "987": ("+689", 8), "988": ("+687", 6)}
FRANCE = (*CHIFFRES, *(prefixe for prefixe, _ in _PLANS_LOCAUX.values()))
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
    return ici if ici in PARTAGES.get(national[:4], ()) else OUTRE_MER.get(national[:4], "+33")


def _corrige(numero: str) -> str | None:
    """A +33 number put right when it is an overseas one; None when its length or its block cannot be."""
    if numero.startswith("+330"):
        numero = f"+33{numero[4:]}"
    if numero.startswith("+33"):
        numero = OUTRE_MER.get(f"0{numero[3:6]}", "+33") + numero[3:]
    prefixe = next((p for p in CHIFFRES if numero.startswith(p)), None)
    if prefixe is None:
        return numero
    reste = numero.removeprefix(prefixe)
    if len(reste) not in CHIFFRES[prefixe]:
        return None
    if prefixe == "+33" or len(reste) == 6:
        return None if reste.startswith("0") else numero
    bloc = f"0{reste[:3]}"
    connu = bloc.startswith(_SPECIAUX) or prefixe in PARTAGES.get(bloc, ()) or OUTRE_MER.get(bloc) == prefixe
    return numero if connu else None


_REGIONS = {
    "1": "75 77 78 91 92 93 94 95",
    "2": "14 18 22 27 28 29 35 36 37 41 44 45 49 50 53 56 61 72 76 85",
    "3": "02 08 10 21 25 39 51 52 54 55 57 58 59 60 62 67 68 70 71 80 88 89 90",
    "4": "01 03 04 05 06 07 11 13 15 26 2A 2B 30 34 38 42 43 48 63 66 69 73 74 83 84",
    "5": "09 12 16 17 19 23 24 31 32 33 40 46 47 64 65 79 81 82 86 87",
}
_REGION_DU_DEPARTEMENT = {code: chiffre for chiffre, codes in _REGIONS.items() for code in codes.split()}
_FIXE = re.compile(r"\+33([1-5])\d{8}\Z")
_MOBILES_OUTRE_MER = ("69", "63", "70")  # they travel, as 06 and 07 do in the metropole


def region_attendue(numero: str, departement: str) -> str | None:
    """How the landline numbers of a département begin (`02`, `+262`) when an international number is a landline of
    somewhere else; None when it is of there, when it tells no place, or when the département has no numbers of its own.

    A doubt and never a fault: since 2023 a landline number may be kept when one moves.
    """
    outre_mer = _PREFIXES.get(departement) or _PLANS_LOCAUX.get(departement, (None,))[0]
    prefixe = next((p for p in FRANCE if p != "+33" and numero.startswith(p)), None)
    if prefixe is not None:
        mobile = numero.removeprefix(prefixe).startswith(_MOBILES_OUTRE_MER)
        metropole = _REGION_DU_DEPARTEMENT.get(departement)
        attendu = outre_mer or (f"0{metropole}" if metropole else None)
        return None if mobile or attendu == prefixe else attendu
    trouve = _FIXE.match(numero)
    if trouve is None or outre_mer is not None:
        return outre_mer if trouve else None
    chiffre = _REGION_DU_DEPARTEMENT.get(departement)
    return None if chiffre in (None, trouve[1]) else f"0{chiffre}"
