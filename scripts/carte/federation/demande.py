"""Where a hub's package is taken from: its site over https, or a folder. Only that site is asked, for two files."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from carte.config import Hub
from carte.couches.adresses import publique
from carte.couches.brut import CouchesIndisponibles
from carte.couches.cache import ouvrir_cache
from carte.couches.client import Client, Reglages, origine
from carte.ecrits.octets import LectureRefusee, lire_octets
from carte.federation.modele import PaquetRefuse
from carte.federation.paquet import OCTETS_MAX

Lire = Callable[[str], bytes]
"""The bytes of a file beside the description of a package. Raises PaquetRefuse."""

DESCRIPTION = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Prudence:
    """How patient and how trusting: `permis`: hosts that may be of this machine or of a private network, for tests."""

    reglages: Reglages = field(
        default_factory=lambda: Reglages(
            essais=3, delai_s=20.0, attente_max_s=20.0, essai_max_s=180.0, octets_max=OCTETS_MAX
        )
    )
    permis: frozenset[str] = frozenset()


@contextmanager
def ouvrir(hub: Hub, prudence: Prudence) -> Iterator[Lire]:
    """What reads the files of a hub's package; nothing of it is kept on the disk."""
    if isinstance(hub.adresse, Path):
        dossier = _dossier(hub.adresse)
        yield lambda nom: _du_dossier(dossier / nom)
        return
    _verifier_hote(hub.adresse, prudence)
    with ouvrir_cache(None) as cache:
        client = Client(frozenset({origine(hub.adresse)}), cache, prudence.reglages)
        description = hub.adresse
        yield lambda nom: _du_reseau(client, urljoin(description, nom))


def _dossier(dossier: Path) -> Path:
    """The folder of open data itself, or that of a whole site."""
    return dossier if (dossier / DESCRIPTION).exists() else dossier / "donnees"


def _du_dossier(fichier: Path) -> bytes:
    try:
        return lire_octets(str(fichier), OCTETS_MAX)
    except LectureRefusee as erreur:
        raise PaquetRefuse(f"{fichier} : {erreur}") from erreur


def _du_reseau(client: Client, adresse: str) -> bytes:
    try:
        return client.lire(adresse, lambda *_: None).contenu
    except CouchesIndisponibles as erreur:
        raise PaquetRefuse(erreur.constat) from erreur
    except ValueError as erreur:  # a redirection to what is no address
        raise PaquetRefuse(f"{adresse} : le serveur renvoie vers une adresse illisible.") from erreur


def _verifier_hote(adresse: str, prudence: Prudence) -> None:
    """Raises PaquetRefuse for a host of a private network. One that has no number here is the client's to tell."""
    parties = urlsplit(adresse)
    hote = parties.hostname or ""
    if hote in prudence.permis:
        return
    try:
        trouves = socket.getaddrinfo(hote, parties.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    if not all(publique(str(numero[0])) for *_, numero in trouves):
        raise PaquetRefuse(f"{hote} est une adresse privée : elle n'est pas demandée.")
