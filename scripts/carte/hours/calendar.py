"""The calendar of a place: its time zone, its public holidays, its school holidays."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from carte.hours.holidays import jours_feries
from carte.hours.school import ZONE_DU_DEPARTEMENT, vacances

METROPOLE = "Europe/Paris"
_FUSEAUX = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
# French Polynesia has three time zones: the Marquesas and the Gambier islands are not on Tahiti's.
FUSEAUX_DES_COMMUNES = {
    **dict.fromkeys(("98718", "98723", "98731", "98746", "98756", "98757"), "Pacific/Marquesas"),
    "98719": "Pacific/Gambier",
}


@dataclass(frozen=True, slots=True)
class Calendrier:
    """Time zone name, code whose public holidays apply, school zone (None: school calendar not shipped)."""

    fuseau: str
    departement: str
    zone_scolaire: str | None

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.fuseau)

    def local(self, instant: datetime) -> datetime:
        """The instant on the clock of the place. Raises ValueError when it carries no time zone."""
        if instant.tzinfo is None:
            raise ValueError("L’instant doit porter un fuseau horaire.")
        return instant.astimezone(self.tz)

    def ferie(self, jour: date) -> str | None:
        """Name of the public holiday, None on other days."""
        return jours_feries(jour.year, self.departement).get(jour)

    def vacances(self, jour: date) -> bool | None:
        """Whether the day is in school holidays; None when the calendar is not known."""
        reponse = vacances(self.zone_scolaire, jour)
        return reponse if reponse is None else bool(reponse)


@lru_cache(maxsize=4096)
def calendrier(code_departement: str, code_insee: str | None = None) -> Calendrier:
    """Calendar of a place from the code of its département (and of its commune, for French Polynesia's zones).

    Raises ValueError, in French, for a code that is no département: a wrong time zone would be a guess.
    """
    code = code_departement.upper()
    if code in ("69D", "69M"):  # codes of the Rhône used since the métropole of Lyon
        code = "69"
    if code not in ZONE_DU_DEPARTEMENT and code not in _FUSEAUX:
        raise ValueError(f"« {code_departement} » n’est pas un code de département connu.")
    fuseau = FUSEAUX_DES_COMMUNES.get(code_insee or "") or _FUSEAUX.get(code, METROPOLE)
    return Calendrier(fuseau, code, ZONE_DU_DEPARTEMENT.get(code))
