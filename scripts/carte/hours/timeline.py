"""The state of a place along time: now, the next change, the coming openings. Exact on nights when clocks change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from carte.hours.calendar import Calendrier
from carte.hours.evaluate import Segment, segment_a, segments_du_jour
from carte.hours.horaires import Horaires
from carte.hours.rules import JOURNEE, Etat

HORIZON = 60  # days looked ahead: beyond, « no change known »


class Periode(NamedTuple):
    """A stretch of time in one state; local aware datetimes, `fin` excluded."""

    debut: datetime
    fin: datetime
    etat: Etat


def segment_courant(horaires: Horaires, instant: datetime, calendrier: Calendrier) -> Segment:
    """State and comment at an instant (aware), on the clock of the place."""
    local = calendrier.local(instant)
    segments = segments_du_jour(horaires.regles, local.date(), calendrier)
    return segment_a(segments, local.hour * 60 + local.minute)


def etat(horaires: Horaires | None, instant: datetime, calendrier: Calendrier) -> Etat:
    """The state at an instant (aware datetime); no hours at all is INCONNU, never FERME."""
    if horaires is None:
        return Etat.INCONNU
    return segment_courant(horaires, instant, calendrier).etat


def prochain_changement(
    horaires: Horaires | None, instant: datetime, calendrier: Calendrier
) -> tuple[datetime, Etat] | None:
    """First later instant (local, aware) at which the state differs, with that state; None beyond 60 days."""
    if horaires is None:
        return None
    utc = instant.astimezone(UTC)  # two times of one zone would be compared by their clocks, not their instants
    present = etat(horaires, instant, calendrier)
    jour = calendrier.local(instant).date()
    for periode in _morceaux(horaires, jour, calendrier, HORIZON + 1):
        if periode.fin > utc and periode.etat is not present:
            return periode.debut, periode.etat
    return None


def periodes(horaires: Horaires, debut: date, calendrier: Calendrier, jours: int) -> Iterator[Periode]:
    """Stretches of constant state from a local midnight, over that many days; neighbours of equal state joined."""
    courante: Periode | None = None
    for morceau in _morceaux(horaires, debut, calendrier, jours):
        if courante is not None and courante.etat is morceau.etat:
            courante = courante._replace(fin=morceau.fin)
            continue
        if courante is not None:
            yield courante
        courante = morceau
    if courante is not None:
        yield courante


def prochaines_ouvertures(
    horaires: Horaires | None, instant: datetime, calendrier: Calendrier, n: int = 3
) -> list[tuple[datetime, datetime]]:
    """The next n openings (start, end), local and aware, the present one first when open; within 60 days.

    An opening without end in sight (24/7) is cut at the horizon.
    """
    if horaires is None:
        return []
    utc = instant.astimezone(UTC)
    veille = calendrier.local(instant).date() - timedelta(days=1)
    trouvees: list[tuple[datetime, datetime]] = []
    for periode in periodes(horaires, veille, calendrier, HORIZON + 2):
        if len(trouvees) == n:
            break
        if periode.etat is Etat.OUVERT and periode.fin > utc:
            trouvees.append((periode.debut, periode.fin))
    return trouvees


def _morceaux(horaires: Horaires, debut: date, calendrier: Calendrier, jours: int) -> Iterator[Periode]:
    for rang in range(jours):
        jour = debut + timedelta(days=rang)
        segments = segments_du_jour(horaires.regles, jour, calendrier)
        minuit, lendemain = _minuit(jour, calendrier), _minuit(jour + timedelta(days=1), calendrier)
        if minuit.utcoffset() == lendemain.utcoffset():
            for s in segments:
                yield Periode(_a(jour, s.debut, calendrier), _a(jour, s.fin, calendrier), s.etat)
        else:
            yield from _nuit_de_changement(segments, minuit, lendemain)


def _nuit_de_changement(segments: tuple[Segment, ...], minuit: datetime, lendemain: datetime) -> Iterator[Periode]:
    """A day of 23 or 25 hours, followed minute by minute: an hour may be skipped or come twice."""
    debut, fin = (instant.astimezone(UTC) for instant in (minuit, lendemain))
    for rang in range(int((fin - debut).total_seconds()) // 60):
        utc = debut + timedelta(minutes=rang)
        local = utc.astimezone(minuit.tzinfo)
        suivant = (utc + timedelta(minutes=1)).astimezone(minuit.tzinfo)
        yield Periode(local, suivant, segment_a(segments, local.hour * 60 + local.minute).etat)


def _minuit(jour: date, calendrier: Calendrier) -> datetime:
    return datetime.combine(jour, time(), calendrier.tz)


def _a(jour: date, minute: int, calendrier: Calendrier) -> datetime:
    if minute == JOURNEE:
        return _minuit(jour + timedelta(days=1), calendrier)
    return datetime.combine(jour, time(minute // 60, minute % 60), calendrier.tz)
