"""The formats of the open data: a file and its description, CSV cells that cannot run, JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from carte.cellules import inerte


@dataclass(frozen=True, slots=True)
class Ressource:
    """One published file: its name, its bytes, and how the data package describes it; `dits`: what else it says.

    `parties`: the files that it is cut in, when it is: `contenu` is then empty.
    """

    nom: str
    fichier: str
    titre: str
    mediatype: str
    champs: tuple[dict[str, str], ...] = ()
    dits: Mapping[str, object] = field(default_factory=dict)
    contenu: bytes = b""
    parties: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def fichiers(self) -> Mapping[str, bytes]:
        """What is written, by path in `donnees/`."""
        return self.parties or {self.fichier: self.contenu}

    def morceaux(self) -> Iterator[memoryview]:
        """The whole, in pieces: those of a cut table end to end, their heading once."""
        for rang, contenu in enumerate(self.fichiers.values()):
            yield memoryview(contenu)[contenu.index(b"\n") + 1 if rang else 0 :]


def table_csv(colonnes: Iterable[str], lignes: Iterable[Mapping[str, object]], separateur: str = ",") -> bytes:
    """A UTF-8 table, comma-separated unless told; unknown is an empty cell, and no cell can act as a formula."""
    colonnes = list(colonnes)
    return entete_csv(colonnes, separateur) + lignes_csv(colonnes, lignes, separateur)


def entete_csv(colonnes: Sequence[str], separateur: str = ",") -> bytes:
    """The first line of a table."""
    return cellules_csv([colonnes], separateur)


def lignes_csv(colonnes: Sequence[str], lignes: Iterable[Mapping[str, object]], separateur: str = ",") -> bytes:
    """The other lines of a table (see `table_csv`)."""
    return cellules_csv(([cellule(ligne[nom]) for nom in colonnes] for ligne in lignes), separateur)


def cellules_csv(lignes: Iterable[Sequence[str]], separateur: str = ",") -> bytes:
    """Rows whose cells are written already (see `cellule`)."""
    sortie = io.StringIO(newline="")
    csv.writer(sortie, lineterminator="\n", delimiter=separateur).writerows(lignes)
    return sortie.getvalue().encode()


def cellule(valeur: object) -> str:
    """One cell: empty when unknown; what a spreadsheet would run, at the start or within, follows an apostrophe.

    A number keeps twelve digits: what two publications are compared with, and no more than that.
    """
    # Only NaN differs from itself. Most cells are figures, then codes and words without any sign.
    if type(valeur) is float:
        return f"{valeur:.12g}" if valeur == valeur else ""
    if type(valeur) is str and valeur.isalnum():
        return valeur
    if valeur is None or str(valeur) == "<NA>" or valeur != valeur:
        return ""
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, float):
        return f"{valeur:.12g}"
    if isinstance(valeur, int):
        return repr(valeur)
    if isinstance(valeur, list | tuple):
        return cellule("|".join(map(str, valeur)))
    # Only "\n" is quoted by the writer, whose rows end with it: any other line break would cut the row.
    return inerte(str(valeur)).replace("\r\n", "\n").replace("\r", "\n")


def en_json(valeur: object) -> bytes:
    """Compact JSON; a number that JSON has no word for is an error."""
    return f"{_json(valeur)}\n".encode()


def membres_json(valeurs: Iterable[object]) -> bytes:
    """The members of a list, without its brackets (see `liste_json`)."""
    return ",".join(map(_json, valeurs)).encode()


def liste_json(membres: Iterable[bytes]) -> bytes:
    """A list whose members are written already, in runs of `membres_json`; without an end of line."""
    return b"[" + b",".join(filter(None, membres)) + b"]"


def _json(valeur: object) -> str:
    return json.dumps(valeur, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
