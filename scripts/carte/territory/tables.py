"""The optional CSV files of a département: UTF-8, separated by `;`, read by the name of their columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from carte.ecrits.copies import lire_copies
from carte.territory.erreurs import TerritoireInvalide


@dataclass(frozen=True, slots=True)
class Lue:
    """A line and where it is, « file:line », for messages."""

    ou: str
    champs: Mapping[str, str]


def lire_tables(
    fichiers: Sequence[Path],
    colonnes: Sequence[str],
    controler: Callable[[Path, Sequence[Lue]], None] | None = None,
) -> list[Lue]:
    """The distinct lines of the tables that are there, in their order, texts without the spaces around.

    Folders keep copies of national tables: a line that several have is read once, and is where it is first met.
    `controler` sees the lines of each file. Raises TerritoireInvalide when a column is missing.
    """
    presents = [fichier for fichier in fichiers if fichier.exists()]
    trouvees: list[tuple[tuple[int, int], Lue]] = []
    for copies in lire_copies(presents, TerritoireInvalide):
        manquantes = [colonne for colonne in colonnes if colonne not in copies.entete]
        if manquantes:
            raise TerritoireInvalide(f"{presents[copies.fichiers[0]]} : il manque la colonne « {manquantes[0]} ».")
        rangs = {colonne: copies.entete.index(colonne) for colonne in colonnes}
        lues = [
            Lue(f"{presents[fichier]}:{ligne}", {colonne: rangee[rang] for colonne, rang in rangs.items()})
            for (fichier, ligne), rangee in zip(copies.places, copies.rangees, strict=True)
        ]
        if controler:
            for fichier, siennes in zip(copies.fichiers, copies.rangs, strict=True):
                controler(presents[fichier], [lues[rang] for rang in siennes])
        trouvees += zip(copies.places, lues, strict=True)
    return [lue for _place, lue in sorted(trouvees, key=lambda trouvee: trouvee[0])]


def millesime(lues: Sequence[Lue]) -> str:
    """Sources and vintages that the lines name, in their order."""
    dits = dict.fromkeys(" ".join(filter(None, (x.champs["source"], x.champs["millesime"]))) for x in lues)
    return ", ".join(filter(None, dits)) or "inconnu"
