"""A correction put over the record as it is now, field by field: what the person saw, what they say, what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from carte import records
from carte.boucle.comparer import Champ, comparer_champ
from carte.reception.bloc import empreinte
from carte.reception.modele import INTERDITS, ReceptionRefusee
from carte.records import Geographie, Lieu

Choix = Literal["fiche", "message"]
"""Who is right where both changed."""
_JOURS = ("date_maj", "verifie_le")


@dataclass(frozen=True, slots=True)
class Fusion:
    """The record to write; `gardes` and `conflits` as in `Recue`. With `conflits`, nothing is to be written."""

    lieu: Lieu
    gardes: tuple[Champ, ...] = ()
    conflits: tuple[Champ, ...] = ()


def fusionner(
    actuelle: Lieu, proposee: Lieu, vus: Mapping[str, str] | None, geographie: Geographie, choix: Choix | None = None
) -> Fusion:
    """The present record with what a message changes in it.

    `vus`: field → fingerprint of what the person saw there, for what they change; None when nobody knows: each
    difference is then a conflict. Who says to have checked the whole record speaks of every field, as they saw it.
    Without `choix`, a conflict is left; with it, that side wins. Raises ReceptionRefusee for a field that is not asked.
    """
    if interdits := [nom for nom in INTERDITS if nom in (vus or ())]:
        raise ReceptionRefusee(f"Ce message change « {interdits[0]} », que le formulaire ne demande pas.")
    verifiee = _plus_tard(actuelle, proposee, "verifie_le") if vus is None or "verifie_le" in vus else {}
    atteste = vus is not None and bool(verifiee)
    recus: dict[str, Any] = {}
    gardes, conflits = [], []
    for nom in Lieu.model_fields:
        ici, la = getattr(actuelle, nom), getattr(proposee, nom)
        if nom in _JOURS or _present(nom, ici, geographie) == _present(nom, la, geographie):
            continue
        if nom in INTERDITS or (vus is not None and nom not in vus and not atteste):
            gardes.append(comparer_champ(nom, ici, la))
        elif (vus is not None and nom in vus and vus[nom] in _empreintes(nom, ici, geographie)) or choix == "message":
            recus[nom] = la
        else:
            conflits.append(comparer_champ(nom, ici, la))
    if choix == "fiche":
        gardes, atteinte, conflits = [*gardes, *conflits], bool(conflits), []
    else:
        atteinte = False
    # A record of which a part was not kept as it was checked has not been checked.
    recus |= {} if atteinte else verifiee
    recus |= _plus_tard(actuelle, proposee, "date_maj") if recus else {}
    return Fusion(actuelle.model_copy(update=recus), tuple(gardes), tuple(conflits))


def _plus_tard(actuelle: Lieu, proposee: Lieu, nom: str) -> dict[str, Any]:
    """The day that a message gives to a field, when it is later than that of the record."""
    ici, la = getattr(actuelle, nom), getattr(proposee, nom)
    return {nom: la} if la is not None and (ici is None or la > ici) else {}


def _present(nom: str, valeur: Any, geographie: Geographie) -> Any:
    """A value as the site gives it to the form: a former commune has its present code."""
    if nom == "code_insee" and valeur is not None and geographie.statut(valeur) == "ancienne":
        return geographie.successeur(valeur) or valeur
    if nom == "tournee" and valeur is not None:
        codes = (_present("code_insee", arret.code_insee, geographie) for arret in valeur)
        return [a.model_copy(update={"code_insee": code}) for a, code in zip(valeur, codes, strict=True)]
    return valeur


def _empreintes(nom: str, valeur: Any, geographie: Geographie) -> set[str]:
    """What the form would have seen of this value."""
    return {empreinte(records.champ_entier(nom, v)) for v in (valeur, _present(nom, valeur, geographie))}
