"""What a set of rules says of one day: the semantics of OSM, on plain values, easy to port to the browser.

Rules are read in order on a day cut in segments. `;` forgets what came before on the days it matches (a rule
`off` with hours only removes these hours); `,` paints over; `||` paints only what is still closed. Hours past
midnight belong to their first day and are painted at the head of the next one.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from carte.hours.calendar import Calendrier
from carte.hours.holidays import paques
from carte.hours.rules import ETAT_DU_SENS, JOURNEE, Borne, Etat, Pas, Regle


class Jour(NamedTuple):
    """All that a rule can ask about a day; `jour_semaine` 0 = Monday, ranks of this weekday in its month."""

    annee: int
    mois: int
    jour: int
    jour_semaine: int
    semaine: int
    rang: int
    rang_fin: int
    ferie: bool
    vacances: bool


class Segment(NamedTuple):
    """Part of a day, in minutes from its midnight, `fin` excluded."""

    debut: int
    fin: int
    etat: Etat
    commentaire: str


Segments = tuple[Segment, ...]
FIN_OUVERTE = "heure de fin non précisée"  # comment of the unknown hours after `09:00+`
_LONGUEURS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=65_536)
def jour_du_calendrier(jour: date, calendrier: Calendrier, vacances: bool) -> Jour:
    """The day as rules see it; `vacances` is used when the school calendar does not know."""
    connu = calendrier.vacances(jour)
    longueur = 29 if jour.month == 2 and _bissextile(jour.year) else _LONGUEURS[jour.month - 1]
    return Jour(
        jour.year,
        jour.month,
        jour.day,
        jour.weekday(),
        jour.isocalendar().week,
        (jour.day - 1) // 7 + 1,
        -((longueur - jour.day) // 7 + 1),
        calendrier.ferie(jour) is not None,
        vacances if connu is None else connu,
    )


def _bissextile(annee: int) -> bool:
    return annee % 4 == 0 and (annee % 100 != 0 or annee % 400 == 0)


@lru_cache(maxsize=65_536)
def segments_du_jour(regles: tuple[Regle, ...], jour: date, calendrier: Calendrier) -> Segments:
    """The whole day (0 to 1440) in segments; what depends on unknown school holidays is INCONNU."""
    veille = jour - timedelta(days=1)
    defaut = etat_par_defaut(regles)
    avec, sans = (
        peindre_jour(
            regles,
            jour_du_calendrier(jour, calendrier, hypothese),
            jour_du_calendrier(veille, calendrier, hypothese),
            defaut,
        )
        for hypothese in (True, False)
    )
    return avec if avec == sans else _accorder(avec, sans)


def _accorder(a: Segments, b: Segments) -> Segments:
    """Both hypotheses about school holidays: INCONNU wherever they differ."""
    bornes = sorted({s.debut for s in (*a, *b)} | {JOURNEE})
    communs: list[Segment] = []
    for debut, fin in pairwise(bornes):
        gauche, droite = _en(a, debut), _en(b, debut)
        etat, commentaire = (gauche.etat, gauche.commentaire) if gauche.etat == droite.etat else (Etat.INCONNU, "")
        communs.append(Segment(debut, fin, etat, commentaire))
    return _recoller(communs)


def _en(segments: Segments, minute: int) -> Segment:
    return next(s for s in segments if s.debut <= minute < s.fin)


def segment_a(segments: Segments, minute: int) -> Segment:
    """The segment of a day that holds this minute (0 to 1439)."""
    return _en(segments, minute)


def etat_par_defaut(regles: tuple[Regle, ...]) -> Etat:
    """State of a day that no rule speaks of: closed when the week is described, unknown when only closures are.

    « PH off » alone does not say that the place never opens.
    """
    return Etat.INCONNU if all(r.sens == "off" for r in regles) else Etat.FERME


def peindre_jour(regles: tuple[Regle, ...], jour: Jour, veille: Jour, defaut: Etat) -> Segments:
    """The segments of a day, knowing the day before (hours past midnight) and the state when no rule speaks."""
    aujourd_hui = [correspond(regle, jour) for regle in regles]
    return peindre(regles, aujourd_hui, [deborde(regle) and correspond(regle, veille) for regle in regles], defaut)


def deborde(regle: Regle) -> bool:
    """Whether some hours of the rule go past midnight."""
    return any(fin > JOURNEE for _, fin, _ in regle.heures)


def peindre(regles: tuple[Regle, ...], aujourd_hui: Sequence[bool], hier: Sequence[bool], defaut: Etat) -> Segments:
    """The segments of a day from the rules that speak of it, and those of the day before that go past midnight."""
    segments = [Segment(0, JOURNEE, defaut, "")]
    for regle, present, passe in zip(regles, aujourd_hui, hier, strict=True):
        if present and regle.separateur == ";" and (regle.sens != "off" or not regle.heures):
            segments = [Segment(0, JOURNEE, Etat.FERME, "")]
        if not (present or passe):
            continue
        secours = regle.separateur == "||"
        for plage in plages(regle):
            if passe and plage.fin > JOURNEE:
                segments = _peindre(segments, plage._replace(debut=0, fin=plage.fin - JOURNEE), secours)
            if present:
                segments = _peindre(segments, plage, secours)
    return _recoller(segments)


def plages(regle: Regle) -> list[Segment]:
    """The hours of a rule with their state; after an open end (`09:00+`) the state is unknown until midnight."""
    etat, note = ETAT_DU_SENS[regle.sens], regle.commentaire
    if not regle.heures:
        return [Segment(0, JOURNEE, etat, note)]
    trouvees: list[Segment] = []
    for debut, fin, ouverte in regle.heures:
        if fin > debut:
            trouvees.append(Segment(debut, fin, etat, note))
        if ouverte and fin < JOURNEE:
            suite = etat if regle.sens in ("off", "rdv") else Etat.INCONNU
            trouvees.append(Segment(fin, JOURNEE, suite, note or FIN_OUVERTE))
    return trouvees


def _peindre(segments: list[Segment], nouveau: Segment, secours: bool) -> list[Segment]:
    """Lay a segment over others; a fallback (`||`) only covers what is closed."""
    resultat: list[Segment] = []
    for s in segments:
        if s.fin <= nouveau.debut or s.debut >= nouveau.fin or (secours and s.etat is not Etat.FERME):
            resultat.append(s)
            continue
        if s.debut < nouveau.debut:
            resultat.append(s._replace(fin=nouveau.debut))
        resultat.append(
            Segment(max(s.debut, nouveau.debut), min(s.fin, nouveau.fin), nouveau.etat, nouveau.commentaire)
        )
        if s.fin > nouveau.fin:
            resultat.append(s._replace(debut=nouveau.fin))
    return resultat


def _recoller(segments: list[Segment]) -> Segments:
    """Join neighbours that say the same."""
    joints: list[Segment] = []
    for s in segments:
        if joints and joints[-1].etat == s.etat and joints[-1].commentaire == s.commentaire:
            joints[-1] = joints[-1]._replace(fin=s.fin)
        else:
            joints.append(s)
    return tuple(joints)


def correspond(regle: Regle, jour: Jour) -> bool:
    """Whether the rule speaks of this day."""
    if not annee_couverte(regle, jour.annee):
        return False
    if regle.semaines and not _dans(regle.semaines, jour.semaine):
        return False
    if regle.dates and not any(_dans_les_dates(plage, jour) for plage in regle.dates):
        return False
    return _bon_jour(regle, jour)


def annee_couverte(regle: Regle, annee: int) -> bool:
    """Whether the years that head the rule, if any, hold this one."""
    return not regle.annees or _dans(regle.annees, annee)


def _bon_jour(regle: Regle, jour: Jour) -> bool:
    semaine = bool(regle.jours >> jour.jour_semaine & 1) or any(
        rang_jour == jour.jour_semaine and rang in (jour.rang, jour.rang_fin) for rang_jour, rang in regle.rangs
    )
    if not (regle.feries or regle.vacances):
        return semaine
    fete = (regle.feries and jour.ferie) or (regle.vacances and jour.vacances)
    return (semaine and fete) if regle.conjonction else (semaine or fete)


def _dans(suites: tuple[Pas, ...], nombre: int) -> bool:
    return any(debut <= nombre <= fin and (nombre - debut) % pas == 0 for debut, fin, pas in suites)


def _dans_les_dates(plage: tuple[Borne, Borne], jour: Jour) -> bool:
    debut, fin = (_resoudre(borne, jour.annee) for borne in plage)
    if debut[0] or fin[0]:
        return debut <= (jour.annee, jour.mois, jour.jour) <= fin
    aujourd_hui = (0, jour.mois, jour.jour)
    if debut <= fin:
        return debut <= aujourd_hui <= fin
    return aujourd_hui >= debut or aujourd_hui <= fin


def _resoudre(borne: Borne, annee: int) -> Borne:
    """Easter becomes a date of the year in question (of its own year when it has one)."""
    if borne[1]:
        return borne
    fete = paques(borne[0] or annee) + timedelta(days=borne[2])
    return (borne[0], fete.month, fete.day)
