"""What the form knows of a record: the fields of the model, its vocabularies and the tables of its rules, as JSON.

Taken from the model and from the rules themselves: nothing here is written twice.
"""

from collections.abc import Mapping
from typing import Any

from carte.ecrits import silences
from carte.ecrits.formes import DOMAINES_PRIVES
from carte.nomenclature import Vocabulaire
from carte.records import dires, personnes
from carte.records.modele import Lieu
from carte.records.rules import contenu, telephone
from carte.records.rules import personnes as avis_personnes
from carte.records.rules import textes as avis_textes
from carte.records.schema import json_schema

Noeud = dict[str, Any]


def modele(vocabulaires: Mapping[str, Vocabulaire]) -> dict[str, Any]:
    """JSON values: `champs` (the record's fields, in its order, see `_champ`), `parties` (name → fields),
    `vocabulaires` (name → values and words without home), `refuses` (fields refused, and why), `autresNoms` (what
    people call a field → what they may mean), and the tables of the rules: `boites`
    (degrees), `moyens`, `itinerant`, `prives`, `personnes`, `telephone`.

    Raises NomenclatureInvalide when a field's vocabulary is missing.
    """
    schema = json_schema(vocabulaires)
    proprietes = {nom: noeud for nom, noeud in schema["properties"].items() if nom in Lieu.model_fields}
    return {
        "champs": _champs(proprietes, schema["required"]),
        "parties": {nom: _champs(p["properties"], p["required"]) for nom, p in schema["$defs"].items()},
        "vocabulaires": {nom: _vocabulaire(vocabulaire) for nom, vocabulaire in vocabulaires.items()},
        "refuses": Lieu.CHAMPS_REFUSES,
        "autresNoms": Lieu.AUTRES_NOMS,
        "boites": contenu.BOITES,
        "moyens": contenu.MOYENS,
        "itinerant": dires.ITINERANT,
        "prives": DOMAINES_PRIVES,
        "personnes": _personnes(),
        "silences": _silences(),
        "telephone": {
            "outreMer": telephone.OUTRE_MER,
            "partages": telephone.PARTAGES,
            "chiffres": telephone.CHIFFRES,
        },
    }


def _silences() -> dict[str, Any]:
    """Words and phrases of the rule on texts that say nothing."""
    return {
        "mots": sorted(silences.MOTS),
        "long": silences.LE_PLUS_LONG,
        "facultatif": avis_textes.FACULTATIF,
        "obligatoire": avis_textes.OBLIGATOIRE,
        "saut": avis_textes.SAUT,
    }


def _personnes() -> dict[str, Any]:
    """What tells somebody from a place, and the words of the advice."""
    listes = {
        "prenoms": personnes.PRENOMS,
        "fournisseurs": personnes.GRAND_PUBLIC,
        "lieux": personnes.LIEUX,
        "services": personnes.SERVICES,
        "titres": personnes.TITRES,
        "sansNom": avis_personnes.SANS_NOM,
    }
    return {
        **{nom: sorted(mots) for nom, mots in listes.items()},
        "mobiles": personnes.MOBILES,
        "phrases": avis_personnes.PHRASES,
        "accord": avis_personnes.AVEC_ACCORD,
    }


def _champs(proprietes: Mapping[str, Noeud], requis: list[str]) -> list[Noeud]:
    return [_champ(nom, noeud, nom in requis) for nom, noeud in proprietes.items()]


def _champ(nom: str, noeud: Noeud, requis: bool) -> Noeud:
    """`sorte`: texte, date, nombre, entier, oui_non or partie; `liste` and `table` (by key) say how many it holds.

    What says nothing (no bound, no vocabulary, not required) is left out.
    """
    cible, forme = _contenu(noeud)
    champ = {
        "nom": nom,
        "titre": noeud["title"],
        "aide": noeud["description"],
        "sorte": _sorte(cible),
        "requis": requis,
        "liste": forme == "liste",
        "table": forme == "table",
        "partie": cible["$ref"].rpartition("/")[2] if "$ref" in cible else None,
        "court": cible.get("minLength"),
        "long": cible.get("maxLength"),
        "min": cible.get("minimum"),
        "max": cible.get("maximum"),
        "moins": noeud.get("minItems"),
        "vocabulaire": cible.get("x-vocabulaire"),
        "forme": cible.get("x-forme"),
        "exemple": (cible.get("examples") or noeud.get("examples") or [None])[0],
    }
    return {cle: valeur for cle, valeur in champ.items() if valeur is not None and valeur is not False}


def _contenu(noeud: Noeud) -> tuple[Noeud, str]:
    """The node of one value, and what holds the values: `liste`, `table` or nothing."""
    if "items" in noeud:
        return noeud["items"], "liste"
    if isinstance(noeud.get("additionalProperties"), dict):
        return noeud["additionalProperties"], "table"
    pleines = [branche for branche in noeud.get("anyOf", ()) if branche != {"type": "null"}]
    return (pleines[0] if pleines else noeud), ""


def _sorte(cible: Noeud) -> str:
    if "$ref" in cible:
        return "partie"
    if cible.get("format") == "date":
        return "date"
    types = cible["type"] if isinstance(cible["type"], list) else [cible["type"]]
    return {"string": "texte", "number": "nombre", "integer": "entier", "boolean": "oui_non"}[types[0]]


def _vocabulaire(vocabulaire: Vocabulaire) -> dict[str, Any]:
    """`valeurs`: [value, label, description, other spellings, words of 2022, services of a need, family]."""
    return {
        "valeurs": [
            [v.valeur, v.libelle, v.description, list(v.alias), list(v.valeurs_2022), list(v.services), v.famille or ""]
            for v in vocabulaire
        ],
        "sans": [[s.valeur, s.raison] for s in vocabulaire.sans_equivalent],
    }
