"""The canonical layout of a record: fields in the model's order, block lists, one way to write each value."""

import re
from datetime import date
from typing import Any

from pydantic import BaseModel

from carte.ecrits.faute import Chemin
from carte.records.commentaires import Commentaires, Ligne, lire_commentaires, reporter
from carte.records.modele import Lieu

A_COMPLETER = "a_completer"
"""What a file writes at its head when it is not a record to publish yet."""
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
    return mise_en_page(lieu, a_completer=not lieu.services)


def mise_en_page(lieu: Lieu, *, a_completer: bool, commentaires: Commentaires | None = None) -> str:
    """A record as its file, with the mark of one that is not published yet and the comments that people wrote."""
    marque = [Ligne(((A_COMPLETER,),), f"{A_COMPLETER}: true")] if a_completer else []
    lignes = [*marque, *_lignes_table(_contenu(lieu), "", ())]
    rendues = [ligne.texte for ligne in lignes] if commentaires is None else reporter(lignes, commentaires)
    return "\n".join([ENTETE, *(ligne for ligne in rendues if not _est_entete(ligne)), ""])


def champ_ecrit(nom: str, valeur: Any) -> list[str]:
    """The lines of one field as a record writes it, without its name: a list without its first margin."""
    premiere, *suite = [ligne.texte for ligne in _lignes_champ(f"{nom}:", valeur, "", (nom,))]
    return [ligne.removeprefix("  ") for ligne in suite] or [premiere.removeprefix(f"{nom}: ")]


def champ_entier(nom: str, valeur: Any) -> str:
    """The lines of one field as a record writes it, with its name, without final newline; empty for None."""
    return "" if valeur is None else "\n".join(ligne.texte for ligne in _lignes_champ(f"{nom}:", valeur, "", (nom,)))


def nombre_de_commentaires(octets: bytes) -> int:
    """How many comments people wrote in a readable file, without the one that names its schema."""
    if b"#" not in octets.replace(ENTETE.encode(), b"", 1):
        return 0  # most records: nothing to look for
    lus = lire_commentaires(octets)
    rattaches = (c for places in (lus.avant, lus.apres) for ceux in places.values() for c in ceux)
    return sum(not _est_entete(c) for c in (*lus.tete, *rattaches, *lus.pied))


def _est_entete(ligne: str) -> bool:
    return ligne.startswith(ENTETE.partition("$")[0].rstrip())


def _contenu(objet: BaseModel) -> dict[str, Any]:
    """The fields that say something, in the model's order."""
    champs = ((nom, getattr(objet, nom)) for nom in type(objet).model_fields)
    return {nom: valeur for nom, valeur in champs if valeur is not None}


def _lignes_table(table: dict[str, Any], retrait: str, chemin: Chemin) -> list[Ligne]:
    lignes = []
    for cle, valeur in table.items():
        lignes += _lignes_champ(f"{retrait}{_texte(cle)}:", valeur, retrait, (*chemin, cle))
    return lignes


def _lignes_champ(cle: str, valeur: Any, retrait: str, chemin: Chemin) -> list[Ligne]:
    if isinstance(valeur, BaseModel):
        valeur = _contenu(valeur)
    if isinstance(valeur, dict):
        suite = _lignes_table(valeur, f"{retrait}  ", chemin)
        return [Ligne((chemin,), cle), *suite] if suite else [Ligne((chemin,), f"{cle} {{}}")]
    if isinstance(valeur, list):
        elements = (_lignes_element(v, f"{retrait}  ", (*chemin, rang)) for rang, v in enumerate(valeur))
        suite = [ligne for element in elements for ligne in element]
        return [Ligne((chemin,), cle), *suite] if suite else [Ligne((chemin,), f"{cle} []")]
    return [Ligne((chemin,), f"{cle} {_scalaire(valeur)}")]


def _lignes_element(valeur: Any, retrait: str, chemin: Chemin) -> list[Ligne]:
    """A list element: its first line starts with a dash, and is both the element's and its first key's."""
    if not isinstance(valeur, BaseModel):
        return [Ligne((chemin,), f"{retrait}- {_scalaire(valeur)}")]
    lignes = _lignes_table(_contenu(valeur), f"{retrait}  ", chemin)
    if not lignes:
        return [Ligne((chemin,), f"{retrait}- {{}}")]
    return [Ligne((chemin, *lignes[0].chemins), f"{retrait}- {lignes[0].texte.lstrip()}"), *lignes[1:]]


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
