"""What the fiche and the sheet say alike of a place: its address, its number, whether it can be drawn."""

from datetime import date
from typing import TYPE_CHECKING

from carte.publish.atlas import Commune
from carte.publish.textes import lien_telephone, sans_bidi, telephone_lisible
from carte.records import dires

if TYPE_CHECKING:
    from carte.records.modele import Lieu


def adresse(lieu: "Lieu", jour: date) -> list[str]:
    """The lines of the address; nobody is sent to the garage of a bus, nor to a closed door."""
    if not dires.recoit_a_son_adresse(lieu, jour):
        return []
    ville = " ".join(filter(None, (lieu.code_postal, lieu.commune)))
    return [sans_bidi(ligne) for ligne in (lieu.adresse, lieu.complement_adresse, ville) if ligne]


def telephone(lieu: "Lieu") -> str:
    """The number as people read it; empty when there is none that a telephone can dial."""
    return telephone_lisible(lieu.telephone) if lieu.telephone and lien_telephone(lieu.telephone) else ""


def appelez(lieu: "Lieu") -> str:
    """What to do before going: nobody is told to call a place whose number is not known."""
    return "appelez" if telephone(lieu) else "renseignez-vous"


def a_un_plan(lieu: "Lieu", commune: Commune | None) -> bool:
    """Whether anything places the record: its coordinates, those of a stop, or its commune."""
    if dires.accueille_public(lieu) is dires.Etat.NON:
        return False
    if dires.mobile_seulement(lieu):
        return any(dires.position(arret) for arret in lieu.tournee or ())
    return dires.position(lieu) is not None or (commune is not None and None not in (commune.lat, commune.lon))
