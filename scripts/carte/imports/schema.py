"""JSON Schema of a mapping, for editors: made from its model, never by hand."""

import json
from pathlib import Path
from typing import Any

from carte.imports.champs import CHAMPS
from carte.imports.correspondance import CorrespondanceEcrite

NOM = "correspondance.schema.json"
FICHIER = Path(__file__).parent / "sources" / NOM


def en_json() -> str:
    """The schema as written to disk: indented, accents kept, one final newline."""
    schema = _sans_docstrings(CorrespondanceEcrite.model_json_schema())
    champs = schema["properties"]["champs"]
    # The editor proposes the names of fields, and underlines the others.
    champs["propertyNames"] = {"enum": list(CHAMPS)}
    entete = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Une correspondance d'import : quelle colonne donne quel champ",
    }
    return json.dumps({**schema, **entete}, ensure_ascii=False, indent=1) + "\n"


def _sans_docstrings(noeud: Any) -> Any:
    """Descriptions of models are for programmers, titles repeat names: what the editor shows is the fields' own."""
    if isinstance(noeud, list):
        return [_sans_docstrings(element) for element in noeud]
    if not isinstance(noeud, dict):
        return noeud
    modele = noeud.get("type") == "object" and "properties" in noeud
    retires = {"title", "description"} if modele else {"title"}
    gardes = {cle: valeur for cle, valeur in noeud.items() if cle not in retires or isinstance(valeur, dict)}
    return {cle: _sans_docstrings(valeur) for cle, valeur in gardes.items()}
