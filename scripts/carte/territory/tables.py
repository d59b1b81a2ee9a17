"""The optional CSV files of a département: UTF-8, separated by `;`, read by the name of their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from carte.ecrits.csv_strict import lire_csv
from carte.territory.erreurs import TerritoireInvalide


@dataclass(frozen=True, slots=True)
class Lue:
    """A line and where it is, « file:line », for messages."""

    ou: str
    champs: Mapping[str, str]


def lire_table(fichier: Path, colonnes: Sequence[str]) -> list[Lue]:
    """The lines of a table, texts without the spaces around; none when the file is absent.

    Raises TerritoireInvalide when a column is missing.
    """
    if not fichier.exists():
        return []
    table = lire_csv(fichier, TerritoireInvalide)
    manquantes = [colonne for colonne in colonnes if colonne not in table.entete]
    if manquantes:
        raise TerritoireInvalide(f"{fichier} : il manque la colonne « {manquantes[0]} ».")
    rangs = {colonne: table.entete.index(colonne) for colonne in colonnes}
    return [
        Lue(f"{fichier}:{ligne}", {colonne: rangee[rang] for colonne, rang in rangs.items()})
        for ligne, rangee in zip(table.lignes, table.rangees, strict=True)
    ]


def millesime(lues: Sequence[Lue]) -> str:
    """Sources and vintages that the lines name, in their order."""
    dits = dict.fromkeys(" ".join(filter(None, (x.champs["source"], x.champs["millesime"]))) for x in lues)
    return ", ".join(filter(None, dits)) or "inconnu"
