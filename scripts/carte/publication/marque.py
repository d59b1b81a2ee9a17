"""The mark that a site was made here: every file it holds, with its fingerprint, in a file of its own."""

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carte.ordinaire import ouvrir

NOM = ".carte-site.json"
_PROGRAMME = "carte"
_TAILLE_MAX = 256 * 1024 * 1024
# Left by desktops in any folder that somebody opens: nobody made them.
_SANS_AUTEUR = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Etat:
    """A file as it stood when its fingerprint was drawn: its bytes, when it was last changed (ns), its number on the
    disk. One that stands so still was not changed since."""

    empreinte: str
    octets: int
    instant: int
    numero: int


@dataclass(frozen=True, slots=True)
class Examen:
    """What stands at a place: whether it carries our mark, and the names that we did not write as they are now.

    `etats`: what is ours, by name.
    """

    marque: bool
    etrangers: tuple[str, ...]
    etats: Mapping[str, Etat] = field(default_factory=dict, repr=False)

    @property
    def intact(self) -> bool:
        """Whether it can be deleted: nothing in it comes from anybody else."""
        return not self.etrangers


def marquer(site: Path, connues: Mapping[str, str] | None = None) -> None:
    """Write the mark of a site that is complete. The same files give the same mark.

    `connues`: fingerprints of the files that are known to stand as they were written; the others are read.
    """
    contenu = {"programme": _PROGRAMME, "format": 1, "fichiers": empreintes_de(site, connues)}
    (site / NOM).write_text(json.dumps(contenu, indent=0, sort_keys=True) + "\n", encoding="ascii")


def empreintes_de(site: Path, connues: Mapping[str, str] | None = None) -> dict[str, str]:
    """Name → SHA-256 of each file of a site but its mark. Raises OSError for what is not an ordinary file."""
    connues = connues or {}
    return {nom: connues.get(nom) or _empreinte(site / nom) for nom in noms(site) if nom != NOM}


def etats(site: Path) -> dict[str, Etat]:
    """The files of a site that was just marked, as they stand; those that went away since are left out."""
    empreintes = _lire(site / NOM) or {}
    trouves = ((nom, etat_de(f"{site}/{nom}", empreinte)) for nom, empreinte in empreintes.items())
    return {nom: etat for nom, etat in trouves if etat is not None}


def etat_de(fichier: str, empreinte: str) -> Etat | None:
    """How a file stands now, to which that fingerprint is given; None when there is no ordinary one."""
    try:
        vu = os.lstat(fichier)
    except OSError:
        return None
    return Etat(empreinte, vu.st_size, vu.st_mtime_ns, vu.st_ino) if stat.S_ISREG(vu.st_mode) else None


def examiner(chemin: Path, connus: Mapping[str, Etat] | None = None) -> Examen:
    """Compare what stands at `chemin`, not a link, with its mark. Absent files are no loss; an empty folder is intact.

    Links, special files and what cannot be read count as somebody's. `connus`: how our files stood when they were
    marked; one that stands so still is not read again.
    """
    if not os.path.lexists(chemin):
        return Examen(marque=False, etrangers=())
    if not stat.S_ISDIR(chemin.lstat().st_mode):
        return Examen(marque=False, etrangers=(chemin.name,))
    marques = _lire(chemin / NOM)
    if marques is None:
        return Examen(marque=False, etrangers=tuple(noms(chemin)))
    trouves = {nom: _le_notre(chemin, nom, marques, connus or {}) for nom in noms(chemin) if nom != NOM}
    notres = {nom: etat for nom, etat in trouves.items() if etat is not None}
    return Examen(True, tuple(nom for nom, etat in trouves.items() if etat is None), notres)


def noms(dossier: Path) -> Iterator[str]:
    """Every entry but folders, in order, relative to `dossier`; a folder that cannot be read counts as an entry."""
    return _entrees(str(dossier), "")


def _entrees(dossier: str, prefixe: str) -> Iterator[str]:
    # Plain texts: a site has tens of thousands of files, gone through three times.
    try:
        with os.scandir(dossier) as lues:
            entrees = sorted(lues, key=lambda entree: entree.name)
    except OSError:
        yield prefixe.rstrip("/") or "."
        return
    for entree in entrees:
        if entree.is_dir(follow_symlinks=False):
            yield from _entrees(entree.path, f"{prefixe}{entree.name}/")
        elif entree.name not in _SANS_AUTEUR:
            yield prefixe + entree.name


def _le_notre(dossier: Path, nom: str, marques: Mapping[str, Any], connus: Mapping[str, Etat]) -> Etat | None:
    """How a file of ours stands; None when it is somebody's."""
    voulue = marques.get(nom)
    etat = etat_de(f"{dossier}/{nom}", voulue) if isinstance(voulue, str) else None
    if etat is None or connus.get(nom) == etat:
        return etat
    try:
        return etat if _empreinte(dossier / nom) == voulue else None
    except OSError:
        return None


def _empreinte(fichier: Path) -> str:
    """SHA-256 of an ordinary file. Raises OSError for anything else."""
    with ouvrir(fichier) as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


def _lire(fichier: Path) -> dict[str, Any] | None:
    """File → fingerprint, as the mark says; None without a mark that can be read."""
    try:
        with ouvrir(fichier) as flux:
            contenu = json.loads(flux.read(_TAILLE_MAX))
        connus = contenu["fichiers"] if contenu["programme"] == _PROGRAMME else None
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        # Whatever the reason, this is not our mark: the folder counts as somebody's, the safe side.
        return None
    return connus if isinstance(connus, dict) else None
