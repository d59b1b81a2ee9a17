"""What importers exchange: rows in, conversions out, remarks beside. Nothing is dropped without a remark."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from carte.erreurs import ErreurCarte
from carte.records.context import Geographie
from carte.records.modele import Lieu, Provenance

if TYPE_CHECKING:
    from carte.nomenclature import Vocabulaire


class ImportImpossible(ErreurCarte):
    """The file as a whole cannot be imported; the message says why and what would be right."""


class Nature(StrEnum):
    """What kind of remark: the listing is sorted in this order, from what needs a person to what only informs."""

    REFUS = "refus"
    A_COMPLETER = "à compléter"
    CONTRADICTION = "contradiction"
    NON_REMPLACE = "non remplacée"
    FUSION = "fusion"
    DOUBLON = "doublon possible"
    A_RELIRE = "à relire"
    ECARTEE = "mise de côté"
    NON_REPRIS = "non repris"


@dataclass(frozen=True, slots=True)
class Remarque:
    """One thing a person should know about a row: the source's column, its value, and a French sentence."""

    nature: Nature
    champ: str
    valeur: str
    message: str


@dataclass(frozen=True, slots=True)
class LigneSource:
    """One row as the source says it: every value is text, stripped; an empty text means the source says nothing.

    `defaut`: why it cannot be read; `masquees`: personal columns that it fills, whose values are not here; `suite`:
    other rows of the same place, or of the same tour, which go to the same record.
    """

    numero: int
    identifiant: str
    nom: str
    valeurs: Mapping[str, str]
    defaut: str = ""
    masquees: tuple[str, ...] = ()
    suite: "tuple[LigneSource, ...]" = ()


@dataclass(frozen=True, slots=True)
class Lecture:
    """The rows of a file, and what was found out about it: French sentences."""

    lignes: Sequence[LigneSource]
    detecte: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of one row: a record, or the reason why there is none (`refus`).

    `code_insee` is where it lies; when unknown, `possibles` are the communes between which nothing decides.
    `de_cote`: the source itself says that the row is no place to publish; `fiche`: the id its record had elsewhere.
    """

    identifiant: str
    code_insee: str | None
    lieu: Lieu | None
    refus: str | None
    remarques: tuple[Remarque, ...]
    possibles: tuple[str, ...] = ()
    de_cote: bool = False
    fiche: str | None = None


@dataclass(frozen=True, slots=True)
class ContexteImport:
    """What a mapper may use besides its row; `date_source` is the date of the whole file, when it has one.

    `jour`: nothing is dated after it; `departements`: where the name of a commune is looked for, when the row says
    nothing better.
    """

    geographie: Geographie
    date_source: date | None = None
    vocabulaires: "Mapping[str, Vocabulaire]" = field(default_factory=dict)
    jour: date | None = None
    departements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One inventory we can read: who covers what (`departements` None: the whole country), and where to find it."""

    code: str
    nom: str
    licence: str
    adresse: str | None
    departements: tuple[str, ...] | None
    lire: Callable[[bytes], Lecture]
    convertir: Callable[[LigneSource, ContexteImport], Conversion]
    date_du_fichier: Callable[[str], date | None]


@dataclass
class Recueil:
    """What the rules of one source gather about one row, before a record is made of it."""

    ligne: LigneSource
    champs: dict[str, object] = field(default_factory=dict)
    services: list[str] = field(default_factory=list)
    absents: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    provenance: dict[str, Provenance] = field(default_factory=dict)
    remarques: list[Remarque] = field(default_factory=list)
    reprises: set[str] = field(default_factory=set)
    parties: dict[str, dict[str, object]] = field(default_factory=dict)

    def valeur(self, colonne: str) -> str:
        return self.ligne.valeurs.get(colonne, "")

    def reprendre(self, *colonnes: str) -> None:
        """Say that the record fully carries these columns, even where their text does not appear in it."""
        self.reprises.update(colonnes)

    def remarquer(self, nature: Nature, colonne: str, message: str, valeur: str | None = None) -> None:
        self.remarques.append(Remarque(nature, colonne, self.valeur(colonne) if valeur is None else valeur, message))

    def ajouter(self, champ: str, *valeurs: str) -> None:
        """Add values to a list field, once each, in the order met."""
        presentes = self.champs.setdefault(champ, [])
        assert isinstance(presentes, list)
        presentes.extend(valeur for valeur in valeurs if valeur not in presentes)

    def rendre(self, service: str) -> None:
        if service not in self.services:
            self.services.append(service)

    def refuser(self, service: str) -> None:
        """Note that the source says no to this service; another column may still say yes."""
        if service not in self.absents:
            self.absents.append(service)
