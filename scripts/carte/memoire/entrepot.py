"""The store: one file per value, sealed with the user's key.

A value may be a pickle, which runs what it says: a file that this user did not seal, or that was damaged since, is
passed over and made anew. The store is only time saved: whatever happens to it, the build gives the same site.
"""

import errno
import hmac
import os
import pickle
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from carte.ecriture import poser
from carte.erreurs import DISQUE_PLEIN, cause
from carte.journal import journal
from carte.memoire.cle import cle, programme
from carte.memoire.secret import fichier_du_secret, secret
from carte.ordinaire import ouvrir as ouvrir_ordinaire

V = TypeVar("V")

TAILLE_MAX = 4_000_000_000
"""Bytes kept, about: the largest site and its values twice."""
JOURS = 30
_SCEAU = 32
_JOUR = 24 * 3600
_PROVISOIRE = ".memoire-"
_NOM = re.compile(r"[0-9a-f]{62}")
_DOSSIER = re.compile(r"[0-9a-f]{2}")


@dataclass(slots=True, eq=False)
class Memoire:
    """A folder of values by key; None as `dossier`: nothing is read nor kept.

    `programme`: fingerprint of the program, part of every name: a program that changed finds nothing of the former one.
    `secret`: the key of the seals. It can be sent to child processes, which read and keep for themselves.
    """

    dossier: Path | None
    programme: str = ""
    secret: bytes = field(default=b"", repr=False)

    @property
    def active(self) -> bool:
        """Whether names are worth drawing."""
        return self.dossier is not None

    def lire(self, nom: str) -> bytes | None:
        """What was kept under `nom` by this user, as it was kept; None when there is no such thing."""
        if self.dossier is None:
            return None
        place = self._place(nom)
        sceau, contenu = _lire(place)
        return contenu if hmac.compare_digest(sceau, self._sceau(place, contenu)) else None

    def garder(self, nom: str, contenu: bytes) -> None:
        """Keep `contenu` under `nom`. A disk that refuses costs the time of the next build, and is told once."""
        if self.dossier is None:
            return
        place = self._place(nom)
        try:
            _ecrire(place, self._sceau(place, contenu), contenu)
        except OSError as erreur:
            self._renoncer(erreur)

    def valeur(self, nom: str, calculer: Callable[[], V]) -> V:
        """The value kept under `nom`, else what `calculer` gives, kept for the next time.

        The value can be pickled, with all that it holds, and depends on nothing but what `nom` was drawn from.
        """
        if self.dossier is None:
            return calculer()
        if (connue := self.reprendre(nom)) is not None:
            return cast(V, connue)
        valeur = calculer()
        self.retenir(nom, valeur)
        return valeur

    def reprendre(self, nom: str) -> object | None:
        """The value kept under `nom`; None when there is none."""
        contenu = self.lire(nom)
        return None if contenu is None else pickle.loads(contenu)  # noqa: S301 - sealed by this user

    def retenir(self, nom: str, valeur: object) -> None:
        """Keep a value that can be pickled, with all that it holds, as it is now."""
        if self.dossier is not None:
            self.garder(nom, pickle.dumps(valeur, protocol=5))

    def elaguer(self, taille_max: int = TAILLE_MAX, jours: float = JOURS) -> None:
        """Forget what no build used for `jours`, then what was used longest ago, down to `taille_max` bytes."""
        if self.dossier is None:
            return
        limite, total = time.time() - jours * _JOUR, 0
        for usage, taille, place in sorted(_entrees(self.dossier), reverse=True):
            total += taille
            if total > taille_max or usage < limite:
                with suppress(OSError):
                    place.unlink()

    def _place(self, nom: str) -> Path:
        assert self.dossier is not None
        somme = cle(self.programme, nom)
        return self.dossier / somme[:2] / somme[2:]

    def _sceau(self, place: Path, contenu: bytes) -> bytes:
        """Of the content and of its place: moved under another name, it is not believed either."""
        sceau = hmac.new(self.secret, (place.parent.name + place.name).encode(), "sha256")
        sceau.update(contenu)
        return sceau.digest()

    def _renoncer(self, erreur: OSError) -> None:
        """Keep nothing more. A full disk gets back what was kept: the site needs it more."""
        if erreur.errno in DISQUE_PLEIN:
            self.elaguer(taille_max=0)
        journal.warning("%s ne garde plus rien (%s) : la prochaine fois sera plus longue.", self.dossier, cause(erreur))
        self.dossier = None


SANS_MEMOIRE = Memoire(None)
"""Nothing is read nor kept: everything is computed."""


def ouvrir(dossier: Path, racine: Path) -> Memoire:
    """The store of `dossier`, for the program at `racine`; SANS_MEMOIRE's like, told once, when it cannot serve."""
    try:
        if dossier.is_symlink():
            raise OSError(errno.ELOOP, "", str(dossier))
        dossier.mkdir(parents=True, exist_ok=True)
        return Memoire(dossier, programme(racine), secret(fichier_du_secret()))
    except OSError as erreur:
        journal.warning("%s ne peut pas servir de mémoire (%s) : tout est refait.", dossier, cause(erreur))
        return Memoire(None)


def _lire(place: Path) -> tuple[bytes, bytes]:
    """The seal and the content of an ordinary file, marked as used now; two empty ones when it cannot be read."""
    try:
        with ouvrir_ordinaire(place) as flux:
            os.utime(flux.fileno())
            return flux.read(_SCEAU), flux.read()
    except OSError:
        return b"", b""


def _ecrire(place: Path, *morceaux: bytes) -> None:
    """Keep a file in a real folder of the store. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.parent.is_symlink():
        raise OSError(errno.ELOOP, "", str(place.parent))
    poser(place, morceaux, prefixe=_PROVISOIRE)


def _entrees(dossier: Path) -> Iterator[tuple[float, int, Path]]:
    """When each entry was last used, its bytes, its file; remains of killed builds too. Nothing else is ours."""
    for sous_dossier in _sous(dossier):
        if not (_DOSSIER.fullmatch(sous_dossier.name) and sous_dossier.is_dir(follow_symlinks=False)):
            continue
        for entree in _sous(sous_dossier.path):
            a_nous = _NOM.fullmatch(entree.name) or entree.name.startswith(_PROVISOIRE)
            if a_nous and entree.is_file(follow_symlinks=False):
                try:
                    etat = entree.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue  # another build has just given it its name, or pruned it
                yield etat.st_mtime, etat.st_size, Path(entree.path)


def _sous(dossier: "str | Path") -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(dossier) as entrees:
            return list(entrees)
    except OSError:
        return []
