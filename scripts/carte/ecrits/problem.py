"""What validation says: one value per problem, never an exception."""

from dataclasses import dataclass
from enum import StrEnum


class Gravite(StrEnum):
    """Decided at the rule: only a blocker sets the exit code, advice never does."""

    BLOQUANT = "bloquant"
    CONSEIL = "conseil"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of one file, placed where its author can mend it.

    `fichier` is relative to the records' folder's parent (`offers/99/x.yml`); `ligne` and `colonne` start at 1;
    `champ` is a dotted path (`permanences.0.horaires`) or empty; `valeur` is what was read, shortened; `message`
    is French: what is wrong, then what would be right; `regle` names the rule (`vocabulaire`, `code-insee`, …).
    """

    fichier: str
    ligne: int
    colonne: int
    champ: str
    valeur: str
    message: str
    gravite: Gravite
    regle: str

    def __str__(self) -> str:
        return f"{self.fichier}:{self.ligne}:{self.colonne}: {self.message}"
