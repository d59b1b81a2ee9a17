"""What to bring: plain general advice by family of services, worded here; the place alone knows what it asks for."""

from collections.abc import Iterable

DEMARCHES = (
    "Une pièce d’identité",
    "Les courriers reçus au sujet de la démarche",
    "Vos numéros, si vous en avez : sécurité sociale, allocataire, fiscal",
    "Vos mots de passe : tapez-les vous-même, ne les donnez à personne",
)
TELEPHONE = "Votre téléphone, chargé : un code peut y arriver"
FORMATION = "Votre ordinateur, tablette ou téléphone, si vous voulez apprendre dessus"
EQUIPEMENT = "Vos fichiers à imprimer, par exemple sur une clé USB"
ACHAT = "Un justificatif de vos ressources, pour acheter du matériel à petit prix"
_SERVICE_ACHAT = "Acquisition de matériel informatique à prix solidaire"
_SERVICE_ACCES = "Accès internet et matériel informatique"


def a_apporter(familles: Iterable[str], services: Iterable[str]) -> list[str]:
    """The advice for a place, from the keys of its families of services and its services; never empty."""
    presentes, rendus = set(familles), set(services)
    conseils = list(DEMARCHES) if "demarches" in presentes else []
    conseils.append(TELEPHONE)
    if "formation" in presentes:
        conseils.append(FORMATION)
    if _SERVICE_ACCES in rendus:
        conseils.append(EQUIPEMENT)
    if _SERVICE_ACHAT in rendus:
        conseils.append(ACHAT)
    # A colon never starts a line.
    return [conseil.replace(" :", "\u00a0:") for conseil in conseils]
