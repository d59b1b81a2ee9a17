"""What the fiche and the sheet say alike of a place: its address, its number, whether it can be drawn."""

from typing import TYPE_CHECKING

from carte.indicators.offre.points import SANS_PUBLIC
from carte.publish.atlas import Commune
from carte.publish.textes import lien_telephone, sans_bidi, telephone_lisible

if TYPE_CHECKING:
    from carte.records.modele import Lieu


def itinerant(lieu: "Lieu") -> bool:
    """Whether a service is met at its stops only."""
    return bool(lieu.tournee) and "Fixe" not in (lieu.itinerance or ())


def sans_accueil(lieu: "Lieu") -> bool:
    """Whether a service receives nobody: it helps from afar."""
    return SANS_PUBLIC in (lieu.modalites_acces or ())


def adresse(lieu: "Lieu") -> list[str]:
    """The lines of the address; nobody is sent to the garage of a bus, nor to a closed door."""
    if itinerant(lieu) or sans_accueil(lieu):
        return []
    ville = " ".join(filter(None, (lieu.code_postal, lieu.commune)))
    return [sans_bidi(ligne) for ligne in (lieu.adresse, lieu.complement_adresse, ville) if ligne]


def telephone(lieu: "Lieu") -> str:
    """The number as people read it; empty when there is none that a telephone can dial."""
    return telephone_lisible(lieu.telephone) if lieu.telephone and lien_telephone(lieu.telephone) else ""


def a_un_plan(lieu: "Lieu", commune: Commune | None) -> bool:
    """Whether anything places the record: its coordinates, those of a stop, or its commune."""
    if sans_accueil(lieu):
        return False
    poses = (lieu.tournee or []) if itinerant(lieu) else [lieu]
    if any(p.latitude is not None and p.longitude is not None for p in poses):
        return True
    return not itinerant(lieu) and commune is not None and commune.lat is not None and commune.lon is not None
