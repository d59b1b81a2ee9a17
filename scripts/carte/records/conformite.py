"""From a parsed mapping to a `Lieu`: every fault of pydantic said in French, and a stand-in so that rules still run."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from carte.ecrits.faute import Chemin, Faute, conseil, sans_echos
from carte.ecrits.texte import citer
from carte.records.modele import Lieu
from carte.records.rules.messages import decrire

# What stands for a required value at fault; rules' complaints about it are dropped as echoes.
_REMPLACANTS: dict[str, Any] = {
    "nom": "…",
    "commune": "…",
    "source": "…",
    "operateur": "…",
    "horaires": "…",
    "frequence": "…",
    "services": ["…"],
    "accepte": False,
    "date_maj": date(2000, 1, 1),
    "verifie_le": date(2000, 1, 1),
    "du": date(2000, 1, 1),
    "au": date(2000, 1, 1),
}


def verifier(donnees: dict[str, Any], source: Callable[[Chemin], str]) -> tuple[Lieu, list[Faute]]:
    """The record, and what its shape got wrong; with blockers among them, faulty values are stand-ins.

    `source(path)` gives the text of a scalar as its author wrote it: a text field holding `36044` without quotes
    keeps exactly these characters, and an advice says to quote them.
    """
    try:
        return Lieu.model_validate(donnees), []
    except ValidationError as erreur:
        details = erreur.errors(include_url=False, include_context=True)
    donnees, fautes, details = _citer_les_nombres(copy.deepcopy(donnees), details, source)
    fautes += [decrire(detail) for detail in details]
    for entier in (False, True):
        # A second look only tells what the first one hid; a stand-in that does not fit makes way for the whole field.
        donnees = _remplacer(donnees, [detail["loc"] for detail in details], entier)
        try:
            return Lieu.model_validate(donnees), fautes
        except ValidationError as erreur:
            details = erreur.errors(include_url=False, include_context=True)
        fautes += sans_echos([decrire(detail) for detail in details], {faute.chemin for faute in fautes})
    return Lieu.model_validate(_remplacer(donnees, [detail["loc"] for detail in details], True)), fautes


def _citer_les_nombres(
    donnees: dict[str, Any], details: list[ErrorDetails], source: Callable[[Chemin], str]
) -> tuple[dict[str, Any], list[Faute], list[ErrorDetails]]:
    """Turn numbers written where a text is due back into their text; the other errors are returned."""
    fautes, autres = [], []
    for detail in details:
        if detail["type"] != "string_type" or type(detail["input"]) not in (int, float):
            autres.append(detail)
            continue
        ecrit = source(detail["loc"])
        _poser(donnees, detail["loc"], ecrit)
        message = f'Ce nombre est lu comme un texte : mettez-le entre guillemets, "{citer(ecrit)}".'
        fautes.append(conseil(detail["loc"], message, "guillemets", ecrit))
    return donnees, fautes, autres


def _remplacer(donnees: dict[str, Any], chemins: list[Chemin], entier: bool) -> dict[str, Any]:
    """Put a stand-in at each path, or in the whole top field when `entier`."""
    for chemin in chemins:
        cible = chemin[:1] if entier else chemin
        if cible[-1:] and isinstance(cible[-1], int):
            _poser(donnees, cible, "…")
        elif len(cible) == 1 and cible[0] not in Lieu.model_fields:
            donnees.pop(str(cible[0]), None)
        else:
            _poser(donnees, cible, copy.copy(_REMPLACANTS.get(str(cible[-1]))))
    return donnees


def _poser(donnees: Any, chemin: Chemin, valeur: Any) -> None:
    *parents, dernier = chemin
    for partie in parents:
        donnees = donnees[partie]
    if valeur is None and isinstance(donnees, dict):
        donnees.pop(dernier, None)
    else:
        donnees[dernier] = valeur
