"""Hours that are valid but do not say what their author surely meant: advice for whoever writes them, in French."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from carte.hours import french
from carte.hours.horaires import Horaires
from carte.hours.rules import JOURNEE, TOUS_LES_JOURS, Borne, Regle
from carte.hours.suggestion import PLAGE_NULLE
from carte.hours.week import annulee
from carte.hours.wording import intitule

_MATIN = 6 * 60  # who opens in the evening closes before


def conseils(horaires: Horaires, jour: date | None = None) -> list[str]:
    """Advice on the whole text, empty when there is none; what depends on the date is only said given a `jour`."""
    return list(_conseils(horaires, jour))


@lru_cache(maxsize=65_536)
def _conseils(horaires: Horaires, jour: date | None) -> tuple[str, ...]:
    regles = horaires.regles
    avis = [*_effacees(regles)]
    if len(regles) > 1 and any(r.separateur == ";" and r.sans_jour and r.sens != "off" for r in regles[1:]):
        avis.append("Une règle sans jour efface celles qui la précèdent : pour « sinon », séparez par « || ».")
    if PLAGE_NULLE.search(horaires.texte):
        avis.append("Une plage qui finit quand elle commence dure 24 heures : écrivez 00:00-24:00, ou « off ».")
    if any(r.heures and r.sans_jour and r.separateur != "||" for r in regles[:1]):
        avis.append(
            "Aucun jour n'est écrit : ces heures valent tous les jours, dimanche compris. Sinon, nommez les jours."
        )
    avis += _nuits_entieres(regles)
    if jour is not None:
        avis += [*_passees(regles, jour), *_alternances(regles, jour)]
    return tuple(avis)


def _effacees(regles: tuple[Regle, ...]) -> Iterator[str]:
    for rang, regle in enumerate(regles):
        if annulee(regles, rang) is not None:
            yield f"La règle « {intitule(regle)} » est effacée par une règle qui la suit : mettez-la à la fin."
        elif (jours := _remplaces(regles, rang)) and regle.separateur == ";":
            yield (
                f"« {_jours(jours)} : {french.heures_de_regle(regle)} » efface ce qui est écrit avant pour ces jours. "
                "Pour les ajouter, mettez une virgule à la place du point-virgule."
            )


def _nuits_entieres(regles: tuple[Regle, ...]) -> Iterator[str]:
    """Hours that go on past midnight until the morning: « 14:00-12:00 » is rather two times put the wrong way round."""
    for regle in regles:
        for debut, fin, _ in regle.heures:
            if JOURNEE + _MATIN < fin < JOURNEE + debut and regle.sens != "off":
                yield (
                    f"« {french.plage(debut, fin)} » passe minuit et dure toute la nuit : si les deux heures sont "
                    "inversées, ou s'il en manque deux, corrigez-les."
                )


def _remplaces(regles: tuple[Regle, ...], rang: int) -> int:
    """The weekdays (a mask) on which a rule takes the place of hours that it does not touch: an addition, surely.

    Hours that overlap, a closure, a season or a holiday are what such a rule is for.
    """
    regle = regles[rang]
    if not regle.heures or regle.sens == "off" or _particuliere(regle):
        return 0
    siens = _masque(regle)
    return _reunis(
        siens & _masque(autre)
        for autre in regles[:rang]
        if autre.heures and autre.sens != "off" and not _particuliere(autre) and _disjointes(autre, regle)
    )


def _particuliere(regle: Regle) -> bool:
    return regle.datee or regle.feries or regle.vacances or regle.separateur == "||"


def _masque(regle: Regle) -> int:
    return regle.jours | _reunis(1 << jour for jour, _ in regle.rangs)


def _reunis(masques: Iterator[int]) -> int:
    total = 0
    for masque in masques:
        total |= masque
    return total


def _disjointes(une: Regle, autre: Regle) -> bool:
    return all(f <= debut or fin <= d for d, f, _ in une.heures for debut, fin, _ in autre.heures)


def _jours(masque: int) -> str:
    return french.jours(masque) if masque != TOUS_LES_JOURS else "tous les jours"


def _passees(regles: tuple[Regle, ...], jour: date) -> Iterator[str]:
    for regle in regles:
        fin = _derniere_annee_datee(regle)
        if fin is not None and fin < (jour.year, jour.month, jour.day):
            yield f"La règle « {intitule(regle)} » parle de dates passées : retirez-la, ou donnez les prochaines."


def _derniere_annee_datee(regle: Regle) -> Borne | None:
    """The last day that a rule can speak of; None when it comes back every year."""
    if regle.annees:
        return (max(fin for _, fin, _ in regle.annees), 12, 31)
    fins = [(fin[0], fin[1] or 12, fin[2] if fin[1] else 31) for _, fin in regle.dates]
    return max(fins) if fins and all(annee for annee, _, _ in fins) else None


def _alternances(regles: tuple[Regle, ...], jour: date) -> Iterator[str]:
    """Odd and even weeks stop alternating at the end of a year of 53 weeks: said for the present year and the next."""
    annee = next((a for a in (jour.isocalendar().year, jour.isocalendar().year + 1) if _semaines(a) == 53), None)
    if annee is None or not any(_une_sur_deux(regle) for regle in regles):
        return
    lundi = date.fromisocalendar(annee, 53, 1)
    yield (
        f"L'année {annee} a 53 semaines : la semaine du {french.jour_et_mois(lundi)} et la suivante sont toutes deux "
        f"impaires, et « une semaine sur deux » change de sens après le {french.jour_et_mois(lundi + timedelta(6))}. "
        "Demandez au lieu quelles semaines il ouvre ensuite ; pour une tournée, donnez plutôt sa fréquence et un "
        "prochain passage."
    )


def _semaines(annee: int) -> int:
    return date(annee, 12, 28).isocalendar().week


def _une_sur_deux(regle: Regle) -> bool:
    return any(pas == 2 and debut <= 2 and fin >= 51 for debut, fin, pas in regle.semaines)
