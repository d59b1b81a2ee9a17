"""The site rebuilt each time a record, a layer or the configuration is saved, and shown again in the browser."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from carte.erreurs import ErreurCarte
from carte.serveur import Silencieux, ecouter

_PAUSE = 0.4  # seconds between two looks; a change is taken once it has lasted one
_ETAT = "/.carte/etat"
_RELIRE = "/.carte/relire.js"
# A page asks which build it is of, and is read again when another one took its place.
_SCRIPT = """\
const demander = async () => (await fetch("{etat}", {{ cache: "no-store" }})).text();
let connu;
setInterval(async () => {{
  try {{
    const etat = await demander();
    if (connu !== undefined && etat !== connu) location.reload();
    connu = etat;
  }} catch {{
    /* the server was stopped: nothing to read again */
  }}
}}, 1000);
"""
# Pages kept by an earlier visit would hide what has just been built.
_SANS_COPIE = """\
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", () => self.registration.unregister());
"""

Empreinte = dict[str, tuple[int, int]]


def empreinte(places: Sequence[Path]) -> Empreinte:
    """Every ordinary file under some files or folders, with its date and size; links are not followed."""
    return {chemin: (etat.st_mtime_ns, etat.st_size) for place in places for chemin, etat in _fichiers(place)}


def _fichiers(place: Path) -> Iterator[tuple[str, os.stat_result]]:
    dossiers = [place]
    while dossiers:
        dossier = dossiers.pop()
        try:
            if dossier.is_dir():
                with os.scandir(dossier) as entrees:
                    for entree in entrees:
                        if entree.is_dir(follow_symlinks=False):
                            dossiers.append(Path(entree.path))
                        elif entree.is_file(follow_symlinks=False):
                            yield entree.path, entree.stat(follow_symlinks=False)
            elif dossier.is_file():
                yield str(dossier), dossier.stat()
        except FileNotFoundError:
            continue  # saved by a rename: it is there at the next look


def changements(
    regarder: Callable[[], Empreinte], attendre: Callable[[float], object] = time.sleep
) -> Iterator[list[str]]:
    """The files that changed since the last time, each time some did and none has for one look; never ends."""
    connu = regarder()
    while True:
        attendre(_PAUSE)
        neuf = regarder()
        while neuf != connu:
            attendre(_PAUSE)
            encore = regarder()
            if encore == neuf:
                yield sorted(c for c in connu.keys() | neuf.keys() if connu.get(c) != neuf.get(c))
                connu = neuf
                break
            neuf = encore


class _Suivi(Silencieux):
    """The built site, whose pages know when they are no longer the last ones."""

    def __init__(self, *args: object, etat: Callable[[], str], **kwargs: object) -> None:
        self._etat = etat
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        chemin = self.path.partition("?")[0]
        if chemin == _ETAT:
            self._repondre(self._etat().encode(), "text/plain")
        elif chemin == _RELIRE:
            self._repondre(_SCRIPT.format(etat=_ETAT).encode(), "text/javascript")
        elif chemin == "/service.js":
            self._repondre(_SANS_COPIE.encode(), "text/javascript")
        elif (page := self._page(chemin)) is not None:
            self._repondre(_avec_script(page), "text/html")
        else:
            super().do_GET()

    def _page(self, chemin: str) -> bytes | None:
        """The page of an address; None when it is something else, or needs an answer of its own."""
        place = Path(self.translate_path(chemin))
        if chemin.endswith("/"):
            place /= "index.html"
        if place.suffix != ".html" or not place.is_file():
            return None
        return place.read_bytes()

    def _repondre(self, contenu: bytes, genre: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{genre}; charset=utf-8")
        self.send_header("Content-Length", str(len(contenu)))
        self.end_headers()
        self.wfile.write(contenu)


def _avec_script(page: bytes) -> bytes:
    debut, fin, reste = page.rpartition(b"</body>")
    return page if not fin else debut + f'<script src="{_RELIRE}" defer></script>'.encode() + fin + reste


def suivre(
    site: Path,
    port: int,
    changes: Iterable[list[str]],
    construire: Callable[[], None],
    dire: Callable[[str], object],
) -> None:
    """Serve `site` and build it again at each of `changes`, until interrupted; a fault leaves the last site.

    Raises PortIndisponible.
    """
    tour = 0
    with ecouter(site, port, partial(_Suivi, etat=lambda: str(tour))) as ecoute:
        threading.Thread(target=ecoute.serve_forever, daemon=True).start()
        try:
            for fichiers in changes:
                dire(f"Changé : {_nommer(fichiers)}. Le site se reconstruit…")
                try:
                    construire()
                except ErreurCarte as faute:
                    faute.show()
                    dire("Le site d'avant reste montré. Il se reconstruira quand vous aurez enregistré la correction.")
                else:
                    tour += 1
        except KeyboardInterrupt:
            return
        finally:
            ecoute.shutdown()


def _nommer(fichiers: Sequence[str]) -> str:
    """One name, or how many."""
    return Path(fichiers[0]).name if len(fichiers) == 1 else f"{len(fichiers)} fichiers"
