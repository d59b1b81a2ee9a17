"""Opening hours: OSM texts read, evaluated in the time zone of the place, and said in French."""

from carte.hours.calendar import Calendrier, calendrier
from carte.hours.errors import HorairesInvalides
from carte.hours.evaluate import Segment, segments_du_jour
from carte.hours.export import donnees_calendriers
from carte.hours.fermetures import Fermeture, avec_fermetures
from carte.hours.holidays import jours_feries, paques
from carte.hours.horaires import Horaires, parse
from carte.hours.relecture import conseils
from carte.hours.rules import Etat, Regle, depuis_donnees, en_donnees
from carte.hours.suggestion import proposer
from carte.hours.timeline import (
    Periode,
    etat,
    periodes,
    prochain_changement,
    prochaines_ouvertures,
    segment_courant,
)
from carte.hours.tournees import Arret, Passage, prochains_passages
from carte.hours.wording import JourParticulier, jours_particuliers, lignes, phrase_etat

__all__ = [
    "Arret",
    "Calendrier",
    "Etat",
    "Fermeture",
    "Horaires",
    "HorairesInvalides",
    "JourParticulier",
    "Passage",
    "Periode",
    "Regle",
    "Segment",
    "avec_fermetures",
    "calendrier",
    "conseils",
    "depuis_donnees",
    "donnees_calendriers",
    "en_donnees",
    "etat",
    "jours_feries",
    "jours_particuliers",
    "lignes",
    "paques",
    "parse",
    "periodes",
    "phrase_etat",
    "prochain_changement",
    "prochaines_ouvertures",
    "prochains_passages",
    "proposer",
    "segment_courant",
    "segments_du_jour",
]
