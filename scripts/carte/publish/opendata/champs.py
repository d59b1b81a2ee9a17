"""The fields that a record really has, as JSON values: what every form of the open data is made of."""

from typing import Any

from carte.records import Enregistrement, Lieu


def champs(lieu: Lieu) -> dict[str, Any]:
    """The fields a record really has, as JSON values; what is unknown is absent."""
    return lieu.model_dump(mode="json", exclude_none=True)


def champs_ecrits(enregistrement: Enregistrement) -> dict[str, Any]:
    """The fields of a record, an arrondissement's code given back as it was written, for the place and its stops."""
    lieu, valeurs = enregistrement.lieu, champs(enregistrement.lieu)
    if trouve := enregistrement.arrondissement(lieu):
        valeurs["code_insee"] = trouve.code
    for arret, ecrit in zip(lieu.tournee or (), valeurs.get("tournee", ()), strict=True):
        if trouve := enregistrement.arrondissement(arret):
            ecrit["code_insee"] = trouve.code
    return valeurs
