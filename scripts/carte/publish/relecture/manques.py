"""What a record leaves unsaid that a person needs before going, each with its weight and its question."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carte.records import dires
from carte.records.dires import Etat

if TYPE_CHECKING:
    from carte.records.modele import Lieu

ESSENTIEL = 3
"""From this weight on, what is unsaid is a reason by itself to call; below, it is asked while one is at it."""


@dataclass(frozen=True, slots=True)
class Manque:
    """One thing that records say: the sentence when one does not, its weight, whether one does not, what to ask."""

    constat: str
    poids: int
    absent: "Callable[[Lieu], bool]"
    question: str


def _sans_heures(lieu: "Lieu") -> bool:
    dites = (lieu.horaires, lieu.horaires_detail, lieu.tournee, lieu.tournee_a_preciser, lieu.permanences)
    return not any(dites) and dires.accueille_public(lieu) is not Etat.NON


def _sans_contact(lieu: "Lieu") -> bool:
    return not lieu.telephone and not lieu.courriels


def _sans_endroit(lieu: "Lieu") -> bool:
    placee = lieu.adresse or dires.position(lieu)
    return not placee and not dires.mobile_seulement(lieu) and dires.accueille_public(lieu) is not Etat.NON


def _sans_venue(lieu: "Lieu") -> bool:
    return dires.sans_rdv(lieu) is Etat.NON_DIT


def _sans_prix(lieu: "Lieu") -> bool:
    return dires.gratuit(lieu) is Etat.NON_DIT


def _sans_acces(lieu: "Lieu") -> bool:
    dit = lieu.accessibilite is not None and lieu.accessibilite.fauteuil is not None
    return not dit and not lieu.fiche_acces_libre and dires.accueille_public(lieu) is not Etat.NON


MANQUES = (
    Manque("Les horaires manquent.", 5, _sans_heures, "Quels sont vos jours et heures d’ouverture ?"),
    Manque("Ni téléphone ni courriel.", 4, _sans_contact, "À quel numéro, ou à quelle adresse, vous joindre ?"),
    Manque("L’adresse manque.", 4, _sans_endroit, "À quelle adresse recevez-vous ?"),
    Manque(
        "On ne sait pas s’il faut un rendez-vous.", 2, _sans_venue, "Faut-il un rendez-vous, ou peut-on se présenter ?"
    ),
    Manque("On ne sait pas si c’est gratuit.", 2, _sans_prix, "Est-ce gratuit ?"),
    Manque(
        "On ne sait pas si l’on entre en fauteuil roulant.",
        1,
        _sans_acces,
        "L’entrée et la salle sont-elles accessibles en fauteuil roulant ?",
    ),
)
"""What is looked for, the heaviest first."""


def manques(lieu: "Lieu") -> tuple[Manque, ...]:
    """What a record does not say, the heaviest first."""
    return tuple(manque for manque in MANQUES if manque.absent(lieu))
