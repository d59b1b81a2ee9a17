"""Places as structures and services of data·inclusion v1: what that schema has words for, and nothing else.

A service of ours without a thematic there (creation, parenting, security…) is not written: another word would be a
wrong one. The type of a service, its zone and who may prescribe it are not in our records: they are left out.
"""

from collections.abc import Iterable
from typing import Any

from carte.publish.opendata.champs import champs_ecrits
from carte.records import Enregistrement
from carte.records.dires import GRATUIT, PAYANT, VENIR

SOURCE = "carte"
_THEMATIQUES = {
    "Aide aux démarches administratives": "numerique--acceder-a-des-services-en-ligne",
    "Accès internet et matériel informatique": "numerique--acceder-a-une-connexion-internet",
    "Acquisition de matériel informatique à prix solidaire": "numerique--acquerir-un-equipement",
    "Maîtrise des outils numériques du quotidien": "numerique--maitriser-les-fondamentaux-du-numerique",
}
_RESEAUX = {"France Services": "france-service", "Emmaüs Connect": "emmaus-connect", "La Croix Rouge": "croix-rouge"}
_MOBILISATIONS = {
    VENIR: "se-presenter",
    "Téléphoner": "telephoner",
    "Contacter par mail": "envoyer-un-courriel",
    "Prendre un RDV en ligne": "utiliser-lien-mobilisation",
}
_FRAIS = {GRATUIT: "gratuit", PAYANT: "payant"}
_LIEU = ("commune", "code_postal", "code_insee", "adresse", "complement_adresse", "longitude", "latitude")


def tables(enregistrements: Iterable[Enregistrement]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(structures, services). A service carries its structure, as the national exports do."""
    structures, services = [], []
    for enregistrement in enregistrements:
        champs = champs_ecrits(enregistrement)
        structure = _structure(enregistrement.identifiant, champs)
        structures.append(structure)
        services += [_service(structure, champs, nom) for nom in champs["services"] if nom in _THEMATIQUES]
    return structures, services


def _structure(identifiant: str, champs: dict[str, Any]) -> dict[str, Any]:
    pivot = str(champs.get("pivot", ""))
    reseaux = [_RESEAUX[nom] for nom in champs.get("dispositif_programmes_nationaux", ()) if nom in _RESEAUX]
    return _dites(
        id=f"{SOURCE}--{identifiant.replace('/', '-')}",
        source=SOURCE,
        nom=champs["nom"],
        siret=pivot if len(pivot) == 14 and pivot.isdigit() else None,
        description=champs.get("presentation_detail"),
        date_maj=champs["date_maj"],
        site_web=next(iter(champs.get("site_web", ())), None),
        horaires_accueil=champs.get("horaires"),
        accessibilite_lieu=champs.get("fiche_acces_libre"),
        reseaux_porteurs=reseaux,
        **_commun(champs),
    )


def _service(structure: dict[str, Any], champs: dict[str, Any], nom: str) -> dict[str, Any]:
    thematique = _THEMATIQUES[nom]
    frais = [_FRAIS.get(mot) for mot in champs.get("frais_a_charge", ())]
    a_distance = "À distance" in champs.get("modalites_accompagnement", ())
    return _dites(
        id=f"{structure['id']}-{thematique.removeprefix('numerique--')}",
        source=SOURCE,
        structure_id=structure["id"],
        nom=nom,
        date_maj=champs["date_maj"],
        thematiques=[thematique],
        frais=frais[0] if len(frais) == 1 else None,
        modes_accueil=["a-distance"] if a_distance else [],
        modes_mobilisation=[_MOBILISATIONS[m] for m in champs.get("modalites_acces", ()) if m in _MOBILISATIONS],
        lien_mobilisation=champs.get("prise_rdv"),
        horaires_accueil=champs.get("horaires"),
        **_commun(champs),
        structure=structure,
    )


def _commun(champs: dict[str, Any]) -> dict[str, Any]:
    courriel = next(iter(champs.get("courriels", ())), None)
    return {"telephone": champs.get("telephone"), "courriel": courriel, **{nom: champs.get(nom) for nom in _LIEU}}


def _dites(**valeurs: Any) -> dict[str, Any]:
    """What is known; the schema takes an absent field, never an empty text."""
    return {nom: valeur for nom, valeur in valeurs.items() if valeur not in (None, "", [])}
