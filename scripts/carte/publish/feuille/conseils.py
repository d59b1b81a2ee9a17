"""What to bring: plain general advice by family of services; the place alone knows what it asks for.

The words are those of `site_src/langues/feuille.yml`, by the keys given here.
"""

from collections.abc import Iterable

from carte.publish.feuille.langues import mots_francais

DEMARCHES = ("identite", "courriers", "numeros", "motsDePasse")
_SERVICE_ACHAT = "Acquisition de matériel informatique à prix solidaire"
_SERVICE_ACCES = "Accès internet et matériel informatique"


def cles_a_apporter(familles: Iterable[str], services: Iterable[str]) -> list[str]:
    """The keys of the advice for a place, from the keys of its families of services and its services; never empty."""
    presentes, rendus = set(familles), set(services)
    cles = list(DEMARCHES) if "demarches" in presentes else []
    cles.append("portable")
    if "formation" in presentes:
        cles.append("appareil")
    if _SERVICE_ACCES in rendus:
        cles.append("fichiers")
    if _SERVICE_ACHAT in rendus:
        cles.append("ressources")
    return cles


def a_apporter(familles: Iterable[str], services: Iterable[str]) -> list[str]:
    """The same in French. A colon never starts a line."""
    mots = mots_francais()
    return [mots[cle].replace(" :", "\u00a0:") for cle in cles_a_apporter(familles, services)]
