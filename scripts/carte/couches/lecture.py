"""A published file as rows of texts, whatever it comes in: CSV, spreadsheet, or an archive of these."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from carte.couches.brut import CouchesIndisponibles
from carte.ecrits import tables

ARCHIVE = b"PK\x03\x04"
"""How a zip archive begins, and a workbook with it."""
_CLASSEUR = "[Content_Types].xml"
# The widest published table (a whole census, 100 MB) is far below; what is above was made to fill the memory.
_TAILLE_MAX = 1 << 30
# Beside the data, Insee ships a description of the variables in the same format.
_DESCRIPTIONS = ("meta_", "dictionnaire", "__macosx", "doc_")


def feuilles(contenu: bytes, nom: str) -> Iterator[Iterable[Sequence[str]]]:
    """The tables that a file may hold, each as rows read when asked for. Raises CouchesIndisponibles."""
    if not contenu.startswith(ARCHIVE):
        yield _csv(contenu, nom)
        return
    with archive(contenu, nom) as ouverte:
        if _CLASSEUR in ouverte.namelist():
            yield from _classeur(contenu, nom)
            return
        for entree in ouverte.infolist():
            fichier = entree.filename.rsplit("/", 1)[-1].casefold()
            if fichier.endswith((".csv", ".txt", ".xlsx")) and not fichier.startswith(_DESCRIPTIONS):
                yield from feuilles(lire_entree(ouverte, entree, nom), f"{nom} ({entree.filename})")


@contextmanager
def archive(contenu: bytes, nom: str) -> Iterator[zipfile.ZipFile]:
    """A zip archive, a workbook among them, open. Raises CouchesIndisponibles when it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as ouverte:
            yield ouverte
    except zipfile.BadZipFile as erreur:
        raise CouchesIndisponibles(f"{nom} : ce fichier ne s'ouvre pas, il est sans doute coupé.") from erreur


def lire_entree(archive: zipfile.ZipFile, entree: zipfile.ZipInfo, nom: str) -> bytes:
    """One file of an archive. Raises CouchesIndisponibles when it is damaged or beyond any published table."""
    with ouvrir_entree(archive, entree, nom) as flux:
        return flux.read()


@contextmanager
def ouvrir_entree(archive: zipfile.ZipFile, entree: zipfile.ZipInfo, nom: str) -> Iterator[IO[bytes]]:
    """The same, to be read by pieces."""
    if entree.file_size > _TAILLE_MAX:
        raise CouchesIndisponibles(f"{nom} : {entree.filename} dépasse 1 Go une fois ouvert.")
    try:
        with archive.open(entree) as flux:
            yield flux
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as erreur:
        raise CouchesIndisponibles(f"{nom} : {entree.filename} ne s'ouvre pas ({erreur}).") from erreur


def _classeur(contenu: bytes, nom: str) -> Iterator[Iterable[Sequence[str]]]:
    """Every sheet, in order. A cell is a text."""
    try:
        for _, rangees in tables.feuilles(contenu):
            yield ([str(valeur) for valeur in rangee] for rangee in rangees)
    except tables.TableIllisible as erreur:
        raise CouchesIndisponibles(f"{nom} : {erreur}.") from erreur


def _csv(contenu: bytes, nom: str) -> Iterator[Sequence[str]]:
    try:
        yield from tables.rangees(tables.decoder(contenu)[0])
    except tables.TableIllisible as erreur:
        raise CouchesIndisponibles(f"{nom} : {erreur}.") from erreur
