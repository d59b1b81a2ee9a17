"""A comment beside hours that are known day by day: it says nothing of them, it asks for an appointment on some of
them, or it may restrict them in words that no grammar reads. Then these hours are « à confirmer », never plainly open.

The rule: a clause restricts when it has a sign of it, or when it names a day, unless it says what happens elsewhere,
what is only possible, or the very hours of the week. Names, addresses, numbers, a car park restrict nothing.
"""

import re
from collections.abc import Iterator, Mapping

from carte.hours import HorairesInvalides, parse, phrase
from carte.hours.phrase import JOURS, HorairesNonCompris, Plages
from carte.hours.phrase.ecriture import heures, jours
from carte.imports import rendez_vous
from carte.imports.textes import normaliser, sans_accents

_MOTIF_MAX = 100  # of the comment in the hours; it is whole beside them
# What an appointment that is only advised is called: it closes nothing.
_CONSEILLE = re.compile(
    r"avec (?:ou|et) sans (?:rdv|rendez vous)|sans (?:rdv|rendez vous)"
    r"|(?:de preference|preferable|possible|conseille|recommande|souhaitable)\w*(?: (?:sur|de|un))* (?:rdv|rendez vous)"
    r"|(?:prise de )?(?:rdv|rendez vous) (?:est )?(?:possible|conseille|recommande|souhait|preferable|facultati)\w*"
)
_RESTREINT = re.compile(
    r"\buniquement|\bseulement|\bexclusivement|\bsauf\b|\bexcepte|\bhormis\b|\bhors\b|\bsur (?:deux|2)\b|\b1 2\b"
    r"|(?<!\bla )(?<!\bde )\bfermee?s?\b|\bfermetures?\b"
    r"|\bsemaines? (?:im)?paires?|\balternance|\bpar mois\b|\b(?:du|de chaque|chaque) mois\b"
    r"|\b(?:sur?|sous) (?:rdv|rv|rendez vous)|\bvacances\b|\bobligatoires?\b|\bindispensable|\ba la demande\b"
    r"|\b(?:le |les )?(?:premiers?|derniers?|[1-5] ?(?:ers?|e|emes?)) (?:lun|mar|mer|jeu|ven|sam)"
    r"|\bchangements? d\w* (?:\w+ )?(?:horaire|jour)|\breactualis|\bplus restreint|\bhoraires (?:d )?(?:ete|hiver)\b"
    r"|\bhoraires? (?:sont )?(?:variable|different|susceptible|reduit)|\ben travaux\b|\bdelocalis|\bdeport\b|\bdemenage"
    r"|\bchangera|\blieux changent|\bnon permanent|\bsuspendu"
)
# What happens in other places does not restrict the hours of this one.
_AILLEURS = re.compile(
    r"(?:permanences?(?: (?!sur|les?\b|du\b|l\b)\w+){0,2}? (?:a|au|aux|dans|en)"
    r"|permanences? sur (?:rdv|rendez vous) (?:a|dans|en)"
    r"|(?:deux autres )?antennes?(?: france services)? (?:a|au|de|sur|dans)"
    r"|itinerances?(?: (?!les?\b)\w+){0,4}? (?:a|au|aux|dans|en|sur)"
    r"|possibilite|(?:prise de )?(?:rdv|rendez vous) possibles? en dehors)\b(?!.*\bferme)"
)
_FERME = re.compile(r"\bferme|\buniquement|\bseulement|\bexclusivement|\bobligatoire")
_POUR_TOUS = re.compile(
    rf"(?<!ou )(?<!et )\bsans (?:rdv|rendez vous)\b(?=.*\b(?:matin|apres midi|{'|'.join(JOURS)}))"
    rf"|\b(?:matin|apres midi|{'|'.join(JOURS)})s?\b.*(?<!ou )(?<!et )\bsans (?:rdv|rendez vous)\b"
)
_JOUR = re.compile(rf"\b(?P<debut>{'|'.join(JOURS)})s?\b(?:\s+au\s+(?P<fin>{'|'.join(JOURS)})\b)?")
_PHRASES = re.compile(r"([.;/\n]+\s|[()]|(?<=[^\W\d]{3})\.(?=[A-Z]))")
_CLAUSES = re.compile(r",\s|\s[-–—]+\s|(?=\b(?:sauf|excepte|hormis|hors)\b)|\bet\s+(?=ferme|sur\b|uniquement)")


def ecrire(semaine: Mapping[int, Plages], commentaire: str) -> tuple[str, bool]:
    """The OSM text of a week with what a comment restricts of it, and whether the comment restricts anything."""
    demandes = rendez_vous.lire(commentaire)
    if demandes is not None and rendez_vous.touche(semaine, demandes):
        return _regles({rang: rendez_vous.appliquer(plages, rang, demandes) for rang, plages in semaine.items()}), True
    restreints = jours_restreints(commentaire, semaine)
    pour_tous = restreints.get(-1, "")
    motifs = {rang: restreints.get(rang, pour_tous) for rang in semaine}
    return _regles({rang: [_suivi(plages, motifs[rang])] for rang, plages in semaine.items()}), bool(restreints)


def a_confirmer(semaine: Mapping[int, Plages], motif: str) -> str:
    """The OSM text of a week of which no hour is sure, with the reason why."""
    return _regles({rang: [_suivi(plages, motif)] for rang, plages in semaine.items()})


def conditionner(horaires: str, commentaire: str) -> str | None:
    """Hours of any form with a comment beside them: every rule that is plainly open becomes « à confirmer » when the
    comment may restrict; None when the hours cannot carry it."""
    motif = next(iter(jours_restreints(commentaire).values()), "")
    regles = [regle.strip() for regle in horaires.split(";")]
    ecrites = "; ".join(
        regle if not motif or '"' in regle or regle.endswith(("off", "closed")) else f'{regle} unknown "{motif}"'
        for regle in regles
    )
    try:
        parse(ecrites)
    except HorairesInvalides:
        return None
    return ecrites


def _suivi(plages: Plages, motif: str) -> str:
    """A closed day stays closed, whatever is said of the open ones."""
    return f'{heures(plages)} unknown "{motif}"' if plages and motif else heures(plages)


def _regles(par_jour: Mapping[int, list[str]]) -> str:
    """Days with the same texts together; the second text of a day adds to the first, it does not replace it."""
    groupes: dict[tuple[str, ...], list[int]] = {}
    for rang in sorted(par_jour):
        groupes.setdefault(tuple(par_jour[rang]), []).append(rang)
    return "; ".join(", ".join(f"{jours(rangs)} {texte}" for texte in textes) for textes, rangs in groupes.items())


def jours_restreints(commentaire: str, semaine: Mapping[int, Plages] | None = None) -> dict[int, str]:
    """Rank of each day that a clause may restrict → its sentence; -1 for all the days, when a clause names none.

    A sentence that gives the hours of `semaine` themselves restricts nothing.
    """
    restreints: dict[int, str] = {}
    if _dit_la_semaine(commentaire, semaine):
        return restreints
    for texte in _phrases_d_ici(commentaire):
        dit = normaliser(texte)
        if _dit_la_semaine(texte, semaine):
            continue
        motif = re.sub(r'["\s]+', " ", texte).strip(" .;/,-")[:_MOTIF_MAX].strip()
        if _POUR_TOUS.search(dit):
            restreints.setdefault(-1, motif)
        for clause in _CLAUSES.split(sans_accents(texte)):
            for rang in _de_la_clause(clause):
                restreints.setdefault(rang, motif)
    return restreints


def _phrases_d_ici(commentaire: str) -> Iterator[str]:
    """The sentences that speak of this place. What goes on after « Permanence à Valbourg (… » is elsewhere too, until
    a full stop, or a word that closes."""
    ailleurs = False
    morceaux = ["", *_PHRASES.split(commentaire + " ")]
    for separateur, texte in zip(morceaux[::2], morceaux[1::2], strict=True):
        dit = normaliser(texte)
        if not dit:
            continue
        suite = ailleurs and not {".", "\n"} & set(separateur) and not _FERME.search(dit)
        ailleurs = suite or _AILLEURS.match(dit) is not None
        if not ailleurs:
            yield texte


def _de_la_clause(clause: str) -> set[int]:
    """Days that a clause restricts, -1 for all of them; none when it says nothing of hours."""
    dit = _CONSEILLE.sub(" ", normaliser(clause))
    nommes = _jours(clause)
    if _AILLEURS.match(dit.strip()) or not (nommes or _RESTREINT.search(dit)):
        return set()
    return nommes or {-1}


def _dit_la_semaine(texte: str, semaine: Mapping[int, Plages] | None) -> bool:
    """Whether a sentence only repeats the hours that the columns give."""
    if not semaine or not any(map(str.isdigit, texte)):
        return False
    plat = re.sub(r"^.*?\bouverte?s?\b(?: au public)?|^.*?(?:rdv|rendez[- ]vous)\b\s*,", "", texte, flags=re.IGNORECASE)
    nommes = _jours(plat) or set(semaine)
    try:
        return phrase.lire(plat) == phrase.ecrire({rang: semaine[rang] for rang in nommes & set(semaine)})
    except HorairesNonCompris:
        return False


def _jours(texte: str) -> set[int]:
    """Days that a sentence names, « du lundi au jeudi » being four of them."""
    rangs: set[int] = set()
    for trouve in _JOUR.finditer(sans_accents(texte)):
        debut = JOURS.index(trouve["debut"])
        fin = JOURS.index(trouve["fin"]) if trouve["fin"] else debut
        rangs |= set(range(debut, fin + 1)) if debut <= fin else set(range(7))
    return rangs
