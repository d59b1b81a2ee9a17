"""A record to read again: why, and what to ask."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from carte.publish.textes import sans_bidi
from carte.records import Enregistrement, dires


class Groupe(IntEnum):
    """Why a record is to be read again, the most pressing first: the order of the list."""

    VENUE_VAINE = 1
    ANCIENNE = 2
    DOUTE = 3
    A_RELIRE = 4
    MANQUE = 5
    BROUILLON = 6


TITRES = {
    Groupe.VENUE_VAINE: "Quelqu’un peut venir pour rien",
    Groupe.ANCIENNE: "Fiche très ancienne",
    Groupe.DOUTE: "Un doute à lever",
    Groupe.A_RELIRE: "Fiche à relire",
    Groupe.MANQUE: "Il manque l’essentiel",
    Groupe.BROUILLON: "Fiche à compléter, pas encore publiée",
}
"""How each group is named to a hub."""


@dataclass(frozen=True, slots=True)
class Motif:
    """One reason (`constat`, a sentence) and what to ask of the place; no question when its answer is elsewhere."""

    groupe: Groupe
    constat: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class ALire:
    """One record to read again. `habitants`: people whom its answer would settle in the report; `poids`: weight of what
    it leaves unsaid; `complements`: what else to ask while one is at it; `age` in days."""

    enregistrement: Enregistrement
    motifs: tuple[Motif, ...]
    complements: tuple[str, ...] = ()
    habitants: float = 0.0
    poids: int = 0
    age: int = 0

    @property
    def groupe(self) -> Groupe:
        return min(motif.groupe for motif in self.motifs)

    @property
    def nom(self) -> str:
        return sans_bidi(self.enregistrement.lieu.nom)

    @property
    def a_jour_le(self) -> date:
        return dires.a_jour_le(self.enregistrement.lieu)

    @property
    def questions(self) -> tuple[str, ...]:
        """What to ask, each once, the reasons first."""
        dues = (*(motif.question for motif in self.motifs), *self.complements)
        return tuple(dict.fromkeys(question for question in dues if question))

    @property
    def ordre(self) -> tuple[int, float, int, int, str]:
        """The rule of the list: the most pressing reason, then the most people, what is unsaid, and age."""
        return self.groupe, -self.habitants, -self.poids, -self.age, self.enregistrement.identifiant
