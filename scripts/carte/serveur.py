"""A small local server to look at a built site; never meant for the public."""

import errno
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from carte.erreurs import ErreurCarte


class PortIndisponible(ErreurCarte):
    """The server cannot listen there; the message says why."""


class Silencieux(SimpleHTTPRequestHandler):
    """Serves files as they are, without caching, and says nothing of each request."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


Gerant = Callable[..., Silencieux]


def serveur(dossier: Path, port: int, gerant: Gerant = Silencieux) -> ThreadingHTTPServer:
    """A server of `dossier` bound to this machine only; port 0 takes a free one. `gerant` answers the requests."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(gerant, directory=str(dossier)))


def ecouter(dossier: Path, port: int, gerant: Gerant = Silencieux) -> ThreadingHTTPServer:
    """`serveur`, or the reason why it cannot be. Raises PortIndisponible."""
    try:
        return serveur(dossier, port, gerant)
    except OSError as erreur:
        motif = "déjà pris par un autre programme" if erreur.errno == errno.EADDRINUSE else "refusé par le système"
        raise PortIndisponible(f"Le port {port} est {motif} : choisissez-en un autre avec --port.") from erreur


def servir(dossier: Path, port: int) -> None:
    """Serve `dossier` until interrupted. Raises PortIndisponible."""
    with ecouter(dossier, port) as ecoute:
        try:
            ecoute.serve_forever()
        except KeyboardInterrupt:
            return
