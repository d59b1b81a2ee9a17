"""The folder where a site is made, beside the one it replaces, and what killed builds left of theirs.

A work folder is `.<site>.en-cours-<n>`, where n is its own number on the disk (inode): the name alone says that it was
made here and not copied or made by somebody. In it, `brouillon`, `rebut-…` and `reserve` are ours and may be deleted at
any time; `neuf` and `ancien` can hold, for an instant, what stood at the site's place: they are deleted only once
examined. `reserve` waits there from one build to the next: the site before the last, that the next one is made of.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from carte.ecriture import nom_libre
from carte.erreurs import cause
from carte.journal import journal
from carte.publication.marque import Etat, examiner

BROUILLON, NEUF, ANCIEN, RESERVE = "brouillon", "neuf", "ancien", "reserve"
_REBUT = "rebut-"
# Names of the work folders of version 0.1, which had no mark: never deleted.
_D_AVANT = ("en-cours", "ancien")


def ouvrir(cible: Path) -> Path:
    """A work folder beside `cible`, whose `brouillon` holds the reserve, or nothing. Raises OSError."""
    for reste in list(_entrees(cible.parent)):
        if _a_nous(reste, cible) and os.path.lexists(reste / RESERVE):
            (reste / RESERVE).rename(reste / BROUILLON)
            return reste
    return creer(cible)


def mettre_en_reserve(travail: Path) -> bool:
    """Keep the site that was replaced for the next build to be made of, unless it is somebody's. Raises OSError."""
    ancien = next((reste for reste in _entrees(travail) if reste.name.startswith(_REBUT)), None)
    if ancien is None:
        return False
    ancien.rename(travail / RESERVE)
    return True


def creer(cible: Path) -> Path:
    """A new work folder beside `cible`, with an empty `brouillon`. Raises OSError."""
    provisoire = Path(tempfile.mkdtemp(prefix=_prefixe(cible), dir=cible.parent))
    voulu = cible.parent / f"{_prefixe(cible)}{provisoire.stat().st_ino}"
    if os.path.lexists(voulu):  # somebody's folder has this name: while ours keeps its number, another one is given
        travail = creer(cible)
        provisoire.rmdir()
        return travail
    provisoire.rename(voulu)
    (voulu / BROUILLON).mkdir()
    return voulu


def retirer(travail: Path) -> None:
    """Delete what is ours in a work folder, and the folder once empty. Never fails: what resists is said."""
    for reste in list(_entrees(travail)):
        if reste.name in (BROUILLON, RESERVE) or reste.name.startswith(_REBUT):
            # What cannot be deleted keeps the folder from being empty, which is said below.
            shutil.rmtree(reste, ignore_errors=True)
    try:
        travail.rmdir()
    except OSError as erreur:
        journal.warning("%s n'a pas pu être retiré (%s).", travail, cause(erreur))


def ranger(ancien: Path, cible: Path, connus: Mapping[str, Etat] | None = None) -> None:
    """Make deletable what stood at the place of `cible` if it is ours whole; else keep it beside, and say so.

    `connus`: see `examiner`.
    """
    if not os.path.lexists(ancien):
        return
    if examiner(ancien, connus).intact:
        ancien.rename(ancien.with_name(_REBUT + ancien.name))
        return
    garde = ancien.rename(nom_libre(cible))
    journal.warning("Ce qui était dans %s est gardé dans %s.", cible, garde)


def nettoyer(cible: Path, *, garder: bool = False) -> None:
    """Remove what killed builds left beside `cible`, whose lock is held. What is not surely ours is left alone.

    `garder`: but for one reserve.
    """
    for reste in list(_entrees(cible.parent)):
        if _a_nous(reste, cible):
            garde = garder and [un.name for un in _entrees(reste)] == [RESERVE]
            if not garde:
                _reprendre(reste, cible)
            garder = garder and not garde
        elif reste.name.startswith(_prefixe(cible)) and not reste.is_symlink() and reste.is_dir():
            with suppress(OSError):  # killed before it had its name: nothing is in it, or it is not ours
                reste.rmdir()
    for nom in _D_AVANT:
        if os.path.lexists(ancien := cible.with_name(f".{cible.name}.{nom}")):
            journal.warning("%s ne sert plus à Carte ; si vous n'en avez pas l'usage, effacez-le.", ancien)


def _reprendre(travail: Path, cible: Path) -> None:
    """End what a killed build began: the old site it had moved comes back, the rest is deleted or kept aside."""
    try:
        if not os.path.lexists(cible) and os.path.lexists(travail / ANCIEN):
            (travail / ANCIEN).rename(cible)
        ranger(travail / NEUF, cible)
        ranger(travail / ANCIEN, cible)
    except OSError as erreur:
        journal.warning("le reste %s n'a pas pu être rangé (%s).", travail, cause(erreur))
    retirer(travail)


def _a_nous(reste: Path, cible: Path) -> bool:
    if not reste.name.startswith(_prefixe(cible)) or reste.is_symlink() or not reste.is_dir():
        return False
    return reste.name == f"{_prefixe(cible)}{reste.stat().st_ino}"


def _prefixe(cible: Path) -> str:
    return f".{cible.name}.en-cours-"


def _entrees(dossier: Path) -> Iterator[Path]:
    with os.scandir(dossier) as entrees:
        yield from (Path(entree.path) for entree in entrees)
