"""Published files kept on the disk between two runs, and the beginnings of those that were cut.

A file is only used again with the fingerprint it was kept under: what was damaged or half written is asked again.
"""

import fcntl
import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import platformdirs

from carte.ecriture import remplacer
from carte.erreurs import cause
from carte.journal import journal
from carte.territory.manifeste import Origine

_VERROU = "verrou"


@dataclass(frozen=True, slots=True)
class Version:
    """What a server says of the file that it sends: its validators, how it is packed, and its length (None: unsaid)."""

    etag: str = ""
    modifie: str = ""
    codage: str = ""
    total: int | None = None

    @property
    def reprise(self) -> str:
        """What tells that the rest is of the same file (`If-Range`); empty when nothing does."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modifie


@dataclass(frozen=True, slots=True)
class Recu:
    """A published file, whole and checked. `jour`: when these bytes were fetched."""

    contenu: bytes
    adresse: str
    jour: date
    version: Version = Version()

    @property
    def origine(self) -> Origine:
        """Its line of a manifest."""
        return Origine(self.adresse, hashlib.sha256(self.contenu).hexdigest(), self.jour)


class Partiel:
    """The beginning of a file, and the version that it is the beginning of."""

    def __init__(self, fichier: Path) -> None:
        self._fichier, self._note = fichier, fichier.with_suffix(".partiel.json")
        self.version = self._lire()

    def _lire(self) -> Version:
        try:
            return Version(**json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return Version()

    @property
    def octets(self) -> int:
        """Bytes received so far."""
        return self._fichier.stat().st_size if self._fichier.exists() else 0

    @property
    def repris(self) -> bool:
        """Whether the rest can be asked for."""
        return bool(self.octets and self.version.reprise)

    def commencer(self, version: Version) -> None:
        """Forget what was received: a file of this version begins."""
        self._fichier.write_bytes(b"")
        self.version = version
        remplacer(self._note, json.dumps(asdict(version)).encode())

    def ajouter(self, bloc: bytes) -> None:
        """Add the next bytes. Raises OSError, which names the file."""
        try:
            with self._fichier.open("ab") as flux:
                flux.write(bloc)
        except OSError as erreur:  # a full disk says it without the name
            raise OSError(erreur.errno, erreur.strerror, str(self._fichier)) from erreur

    def lire(self) -> bytes:
        """All that was received."""
        return self._fichier.read_bytes()

    def effacer(self) -> None:
        """Forget it."""
        self._fichier.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of published files: `<key of the address>.contenu`, and `.json` which says what it is."""

    dossier: Path
    durable: bool

    def lire(self, adresse: str) -> Recu | None:
        """The file kept for an address; None when there is none, or when it is not as it was kept."""
        base = self._base(adresse)
        try:
            note = json.loads(base.with_suffix(".json").read_text(encoding="utf-8"))
            contenu = base.with_suffix(".contenu").read_bytes()
            if note["adresse"] != adresse or note["sha256"] != hashlib.sha256(contenu).hexdigest():
                return None
            return Recu(contenu, adresse, date.fromisoformat(note["jour"]), Version(note["etag"], note["modifie"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def garder(self, recu: Recu) -> None:
        """Keep a file that was checked; a disk that refuses costs only the time of the next run."""
        base = self._base(recu.adresse)
        origine, version = recu.origine, recu.version
        note = {
            "adresse": recu.adresse,
            "sha256": origine.sha256,
            "jour": recu.jour.isoformat(),
            "etag": version.etag,
            "modifie": version.modifie,
        }
        try:
            remplacer(base.with_suffix(".contenu"), recu.contenu)
            remplacer(base.with_suffix(".json"), json.dumps(note, ensure_ascii=False, indent=1).encode())
        except OSError as erreur:
            journal.warning("%s ne peut pas garder de copie : %s.", self.dossier, cause(erreur))

    def oublier(self, adresse: str) -> None:
        """Keep nothing of an address."""
        for suffixe in (".json", ".contenu"):
            self._base(adresse).with_suffix(suffixe).unlink(missing_ok=True)

    def partiel(self, adresse: str) -> Partiel:
        """What is received of a file, of this run or of one that was stopped."""
        return Partiel(self._base(adresse).with_suffix(".partiel"))

    def _base(self, adresse: str) -> Path:
        return self.dossier / hashlib.sha256(adresse.encode()).hexdigest()[:32]


def dossier_du_cache() -> Path:
    """The user's own cache folder: `$XDG_CACHE_HOME/carte/couches` on Linux."""
    return platformdirs.user_cache_path("carte", appauthor=False) / "couches"


@contextmanager
def ouvrir_cache(dossier: Path | None) -> Iterator[Cache]:
    """The cache of a run, for it alone: in `dossier`, or thrown away at the end (None, or a folder that refuses)."""
    if dossier is not None:
        try:
            dossier.mkdir(parents=True, exist_ok=True)
            verrou = (dossier / _VERROU).open("ab")
        except OSError as erreur:
            journal.warning("%s ne peut pas servir (%s) : tout est demandé en entier.", dossier, cause(erreur))
        else:
            with verrou:
                _attendre_son_tour(verrou.fileno())
                yield Cache(dossier, durable=True)
            return
    with tempfile.TemporaryDirectory(prefix="carte-couches-") as passager:
        yield Cache(Path(passager), durable=False)


def _attendre_son_tour(verrou: int) -> None:
    """One run at a time: two would write the same beginnings of files."""
    try:
        fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        journal.info("Une autre commande télécharge des couches : celle-ci attend qu'elle finisse.")
        fcntl.flock(verrou, fcntl.LOCK_EX)
