"""What a place does and what it does not: a record says one of the two."""

from collections.abc import Iterator

from carte.ecrits.faute import Faute
from carte.records.context import Contexte
from carte.records.modele import Enregistrement


def sans_contradiction(enregistrement: Enregistrement, contexte: Contexte) -> Iterator[Faute]:
    """No service nor family is both there and absent; the families of services need their vocabulary."""
    lieu = enregistrement.lieu
    if not (lieu.services_absents or lieu.familles_absentes):  # nearly always
        return
    for rang, service in enumerate(lieu.services_absents or ()):
        if service in lieu.services:
            message = f"« {service} » est aussi dans « services » : le lieu le fait, ou ne le fait pas."
            yield Faute(("services_absents", rang), message, "contradiction", depend=(("services",),))
    membres = contexte.vocabulaires["services"].membres if "services" in contexte.vocabulaires else {}
    for rang, famille in enumerate(lieu.familles_absentes or ()):
        place = ("familles_absentes", rang)
        rendus = [service for service in lieu.services if service in membres.get(famille, ())]
        if rendus:
            message = f"« {rendus[0]} » est de la famille « {famille} » : le lieu en fait, ou n'en fait pas."
            yield Faute(place, message, "contradiction", depend=(("services",),))
        elif famille in (lieu.familles_declarees or ()):
            message = f"« {famille} » est aussi dans « familles_declarees » : le lieu en fait, ou n'en fait pas."
            yield Faute(place, message, "contradiction", depend=(("familles_declarees",),))
