"""Hours that bring nobody: those whose dates are over, and those that never open."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from carte import hours
from carte.hours import Etat
from carte.publish.direct import arret_horaire, calendrier_connu, horaires_compris

if TYPE_CHECKING:
    from carte.hours import Calendrier, Horaires
    from carte.records.modele import Arret

_UN_AN = 366  # days


class Vides(StrEnum):
    """How hours bring nobody."""

    FINIES = "finies"
    JAMAIS = "jamais"


def vides(texte: str | None, calendrier: "Calendrier | None", jour: date) -> Vides | None:
    """How hours give no chance of finding anyone in the year that follows a day; None when someone may be there, or
    when nothing can be told.

    Hours that come back every week are not followed day by day: a country has too many.
    """
    horaires = horaires_compris(texte)
    if horaires is None or calendrier is None:
        return None
    datees = _datees(horaires)
    if not datees and horaires.jours_ouverts() is not None:
        return None
    for rang in range(_UN_AN):
        etats = hours.segments_du_jour(horaires.regles, jour + timedelta(days=rang), calendrier)
        if any(segment.etat is not Etat.FERME for segment in etats):
            return None
    return Vides.FINIES if datees else Vides.JAMAIS


def sans_passage(arret: "Arret", departement: str, jour: date) -> bool:
    """Whether the last call that a stop announces is over, and none to come is known."""
    ancre, calendrier = arret.prochain_passage, calendrier_connu(departement, arret.code_insee)
    if ancre is None or ancre >= jour or calendrier is None:
        return False
    depuis = datetime.combine(jour, time(), calendrier.tz)
    return not hours.prochains_passages(arret_horaire(arret, ()), depuis, calendrier, 1)


def _datees(horaires: "Horaires") -> bool:
    """Whether every rule that opens is bound to years."""
    ouvrantes = [regle for regle in horaires.regles if regle.sens != "off"]
    return bool(ouvrantes) and all(
        regle.annees or (regle.dates and all(debut[0] and fin[0] for debut, fin in regle.dates)) for regle in ouvrantes
    )
