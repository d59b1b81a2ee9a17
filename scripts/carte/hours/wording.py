"""Opening hours said in French: the table of the week, the sentence of the moment, the coming public holidays."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from carte.hours import french
from carte.hours.calendar import Calendrier
from carte.hours.evaluate import FIN_OUVERTE, Segment, Segments, annee_couverte, correspond, segments_du_jour
from carte.hours.horaires import Horaires
from carte.hours.rules import JOURNEE, TOUS_LES_JOURS, Etat, Regle
from carte.hours.timeline import etat, prochain_changement
from carte.hours.week import annulee, concerne, regles_normales, variantes

Ligne = tuple[str, str]


class JourParticulier(NamedTuple):
    """A public holiday soon: its date and name, what the place says of it, and whether it says it expressly."""

    jour: date
    nom: str
    texte: str
    precise: bool


def lignes(horaires: Horaires) -> list[Ligne]:
    """Rows of the table: the seven days (Monday first), then holidays, dated exceptions and the fallback."""
    regles = horaires.regles
    rangees = list(zip(french.JOURS, _semaine_en_mots(regles), strict=True))
    for rang, regle in enumerate(regles):
        if annulee(regles, rang) is None:
            rangees += _lignes_de_regle(regle, _dans_la_semaine(regle, regles))
    return rangees


def intitule(regle: Regle) -> str:
    """What a rule is about, as the table heads its row."""
    return (_lignes_de_regle(regle, False) or [("cette exception", "")])[0][0]


def _semaine_en_mots(regles: tuple[Regle, ...]) -> list[str]:
    """One text per weekday; the fallback (`||`) gets its own row unless it is all that the day has."""
    principales = tuple(r for r in regles if r.separateur != "||") or regles
    textes = _jours_en_mots(principales)
    if len(principales) == len(regles):
        return textes
    secours = _jours_en_mots(regles)
    return [plein if texte == "fermé" else texte for texte, plein in zip(textes, secours, strict=True)]


def _jours_en_mots(regles: tuple[Regle, ...]) -> list[str]:
    jours = variantes(regles)
    if all(len(jour) == 1 for jour in jours):
        return [texte_des_segments(s) for s in _recoudre_les_nuits([jour[0].segments for jour in jours])]
    return [_jour_alterne(regles, jour) for jour in range(7)]


def _recoudre_les_nuits(semaine: list[Segments]) -> list[Segments]:
    """Hours past midnight shown on the day they start: « 18 h – 2 h »."""
    jours = [list(segments) for segments in semaine]
    for jour in range(7):
        soir, matin = jours[jour][-1], jours[(jour + 1) % 7][0]
        meme = soir[2:] == matin[2:] and soir.etat is not Etat.FERME
        if meme and soir.debut > 0 and matin.debut == 0 and matin.fin < soir.debut:
            jours[jour][-1] = soir._replace(fin=JOURNEE + matin.fin)
            jours[(jour + 1) % 7].pop(0)
    return [tuple(segments) for segments in jours]


def _jour_alterne(regles: tuple[Regle, ...], jour: int) -> str:
    textes: dict[str, list[tuple[Regle, ...]]] = {}
    gardees = regles_normales(regles, jour)
    for variante in variantes(regles)[jour]:
        causes = tuple(r for r in gardees if (r.semaines or r.rangs or r.datee) and correspond(r, variante.jour))
        textes.setdefault(texte_des_segments(variante.segments), []).append(causes)
    if len(textes) == 1:
        return next(iter(textes))
    parties = [f"{texte} ({_quand(causes, jour)})" for texte, causes in textes.items() if texte != "fermé"]
    return " ; ".join(parties)


def _quand(causes: list[tuple[Regle, ...]], jour: int) -> str:
    """When a variant of the day holds: the conditions of the rules that make it."""
    conditions: dict[str, None] = {}
    for regles in causes:
        conditions[" et ".join(_condition(r, jour) for r in regles) or "autres semaines"] = None
    return " ou ".join(conditions)


def _condition(regle: Regle, jour: int) -> str:
    mots = [french.dates(plage) for plage in regle.dates]
    if regle.semaines:
        mots.append(french.semaines(regle.semaines))
    rangs = [french.rang_du_mois(rang) for jour_du_rang, rang in regle.rangs if jour_du_rang == jour]
    if rangs:
        mots.append(f"{french.enumerer(rangs)} {french.JOURS[jour]} du mois")
    return ", ".join(mots)


def texte_des_segments(segments: Segments) -> str:
    """A day in words: « 9 h – 12 h, 14 h – 18 h (sur rendez-vous) », « fermé », « horaires inconnus »."""
    mots: list[str] = []
    fin_precedente = -1
    for s in segments:
        if s.etat is Etat.FERME:
            continue
        if s.commentaire == FIN_OUVERTE and fin_precedente == s.debut:
            mots[-1] += " ou plus tard"
        else:
            mots.append(_segment_en_mots(s))
        fin_precedente = s.fin
    if mots:
        return ", ".join(mots)
    motifs = [s.commentaire for s in segments if s.commentaire]
    return f"fermé ({motifs[0]})" if motifs else "fermé"


def _segment_en_mots(s: Segment) -> str:
    if s.commentaire == FIN_OUVERTE:
        return f"à partir de {french.heure(s.debut)}"
    remarque = s.commentaire or (french.ETATS[s.etat] if s.etat is not Etat.OUVERT else "")
    if remarque and (s.debut, s.fin) == (0, JOURNEE):
        return remarque
    return french.plage(s.debut, s.fin) + (f" ({remarque})" if remarque else "")


def _dans_la_semaine(regle: Regle, regles: tuple[Regle, ...]) -> bool:
    """Whether the rows of the seven days already say all of a dated rule (a season, not an exception)."""
    jours = [jour for jour in range(7) if concerne(regle, jour)]
    return regle.sens != "off" and all(regle in regles_normales(regles, jour) for jour in jours)


def _lignes_de_regle(regle: Regle, montree: bool) -> list[Ligne]:
    """Rows for what the seven days do not show."""
    texte = french.heures_de_regle(regle)
    rangees: list[Ligne] = []
    noms = [nom for nom, oui in (("jours fériés", regle.feries), ("vacances scolaires", regle.vacances)) if oui]
    if noms:
        jours = french.jours(regle.jours, regle.rangs) if regle.conjonction else ""
        moment = [french.dates(plage) for plage in regle.dates]
        intitule = " et ".join(noms) + (f" ({', '.join([jours, *moment]).strip(', ')})" if jours or moment else "")
        rangees.append((intitule, texte))
    elif regle.datee and not montree:
        rangees.append((_intitule_date(regle), _avec_jours(regle, texte)))
    elif regle.separateur == "||":
        rangees.append(("en dehors de ces heures", _avec_jours(regle, texte)))
    return rangees


def _intitule_date(regle: Regle) -> str:
    mots = [french.dates(plage) for plage in regle.dates]
    intitule = french.enumerer(mots)
    return " ".join(filter(None, (intitule, french.annees(regle.annees) if regle.annees else "")))


def _avec_jours(regle: Regle, texte: str) -> str:
    if regle.jours == TOUS_LES_JOURS:
        return texte
    return f"{french.jours(regle.jours, regle.rangs)} : {texte}"


def phrase_etat(horaires: Horaires | None, instant: datetime, calendrier: Calendrier) -> str:
    """« Ouvert, ferme à 18 h », « Fermé, ouvre jeudi à 9 h », « Sur rendez-vous », « Horaires inconnus »."""
    present = etat(horaires, instant, calendrier)
    if present is Etat.INCONNU:
        return "Horaires inconnus"
    if present is Etat.SUR_RENDEZ_VOUS:
        return "Sur rendez-vous"
    debut = "Ouvert" if present is Etat.OUVERT else "Fermé"
    changement = prochain_changement(horaires, instant, calendrier)
    if changement is None or changement[1] is Etat.INCONNU:
        return debut
    quand, ensuite = changement
    moment = _moment(quand, calendrier.local(instant))
    if ensuite is Etat.SUR_RENDEZ_VOUS:
        return f"{debut}, sur rendez-vous {moment.replace('à', 'à partir de', 1)}"
    return f"{debut}, {'ouvre' if ensuite is Etat.OUVERT else 'ferme'} {moment}"


def _moment(quand: datetime, maintenant: datetime) -> str:
    """« à 18 h », « demain à 9 h », « jeudi à 9 h », « le 3 janvier à 9 h », seen from now (both local)."""
    minutes = quand.hour * 60 + quand.minute
    jour = quand.date()
    if minutes == 0:  # midnight closes the evening before
        jour, minutes = jour - timedelta(days=1), 1440
    ecart = (jour - maintenant.date()).days
    heure = f"à {french.heure(minutes)}"
    if ecart <= 0:
        return heure
    if ecart == 1:
        return f"demain {heure}"
    if ecart < 7:
        return f"{french.JOURS[jour.weekday()]} {heure}"
    return f"le {french.jour_et_mois(jour)} {heure}"


def jours_particuliers(
    horaires: Horaires | None, calendrier: Calendrier, debut: date, n: int = 14
) -> list[JourParticulier]:
    """Public holidays of the n days from `debut` (included), and what the place says of each.

    Without a rule on public holidays OSM keeps the usual hours; since many places close without writing it, the
    text asks to check, and `precise` is False. « 24/7 » is a rule on them: it is said of every day.
    """
    trouves = []
    for jour in (debut + timedelta(days=rang) for rang in range(n)):
        nom = calendrier.ferie(jour)
        if nom is not None:
            trouves.append(_jour_particulier(horaires, calendrier, jour, nom))
    return trouves


def _jour_particulier(horaires: Horaires | None, calendrier: Calendrier, jour: date, nom: str) -> JourParticulier:
    if horaires is None:
        return JourParticulier(jour, nom, french.ETATS[Etat.INCONNU], False)
    segments = segments_du_jour(horaires.regles, jour, calendrier)
    texte = texte_des_segments(segments)
    dit = any(r.feries or r.toujours or _vise(r, jour) for r in horaires.regles)
    ferme = all(s.etat is Etat.FERME for s in segments)
    if dit or ferme:
        return JourParticulier(jour, nom, texte, dit)
    return JourParticulier(jour, nom, f"à vérifier (d’habitude : {texte})", False)


def _vise(regle: Regle, jour: date) -> bool:
    """Whether a rule names this very date (one day, not a season) in a year that it covers."""
    if not annee_couverte(regle, jour.year):
        return False
    return any(
        debut == fin and debut[1:] == (jour.month, jour.day) and debut[0] in (0, jour.year)
        for debut, fin in regle.dates
    )
