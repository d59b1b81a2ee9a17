"""What a site knows of the other hubs: their last good packages, what failed, and what did not go together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from carte.config import Hub
from carte.erreurs import ErreurCarte
from carte.records import Chargement


class PaquetRefuse(ErreurCarte):
    """A package that is not taken: the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Paquet:
    """What a hub published: `fiches`, by id, in order, their fields as JSON values; nothing of another département.

    `jour`: its date of publication; `recu`: when it was taken; `site`: where its pages are, ends with a slash or is
    empty; `empreinte`: SHA-256 of the file of records that it announced; `ecartees`: ids of other départements, not
    taken.
    """

    jour: date
    recu: date
    site: str
    empreinte: str
    fiches: Mapping[str, Mapping[str, Any]]
    ecartees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Echec:
    """Why a hub's package is not the one in use: since which day, and the last reason."""

    depuis: date
    motif: str


class Nature(StrEnum):
    """What keeps a record of a hub, or one of its former addresses, out."""

    NOTRE = "ce site a sa propre fiche à cette adresse"
    AUTRE_HUB = "un autre hub publie déjà cette adresse"
    ANCIENNE = "cette ancienne adresse est déjà prise, ou n'est pas à ce hub"
    HORS = "le département n'est pas à ce hub"


@dataclass(frozen=True, slots=True, order=True)
class Conflit:
    """One id that a hub does not get here; `gardee`: who has it, empty when nobody does."""

    identifiant: str
    hub: str
    nature: Nature
    gardee: str = ""

    def __str__(self) -> str:
        qui = f" ({self.gardee})" if self.gardee else ""
        return f"{self.identifiant} de {self.hub} : {self.nature}{qui}."


@dataclass(frozen=True, slots=True)
class HubLu:
    """A hub as this site has it: `paquet` is None when none was ever good; `publiees`: how many of its records are
    published here."""

    hub: Hub
    paquet: Paquet | None
    echec: Echec | None
    publiees: int = 0

    @property
    def site(self) -> str:
        """Where its pages are, empty when nobody said."""
        return self.hub.site or (self.paquet.site if self.paquet else "")


@dataclass(frozen=True, slots=True)
class Federation:
    """The hubs of a site, in the order of its configuration, and what did not go together."""

    hubs: Sequence[HubLu] = ()
    conflits: Sequence[Conflit] = ()


@dataclass(frozen=True, slots=True)
class Reunion:
    """The records of this site and of its hubs, together; the problems are those of this site's own files, and what
    would keep a hub's from being published."""

    chargement: Chargement
    federation: Federation
