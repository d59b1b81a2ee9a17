"""A small local server to look at a built site; never meant for the public."""

import errno
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from carte.erreurs import ErreurCarte


class PortIndisponible(ErreurCarte):
    """The server cannot listen there; the message says why."""


class Silencieux(SimpleHTTPRequestHandler):
    """Serves files as they are, without caching, and says nothing of each request.

    An unknown address gets the site's own page for it, as where the site will be published.
    """

    def handle(self) -> None:
        """A browser that leaves before the answer is no fault."""
        with suppress(ConnectionError):
            super().handle()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code == HTTPStatus.NOT_FOUND and page.is_file():
            self.repondre(self.habiller(page.read_bytes()), "text/html", code)
        else:
            super().send_error(code, message, explain)

    def habiller(self, page: bytes) -> bytes:
        """A page as it is sent."""
        return page

    def repondre(self, contenu: bytes, genre: str, code: int = HTTPStatus.OK) -> None:
        """Send a text, or its length alone when that is asked for."""
        self.send_response(code)
        self.send_header("Content-Type", f"{genre}; charset=utf-8")
        self.send_header("Content-Length", str(len(contenu)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(contenu)


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
