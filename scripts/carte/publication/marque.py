"""The mark that a site was made here: every file it holds, with its fingerprint, in a file of its own."""

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carte.ordinaire import ouvrir

NOM = ".carte-site.json"
_PROGRAMME = "carte"
_TAILLE_MAX = 256 * 1024 * 1024
# Left by desktops in any folder that somebody opens: nobody made them.
_SANS_AUTEUR = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Examen:
    """What stands at a place: whether it carries our mark, and the names that we did not write as they are now."""

    marque: bool
    etrangers: tuple[str, ...]

    @property
    def intact(self) -> bool:
        """Whether it can be deleted: nothing in it comes from anybody else."""
        return not self.etrangers


def marquer(site: Path) -> None:
    """Write the mark of a site that is complete. The same files give the same mark."""
    empreintes = {nom: _empreinte(site / nom) for nom in _noms(site) if nom != NOM}
    contenu = {"programme": _PROGRAMME, "format": 1, "fichiers": empreintes}
    (site / NOM).write_text(json.dumps(contenu, indent=0, sort_keys=True) + "\n", encoding="ascii")


def examiner(chemin: Path) -> Examen:
    """Compare what stands at `chemin`, not a link, with its mark. Absent files are no loss; an empty folder is intact.

    Links, special files and what cannot be read count as somebody's.
    """
    if not os.path.lexists(chemin):
        return Examen(marque=False, etrangers=())
    if not stat.S_ISDIR(chemin.lstat().st_mode):
        return Examen(marque=False, etrangers=(chemin.name,))
    connus = _lire(chemin / NOM)
    if connus is None:
        return Examen(marque=False, etrangers=tuple(_noms(chemin)))
    etrangers = (nom for nom in _noms(chemin) if nom != NOM and not _le_meme(chemin, nom, connus))
    return Examen(marque=True, etrangers=tuple(etrangers))


def _noms(dossier: Path) -> Iterator[str]:
    """Every entry but folders, sorted, relative to `dossier`; a folder that cannot be read counts as an entry."""
    illisibles: list[str] = []
    for parent, dossiers, fichiers in os.walk(dossier, onerror=lambda e: illisibles.append(str(e.filename))):
        dossiers.sort()
        liens = [nom for nom in dossiers if (Path(parent) / nom).is_symlink()]
        sous = Path(parent).relative_to(dossier).as_posix()
        for nom in sorted([*fichiers, *liens]):
            if nom not in _SANS_AUTEUR:
                yield nom if sous == "." else f"{sous}/{nom}"
    yield from (Path(nom).relative_to(dossier).as_posix() for nom in illisibles)


def _le_meme(dossier: Path, nom: str, connus: dict[str, Any]) -> bool:
    if nom not in connus:
        return False
    try:
        return bool(_empreinte(dossier / nom) == connus[nom])
    except OSError:
        return False


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
