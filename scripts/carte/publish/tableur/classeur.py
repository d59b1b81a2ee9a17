"""One workbook in both formats: all that a process needs to write it, and nothing of the build."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carte.publish.tableur import ods, xlsx
from carte.publish.tableur.onglet import Feuille


@dataclass(frozen=True, slots=True)
class Classeur:
    """`chemin`: path of the files, without their extension."""

    chemin: Path
    titre: str
    jour: date
    feuilles: tuple[Feuille, ...]


def ecrire(classeur: Classeur) -> None:
    """Write `<chemin>.xlsx` and `<chemin>.ods`; the folder is made when it is not there."""
    chemin = classeur.chemin
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.with_suffix(".xlsx").write_bytes(xlsx.ecrire(classeur.feuilles, classeur.titre, classeur.jour))
    chemin.with_suffix(".ods").write_bytes(ods.ecrire(classeur.feuilles, classeur.titre))
