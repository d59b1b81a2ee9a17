"""The canonical layout of a record: fields in the model's order, block lists, one way to write each value."""

import re
from datetime import date
from typing import Any

from pydantic import BaseModel

from carte.records.modele import Lieu

ENTETE = "# yaml-language-server: $schema=../lieu.schema.json"
# Plain text that every YAML loader, 1.1 or 1.2, reads as this very text.
_SIMPLE = re.compile(r"(?:\d{1,5} )?[^\W\d_](?:[\w ’'.,;/()«»°!?+&*=%@…–-]|:(?=[^\s])|(?<=\S)#)*\Z")
# Words that some loader takes for a boolean or nothing.
_MOTS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}
_ECHAPPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
# What libyaml refuses raw, breaks lines on, or what nobody can see.
_A_ECHAPPER = re.compile('["\\\\\x00-\x1f\x7f-\xa0\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]')


def to_yaml(lieu: Lieu) -> str:
    """A record as its file: schema comment, UTF-8 text, final newline. `load` reads back an equal record.

    One without service says at its head that it is to be completed.
    """
    marque = [] if lieu.services else ["a_completer: true"]
    return "\n".join([ENTETE, *marque, *_lignes_table(_contenu(lieu), ""), ""])


def _contenu(objet: BaseModel) -> dict[str, Any]:
    """The fields that say something, in the model's order."""
    champs = ((nom, getattr(objet, nom)) for nom in type(objet).model_fields)
    return {nom: valeur for nom, valeur in champs if valeur is not None}


def _lignes_table(table: dict[str, Any], retrait: str) -> list[str]:
    lignes = []
    for cle, valeur in table.items():
        lignes += _lignes_champ(f"{retrait}{_texte(cle)}:", valeur, retrait)
    return lignes


def _lignes_champ(cle: str, valeur: Any, retrait: str) -> list[str]:
    if isinstance(valeur, BaseModel):
        valeur = _contenu(valeur)
    if isinstance(valeur, dict):
        return [cle, *_lignes_table(valeur, f"{retrait}  ")] if valeur else [f"{cle} {{}}"]
    if isinstance(valeur, list):
        return (
            [cle, *(ligne for v in valeur for ligne in _lignes_element(v, f"{retrait}  "))] if valeur else [f"{cle} []"]
        )
    return [f"{cle} {_scalaire(valeur)}"]


def _lignes_element(valeur: Any, retrait: str) -> list[str]:
    if not isinstance(valeur, BaseModel):
        return [f"{retrait}- {_scalaire(valeur)}"]
    lignes = _lignes_table(_contenu(valeur), f"{retrait}  ")
    if not lignes:
        return [f"{retrait}- {{}}"]
    return [f"{retrait}- {lignes[0].lstrip()}", *lignes[1:]]


def _scalaire(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, float):
        return _decimal(valeur)
    return _texte(valeur) if isinstance(valeur, str) else str(valeur)


def _decimal(valeur: float) -> str:
    """The shortest decimal that reads back as the same number, without exponent."""
    texte = repr(valeur)
    if "e" in texte:
        mantisse, exposant = texte.split("e")
        texte = texte if "." in mantisse else f"{mantisse}.0e{exposant}"
    return texte


def _texte(texte: str) -> str:
    """Plain when every loader agrees on it, else between double quotes."""
    if _SIMPLE.match(texte) and texte.lower() not in _MOTS and texte == texte.strip() and not texte.endswith(":"):
        return texte
    return '"' + _A_ECHAPPER.sub(_echappe, texte) + '"'


def _echappe(trouve: re.Match[str]) -> str:
    lettre = trouve.group()
    return _ECHAPPES.get(lettre) or (f"\\x{ord(lettre):02x}" if ord(lettre) < 256 else f"\\u{ord(lettre):04x}")
