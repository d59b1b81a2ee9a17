"""What a record says, decided once: the search, the lists, the fiche, the sheet, the open data and the report ask here.

A question is answered by one of three states, and silence is never a « non ». The table of what each rule replaced is
in `docs/une-regle-une-reponse.md`. Days are compared with a reference date that the caller gives (that of the
publication).
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from carte.nomenclature import Vocabulaire
from carte.records.modele import Arret, Label, Lieu

ITINERANT, FIXE = "Itinérant", "Fixe"
VENIR, SANS_PUBLIC = "Se présenter", "Ce lieu n'accueille pas de public"
PERMANENCE_LIBRE = "permanence libre"
GRATUIT, PAYANT = "Gratuit", "Payant"
_UN_JOUR = timedelta(days=1)


class Etat(StrEnum):
    """What a record says of a question."""

    OUI = "oui"
    NON = "non"
    NON_DIT = "non dit"

    @property
    def booleen(self) -> bool | None:
        """True, False, or None when nothing is said."""
        return None if self is Etat.NON_DIT else self is Etat.OUI


def dit(valeur: bool | None) -> Etat:
    """The state of a yes or no that a record may leave out."""
    return Etat.NON_DIT if valeur is None else Etat.OUI if valeur else Etat.NON


def rend(lieu: Lieu, services: Iterable[str]) -> Etat:
    """Whether the place gives one of these services: « non » only when it said so of each of them."""
    voulus = set(services)
    if not voulus.isdisjoint(lieu.services):
        return Etat.OUI
    return Etat.NON if voulus and voulus <= set(lieu.services_absents or ()) else Etat.NON_DIT


def familles(lieu: Lieu, services: Vocabulaire) -> dict[str, Etat]:
    """For each family of the vocabulary, in its order, whether the place gives one of its services.

    A family that is only declared is not said: nobody knows which service would be found there.
    """
    absentes = lieu.familles_absentes or ()
    etats = {famille: rend(lieu, siens) for famille, siens in services.membres.items()}
    return {
        famille: Etat.NON if etat is Etat.NON_DIT and famille in absentes else etat for famille, etat in etats.items()
    }


def declarees(lieu: Lieu, services: Vocabulaire) -> list[str]:
    """The families that the place says it gives, without one service to show for it."""
    etats = familles(lieu, services)
    return [famille for famille in lieu.familles_declarees or () if etats.get(famille) is Etat.NON_DIT]


def accueille_public(lieu: Lieu) -> Etat:
    """Whether one can go there, at its address or at its stops."""
    acces = lieu.modalites_acces
    if acces and SANS_PUBLIC in acces:
        return Etat.NON
    return Etat.OUI if acces or PERMANENCE_LIBRE in (lieu.formats or ()) else Etat.NON_DIT


def sans_rdv(lieu: Lieu) -> Etat:
    """Whether one is received without appointment: one may walk in, or there is a time when whoever comes is received.

    The ways of access are a whole list: a record that gives some without « Se présenter » says that one calls first.
    Nobody walks into a place that receives nobody.
    """
    acces = lieu.modalites_acces
    if accueille_public(lieu) is Etat.NON:
        return Etat.NON
    if PERMANENCE_LIBRE in (lieu.formats or ()) or VENIR in (acces or ()):
        return Etat.OUI
    return Etat.NON if acces else Etat.NON_DIT


def gratuit(lieu: Lieu) -> Etat:
    """Whether nobody pays anything. Beside « Payant », « Gratuit » does not say which services are free: not said."""
    frais = set(lieu.frais_a_charge or ())
    if GRATUIT in frais:
        return Etat.OUI if frais == {GRATUIT} else Etat.NON_DIT
    return Etat.NON if frais else Etat.NON_DIT


def frais_precis(lieu: Lieu) -> tuple[str, ...]:
    """The fees that say more than the answer of `gratuit`: « Gratuit sous condition », or two words that disagree."""
    frais = tuple(lieu.frais_a_charge or ())
    return () if gratuit(lieu) is Etat.OUI or frais == (PAYANT,) else frais


def accepte_le_pass(lieu: Lieu) -> Etat:
    """Whether the Pass numérique was taken when somebody asked."""
    if lieu.pass_numerique is None:
        return Etat.NON_DIT
    return Etat.OUI if lieu.pass_numerique.accepte else Etat.NON


def itinerant(lieu: Lieu) -> Etat:
    """Whether a service comes to several communes, be it fixed too; stops say it as well as the word."""
    if lieu.tournee or ITINERANT in (lieu.itinerance or ()):
        return Etat.OUI
    return Etat.NON if lieu.itinerance else Etat.NON_DIT


def mobile_seulement(lieu: Lieu) -> bool:
    """Whether it is met at its stops only, be they known or not: nobody is sent to the garage of a bus."""
    return itinerant(lieu) is Etat.OUI and FIXE not in (lieu.itinerance or ())


def recoit_a_son_adresse(lieu: Lieu, jour: date) -> bool:
    """Whether people may be sent to its address, as far as is known at a day."""
    nulle_part = mobile_seulement(lieu) or accueille_public(lieu) is Etat.NON
    return not nulle_part and not ferme_pour_toujours(lieu, jour)


@dataclass(frozen=True, slots=True)
class Rencontre:
    """Where a service is met: at its own address (`arret` is None), or at one stop, `rang` counting from 1.

    `locale`: it serves the commune where it stands, and no other.
    """

    pose: Lieu | Arret
    arret: Arret | None
    rang: int
    locale: bool


def rencontres(lieu: Lieu) -> Iterator[Rencontre]:
    """The points of a record. A tour replaces the seat, unless the record says that the place is fixed too."""
    arrets = lieu.tournee or ()
    if not arrets or FIXE in (lieu.itinerance or ()):
        yield Rencontre(lieu, None, 0, mobile_seulement(lieu))
    for rang, arret in enumerate(arrets, start=1):
        yield Rencontre(arret, arret, rang, True)


def position(pose: Lieu | Arret) -> tuple[float, float] | None:
    """Latitude and longitude (WGS84), None unless both are known."""
    if pose.latitude is None or pose.longitude is None:
        return None
    return pose.latitude, pose.longitude


def a_jour_le(lieu: Lieu) -> date:
    """The last day when somebody updated or checked the record."""
    return max(lieu.date_maj, lieu.verifie_le or lieu.date_maj)


def verifiee(lieu: Lieu) -> bool:
    """Whether that last day is one of a check: an inventory's own date says that it was written, no more."""
    return lieu.verifie_le is not None and lieu.verifie_le >= lieu.date_maj


def age_jours(lieu: Lieu, jour: date) -> int:
    """Days since then; a record touched after the reference date is of that day."""
    return max(0, (jour - a_jour_le(lieu)).days)


def frais_pendant(jours: float) -> int:
    """How many days a record stays fresh after its update or its check: its age is below `jours`."""
    return math.ceil(min(jours, date.max.toordinal())) - 1


def frais_jusqu_au(lieu: Lieu, jours: float) -> date:
    """The last day when the record is fresh."""
    fin = a_jour_le(lieu)
    return fin + timedelta(days=min(frais_pendant(jours), (date.max - fin).days))


def frais(lieu: Lieu, jour: date, jours: float) -> bool:
    """Whether the record is fresh: updated or checked less than `jours` days before."""
    return jour <= frais_jusqu_au(lieu, jours)


class Nature(StrEnum):
    """Why a place is closed."""

    TEMPORAIRE = "temporaire"
    DEFINITIVE = "définitive"
    AVANT_OUVERTURE = "avant l'ouverture"


@dataclass(frozen=True, slots=True)
class Periode:
    """Days of closure, both included; `date.min` and `date.max` where there is no such end."""

    du: date
    au: date
    nature: Nature = Nature.TEMPORAIRE
    motif: str | None = None

    @property
    def jours(self) -> float:
        """Length in days; infinite without an end, or before a first opening."""
        return (self.au - self.du).days + 1 if self.nature is Nature.TEMPORAIRE else math.inf


def fermetures(lieu: Lieu, jour: date) -> tuple[Periode, ...]:
    """The closures that are not over: before the opening, those that are announced, then the last one."""
    return tuple(periode for periode in _periodes(lieu) if periode.au >= jour)


def fermeture_du_jour(lieu: Lieu, jour: date) -> Periode | None:
    """The closure that a day is part of, with those that touch it: two closures in a row are one. None when open."""
    periodes = list(_periodes(lieu))
    du_jour = [p for p in periodes if p.du <= jour <= p.au]
    if not du_jour:
        return None
    sans_retour = next((p for p in du_jour if p.nature is not Nature.TEMPORAIRE), None)
    if sans_retour:
        return sans_retour
    suite = next(suite for suite in _suites(periodes) if suite.du <= jour <= suite.au)
    fin = lieu.date_fermeture
    # Works that last until the place closes for good: nobody will come back.
    return replace(suite, nature=Nature.DEFINITIVE) if fin and (fin - suite.au).days <= 1 else suite


def ferme_pour_toujours(lieu: Lieu, jour: date) -> bool:
    """Whether a place has closed for good: nobody is sent there any more."""
    periode = fermeture_du_jour(lieu, jour)
    return periode is not None and periode.nature is Nature.DEFINITIVE


def ouvert_depuis(lieu: Lieu, jour: date, jours: float) -> date | None:
    """The day when it came into the offer, as known at a date: its opening, or the end of a closure of more than
    `jours` days, whichever is later; None when neither is known."""
    dates = [suite.au + _UN_JOUR for suite in _suites(_periodes(lieu)) if suite.au < jour and suite.jours > jours]
    return max([*dates, *([lieu.date_ouverture] if lieu.date_ouverture else [])], default=None)


def _periodes(lieu: Lieu) -> Iterator[Periode]:
    if lieu.date_ouverture is not None and lieu.date_ouverture > date.min:
        yield Periode(date.min, lieu.date_ouverture - _UN_JOUR, Nature.AVANT_OUVERTURE)
    for fermeture in lieu.fermetures or ():
        yield Periode(fermeture.du, fermeture.au, motif=fermeture.motif)
    if lieu.date_fermeture is not None:
        yield Periode(lieu.date_fermeture, date.max, Nature.DEFINITIVE)


def _suites(periodes: Iterable[Periode]) -> list[Periode]:
    """Temporary closures that touch, put together, in the order of the days."""
    suites: list[Periode] = []
    for p in sorted((p for p in periodes if p.nature is Nature.TEMPORAIRE), key=lambda p: (p.du, p.au)):
        if suites and (p.du - suites[-1].au).days <= 1:
            avant = suites.pop()
            suites.append(Periode(avant.du, max(avant.au, p.au), motif=avant.motif or p.motif))
        else:
            suites.append(p)
    return suites


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a record at a date; one that begins later is in neither."""

    en_cours: tuple[Label, ...]
    finis: tuple[Label, ...]


def labels(lieu: Lieu, jour: date, vocabulaire: Vocabulaire) -> Labels:
    """Labels are dated facts: one without start has begun, one without end goes on as long as its network does."""
    commences = [label for label in lieu.labels or () if label.depuis is None or label.depuis <= jour]
    finis = [label for label in commences if (fin_du_label(label, vocabulaire) or date.max) < jour]
    return Labels(tuple(label for label in commences if label not in finis), tuple(finis))


def fin_du_label(label: Label, vocabulaire: Vocabulaire) -> date | None:
    """The last day of a label: its own, or that of a network that no longer exists; None when neither is known."""
    reseau = vocabulaire[label.nom].fin if label.nom in vocabulaire else None
    return min((jour for jour in (label.jusqua, reseau) if jour is not None), default=None)
