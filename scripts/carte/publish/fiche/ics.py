"""The stops of a mobile service as a calendar file (RFC 5545): only the calls that their hours and rhythm make sure.

The dates come from the hours room, one year ahead; a rule of repetition is written when it gives exactly these dates,
less those it excludes by name, else the dates are listed. So no calendar promises a call beyond what is known.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from carte import hours
from carte.hours import Arret as ArretHoraire
from carte.hours import Calendrier, Fermeture
from carte.publish.atlas import Atlas
from carte.publish.direct import arret_horaire, fermetures, horloge_de_l_arret
from carte.publish.feuille.lieu import telephone
from carte.publish.fiche.ics_texte import Lignes, fuseau, moment
from carte.publish.textes import date_longue
from carte.records import dires

if TYPE_CHECKING:
    from carte.config import Configuration
    from carte.records import Enregistrement
    from carte.records.modele import Arret

# More than the calls of a year, every day.
TOUS = 400
_JOURS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Weeks between two calls, the longest tried first: a rule that excludes fewer dates says more.
_INTERVALLES = (4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Serie:
    """Calls of one stop at the same hours: `debut`, `fin` in minutes of the day, None when the hours are unknown;
    `feries`: those on a public holiday of which the hours say nothing."""

    jours: tuple[date, ...]
    debut: int | None
    fin: int | None
    feries: tuple[date, ...] = ()


def calendrier_ics(enregistrement: "Enregistrement", configuration: "Configuration", atlas: Atlas) -> str | None:
    """The calendar of the stops of a place, None when no coming date is sure. Same inputs, same text."""
    depuis = datetime.combine(configuration.date_publication, time(), UTC)
    fermees = fermetures(enregistrement.lieu, configuration.date_publication)
    evenements, fuseaux = Lignes(), {}
    for rang, arret in enumerate(enregistrement.lieu.tournee or ()):
        calendrier = horloge_de_l_arret(arret, enregistrement, atlas)
        series = list(_series(arret, fermees, calendrier, depuis)) if calendrier else []
        for numero, serie in enumerate(series):
            assert calendrier is not None
            fuseaux[calendrier.fuseau] = calendrier
            cle = f"{enregistrement.identifiant}#{rang}#{numero}"
            _evenement(evenements, cle, serie, arret, calendrier, enregistrement, configuration)
    if not evenements.lignes:
        return None
    sortie = Lignes()
    sortie.brut("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Carte//Arrets//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    sortie.texte("X-WR-CALNAME", enregistrement.lieu.nom)
    for nom in sorted(fuseaux):
        sortie.brut(*fuseau(fuseaux[nom], configuration.date_publication))
    return sortie.suivies_de(evenements).suivies_de(Lignes(["END:VCALENDAR"])).en_fichier()


def _series(arret: "Arret", fermees: Sequence[Fermeture], calendrier: Calendrier, depuis: datetime) -> Iterator[Serie]:
    """The sure calls by weekday and hours: each can then be one rule."""
    horaire = arret_horaire(arret, fermees)
    passages = hours.prochains_passages(horaire, depuis, calendrier, TOUS) or []
    groupes: dict[tuple[int, int | None, int | None], list[date]] = defaultdict(list)
    for passage in passages:
        for debut, fin in passage.plages or ((None, None),):
            groupes[(passage.jour.weekday(), debut, fin)].append(passage.jour)
    for (_, debut, fin), jours in groupes.items():
        yield Serie(tuple(jours), debut, fin, tuple(j for j in jours if _ferie_tu(horaire, calendrier, j)))


def _ferie_tu(arret: ArretHoraire, calendrier: Calendrier, jour: date) -> bool:
    return any(not ferie.precise for ferie in hours.jours_particuliers(arret.horaires, calendrier, jour, 1))


def _evenement(
    lignes: Lignes,
    cle: str,
    serie: Serie,
    arret: "Arret",
    calendrier: Calendrier,
    enregistrement: "Enregistrement",
    configuration: "Configuration",
) -> None:
    lieu, premier = enregistrement.lieu, serie.jours[0]
    hote = urlsplit(configuration.url).hostname or "carte"
    page = f"{configuration.url}lieux/{enregistrement.identifiant}/"
    appel = f"Appelez avant de venir : {telephone(lieu)}. " if telephone(lieu) else ""
    lignes.brut("BEGIN:VEVENT", f"UID:{hashlib.sha256(cle.encode()).hexdigest()[:24]}@{hote}")
    lignes.brut(f"DTSTAMP:{configuration.date_publication:%Y%m%d}T000000Z")
    lignes.brut(f"DTSTART{moment(premier, serie.debut, calendrier)}")
    if serie.debut is None:
        lignes.brut(f"DTEND{moment(premier + timedelta(days=1), None, calendrier)}")
    else:
        lignes.brut(f"DTEND{moment(premier, serie.fin, calendrier)}")
    lignes.brut(*_repetition(serie, calendrier))
    lignes.texte("SUMMARY", f"{lieu.nom} : arrêt à {arret.commune}")
    lignes.texte("LOCATION", ", ".join(filter(None, (arret.lieu, arret.commune))))
    if ou := dires.position(arret):
        lignes.brut(f"GEO:{ou[0]:.6f};{ou[1]:.6f}")
    feries = ", ".join(date_longue(jour) for jour in serie.feries)
    doute = f"Jours fériés à vérifier : {feries}. " if feries else ""
    lignes.texte("DESCRIPTION", f"{appel}{doute}Un passage peut être annulé ou déplacé. Fiche à jour : {page}")
    lignes.brut(f"URL:{page}", "END:VEVENT")


def _repetition(serie: Serie, calendrier: Calendrier) -> list[str]:
    """RRULE and EXDATE when a rule gives the dates, else RDATE; nothing for a single date."""
    jours = serie.jours
    if len(jours) == 1:
        return []
    for regle, dates in (*_par_semaines(jours), *_par_mois(jours)):
        exclues = [jour for jour in dates if jour not in set(jours)]
        if set(jours) <= set(dates) and len(exclues) < len(jours):
            fin = moment(jours[-1], serie.debut, calendrier, utc=True)
            # A rule that excludes more dates than it gives says nothing: the dates are then listed.
            return [f"RRULE:{regle};UNTIL={fin}", *_dates("EXDATE", exclues, serie, calendrier)]
    return _dates("RDATE", jours[1:], serie, calendrier)


def _par_semaines(jours: Sequence[date]) -> Iterator[tuple[str, list[date]]]:
    """Every n weeks from the first date."""
    for n in _INTERVALLES:
        dates = _suite(jours[0], jours[-1], 7 * n)
        yield f"FREQ=WEEKLY;INTERVAL={n};BYDAY={_JOURS[jours[0].weekday()]}", dates


def _par_mois(jours: Sequence[date]) -> Iterator[tuple[str, list[date]]]:
    """The same weekday and rank every n months."""
    premier, rang = jours[0], (jours[0].day - 1) // 7
    semaines = _suite(premier, jours[-1], 7)
    for n in (3, 2, 1):
        dates = [j for j in semaines if (j.day - 1) // 7 == rang and _mois(premier, j) % n == 0]
        yield f"FREQ=MONTHLY;INTERVAL={n};BYDAY={rang + 1}{_JOURS[premier.weekday()]}", dates


def _suite(premier: date, dernier: date, pas: int) -> list[date]:
    return [premier + timedelta(days=n) for n in range(0, (dernier - premier).days + 1, pas)]


def _mois(depuis: date, jour: date) -> int:
    return 12 * (jour.year - depuis.year) + jour.month - depuis.month


def _dates(nom: str, jours: Sequence[date], serie: Serie, calendrier: Calendrier) -> list[str]:
    return [f"{nom}{moment(jour, serie.debut, calendrier)}" for jour in jours]
