"""Fetching published files: https only, resumed where they were cut, tried again when a server falters, checked whole.

Every file is asked at most once a run, and not sent again when the server says that it has not changed.
"""

import gzip
import io
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from carte.couches.brut import CouchesIndisponibles
from carte.couches.cache import Cache, Partiel, Recu
from carte.couches.controles import Controle, corps
from carte.couches.pannes import Passagere, court, hote, panne, refus, statut
from carte.couches.reponse import attente_demandee, entetes, fait_suite, version_de
from carte.couches.suivi import Suivi, mo
from carte.journal import journal

_PASSAGERS = frozenset({408, 425, 429, 500, 502, 503, 504})
_RENVOIS = frozenset({301, 302, 303, 307, 308})
_BLOC = 1 << 16
_AVANCE = 1_000_000
_MACHINE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Reglages:
    """How patient a client is. Times in seconds; the clock and the wait are given, so that tests take none."""

    essais: int = 5
    delai_s: float = 60.0
    connexion_s: float = 15.0
    attente_max_s: float = 120.0
    essai_max_s: float = 1_800.0
    renvois: int = 5
    octets_max: int = 400_000_000
    dormir: Callable[[float], None] = time.sleep
    chrono: Callable[[], float] = time.monotonic
    aujourdhui: Callable[[], date] = date.today


def origine(adresse: str) -> str:
    """« https://host:port » of an address."""
    parties = urlsplit(adresse)
    return f"{parties.scheme}://{parties.netloc}".lower()


def sure(adresse: str) -> bool:
    """Whether an address goes over https, or stays on this machine; without a name or a password in it."""
    parties = urlsplit(adresse)
    chiffree = parties.scheme == "https" or (parties.scheme == "http" and parties.hostname in _MACHINE)
    return chiffree and bool(parties.hostname) and "@" not in parties.netloc


class Client:
    """Fetches files from the servers named in `permis` (`origine` of each), and from no other."""

    def __init__(self, permis: frozenset[str], cache: Cache, reglages: Reglages | None = None) -> None:
        self._permis, self._cache, self._reglages = permis, cache, reglages or Reglages()
        self._lus: dict[str, Recu] = {}
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": "carte", "Accept": "*/*", "Accept-Encoding": "gzip"})

    def lire(self, adresse: str, controle: Controle) -> Recu:
        """The file at an address, whole, accepted by `controle`. Raises CouchesIndisponibles: what, and what to do."""
        if adresse not in self._lus:
            if not sure(adresse) or origine(adresse) not in self._permis:
                raise refus(adresse, "Carte ne demande rien à cette adresse")
            garde = self._cache.lire(adresse)
            recu = self._demander(adresse, garde)
            try:
                corps(recu.contenu, court(adresse))
                controle(recu.contenu, court(adresse))
            except CouchesIndisponibles:
                self._cache.oublier(adresse)
                raise
            if recu is not garde:
                self._cache.garder(recu)
            self._lus[adresse] = recu
        return self._lus[adresse]

    def _demander(self, adresse: str, garde: Recu | None) -> Recu:
        partiel, reglages = self._cache.partiel(adresse), self._reglages
        essai, octets = 0, partiel.octets
        while True:
            try:
                return self._essayer(adresse, garde, partiel)
            except Passagere as echec:
                # On a poor line, a long file comes in many pieces: only tries that bring nothing are counted.
                essai = 1 if partiel.octets >= octets + _AVANCE else essai + 1
                octets = partiel.octets
                attente = max(min(2.0 ** (essai - 1), reglages.attente_max_s), echec.attendre or 0.0)
                if essai >= reglages.essais or attente > reglages.attente_max_s:
                    raise self._abandon(adresse, echec, essai, partiel) from echec
                journal.info("%s : %s ; nouvel essai dans %.0f s.", court(adresse), echec.constat, attente)
                reglages.dormir(attente)

    def _abandon(self, adresse: str, echec: Passagere, essais: int, partiel: Partiel) -> CouchesIndisponibles:
        constat = f"{echec.constat}, même après {essais} essais" if essais > 1 else echec.constat
        if partiel.repris and self._cache.durable:
            recu = mo(partiel.octets)
            return refus(
                adresse,
                f"{constat} ({recu} reçus)",
                "relancez la même commande plus tard : le téléchargement reprendra où il s'est arrêté",
            )
        return refus(adresse, constat, echec.conseil)

    def _essayer(self, adresse: str, garde: Recu | None, partiel: Partiel) -> Recu:
        """One try. Raises Passagere when another one may succeed."""
        try:
            with closing(self._ouvrir(adresse, entetes(garde, partiel))) as reponse:
                if reponse.status_code == 304 and garde is not None:
                    partiel.effacer()
                    return garde
                self._verifier_statut(adresse, reponse, partiel)
                self._recevoir(adresse, reponse, partiel)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as erreur:
            raise panne(erreur, adresse, self._reglages.delai_s) from erreur
        contenu, version = self._deplier(adresse, partiel), partiel.version
        partiel.effacer()
        return Recu(contenu, adresse, self._reglages.aujourdhui(), version)

    def _ouvrir(self, adresse: str, dits: dict[str, str]) -> requests.Response:
        """The first answer that is no redirection; each is checked before it is followed."""
        vise, reglages = adresse, self._reglages
        for _ in range(reglages.renvois + 1):
            delais = (min(reglages.connexion_s, reglages.delai_s), reglages.delai_s)
            reponse = self._session.get(vise, headers=dits, stream=True, allow_redirects=False, timeout=delais)
            if reponse.status_code not in _RENVOIS or "location" not in reponse.headers:
                return reponse
            reponse.close()
            vise = urljoin(vise, reponse.headers["location"])
            self._verifier_renvoi(vise, adresse)
        raise refus(adresse, f"le serveur renvoie d'adresse en adresse sans fin (plus de {reglages.renvois} fois)")

    def _verifier_renvoi(self, vise: str, demandee: str) -> None:
        if not sure(vise):
            raise refus(demandee, f"le serveur renvoie vers {court(vise)}, qui n'est pas protégée par https")
        if origine(vise) not in self._permis:
            raise refus(demandee, f"le serveur renvoie vers {hote(vise)}, que Carte ne connaît pas")

    def _verifier_statut(self, adresse: str, reponse: requests.Response, partiel: Partiel) -> None:
        code = reponse.status_code
        if code == 416:  # the file is shorter than what was received of another version
            partiel.effacer()
            raise Passagere("le fichier a changé pendant le téléchargement")
        if code in _PASSAGERS:
            attendre = attente_demandee(reponse.headers.get("retry-after"))
            if code == 429:
                raise Passagere("le serveur reçoit trop de demandes (réponse 429)", attendre=attendre)
            raise Passagere(f"le serveur est en panne (réponse {code})", attendre=attendre)
        if code not in (200, 206):
            raise statut(adresse, code)

    def _recevoir(self, adresse: str, reponse: requests.Response, partiel: Partiel) -> None:
        """Write the answer after what was received, or from the beginning when it is of another version."""
        version = version_de(adresse, reponse)
        if reponse.status_code == 206 and not fait_suite(reponse, version, partiel):
            partiel.effacer()
            raise Passagere("le fichier a changé pendant le téléchargement")
        if reponse.status_code == 200:
            partiel.commencer(version)
        total = partiel.version.total
        if (total or 0) > self._reglages.octets_max:
            raise self._demesure(adresse)
        suivi = Suivi(adresse, total, self._reglages.chrono)
        while bloc := reponse.raw.read1(_BLOC, decode_content=False):
            partiel.ajouter(bloc)
            suivi.avancer(partiel.octets)
            if partiel.octets > self._reglages.octets_max:
                partiel.effacer()
                raise self._demesure(adresse)
            if suivi.duree_s > self._reglages.essai_max_s:
                raise Passagere(f"le serveur est trop lent ({mo(partiel.octets)} en {suivi.duree_s / 60:.0f} min)")
        if total is not None and partiel.octets != total:
            raise Passagere("la connexion est coupée avant la fin")

    def _deplier(self, adresse: str, partiel: Partiel) -> bytes:
        """The file itself, out of its packing."""
        contenu, borne = partiel.lire(), self._reglages.octets_max
        if partiel.version.codage == "gzip":
            try:
                contenu = gzip.GzipFile(fileobj=io.BytesIO(contenu)).read(borne + 1)
            except (OSError, EOFError, ValueError) as erreur:
                partiel.effacer()
                raise Passagere("le fichier reçu est abîmé (compression gzip)") from erreur
        if len(contenu) > borne:
            partiel.effacer()
            raise self._demesure(adresse)
        return contenu

    def _demesure(self, adresse: str) -> CouchesIndisponibles:
        return refus(adresse, f"le fichier dépasse {mo(self._reglages.octets_max)}, ce n'est pas celui qui est attendu")
