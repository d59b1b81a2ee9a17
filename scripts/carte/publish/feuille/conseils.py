"""What to bring: plain general advice by family of services, worded here; the place alone knows what it asks for."""

from collections.abc import Iterable

DEMARCHES = (
    "Une pièce d’identité",
    "Les courriers reçus au sujet de votre démarche",
    "Votre numéro de sécurité sociale, d’allocataire ou fiscal, si vous en avez un",
    "Vos identifiants et mots de passe, si vous les avez. Tapez-les vous-même : ne les donnez à personne",
)
TELEPHONE = "Votre téléphone, chargé : un code peut y être envoyé"
FORMATION = "Votre ordinateur, votre tablette ou votre téléphone, avec son chargeur, si vous voulez apprendre dessus"
EQUIPEMENT = "Une clé USB ou les fichiers à imprimer, si vous en avez"
ACHAT = "Pour acheter du matériel à petit prix : un justificatif de vos ressources, s’il est demandé"
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
    return conseils
