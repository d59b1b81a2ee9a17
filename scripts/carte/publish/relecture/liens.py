"""What a look at the links of a record adds to its reasons to be read again: one is gone, or does not answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from carte.publish.relecture.modele import Groupe, Motif
from carte.publish.textes import date_longue, sans_bidi

if TYPE_CHECKING:
    from carte.records.modele import Lieu


class Etat(StrEnum):
    """What is known of an address. A server that refuses programs, a private address: not looked at, never gone."""

    EXISTE = "existe"
    DISPARU = "n'existe plus"
    INJOIGNABLE = "injoignable"
    INCONNU = "pas vérifié"


@dataclass(frozen=True, slots=True)
class Vu:
    """The last look at an address: `detail`, why, in our own words; `le`, its day; `depuis`, the first day so."""

    etat: Etat
    detail: str
    le: date
    depuis: date


_QUESTIONS = {
    "site": "Quelle est l’adresse de votre site ?",
    "rendez-vous": "Comment prend-on rendez-vous en ligne ?",
    "AccèsLibre": "",
}
_NOMS = {
    "site": "Le site",
    "rendez-vous": "La page de rendez-vous",
    "AccèsLibre": "La fiche AccèsLibre",
}


def liens(lieu: "Lieu") -> Iterator[tuple[str, str]]:
    """What each address of a record leads to, and the address."""
    yield from (("site", adresse) for adresse in lieu.site_web or ())
    if lieu.prise_rdv:
        yield "rendez-vous", lieu.prise_rdv
    if lieu.fiche_acces_libre:
        yield "AccèsLibre", lieu.fiche_acces_libre


def motifs_des_liens(lieu: "Lieu", vus: Mapping[str, Vu]) -> Iterator[Motif]:
    """One reason for each address that leads nowhere; none for those that nobody could look at."""
    for quoi, adresse in liens(lieu):
        vu = vus.get(adresse)
        if vu is None:
            continue
        qui = f"{_NOMS[quoi]} {sans_bidi(adresse)}"
        if vu.etat is Etat.DISPARU:
            constat = f"{qui} n’existe plus ({vu.detail}, le {date_longue(vu.le)})."
            yield Motif(Groupe.DOUTE, constat, _QUESTIONS[quoi])
        elif vu.etat is Etat.INJOIGNABLE:
            depuis = "" if vu.depuis == vu.le else f", déjà le {date_longue(vu.depuis)}"
            constat = f"{qui} n’a pas répondu le {date_longue(vu.le)}{depuis} ({vu.detail}) : essayez-le."
            yield Motif(Groupe.A_RELIRE, constat)
