"""Publish whole or not at all, and destroy nothing that a person made.

The site is made beside the old one, then takes its place in one step. What stands there is replaced only if the
program made it, whole (`marque`); else the build refuses before it begins, or keeps it under another name.
"""

import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

from carte.erreurs import SANS_PLACE, cause
from carte.memoire import SANS_MEMOIRE, Memoire, cle
from carte.publication import travail as atelier
from carte.publication.chantier import Chantier, SitePrecedent
from carte.publication.marque import Etat, Examen, etats, examiner, marquer
from carte.publication.place import (
    PublicationImpossible,
    lieu_reel,
    separer,
    verifier_disque,
    verifier_effacable,
    verifier_libre,
)
from carte.publication.travail import ANCIEN, BROUILLON, NEUF

__all__ = ["Chantier", "PublicationImpossible", "effacer", "publication", "separer"]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# What a kernel or a file system answers when it cannot exchange two names.
_SANS_ECHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
# A link is not followed: nothing that it names is created, truncated or locked.
_VERROU = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@contextmanager
def publication(
    cible: Path, *, mettre_de_cote: bool = False, memoire: Callable[[], Memoire] = lambda: SANS_MEMOIRE
) -> Iterator[Chantier]:
    """Give a site to write; it replaces `cible` only when the block ends without error.

    A link at `cible` is followed and stays; the work folder lies beside what it leads to (same file system, so that the
    exchange is a rename). A failed or killed build leaves `cible` untouched; the next one removes its remains.
    `memoire`, asked for once the place is known to be writable, keeps how the files of the site stand once it is
    published: those that stand so still are not read again, and the site that was replaced is kept for the build after,
    when it shares most of its files.
    Raises PublicationImpossible before the block: another build of the same folder runs; `cible` holds something that
    the program did not make (unless `mettre_de_cote`, which keeps it under another name); the place cannot be written
    or lacks room. Raises it after the block too: the disk was full, or refused the exchange; a file that both sites
    share was changed in the meantime.
    """
    with _en_francais(cible):
        cible = lieu_reel(cible)
        cible.parent.mkdir(parents=True, exist_ok=True)
    nom = cle("site", str(cible))
    with _verrou(cible.parent / f".{cible.name}.verrou"):
        with _en_francais(cible):
            connus = cast("dict[str, Etat] | None", memoire().reprendre(nom)) or {}
            reserve = cast("dict[str, Etat] | None", memoire().reprendre(cle("réserve", nom)))
            atelier.nettoyer(cible, garder=reserve is not None)
            examen = examiner(cible, connus) if mettre_de_cote else verifier_libre(cible, connus)
            verifier_disque(cible, examen)
            travail = atelier.ouvrir(cible)
        garder = False
        try:
            with _disque_plein():
                chantier = _chantier(travail / BROUILLON, _precedent(cible, examen), reserve or {})
                yield chantier
                chantier.terminer()
                marquer(chantier.dossier, chantier.empreintes)
                memoire().retenir(nom, _etats(chantier))
            with _en_francais(cible):
                _remplacer(chantier.dossier.rename(travail / NEUF), cible, examen.etats)
                # What it does not share takes room on the disk.
                if memoire().active and 2 * chantier.repris >= len(chantier.empreintes):
                    memoire().retenir(cle("réserve", nom), dict(examen.etats))
                    garder = atelier.mettre_en_reserve(travail)
        finally:
            if not garder:
                atelier.retirer(travail)


def _chantier(dossier: Path, precedent: SitePrecedent | None, reserve: Mapping[str, Etat]) -> Chantier:
    """The site to write; made of the reserve where it can be, and where nobody keeps what it may share."""
    if precedent is not None:
        # A reserve that cannot be made use of costs time alone: the site is then written in an empty folder.
        with suppress(OSError):
            if (chantier := Chantier.de_la_reserve(dossier, precedent, reserve)) is not None:
                return chantier
    shutil.rmtree(dossier)
    dossier.mkdir()
    return Chantier(dossier, precedent)


def _precedent(cible: Path, examen: Examen) -> SitePrecedent | None:
    """What the new site may share. Of a site with something of somebody's, nothing: they keep it and may change it."""
    return SitePrecedent(cible, examen.etats) if examen.marque and examen.intact else None


def _etats(chantier: Chantier) -> dict[str, Etat]:
    """How the files stand that will be published. Raises PublicationImpossible when a shared one was changed."""
    tous = etats(chantier.dossier)
    avant = chantier.precedent.etats if chantier.precedent else {}
    for nom, etat in tous.items():
        if nom in avant and etat.numero == avant[nom].numero and etat != avant[nom]:
            raise PublicationImpossible(
                f"{nom} a été changé dans le site pendant la construction. Rien n'a été touché : relancez."
            )
    return tous


def effacer(cible: Path) -> bool:
    """Delete a site that the program made, whole, and what killed builds left beside it; False when there is none.

    Raises PublicationImpossible, and deletes nothing, when anything in it is somebody's, or when a build runs.
    """
    with _en_francais(cible):
        cible = lieu_reel(cible)
        if not cible.parent.is_dir():
            return False
    with _verrou(cible.parent / f".{cible.name}.verrou"), _en_francais(cible):
        atelier.nettoyer(cible)
        if not os.path.lexists(cible):
            return False
        verifier_effacable(cible)
        travail = atelier.creer(cible)
        try:
            atelier.ranger(cible.rename(travail / ANCIEN), cible)
        finally:
            atelier.retirer(travail)
    return True


def _remplacer(neuf: Path, cible: Path, connus: Mapping[str, Etat]) -> None:
    """Put `neuf` in the place of `cible`, with no moment at which `cible` is missing or mixed; mind the old one, whose
    files stood as `connus`."""
    ancien = neuf
    if not os.path.lexists(cible):
        neuf.rename(cible)
    elif not _echanger(neuf, cible):
        # No exchange on this system: the old site steps aside for the time of one rename.
        ancien = cible.rename(neuf.with_name(ANCIEN))
        try:
            neuf.rename(cible)
        except OSError:
            ancien.rename(cible)
            raise
    atelier.ranger(ancien, cible, connus)


def _echanger(a: Path, b: Path) -> bool:
    """Exchange two names in one atomic call where the system has one (Linux renameat2); False elsewhere."""
    # Imported here: every command makes sure of the site's place, few write one.
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    if libc.renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE) == 0:
        return True
    numero = ctypes.get_errno()
    if numero in _SANS_ECHANGE:
        return False
    raise OSError(numero, os.strerror(numero), str(b))


@contextmanager
def _verrou(fichier: Path) -> Iterator[None]:
    """Hold the lock of a site. The file stays: to remove it would let a third build believe that it is alone."""
    try:
        descripteur = os.open(fichier, _VERROU, 0o666)
    except OSError as erreur:
        if os.path.islink(fichier) or os.path.isdir(fichier):  # noqa: PTH112,PTH114 - these never raise
            raise PublicationImpossible(f"Le verrou {fichier} est à retirer : {cause(erreur)}.") from erreur
        raise PublicationImpossible(f"Rien ne peut être écrit dans {fichier.parent} : {cause(erreur)}.") from erreur
    try:
        _verrouiller(descripteur, fichier)
        yield
    finally:
        os.close(descripteur)


def _verrouiller(descripteur: int, fichier: Path) -> None:
    if not stat.S_ISREG(os.fstat(descripteur).st_mode):
        raise PublicationImpossible(f"Le verrou {fichier} n'est pas un fichier ordinaire : retirez-le.")
    try:
        fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as erreur:
        raise PublicationImpossible("Une autre construction de ce site est en cours. Attendez sa fin.") from erreur
    except OSError as erreur:
        raise PublicationImpossible(f"Le verrou {fichier} ne peut pas être pris : {cause(erreur)}.") from erreur


@contextmanager
def _en_francais(cible: Path) -> Iterator[None]:
    """Say in French what the system refuses about the place of the site."""
    try:
        yield
    except OSError as erreur:
        raise PublicationImpossible(f"Le site ne peut pas être écrit dans {cible} : {cause(erreur)}.") from erreur


@contextmanager
def _disque_plein() -> Iterator[None]:
    """Say in French that the disk is full, wherever in the block it was met; other errors are the block's own."""
    try:
        yield
    except OSError as erreur:
        if erreur.errno not in SANS_PLACE:
            raise
        pourquoi = cause(erreur).capitalize()
        raise PublicationImpossible(
            f"{pourquoi}{f' ({erreur.filename})' if erreur.filename else ''} : rien n'a été publié, et ce qui "
            "avait été écrit est retiré. Faites de la place, puis relancez."
        ) from erreur
