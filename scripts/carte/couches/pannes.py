"""What can go wrong between here and a server, in one French sentence that says what to do."""

import socket
from urllib.parse import urlsplit

import requests
import urllib3

from carte.couches.brut import CouchesIndisponibles
from carte.erreurs import ErreurCarte

AILLEURS = "réessayez plus tard, ou donnez un dossier qui contient les couches (option --depuis)"
_VERIFIER = f"vérifiez l'accès au réseau, {AILLEURS}"


class Passagere(ErreurCarte):
    """A fault that may be over in a moment: `attendre` seconds when the server says how long."""

    def __init__(self, constat: str, conseil: str = AILLEURS, attendre: float | None = None) -> None:
        super().__init__(constat)
        self.constat, self.conseil, self.attendre = constat, conseil, attendre


def court(adresse: str) -> str:
    """An address without its parameters: what a person recognises."""
    return adresse.split("?", 1)[0]


def hote(adresse: str) -> str:
    """The name of a server."""
    return urlsplit(adresse).hostname or adresse


def refus(adresse: str, constat: str, conseil: str = AILLEURS) -> CouchesIndisponibles:
    """A refusal that another try would not change."""
    return CouchesIndisponibles(f"{court(adresse)} : {constat} ; {conseil}.", f"{court(adresse)} : {constat}.")


def statut(adresse: str, code: int) -> CouchesIndisponibles:
    """The refusal of a status that is not worth another try."""
    if code in (404, 410):
        constat = f"ce fichier n'existe pas à cette adresse (réponse {code})"
        return refus(adresse, constat, "il a sans doute changé de place : donnez-le dans un dossier (option --depuis)")
    if code in (401, 403, 407, 451):
        constat = f"l'accès est refusé (réponse {code})"
        conseil = (
            "vérifiez que ce réseau laisse passer, ou donnez un dossier qui contient les couches (option --depuis)"
        )
        return refus(adresse, constat, conseil)
    return refus(adresse, f"réponse inattendue ({code})")


def panne(erreur: Exception, adresse: str, delai_s: float) -> Passagere | CouchesIndisponibles:
    """What a library's exception means: something that may pass, or a refusal."""
    causes = list(_causes(erreur))
    if any(isinstance(cause, requests.exceptions.SSLError | urllib3.exceptions.SSLError) for cause in causes):
        return refus(
            adresse,
            f"le certificat de {hote(adresse)} n'est pas reconnu",
            "derrière le proxy d'une administration, demandez son certificat à votre service informatique "
            "(variable REQUESTS_CA_BUNDLE)",
        )
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return Passagere(f"{hote(adresse)} est introuvable", _VERIFIER)
    # Before the time-outs: urllib3 counts a refused connection as one.
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return Passagere(f"{hote(adresse)} refuse la connexion", _VERIFIER)
    if any(isinstance(cause, TimeoutError | urllib3.exceptions.TimeoutError | requests.Timeout) for cause in causes):
        return Passagere(f"le serveur ne répond plus (rien reçu pendant {delai_s:g} s)")
    return Passagere("la connexion est coupée avant la fin", _VERIFIER)


def _causes(erreur: BaseException | None) -> list[BaseException]:
    """An exception and all that it carries: libraries wrap the system's own in several layers."""
    trouvees: list[BaseException] = []
    a_voir = [erreur]
    while a_voir:
        vue = a_voir.pop()
        if isinstance(vue, BaseException) and vue not in trouvees:
            trouvees.append(vue)
            a_voir += [vue.__cause__, vue.__context__, getattr(vue, "reason", None), *vue.args]
    return trouvees
