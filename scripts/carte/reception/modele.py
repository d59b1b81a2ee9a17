"""What a message becomes on its way to a record."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from carte.boucle.comparer import Champ
from carte.erreurs import ErreurCarte
from carte.records import FicheLue, Problem

INTERDITS = ("anciens_identifiants", "doublon_de", "distinct_de", "provenance")
"""Fields that the form has no question for: a message can neither hide a record nor take its address."""


class ReceptionRefusee(ErreurCarte):
    """What cannot be received: one sentence that says what to do. `problemes`: what the record's rules say of it."""

    def __init__(self, message: str, problemes: tuple[Problem, ...] = ()) -> None:
        self.problemes = problemes
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Courrier:
    """One saved message: how the person names it, its texts, the records attached to it (name of the file, content).

    Who sent it, to whom, and its subject are not kept.
    """

    nom: str
    textes: tuple[str, ...] = ()
    jointes: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposition:
    """One record that a message carries. `fiche`: read and checked alone, its `lieu` None when it has a blocker.

    `vus`: field → fingerprint of what the person saw there, for what they change; None when the message does not say.
    `neuve`: whether it says to be a new place; None when it does not say.
    """

    courrier: str
    identifiant: str
    fiche: FicheLue
    vus: Mapping[str, str] | None
    neuve: bool | None


class Sort(StrEnum):
    """What becomes of a proposition; each value is its French title."""

    AJOUTEE = "nouvelle fiche"
    CORRIGEE = "fiche corrigée"
    DEJA = "rien à faire, la fiche le dit déjà"
    REFUSEE = "pas reçu"


@dataclass(frozen=True, slots=True)
class Recue:
    """What became of one proposition, or of a message that has none.

    `texte`: the new file, None when there is nothing to write. `champs`: what changes in the record. `gardes`: fields
    of the record that changed since the person saw it, which they do not speak of. `conflits`: fields that both
    changed (`avant`: the record, `apres`: the message). `raison`: why it is refused. `problemes`: of the new file.
    """

    courrier: str
    sort: Sort
    identifiant: str = ""
    texte: str | None = None
    champs: tuple[Champ, ...] = ()
    gardes: tuple[Champ, ...] = ()
    conflits: tuple[Champ, ...] = ()
    raison: str = ""
    problemes: tuple[Problem, ...] = ()
