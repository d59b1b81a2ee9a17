"""JSON Schema (draft 2020-12) of a record, for editors: made from the model and the vocabularies, never by hand.

`enumDescriptions`, `markdownDescription` and `patternErrorMessage` are read by the YAML extension of VS Code and
ignored by validators; `x-vocabulaire` and `x-forme` keep the model's markers for the documentation.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from carte.nomenclature import NomenclatureInvalide, Valeur, Vocabulaire
from carte.records.champs import CHAMPS, FORMES, PARTIES, Champ
from carte.records.modele import Forme, Lieu, Vocab

_DIALECTE = "https://json-schema.org/draft/2020-12/schema"
_MOTIF_DATE = r"^\d{4}-\d{2}-\d{2}$"
_AIDE_DATE = "Une date s'écrit année-mois-jour, par exemple 2026-11-02."
_AIDE_FACULTATIF = "*Facultatif. Si vous ne savez pas, n'écrivez pas cette ligne : ne rien dire ne veut pas dire non.*"

Noeud = dict[str, Any]
# A mark of the file, not a field of the place: an import writes it, whoever completes the record takes it away.
_A_COMPLETER: Noeud = {
    "title": "À compléter",
    "description": "La fiche n'est pas publiée : il lui manque quelque chose. Retirez cette ligne quand elle est prête",
    "markdownDescription": "La fiche n'est pas publiée : il lui manque quelque chose. Retirez cette ligne ensuite.",
    "type": "boolean",
}


def json_schema(vocabulaires: Mapping[str, Vocabulaire]) -> Noeud:
    """Schema of one record. Raises NomenclatureInvalide when a field's vocabulary is missing."""
    brut = Lieu.model_json_schema()
    racine, *morceaux = parties()
    definitions = {m.__name__: _partie(m, brut["$defs"][m.__name__], vocabulaires) for m in morceaux}
    fiche = _partie(racine, brut, vocabulaires)
    fiche["properties"] = {**fiche["properties"], "a_completer": _A_COMPLETER}
    return {"$schema": _DIALECTE, **fiche, "$defs": definitions}


def to_json(vocabulaires: Mapping[str, Vocabulaire]) -> str:
    """The schema as written to disk: indented, accents kept, one final newline."""
    return json.dumps(json_schema(vocabulaires), ensure_ascii=False, indent=2) + "\n"


def parties() -> Iterator[type[BaseModel]]:
    """The record's model, then each model found in its fields, in their order."""
    yield Lieu
    for champ in Lieu.model_fields.values():
        for morceau in _morceaux(champ.annotation):
            if isinstance(morceau, type) and issubclass(morceau, BaseModel):
                yield morceau


def _partie(modele: type[BaseModel], noeud: Noeud, vocabulaires: Mapping[str, Vocabulaire]) -> Noeud:
    proprietes = {
        nom: _propriete(modele.model_fields[nom], CHAMPS[modele.__name__][nom], propriete, vocabulaires)
        for nom, propriete in noeud["properties"].items()
    }
    return {
        "title": PARTIES[modele.__name__],
        "type": "object",
        "additionalProperties": False,
        "required": noeud.get("required", []),
        "properties": proprietes,
    }


def _propriete(champ: FieldInfo, presentation: Champ, brut: Noeud, vocabulaires: Mapping[str, Vocabulaire]) -> Noeud:
    description = str(champ.description)
    noeud = _sans_alternative_nulle(brut)
    # An element of a list carries the marker; a plain text carries it itself.
    cible = noeud.get("items", noeud)
    aides = [*_marquer(cible, noeud, champ, vocabulaires), *_dater(cible)]
    if presentation.exemple is not None:
        cible["examples"] = [presentation.exemple]
    if not champ.is_required():
        aides.append(_AIDE_FACULTATIF)
    return {
        "title": presentation.titre,
        "description": description,
        "markdownDescription": "\n\n".join([_phrase(description), *aides]),
        **noeud,
    }


def _phrase(texte: str) -> str:
    return texte if texte.endswith(("?", "…", ".")) else f"{texte}."


def _sans_alternative_nulle(brut: Noeud) -> Noeud:
    """The property without pydantic's own title, default and `anyOf [x, null]`: `type: [x, null]` reads better."""
    noeud = {nom: valeur for nom, valeur in brut.items() if nom not in ("title", "description", "default")}
    branches = noeud.get("anyOf", [])
    pleines = [branche for branche in branches if branche != {"type": "null"}]
    if len(branches) != 2 or len(pleines) != 1 or "type" not in pleines[0]:
        return noeud
    return {**pleines[0], "type": [pleines[0]["type"], "null"]}


def _marquer(cible: Noeud, noeud: Noeud, champ: FieldInfo, vocabulaires: Mapping[str, Vocabulaire]) -> Iterator[str]:
    """Writes the field's markers into the schema; yields the help they bring."""
    for marqueur in (*champ.metadata, *_morceaux(champ.annotation)):
        if isinstance(marqueur, Vocab):
            cible.update(_enumeration(marqueur.nom, vocabulaires))
            if cible is not noeud:
                noeud["uniqueItems"] = True
        elif isinstance(marqueur, Forme):
            cible.update(_motif(marqueur.nom))
            yield FORMES[marqueur.nom].aide


def _enumeration(nom: str, vocabulaires: Mapping[str, Vocabulaire]) -> Noeud:
    if nom not in vocabulaires:
        raise NomenclatureInvalide(f"Le vocabulaire « {nom} » manque : ajoutez le fichier {nom}.yml.")
    valeurs = vocabulaires[nom].valeurs
    return {
        "enum": [valeur.valeur for valeur in valeurs],
        "enumDescriptions": [_presentation(valeur) for valeur in valeurs],
        "x-vocabulaire": nom,
    }


def _presentation(valeur: Valeur) -> str:
    return f"{valeur.libelle}. {valeur.description}".strip() if valeur.description else valeur.libelle


def _motif(nom: str) -> Noeud:
    forme = FORMES[nom]
    motif = {"pattern": forme.motif, "patternErrorMessage": forme.aide} if forme.motif else {}
    return {**motif, "x-forme": nom}


def _dater(cible: Noeud) -> Iterator[str]:
    """`format: date` is only a note to most validators: the pattern makes it a rule."""
    if cible.get("format") == "date":
        cible.update({"pattern": _MOTIF_DATE, "patternErrorMessage": _AIDE_DATE})
        yield _AIDE_DATE


def _morceaux(annotation: object) -> Iterator[object]:
    """Everything inside an annotation: `list[Annotated[str, Vocab(…)]] | None` gives the list, str, the marker…"""
    yield annotation
    for morceau in get_args(annotation):
        yield from _morceaux(morceau)
