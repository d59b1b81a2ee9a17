"""Calendar files as text (RFC 5545): escaped values, folded lines, dates, time zones."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from carte.hours import Calendrier
from carte.publish.textes import sans_bidi

LIGNE_MAX = 75  # octets, without the end of line
# Days around the publication whose clock changes are written.
_AVANT, _APRES = 400, 800


@dataclass(slots=True)
class Lignes:
    """Content lines, not yet folded."""

    lignes: list[str] = field(default_factory=list)

    def brut(self, *lignes: str) -> None:
        """Add lines that hold no text of a record."""
        self.lignes += lignes

    def texte(self, nom: str, valeur: str) -> None:
        """Add a property whose value is a text of a record: nothing in it can open another line."""
        self.lignes.append(f"{nom}:{echapper(valeur)}")

    def suivies_de(self, autres: "Lignes") -> "Lignes":
        return Lignes([*self.lignes, *autres.lignes])

    def en_fichier(self) -> str:
        """Folded, each line ended by CR LF."""
        return "".join(f"{pli}\r\n" for ligne in self.lignes for pli in _plier(ligne))


def echapper(texte: str) -> str:
    """A TEXT value: backslash, comma, semicolon and ends of lines escaped, other control characters dropped."""
    propre = sans_bidi("\n".join(texte.splitlines()))
    propre = "".join(c for c in propre if c == "\n" or c.isprintable() or c in "\u00a0\u202f")
    for brut, sur in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        propre = propre.replace(brut, sur)
    return propre


def moment(jour: date, minute: int | None, calendrier: Calendrier, *, utc: bool = False) -> str:
    """A date or a time after the name of its property: `;VALUE=DATE:20261104`, `;TZID=Europe/Paris:20261104T093000`.

    `utc`: the bare value that UNTIL wants. A minute past midnight belongs to the next day.
    """
    if minute is None:
        return f"{jour:%Y%m%d}" if utc else f";VALUE=DATE:{jour:%Y%m%d}"
    instant = datetime.combine(jour, time(), calendrier.tz) + timedelta(minutes=minute)
    if utc:
        return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f";TZID={calendrier.fuseau}:{instant:%Y%m%dT%H%M%S}"


@lru_cache(maxsize=64)
def fuseau(calendrier: Calendrier, jour: date) -> list[str]:
    """The VTIMEZONE of a place: every change of its clock around a day, one observance each."""
    lignes = ["BEGIN:VTIMEZONE", f"TZID:{calendrier.fuseau}"]
    debut = datetime.combine(jour - timedelta(days=_AVANT), time(), calendrier.tz)
    ecart = debut.utcoffset() or timedelta()
    lignes += _observance(debut, ecart, ecart)
    for avant, apres in _changements(debut):
        lignes += _observance(apres, avant.utcoffset() or timedelta(), apres.utcoffset() or timedelta())
    return [*lignes, "END:VTIMEZONE"]


def _changements(debut: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Pairs of local instants, one minute apart, between which the clock changes."""
    zone = debut.tzinfo
    heures = (debut.astimezone(UTC) + timedelta(hours=n) for n in range(24 * (_AVANT + _APRES)))
    precedent = next(heures).astimezone(zone)
    for heure in heures:
        local = heure.astimezone(zone)
        if local.utcoffset() != precedent.utcoffset():
            yield precedent, local
        precedent = local


def _observance(instant: datetime, avant: timedelta, apres: timedelta) -> list[str]:
    """From an instant on, the clock shows `apres`; the onset is written on the clock of before."""
    nom = "DAYLIGHT" if instant.dst() else "STANDARD"
    debut = (instant.astimezone(UTC) + avant).replace(tzinfo=None)
    return [
        f"BEGIN:{nom}",
        f"DTSTART:{debut:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_ecart(avant)}",
        f"TZOFFSETTO:{_ecart(apres)}",
        f"END:{nom}",
    ]


def _ecart(ecart: timedelta) -> str:
    minutes = round(ecart.total_seconds() / 60)
    signe = "-" if minutes < 0 else "+"
    return f"{signe}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"


def _plier(ligne: str) -> Iterator[str]:
    """Pieces of at most 75 octets, never cut inside a character; the next ones start with a space."""
    pli, taille = "", 0
    for caractere in ligne:
        octets = len(caractere.encode())
        if taille + octets > LIGNE_MAX:
            yield pli
            pli, taille = " ", 1
        pli, taille = pli + caractere, taille + octets
    yield pli
