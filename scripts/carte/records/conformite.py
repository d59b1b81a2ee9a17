"""From a parsed mapping to a `Lieu`: every fault of pydantic said in French, and a stand-in so that rules still run."""

import copy
from datetime import date
from typing import Any

from pydantic import ValidationError

from carte.ecrits.conformite import Source, citer_les_nombres, details_de, poser
from carte.ecrits.faute import Chemin, Faute, sans_echos
from carte.ecrits.messages import decrire
from carte.records.modele import Lieu

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


def verifier(donnees: dict[str, Any], source: Source) -> tuple[Lieu, list[Faute]]:
    """The record, and what its shape got wrong; with blockers among them, faulty values are stand-ins.

    `source(path)` gives the text of a scalar as its author wrote it: a text field holding `36044` without quotes
    keeps exactly these characters, and an advice says to quote them.
    """
    try:
        return Lieu.model_validate(donnees), []
    except ValidationError as erreur:
        details = details_de(erreur)
    donnees, fautes, details = citer_les_nombres(copy.deepcopy(donnees), details, source)
    fautes += [decrire(detail, Lieu) for detail in details]
    for entier in (False, True):
        # A second look only tells what the first one hid; a stand-in that does not fit makes way for the whole field.
        donnees = _remplacer(donnees, [detail["loc"] for detail in details], entier)
        try:
            return Lieu.model_validate(donnees), fautes
        except ValidationError as erreur:
            details = details_de(erreur)
        fautes += sans_echos([decrire(detail, Lieu) for detail in details], {faute.chemin for faute in fautes})
    return Lieu.model_validate(_remplacer(donnees, [detail["loc"] for detail in details], True)), fautes


def _remplacer(donnees: dict[str, Any], chemins: list[Chemin], entier: bool) -> dict[str, Any]:
    """Put a stand-in at each path, or in the whole top field when `entier`."""
    for chemin in chemins:
        cible = chemin[:1] if entier else chemin
        if cible[-1:] and isinstance(cible[-1], int):
            poser(donnees, cible, "…")
        elif len(cible) == 1 and cible[0] not in Lieu.model_fields:
            donnees.pop(str(cible[0]), None)
        else:
            poser(donnees, cible, copy.copy(_REMPLACANTS.get(str(cible[-1]))))
    return donnees
