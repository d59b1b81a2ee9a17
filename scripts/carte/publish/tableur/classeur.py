"""One workbook in both formats: all that a process needs to make it, and nothing of the build."""

from dataclasses import dataclass
from datetime import date

from carte.publish.tableur import ods, xlsx
from carte.publish.tableur.onglet import Feuille


@dataclass(frozen=True, slots=True)
class Classeur:
    """The sheets of one département, with the title and the date that the file says."""

    titre: str
    jour: date
    feuilles: tuple[Feuille, ...]


def formes(classeur: Classeur) -> dict[str, bytes]:
    """The bytes of the workbook by extension: `.xlsx`, `.ods`."""
    return {
        ".xlsx": xlsx.ecrire(classeur.feuilles, classeur.titre, classeur.jour),
        ".ods": ods.ecrire(classeur.feuilles, classeur.titre),
    }
