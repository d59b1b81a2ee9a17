"""The fields that a mapping may fill, and of what kind each is: read from the model of records, never listed twice."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from carte.records.modele import Accessibilite, Equipements, Lieu, Vocab

# Made by the import itself, or too deep for one column.
_A_PART = {
    *("commune", "code_insee", "latitude", "longitude", "horaires", "date_maj", "services", "provenance"),
    *("permanences", "tournee", "fermetures", "pass_numerique", "anciens_identifiants", "accessibilite"),
    *("tournee_a_preciser", "doublon_de", "distinct_de"),
    *("equipements", "date_ouverture", "date_fermeture", "verifie_le"),
}
SITUATION = ("commune", "code_insee", "adresse_complete")
"""What tells where the row lies. `adresse_complete`: street, postal code and commune in one cell."""
_PARTIES: dict[str, type[BaseModel]] = {"accessibilite": Accessibilite, "equipements": Equipements}


def _morceaux(annotation: Any) -> Iterator[Any]:
    yield annotation
    for morceau in get_args(annotation):
        yield from _morceaux(morceau)


def _vocabulaire(nom: str) -> str | None:
    champ = Lieu.model_fields[nom]
    marques = (*champ.metadata, *_morceaux(champ.annotation))
    return next((marque.nom for marque in marques if isinstance(marque, Vocab)), None)


VOCABULAIRES: dict[str, str] = {
    nom: vocabulaire for nom in Lieu.model_fields if nom not in _A_PART if (vocabulaire := _vocabulaire(nom))
} | {"labels": "labels"}
"""Field whose values are those of a vocabulary → its name."""
COCHABLES = tuple(nom for nom in VOCABULAIRES if nom != "labels")
"""Lists to which a ticked box adds a value."""
SOUS_CHAMPS: dict[str, type] = {
    f"{partie}.{nom}": next(t for t in (bool, int, str) if t in (*_morceaux(champ.annotation),))
    for partie, modele in _PARTIES.items()
    for nom, champ in modele.model_fields.items()
}
"""`accessibilite.fauteuil`, `equipements.postes`… → bool, int or str."""
TEXTES = tuple(nom for nom in Lieu.model_fields if nom not in _A_PART and nom not in VOCABULAIRES)
CHAMPS = (*SITUATION, *TEXTES, *VOCABULAIRES, *SOUS_CHAMPS)
