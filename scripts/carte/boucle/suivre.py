"""The site rebuilt each time a record, a layer or the configuration is saved, and shown again in the browser."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from carte.erreurs import ErreurCarte
from carte.serveur import Silencieux, ecouter

if TYPE_CHECKING:
    from carte.config import Configuration

_PAUSE = 0.4  # seconds between two looks; a change is taken once it has lasted one
_ETAT = "/.carte/etat"
_RELIRE = "/.carte/relire.js"
# A page knows which build it is of: it is read again when another one took its place, and shows what happens meanwhile.
# Its own policy forbids written styles, not those that a script sets.
_SCRIPT = """\
const lue = document.currentScript.dataset.tour;
const avis = document.createElement("p");
avis.setAttribute("role", "status");
Object.assign(avis.style, {{
  position: "fixed", insetInline: "0", bottom: "0", zIndex: "9999", margin: "0",
  color: "#fff", background: "#333", font: "1rem sans-serif", textAlign: "center",
}});
document.body.append(avis);
setInterval(async () => {{
  try {{
    const [tour, mots] = (await (await fetch("{etat}", {{ cache: "no-store" }})).text()).split("\\n");
    if (tour !== lue) location.reload();
    if (avis.textContent !== mots) avis.textContent = mots;
    avis.style.padding = mots ? "0.5rem" : "0";
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

_REFAIT = "Le site se reconstruit…"
_FAUTE = "Le site d’avant reste montré : quelque chose est à corriger, et le terminal dit quoi."

Empreinte = dict[str, tuple[int, int]]


def regard(fichier: Path, lire: Callable[[Path], "Configuration"]) -> Callable[[], Empreinte]:
    """A look at all that a build reads of a deployment: its configuration `fichier`, and the folders that it names."""
    connue, places = empreinte([fichier]), _lues(fichier, lire(fichier))

    def regarder() -> Empreinte:
        nonlocal connue, places
        if (neuve := empreinte([fichier])) != connue:
            connue = neuve
            # A configuration to mend is told by the build that follows; until then, its former folders are looked at.
            with suppress(ErreurCarte):
                places = _lues(fichier, lire(fichier))
        return empreinte(places)

    return regarder


def _lues(fichier: Path, configuration: "Configuration") -> list[Path]:
    dossiers, precedente = configuration.dossiers, configuration.publication_precedente
    return [
        *(fichier, dossiers.lieux, dossiers.geo, dossiers.paquets),
        *([precedente] if isinstance(precedente, Path) else []),
    ]


def empreinte(places: Sequence[Path]) -> Empreinte:
    """Every ordinary file under some files or folders, with its date and size; links are not followed.

    What editors keep beside a file while it is open is left out: no build reads it.
    """
    return {chemin: (etat.st_mtime_ns, etat.st_size) for place in places for chemin, etat in _fichiers(place)}


def _fichiers(place: Path) -> Iterator[tuple[str, os.stat_result]]:
    dossiers = [place]
    while dossiers:
        dossier = dossiers.pop()
        try:
            if dossier.is_dir():
                with os.scandir(dossier) as entrees:
                    for entree in entrees:
                        if entree.name.startswith(".") or entree.name.endswith("~"):
                            continue
                        if entree.is_dir(follow_symlinks=False):
                            dossiers.append(Path(entree.path))
                        elif entree.is_file(follow_symlinks=False):
                            yield entree.path, entree.stat(follow_symlinks=False)
            elif dossier.is_file():
                yield str(dossier), dossier.stat()
        except FileNotFoundError:
            continue  # saved by a rename: it is there at the next look


def changements(
    regarder: Callable[[], Empreinte], depuis: int, attendre: Callable[[float], object] = time.sleep
) -> Iterator[list[str]]:
    """The files that changed since the last time, each time some did and none has for one look; never ends.

    `depuis`: when the site was built; a file saved later is a change already. In nanoseconds.
    """
    connu = {chemin: etat for chemin, etat in regarder().items() if etat[0] <= depuis}
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


@dataclass
class _Etat:
    """Which build is shown, and what is told meanwhile, in one line."""

    tour: int = 0
    mots: str = ""


class _Suivi(Silencieux):
    """The built site, whose pages know when they are no longer the last ones."""

    def __init__(self, *args: object, etat: _Etat, **kwargs: object) -> None:
        self._etat = etat
        # Before the page is read: one that is replaced meanwhile is asked for once more, never kept too long.
        self._tour = etat.tour
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        chemin = self.path.partition("?")[0]
        if chemin == _ETAT:
            self.repondre(f"{self._etat.tour}\n{self._etat.mots}".encode(), "text/plain")
        elif chemin == _RELIRE:
            self.repondre(_SCRIPT.format(etat=_ETAT).encode(), "text/javascript")
        elif chemin == "/service.js":
            self.repondre(_SANS_COPIE.encode(), "text/javascript")
        elif (page := self._page(chemin)) is not None:
            self.repondre(self.habiller(page), "text/html")
        else:
            super().do_GET()

    def habiller(self, page: bytes) -> bytes:
        """With the script that asks, and the build it is of."""
        debut, fin, reste = page.rpartition(b"</body>")
        script = f'<script src="{_RELIRE}" data-tour="{self._tour}" defer></script>'
        return page if not fin else debut + script.encode() + fin + reste

    def _page(self, chemin: str) -> bytes | None:
        """The page of an address; None when it is something else, or needs an answer of its own."""
        place = Path(self.translate_path(chemin))
        if chemin.endswith("/"):
            place /= "index.html"
        if place.suffix != ".html":
            return None
        try:
            return place.read_bytes()
        except OSError:
            return None  # the server says why


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
    etat = _Etat()
    with ecouter(site, port, partial(_Suivi, etat=etat)) as ecoute:
        threading.Thread(target=ecoute.serve_forever, daemon=True).start()
        try:
            for fichiers in changes:
                dire(f"Changé : {_nommer(fichiers)}. {_REFAIT}")
                etat.mots = _REFAIT
                try:
                    construire()
                except ErreurCarte as faute:
                    faute.show()
                    dire("Le site d'avant reste montré. Il se reconstruira quand vous aurez enregistré la correction.")
                    etat.mots = _FAUTE
                else:
                    etat.tour, etat.mots = etat.tour + 1, ""
        except KeyboardInterrupt:
            return
        finally:
            ecoute.shutdown()


def _nommer(fichiers: Sequence[str]) -> str:
    """One name, or how many."""
    return Path(fichiers[0]).name if len(fichiers) == 1 else f"{len(fichiers)} fichiers"
