"""Pydantic's errors in French: one ordered table, the original text for a type it does not know."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from carte.ecrits.faute import Chemin, Faute
from carte.ecrits.modele import REFUS, Partie
from carte.ecrits.syntaxe import pas_une_liste
from carte.ecrits.texte import citer, replier, vouliez_vous_dire

_OUI_NON = {"oui": "true", "yes": "true", "vrai": "true", "non": "false", "no": "false", "faux": "false"}
_JOUR_MOIS_AN = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\Z")
_AN_MOIS_JOUR = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})(?:[T ].*)?\Z")

# What word processors put for a dash of the keyboard, and a dash followed by a space that YAML does not know.
_FAUX_TIRET = re.compile(
    r"\s*(\d{1,2}[.)]|[\u2010-\u2015\u2212\u2043\u2022\u25aa\u25cf\u00b7\uf0b7*+]|-(?=[^\S ])|(?<=[^\S ])-)"
)
_ESPACE_COLLEE = re.compile(r"^[^\S ]|[^\S ]$")
# What maps give to copy: « 46.81234, 1.69120 ».
_DEUX_NOMBRES = re.compile(r"[([]?-?\d+\.\d+(?:[,;] *| +)-?\d+\.\d+[)\]]?")
_CHAMPS_A_LISTER = 20  # when no known field is near: a short list helps, the 45 fields of a record do not

Phrase = Callable[[ErrorDetails, type[Partie]], str]


def decrire(detail: ErrorDetails, racine: type[Partie]) -> Faute:
    """One pydantic error as a fault: what is wrong, then what would be right. `racine`: the model of the whole."""
    nature = detail["type"]
    phrase, regle = _TABLE.get(nature, (_inconnue, "forme"))
    absent = nature == "missing"
    valeur = "" if absent or nature == "extra_forbidden" else _court(detail["input"])
    message = phrase(detail, _modele(racine, detail["loc"][:-1]))
    return Faute(detail["loc"], message, regle, valeur=valeur, sur_cle=nature == "extra_forbidden")


def _modele(modele: type[Partie], chemin: Chemin) -> type[Partie]:
    """The part of a model that a path leads to."""
    for partie in chemin:
        champ = modele.model_fields.get(partie) if isinstance(partie, str) else None
        modele = (champ and _partie(champ.annotation)) or modele
    return modele


def _partie(annotation: Any) -> type[Partie] | None:
    """The model inside a type: `list[Permanence] | None` holds `Permanence`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation if issubclass(annotation, Partie) else None
    return next((partie for argument in get_args(annotation) if (partie := _partie(argument))), None)


def _court(valeur: Any) -> str:
    if isinstance(valeur, list | dict):
        return ""
    return "" if valeur is None else citer(valeur)


def _champ(detail: ErrorDetails) -> str:
    """The field's name; for an item of a list, the list's."""
    return next((str(partie) for partie in reversed(detail["loc"]) if isinstance(partie, str)), "le fichier")


def _exemple(detail: ErrorDetails, modele: type[Partie], defaut: str) -> str:
    """The example that the field gives of itself."""
    champ = modele.model_fields.get(_champ(detail))
    return str(champ.examples[0]) if champ is not None and champ.examples else defaut


def _manque(detail: ErrorDetails, modele: type[Partie]) -> str:
    description = modele.model_fields[_champ(detail)].description or ""
    precision = f" ({description[:1].lower()}{description[1:]})" if description else ""
    return f"Il manque le champ « {_champ(detail)} »{precision}."


def _champ_inconnu(detail: ErrorDetails, modele: type[Partie]) -> str:
    nom = str(detail["loc"][-1])
    if nom in modele.CHAMPS_REFUSES:
        return modele.CHAMPS_REFUSES[nom]
    champs = modele.model_fields
    if espace := _ESPACE_COLLEE.search(nom):
        return f"Une espace insécable (U+{ord(espace.group()):04X}) touche « {citer(nom.strip())} » : effacez-la."
    # What people call a field says more of what they mean than the letters of its name.
    dits = modele.AUTRES_NOMS.get(replier(nom), ())
    propose = f" Vouliez-vous dire « {' » ou « '.join(dits)} » ?" if dits else vouliez_vous_dire(nom, champs)
    if not propose and len(champs) <= _CHAMPS_A_LISTER:
        propose = f" Champs possibles : {', '.join(champs)}."
    return f"« {citer(nom)} » n'est pas un champ connu.{propose}"


def _texte_attendu(detail: ErrorDetails, _: type[Partie]) -> str:
    valeur = detail["input"]
    if valeur is None:
        return f"« {_champ(detail)} » est vide : complétez la valeur ou retirez la ligne."
    if isinstance(valeur, list):
        return f"« {_champ(detail)} » attend un seul texte, sans tiret ni crochets."
    if isinstance(valeur, dict):
        return f"« {_champ(detail)} » attend un texte. S'il contient « : », mettez-le entre guillemets."
    return f'« {_champ(detail)} » attend un texte : mettez la valeur entre guillemets, "{citer(valeur)}".'


def _nombre_attendu(detail: ErrorDetails, modele: type[Partie]) -> str:
    texte = str(detail["input"]).strip()
    nombre = texte.replace(",", ".").replace(" ", "")
    if _DEUX_NOMBRES.fullmatch(texte):
        return f"« {_champ(detail)} » attend un seul nombre : l'autre s'écrit sur sa propre ligne."
    if re.fullmatch(r"-?\d+(\.\d+)?", nombre):
        return f"« {_champ(detail)} » attend un nombre, sans guillemets et avec un point : {nombre}."
    if re.fullmatch(r"[-+]?(0\d+|\d*)\.?\d*", nombre) and any(c.isdigit() for c in nombre):
        return f"« {_champ(detail)} » attend un nombre écrit simplement : {float(nombre):g}."
    return f"« {_champ(detail)} » attend un nombre, par exemple {_exemple(detail, modele, '46.81234')}."


def _entier_attendu(detail: ErrorDetails, modele: type[Partie]) -> str:
    texte = str(detail["input"]).strip()
    if re.fullmatch(r"-?[0-9]{1,18}", texte):
        return f"« {_champ(detail)} » attend un nombre entier, sans guillemets : {int(texte)}."
    exemple = _exemple(detail, modele, "")
    suite = f"par exemple {exemple}." if exemple else "par exemple 5. Si vous ne le savez pas, retirez la ligne."
    return f"« {_champ(detail)} » attend un nombre entier, {suite}"


def _oui_non_attendu(detail: ErrorDetails, _: type[Partie]) -> str:
    propose = _OUI_NON.get(str(detail["input"]).strip().lower()) or str(detail["input"]).strip().lower()
    if propose in ("true", "false"):
        return f"« {_champ(detail)} » attend true (oui) ou false (non). Écrivez {propose}, sans guillemets."
    return f"« {_champ(detail)} » attend true (oui) ou false (non). Si vous ne le savez pas, retirez la ligne."


def _liste_attendue(detail: ErrorDetails, modele: type[Partie]) -> str:
    valeur = detail["input"]
    if (liste := _exemple(detail, modele, "")).startswith("["):
        return f"« {_champ(detail)} » attend une liste, par exemple {liste}."
    if isinstance(valeur, str) and (collee := re.match(r"\s*-(\w+)", valeur)):
        return f"Après le tiret d'une liste, il faut une espace : « - {citer(collee[1])} »."
    if isinstance(valeur, str) and (tiret := _FAUX_TIRET.match(valeur)):
        return pas_une_liste(tiret[1])
    if isinstance(valeur, str) and re.search(r"[|;]|, ", valeur):
        return f"« {_champ(detail)} » attend une liste : une valeur par ligne, chacune après un tiret."
    exemple = f" « - {citer(valeur)} »" if isinstance(valeur, str) else ""
    return f"« {_champ(detail)} » attend une liste : allez à la ligne et mettez un tiret devant la valeur{exemple}."


def _table_attendue(detail: ErrorDetails, _: type[Partie]) -> str:
    if not detail["loc"]:
        return "Des lignes « champ: valeur », en retrait, sont attendues ici."
    return f"« {_champ(detail)} » attend des lignes « champ: valeur », en retrait."


def _trop_long(detail: ErrorDetails, _: type[Partie]) -> str:
    longueur, maximum = len(str(detail["input"])), detail.get("ctx", {}).get("max_length")
    return f"« {_champ(detail)} » est trop long : {longueur} caractères, {maximum} au plus."


def _vide(detail: ErrorDetails, _: type[Partie]) -> str:
    return f"« {_champ(detail)} » est vide : complétez la valeur ou retirez la ligne."


def _trop_court(detail: ErrorDetails, _: type[Partie]) -> str:
    return f"« {_champ(detail)} » est une liste vide : il faut au moins une valeur."


def _trop_de_valeurs(detail: ErrorDetails, _: type[Partie]) -> str:
    ctx = detail["ctx"]
    return f"« {_champ(detail)} » a {ctx['actual_length']} valeurs : {ctx['max_length']} au plus."


def _trop_petit(detail: ErrorDetails, _: type[Partie]) -> str:
    return f"« {_champ(detail)} » vaut {citer(detail['input'])} : le minimum est {detail['ctx']['ge']:g}."


def _pas_assez(detail: ErrorDetails, _: type[Partie]) -> str:
    return f"« {_champ(detail)} » vaut {citer(detail['input'])} : il faut plus que {detail['ctx']['gt']:g}."


def _trop_grand(detail: ErrorDetails, _: type[Partie]) -> str:
    return f"« {_champ(detail)} » vaut {citer(detail['input'])} : le maximum est {detail['ctx']['le']:g}."


def _date_attendue(detail: ErrorDetails, _: type[Partie]) -> str:
    texte = str(detail["input"]).strip()
    propose = _date_probable(texte)
    if propose is None:
        return f"« {_champ(detail)} » attend une date année-mois-jour, par exemple 2026-03-31."
    if propose == texte:
        return f"Le {texte} n'existe pas dans le calendrier."
    return f"« {_champ(detail)} » attend une date année-mois-jour. Vouliez-vous dire « {propose} » ?"


def _date_probable(texte: str) -> str | None:
    """The ISO date that a text most likely means; the text itself when it has that shape but is no real day."""
    if m := _JOUR_MOIS_AN.match(texte):
        jour, mois, an = m.groups()
    elif m := _AN_MOIS_JOUR.match(texte):
        an, mois, jour = m.groups()
    else:
        return None
    try:
        return date(int(an), int(mois), int(jour)).isoformat()
    except ValueError:
        return texte if re.fullmatch(r"\d{4}-\d{2}-\d{2}", texte) else None


def _refus(detail: ErrorDetails, _: type[Partie]) -> str:
    """The words of a rule of ours."""
    return str(detail["msg"])


def _inconnue(detail: ErrorDetails, _: type[Partie]) -> str:
    return f"« {_champ(detail)} » ne convient pas : {detail['msg']}."


_TABLE: dict[str, tuple[Phrase, str]] = {
    "missing": (_manque, "obligatoire"),
    "extra_forbidden": (_champ_inconnu, "champ-inconnu"),
    "string_type": (_texte_attendu, "texte"),
    "string_too_short": (_vide, "vide"),
    "string_too_long": (_trop_long, "longueur"),
    "float_type": (_nombre_attendu, "nombre"),
    "int_type": (_entier_attendu, "nombre"),
    "bool_type": (_oui_non_attendu, "oui-non"),
    "tuple_type": (_liste_attendue, "liste"),
    "list_type": (_liste_attendue, "liste"),
    "too_short": (_trop_court, "liste"),
    "too_long": (_trop_de_valeurs, "liste"),
    "dict_type": (_table_attendue, "table"),
    "model_type": (_table_attendue, "table"),
    "greater_than_equal": (_trop_petit, "bornes"),
    "greater_than": (_pas_assez, "bornes"),
    "less_than_equal": (_trop_grand, "bornes"),
    "date_iso": (_date_attendue, "date"),
    REFUS: (_refus, "forme"),
}
