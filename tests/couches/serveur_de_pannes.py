"""A web server of this machine that fails on demand: each request to a file meets the next of its faults, then none."""

import gzip
import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

TOUJOURS = 99


@dataclass(frozen=True)
class Demande:
    """One request that came in: the path and its headers, in lower case."""

    chemin: str
    entetes: dict[str, str]


class Reponse(BaseHTTPRequestHandler):
    """One answer: like a good server, unless a fault is due."""

    protocol_version = "HTTP/1.1"
    banc: "Banc"

    def do_GET(self) -> None:
        """Count the request, then fail or serve."""
        chemin = unquote(urlsplit(self.path).path)
        entetes = {nom.lower(): valeur for nom, valeur in self.headers.items()}
        self.banc.demandes.append(Demande(chemin, entetes))
        contenu = self.banc.fichiers.get(chemin)
        if contenu is None:
            self.envoyer(404, b"")
            return
        restantes = self.banc.pannes.get(chemin, [])
        if restantes:
            restantes.pop(0)(self, contenu)
        else:
            self.servir(contenu)

    def servir(self, contenu: bytes, etag: str | None = None) -> None:
        """Answer as the rules of HTTP say: validators, ranges."""
        etag = etag or etag_de(contenu)
        entetes = {"ETag": etag, "Accept-Ranges": "bytes"}
        if self.headers.get("If-None-Match") == etag:
            self.envoyer(304, b"", entetes)
            return
        partie = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if partie and self.headers.get("If-Range", etag) == etag:
            debut = int(partie[1])
            entetes["Content-Range"] = f"bytes {debut}-{len(contenu) - 1}/{len(contenu)}"
            self.envoyer(206, contenu[debut:], entetes)
            return
        self.envoyer(200, contenu, entetes)

    def envoyer(
        self, code: int, corps: bytes, entetes: dict[str, str] | None = None, longueur: int | None = None
    ) -> None:
        """Send this; `longueur`: what to announce instead of the truth, then close."""
        self.send_response(code)
        for nom, valeur in (entetes or {}).items():
            self.send_header(nom, valeur)
        self.send_header("Content-Length", str(len(corps) if longueur is None else longueur))
        if longueur is not None:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the answers are what is tested."""


class _Serveur(ThreadingHTTPServer):
    def handle_error(self, *_arguments: object) -> None:
        """Say nothing: clients that leave are part of what is tested."""


Panne = Callable[[Reponse, bytes], None]


@dataclass
class Banc:
    """What the server has, the faults to come by path, and what it was asked."""

    adresse: str = ""
    fichiers: dict[str, bytes] = field(default_factory=dict)
    pannes: dict[str, list[Panne]] = field(default_factory=dict)
    demandes: list[Demande] = field(default_factory=list)
    fini: threading.Event = field(default_factory=threading.Event)

    def casser(self, chemin: str, *pannes: Panne, fois: int = 1) -> None:
        """Put faults on a file."""
        self.pannes[chemin] = [*pannes] * fois

    def demandes_de(self, chemin: str) -> list[dict[str, str]]:
        """The headers of the requests to a file."""
        return [demande.entetes for demande in self.demandes if demande.chemin == chemin]


def etag_de(contenu: bytes) -> str:
    """The strong validator that the server gives a content."""
    return f'"{hashlib.sha256(contenu).hexdigest()[:16]}"'


def code(numero: int, **entetes: str) -> Panne:
    """An error status; `Retry_After="7"` gives a header."""
    dits = {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}
    return lambda reponse, _: reponse.envoyer(numero, b"<html>Erreur</html>", dits)


def coupe(octets: int) -> Panne:
    """The connection closes after so many bytes; the length and the validator were those of the whole."""

    def panne(reponse: Reponse, contenu: bytes) -> None:
        entetes = {"ETag": etag_de(contenu), "Accept-Ranges": "bytes"}
        reponse.envoyer(200, contenu[:octets], entetes, longueur=len(contenu))

    return panne


def suite_coupee(octets: int) -> Panne:
    """The rest that was asked, cut again after so many bytes."""

    def panne(reponse: Reponse, contenu: bytes) -> None:
        debut = int(reponse.headers["Range"].removeprefix("bytes=").rstrip("-"))
        dits = {"ETag": etag_de(contenu), "Content-Range": f"bytes {debut}-{len(contenu) - 1}/{len(contenu)}"}
        reponse.envoyer(206, contenu[debut : debut + octets], dits, longueur=len(contenu) - debut)

    return panne


def longueur_fausse(ecart: int) -> Panne:
    """The length announced is another than what is sent."""
    return lambda reponse, contenu: reponse.envoyer(200, contenu, longueur=len(contenu) + ecart)


def muet(reponse: Reponse, contenu: bytes) -> None:
    """The beginning, then nothing until the test ends."""
    reponse.send_response(200)
    reponse.send_header("Content-Length", str(len(contenu)))
    reponse.send_header("Connection", "close")
    reponse.close_connection = True
    reponse.end_headers()
    reponse.wfile.write(contenu[:100])
    reponse.wfile.flush()
    reponse.banc.fini.wait(20)


def muet_a_moitie(reponse: Reponse, contenu: bytes) -> None:
    """Half of the file and its validator, then nothing until the test ends."""
    reponse.send_response(200)
    for nom, valeur in (("ETag", etag_de(contenu)), ("Content-Length", str(len(contenu))), ("Connection", "close")):
        reponse.send_header(nom, valeur)
    reponse.close_connection = True
    reponse.end_headers()
    reponse.wfile.write(contenu[: len(contenu) // 2])
    reponse.wfile.flush()
    reponse.banc.fini.wait(60)


def renvoi(vers: str) -> Panne:
    """A redirection."""
    return lambda reponse, _: reponse.envoyer(302, b"", {"Location": vers})


def autre(contenu: bytes) -> Panne:
    """Another content, served as it should be."""
    return lambda reponse, _: reponse.servir(contenu)


def suite_dune_autre(contenu: bytes) -> Panne:
    """The rest of another version, sent without a look at `If-Range`."""

    def panne(reponse: Reponse, _: bytes) -> None:
        debut = int(reponse.headers["Range"].removeprefix("bytes=").rstrip("-"))
        entetes = {"ETag": etag_de(contenu), "Content-Range": f"bytes {debut}-{len(contenu) - 1}/{len(contenu)}"}
        reponse.envoyer(206, contenu[debut:], entetes)

    return panne


def comprime(reponse: Reponse, contenu: bytes) -> None:
    """The file, packed on the way."""
    reponse.envoyer(200, gzip.compress(contenu), {"Content-Encoding": "gzip"})


def comprime_et_coupe(reponse: Reponse, contenu: bytes) -> None:
    """The file, packed on the way and missing its end."""
    reponse.envoyer(200, gzip.compress(contenu)[:-20], {"Content-Encoding": "gzip"})


@contextmanager
def servir() -> Iterator[Banc]:
    """A server on this machine until the block ends."""
    banc = Banc()
    serveur = _Serveur(("127.0.0.1", 0), type("Reponse", (Reponse,), {"banc": banc}))
    banc.adresse = f"http://127.0.0.1:{serveur.server_port}"
    fil = threading.Thread(target=serveur.serve_forever, args=(0.02,), daemon=True)
    fil.start()
    try:
        yield banc
    finally:
        banc.fini.set()
        serveur.shutdown()
        serveur.server_close()
        fil.join()
