"""Texts whose shape is known: one function per shape, from a value to what is wrong with it."""

import re
from collections.abc import Callable
from functools import lru_cache

from carte.ecrits.formes import Avis, avis_courriel, avis_identifiant, avis_url
from carte.ecrits.problem import Gravite
from carte.ecrits.texte import citer
from carte.records.rules import telephone

_CODE_INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}\Z")
_CODE_POSTAL = re.compile(r"\d{5}\Z")
_RNA = re.compile(r"W\d[0-9A-Z]\d{7}\Z")
_RIDET = re.compile(r"\d{6,7}\.?\d{3}\Z")
_DOUBLES = str.maketrans("0123456789", "0246813579")  # sum of the digits of twice a digit
_LA_POSTE = "356000000"


def avis_telephone(texte: str) -> Avis | None:
    """International form, or a short number; the national form is understood and its international form given."""
    bon = telephone.international(texte)
    if bon is None:
        plusieurs = len(re.findall(r"\d", texte)) > 15
        if plusieurs:
            return Avis("Un seul numéro par champ, par exemple +33254000000.")
        sans_zero = (
            telephone.international(f"0{texte}") if re.fullmatch(r"[1-9]\d{8}", telephone.compact(texte)) else None
        )
        propose = (
            f" Vouliez-vous dire « {sans_zero} » ?"
            if sans_zero
            else " Écrivez par exemple 02 54 00 00 00 ou +33254000000."
        )
        return Avis(f"« {citer(texte)} » n'est pas un numéro de téléphone.{propose}")
    if re.sub(r"[\s\u00a0\u202f]", "", texte) == bon:
        return None
    return Avis(f"Écrivez le numéro sous sa forme internationale : « {bon} ».", Gravite.CONSEIL)


def avis_code_insee(texte: str) -> Avis | None:
    """Five characters, `2A` or `2B` in Corsica; `20…` can only be a postal code."""
    compact = re.sub(r"\s", "", texte).upper()
    if _CODE_INSEE.match(texte) and not texte.startswith("20"):
        return None
    if _CODE_POSTAL.match(compact) and compact.startswith("20"):
        return Avis(f"« {texte} » est un code postal : un code Insee de Corse commence par 2A ou 2B.")
    return _avis_code(texte, compact, _CODE_INSEE, "un code Insee (5 caractères, par exemple 36044 ou 2A004)")


def avis_code_postal(texte: str) -> Avis | None:
    """Five digits."""
    if _CODE_POSTAL.match(texte):
        return None
    compact = re.sub(r"\s|^F-", "", texte).upper()
    if _CODE_INSEE.match(compact) and not compact.isdigit():
        return Avis(f"« {citer(texte)} » est un code Insee : écrivez-le dans « code_insee ».")
    return _avis_code(texte, compact, _CODE_POSTAL, "un code postal (5 chiffres)")


def _avis_code(texte: str, compact: str, motif: re.Pattern[str], attendu: str) -> Avis:
    for candidat in (compact, f"0{compact}"):
        if motif.match(candidat):
            return Avis(f"« {citer(texte)} » n'est pas {attendu}. Vouliez-vous dire « {candidat} » ?")
    return Avis(f"« {citer(texte)} » n'est pas {attendu}.")


def avis_pivot(texte: str) -> Avis | None:
    """A SIRET with a right check digit, an RNA number or a RIDET."""
    compact = re.sub(r"\s", "", texte).upper()
    if compact != texte and avis_pivot(compact) is None:
        return Avis(f"Écrivez l'identifiant sans espaces, en capitales : « {compact} ».", Gravite.CONSEIL)
    if re.fullmatch(r"0+", compact):
        return Avis("Ce n'est pas un identifiant : si vous ne le connaissez pas, retirez la ligne.", Gravite.CONSEIL)
    if re.fullmatch(r"\d{14}", texte):
        return None if siret_juste(texte) else Avis(f"« {texte} » n'est pas un SIRET : un des chiffres est faux.")
    if re.fullmatch(r"\d{9}", texte) and luhn(texte):
        return Avis(f"« {texte} » est un SIREN : il faut les 14 chiffres du SIRET, celui de l'établissement.")
    if _RNA.match(texte) or _RIDET.match(texte):
        return None
    return Avis(f"« {citer(texte)} » n'est ni un SIRET (14 chiffres), ni un RNA (W et 9 chiffres), ni un RIDET.")


def siret_juste(siret: str) -> bool:
    """Luhn's check digit; La Poste's establishments use a plain sum, multiple of five (Insee, since 2012)."""
    return luhn(siret) or (siret.startswith(_LA_POSTE) and sum(map(int, siret)) % 5 == 0)


def luhn(chiffres: str) -> bool:
    """Luhn's formula: double every second digit from the right, the sum of digits is a multiple of ten."""
    return sum(map(int, chiffres[-1::-2] + chiffres[-2::-2].translate(_DOUBLES))) % 10 == 0


FORMES: dict[str, Callable[[str], Avis | None]] = {
    nom: lru_cache(maxsize=50_000)(fonction)
    for nom, fonction in {
        "telephone": avis_telephone,
        "courriel": avis_courriel,
        "url": avis_url,
        "code_insee": avis_code_insee,
        "code_postal": avis_code_postal,
        "pivot": avis_pivot,
        "identifiant": avis_identifiant,
    }.items()
}
