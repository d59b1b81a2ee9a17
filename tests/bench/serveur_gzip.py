"""A server of benchmark pages: compresses as a real one does, and keeps the account of the bytes it sent."""

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

_TEXTES = (".html", ".js", ".css", ".json", ".geojson", ".svg", ".xml", ".webmanifest", ".txt")
# A usual answer's head, which the bodies do not count.
ENTETE = 250


@dataclass
class Compte:
    """What was asked since the last `remettre`: path and bytes sent, head included."""

    base: str
    demandes: list[tuple[str, int]] = field(default_factory=list)

    def remettre(self) -> None:
        self.demandes.clear()

    def octets(self) -> int:
        return sum(octets for _, octets in self.demandes)


class _Comprime(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Compressed once, as a real server keeps them.
    corps: ClassVar[dict[Path, tuple[bytes, bool]]] = {}
    dossier: Path
    compte: Compte

    def do_GET(self) -> None:
        cible = self.dossier / unquote(urlsplit(self.path).path).strip("/")
        fichier = cible / "index.html" if cible.is_dir() else cible
        if not fichier.is_file():
            self.compte.demandes.append((self.path, ENTETE))
            self.send_error(404)
            return
        octets, comprime = self._lire(fichier)
        self.compte.demandes.append((self.path, len(octets) + ENTETE))
        self.send_response(200)
        self.send_header("Content-Type", f"{mimetypes.guess_type(fichier.name)[0] or 'application/octet-stream'}")
        self.send_header("Content-Length", str(len(octets)))
        self.send_header("Cache-Control", "max-age=0")
        if comprime:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(octets)

    def _lire(self, fichier: Path) -> tuple[bytes, bool]:
        if fichier not in self.corps:
            octets, comprime = fichier.read_bytes(), fichier.suffix in _TEXTES
            self.corps[fichier] = (gzip.compress(octets, 6, mtime=0) if comprime else octets, comprime)
        return self.corps[fichier]

    def handle(self) -> None:
        """A browser that closes its connections is no error."""
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def servir(dossier: Path) -> Iterator[Compte]:
    """Serve a folder on a free port of this machine."""
    compte = Compte("")
    traiteur = type("Traiteur", (_Comprime,), {"dossier": dossier, "compte": compte, "corps": {}})
    with ThreadingHTTPServer(("127.0.0.1", 0), traiteur) as ecoute:
        compte.base = f"http://127.0.0.1:{ecoute.server_address[1]}"
        threading.Thread(target=ecoute.serve_forever, daemon=True).start()
        yield compte
        ecoute.shutdown()
