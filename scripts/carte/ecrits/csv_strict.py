"""CSV files that come with a deployment: encoding and separator found, what is wrong with one said at its line.

Nothing is guessed of a row: one that has another number of cells than the heading stops the reading, since its values
would go under the wrong names.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carte.ecrits.octets import LectureRefusee, lire_octets
from carte.ecrits.tables import decoder, separateur
from carte.erreurs import ErreurCarte

TAILLE_MAX = 1024**3  # the squares of a whole country are 100 MB
_AUTRES = (
    (
        b"<",
        "c'est une page web, pas une table : sans doute une erreur du service. Téléchargez-le à nouveau",
    ),
    (b"{", "c'est du JSON, pas une table"),
    (b"[", "c'est du JSON, pas une table"),
    (b"PK\x03\x04", "c'est un classeur : enregistrez-le en CSV"),
)
_LETTRE_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# What exports write after a day when they make an instant of it: midnight, whatever the time zone.
_JOUR = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")


class CsvIllisible(ErreurCarte):
    """What is wrong with a table, and its line (0: the whole file)."""

    def __init__(self, message: str, ligne: int = 0) -> None:
        self.ligne = ligne
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Table:
    """The heading, the rows (texts without the spaces around), and the line of the file where each row begins."""

    entete: tuple[str, ...]
    rangees: Sequence[Sequence[str]]
    lignes: Sequence[int]


def lire_csv(fichier: Path, refus: type[ErreurCarte], *, abime: bool = False) -> Table:
    """Read one table whole. `abime`: bytes that are no letter are known to be there, in columns that nobody reads.

    Raises `refus`, with one sentence that begins by the file, and the line where it is known.
    """
    octets = lire_octets_csv(fichier, refus)
    try:
        return analyser_csv(octets, abime=abime)
    except CsvIllisible as faute:
        ou = f"{fichier}:{faute.ligne}" if faute.ligne else f"{fichier}"
        raise refus(f"{ou} : {faute.message}.") from faute


def lire_octets_csv(fichier: Path, refus: type[ErreurCarte]) -> bytes:
    """The bytes of a table that is not too large. Raises `refus`."""
    try:
        return lire_octets(str(fichier), TAILLE_MAX, liens=True)
    except LectureRefusee as erreur:
        raise refus(f"{fichier} : {erreur.message}") from erreur


def analyser_csv(octets: bytes, *, abime: bool = False) -> Table:
    """The table of these bytes. Raises CsvIllisible."""
    return analyser_texte(decoder_csv(octets, abime=abime))


def analyser_texte(texte: str) -> Table:
    """The table of this text. Raises CsvIllisible."""
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur(texte), strict=True)
    entete: tuple[str, ...] = ()
    rangees, lignes = [], []
    depart = 1
    try:
        for brute in lecteur:
            cellules = [cellule.strip() for cellule in brute]
            if not any(cellules):  # an empty line says nothing
                pass
            elif not entete:
                entete = _entete(cellules, depart)
            else:
                rangees.append(_rangee(cellules, entete, depart))
                lignes.append(depart)
            depart = lecteur.line_num + 1
    except csv.Error as erreur:
        raise CsvIllisible(_raison(str(erreur)), depart) from erreur
    if not entete:
        raise CsvIllisible("le fichier est vide")
    return Table(entete, rangees, lignes)


def decoder_csv(octets: bytes, *, abime: bool = False) -> str:
    """The text of these bytes, as `lire_csv` takes it. Raises CsvIllisible."""
    debut = octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:8]
    for signe, message in _AUTRES:
        if debut.startswith(signe):
            raise CsvIllisible(message)
    texte, encodage = decoder(octets)
    if encodage == "Windows-1252" and _LETTRE_UTF8.search(octets):
        # UTF-8 with some bytes that are not: read as Windows-1252, every accent would be two signs.
        texte = octets.decode("utf-8-sig", errors="replace")
    if "\0" in texte:
        raise CsvIllisible("ce n'est pas du texte", texte.count("\n", 0, texte.index("\0")) + 1)
    if not abime and "\ufffd" in texte:
        ligne = texte.count("\n", 0, texte.index("\ufffd")) + 1
        raise CsvIllisible("une lettre ne se lit pas : le fichier est abîmé. Enregistrez-le à nouveau, en UTF-8", ligne)
    return texte


def _entete(cellules: Sequence[str], ligne: int) -> tuple[str, ...]:
    doubles = [nom for nom in cellules if nom and cellules.count(nom) > 1]
    if doubles:
        raise CsvIllisible(f"la colonne « {doubles[0]} » y est plusieurs fois", ligne)
    return tuple(cellules)


def _rangee(cellules: list[str], entete: Sequence[str], ligne: int) -> list[str]:
    trop = cellules[len(entete) :]
    if len(cellules) < len(entete) or any(trop):
        nombre = f"{len(cellules)} case{'s' * (len(cellules) > 1)}"
        raise CsvIllisible(
            f"cette ligne a {nombre}, et la première {len(entete)} : le fichier est coupé, ou un séparateur est de "
            "trop dans un texte sans guillemets",
            ligne,
        )
    return cellules[: len(entete)]


def _raison(anglais: str) -> str:
    if "end of data" in anglais or "field limit" in anglais:
        return "un guillemet ouvert n'est pas refermé"
    if "expected after" in anglais:
        return "après un guillemet fermé, il faut un séparateur ; un guillemet dans un texte s'écrit deux fois"
    return "cette ligne ne se lit pas"


def jour_ecrit(texte: str) -> date | None:
    """The day of a text in the one form of the layers, year-month-day; None for any other: `05/06/2029` has two
    readings, `T4 2029` many, `now` one a day. Midnight may follow, as exports write it."""
    trouve = _JOUR.fullmatch(texte.strip())
    try:
        return date.fromisoformat(trouve[1]) if trouve else None
    except ValueError:
        return None
