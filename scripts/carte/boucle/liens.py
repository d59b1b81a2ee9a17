"""Looking at the addresses that records give: politely, one request at a time for each site, and at public sites only.

An address comes from a record, so from anybody: its name is resolved here, what it resolves to is checked, and the
connection goes to the very number that was checked. Nothing that a server says is kept but the number of its answer.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from carte.couches.adresses import publique
from carte.erreurs import ErreurCarte
from carte.publish.relecture.liens import Etat

Constat = tuple[Etat, str]
"""A state, and why, in our own words."""

_Numero = tuple[int, tuple[object, ...]]
_RENVOIS = frozenset({301, 302, 303, 307, 308})
_DISPARUS = frozenset({404, 410})
_TROP = 429
_PORTS = {"http": 80, "https": 443}
_SURS = "/%:@!$&'()*+,;=~-._?"
_QUI = "carte (relecture des liens)"
_SANS_RESEAU = (Etat.INCONNU, "aucun site n’a répondu : le réseau manque sans doute")
_TROP_TARD = (Etat.INCONNU, "le temps accordé était fini")
_PRIVEE = (Etat.INCONNU, "adresse privée : elle n’est pas visitée")
_ILLISIBLE = (Etat.INCONNU, "adresse que Carte ne sait pas visiter")


@dataclass(frozen=True, slots=True)
class Reglages:
    """How much is asked, and how long. Times in seconds; `permis`: hosts visited although private, for tests."""

    sites: int = 8
    pause_s: float = 1.0
    delai_s: float = 10.0
    visite_max_s: float = 20.0
    duree_s: float = 600.0
    renvois: int = 5
    permis: frozenset[str] = frozenset()
    dormir: Callable[[float], object] = time.sleep
    chrono: Callable[[], float] = time.monotonic


class _Refus(ErreurCarte):
    """An address that is not visited, or a visit that failed."""

    def __init__(self, constat: Constat) -> None:
        self.constat = constat
        super().__init__(constat[1])


@dataclass(slots=True)
class _Visiteur:
    """One run: `repondu` once any site has answered anything, which proves that there is a network."""

    reglages: Reglages
    fin: float
    repondu: threading.Event = field(default_factory=threading.Event)

    def site(self, adresses: Sequence[str]) -> dict[str, Constat]:
        """The addresses of one site, one after the other; a site that does not answer is not asked again."""
        constats: dict[str, Constat] = {}
        arret: Constat | None = None
        for rang, adresse in enumerate(adresses):
            if arret is None and rang:
                self.reglages.dormir(self.reglages.pause_s)
            if arret is None and self.reglages.chrono() >= self.fin:
                arret = _TROP_TARD
            if arret is not None:
                constats[adresse] = arret
                continue
            constat, code = self.visiter(adresse)
            constats[adresse] = constat
            if code == _TROP or (code is None and constat[0] is Etat.INJOIGNABLE):
                arret = constat
        return constats

    def visiter(self, adresse: str) -> tuple[Constat, int | None]:
        """What is known of an address, and the number of the answer when there was one."""
        code = None
        try:
            for _ in range(self.reglages.renvois + 1):
                code, suite = self._demander("HEAD", adresse)
                if code >= 400 and code != _TROP:
                    # Some servers know their pages only when they are asked for whole.
                    code, suite = self._demander("GET", adresse)
                if code not in _RENVOIS or not suite:
                    return _constat(code), code
                adresse = urljoin(adresse, suite)
        except _Refus as refus:
            return refus.constat, code
        except ValueError:  # an address, or where a server sends to, that has no such form
            return _ILLISIBLE, code
        return (Etat.INJOIGNABLE, "trop de renvois"), code

    def _demander(self, methode: str, adresse: str) -> tuple[int, str]:
        """Number of the answer, and where it sends to. Raises _Refus or ValueError."""
        parties = urlsplit(adresse)
        hote, port = parties.hostname, parties.port or _PORTS.get(parties.scheme)
        if not hote or port is None or parties.scheme not in _PORTS or parties.username is not None:
            raise _Refus(_ILLISIBLE)
        nom = hote if hote.isascii() else hote.encode("idna").decode()
        numeros = self._numeros(nom, port)
        cible = quote(parties.path or "/", safe=_SURS) + (
            f"?{quote(parties.query, safe=_SURS)}" if parties.query else ""
        )
        demande = parties.netloc if hote.isascii() else nom
        entetes = {"Host": demande, "User-Agent": _QUI, "Accept": "*/*", "Connection": "close"}
        try:
            with closing(self._connecter(numeros, nom, chiffre=parties.scheme == "https")) as prise:
                with _bornee(prise, self.reglages.visite_max_s):
                    code, suite = _echanger(prise, methode, cible, entetes)
                self.repondu.set()
                return code, suite
        except ssl.SSLCertVerificationError as refus:
            self.repondu.set()
            raise _Refus((Etat.INJOIGNABLE, "certificat refusé")) from refus
        except TimeoutError as refus:
            raise _Refus((Etat.INJOIGNABLE, "pas de réponse à temps")) from refus
        except OSError as refus:
            raise _Refus((Etat.INJOIGNABLE, "connexion impossible")) from refus
        except http.client.HTTPException as refus:
            raise _Refus((Etat.INJOIGNABLE, "réponse incompréhensible")) from refus

    def _numeros(self, hote: str, port: int) -> list[_Numero]:
        """Family and number of each address of a host, all of them public. Raises _Refus."""
        try:
            trouves = socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM)
        except socket.gaierror as refus:
            raise _Refus((Etat.INJOIGNABLE, "nom de site inconnu")) from refus
        numeros: list[_Numero] = [(famille, numero) for famille, _, _, _, numero in trouves]
        if hote not in self.reglages.permis:
            if not all(publique(str(numero[0])) for _, numero in numeros):
                raise _Refus(_PRIVEE)
            if port not in _PORTS.values():
                raise _Refus(_ILLISIBLE)
        return numeros

    def _connecter(self, numeros: Iterable[_Numero], nom: str, *, chiffre: bool) -> socket.socket:
        """A connection to the first number that accepts one; its handshake is to be made. Raises OSError."""
        echec: OSError = TimeoutError()
        for famille, numero in numeros:
            prise = socket.socket(famille, socket.SOCK_STREAM)
            prise.settimeout(self.reglages.delai_s)
            try:
                prise.connect(numero)
            except OSError as refus:
                prise.close()
                echec = refus
                continue
            if not chiffre:
                return prise
            contexte = ssl.create_default_context()
            return contexte.wrap_socket(prise, server_hostname=nom, do_handshake_on_connect=False)
        raise echec


def _echanger(prise: socket.socket, methode: str, cible: str, entetes: Mapping[str, str]) -> tuple[int, str]:
    """Number of the answer, and where it sends to; what follows is not read. Raises OSError or HTTPException."""
    if isinstance(prise, ssl.SSLSocket):
        prise.do_handshake()
    connexion = http.client.HTTPConnection(entetes["Host"])
    connexion.sock = prise
    connexion.request(methode, cible, headers=dict(entetes))
    reponse = connexion.getresponse()
    return reponse.status, reponse.headers.get("Location", "")


@contextmanager
def _bornee(prise: socket.socket, secondes: float) -> Iterator[None]:
    """A whole visit ends in time, even when each of its bytes does."""

    def couper() -> None:
        with suppress(OSError):  # it has just ended by itself
            socket.socket.shutdown(prise, socket.SHUT_RDWR)

    garde = threading.Timer(secondes, couper)
    garde.daemon = True
    garde.start()
    try:
        yield
    finally:
        garde.cancel()


def verifier(adresses: Sequence[str], reglages: Reglages | None = None) -> dict[str, Constat]:
    """Look at each address, in the order given as far as time allows; those that do not answer, twice.

    When no site at all answers, nothing is said of any: the network is missing.
    """
    reglages = reglages or Reglages()
    visiteur = _Visiteur(reglages, reglages.chrono() + reglages.duree_s)
    constats = _tous(visiteur, adresses)
    if not visiteur.repondu.is_set():
        return {adresse: _SANS_RESEAU if c[0] is Etat.INJOIGNABLE else c for adresse, c in constats.items()}
    encore = [adresse for adresse, constat in constats.items() if constat[0] is Etat.INJOIGNABLE]
    seconds = _tous(visiteur, encore)
    return constats | {adresse: constat for adresse, constat in seconds.items() if constat != _TROP_TARD}


def sans_reseau(constats: Mapping[str, Constat]) -> bool:
    """Whether `verifier` found no network at all."""
    return _SANS_RESEAU in constats.values()


def _tous(visiteur: _Visiteur, adresses: Iterable[str]) -> dict[str, Constat]:
    """Several sites at once, each of them one address at a time."""
    par_site: dict[str, list[str]] = {}
    for adresse in dict.fromkeys(adresses):
        par_site.setdefault(_site(adresse), []).append(adresse)
    with ThreadPoolExecutor(visiteur.reglages.sites) as bassin:
        resultats = bassin.map(visiteur.site, par_site.values())
        return {adresse: constat for constats in resultats for adresse, constat in constats.items()}


def _site(adresse: str) -> str:
    try:
        return (urlsplit(adresse).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _constat(code: int) -> Constat:
    if 200 <= code < 300:
        return Etat.EXISTE, ""
    if code in _DISPARUS:
        return Etat.DISPARU, f"erreur {code}"
    if code >= 500:
        return Etat.INJOIGNABLE, f"erreur {code}"
    return Etat.INCONNU, f"le site ne répond pas aux programmes ({code})"
