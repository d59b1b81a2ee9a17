"""A comment beside hours that are known day by day: it says nothing of them, it is an appointment for all of them, or
it restricts some in words that no grammar reads. Then these hours are « à confirmer », never plainly open.
"""

import re
from collections.abc import Mapping

from carte.hours.phrase import JOURS, Plages
from carte.hours.phrase.ecriture import heures, regles
from carte.imports.textes import normaliser, sans_accents

_MOTIF_MAX = 100  # of the comment in the hours; it is whole beside them
# What an appointment that is only advised is called: it closes nothing.
_CONSEILLE = re.compile(
    r"avec ou sans (?:rdv|rendez vous)|avec et sans (?:rdv|rendez vous)|sans (?:rdv|rendez vous)"
    r"|(?:de preference|preferable|possible|conseille|recommande|souhaitable)\w*(?: (?:sur|de|un))* (?:rdv|rendez vous)"
    r"|(?:prise de )?(?:rdv|rendez vous) (?:est )?(?:possible|conseille|recommande|souhait|preferable|facultati)\w*"
)
_RESTREINT = re.compile(
    r"\buniquement|\bseulement|\bexclusivement|\bsauf\b|\bexcepte|\bhors\b|\bferme|\bsur deux\b|\bsur 2\b|\b1 2\b"
    r"|\bsemaines? (?:im)?paires?|\balternance|\bpar mois\b|\b(?:du|de chaque|chaque) mois\b|\bsur (?:rdv|rendez vous)"
    r"|\bvacances\b|\b(?:le |les )?(?:premiers?|derniers?|[1-5] ?(?:ers?|e|emes?)) (?:lun|mar|mer|jeu|ven|sam)"
)
# What happens in other places does not restrict the hours of this one.
_AILLEURS = re.compile(r"(?:itinerances?|permanences? (?:a|au|aux|dans|en|sur rdv a)|possibilite)\b(?!.*\bferme)")
# Every word of a comment that only asks for an appointment, and how to take one.
_MOTS_DE_RDV = {
    *(
        "accueil",
        "permanence",
        "permanences",
        "uniquement",
        "exclusivement",
        "seulement",
        "sur",
        "rdv",
        "rendez",
        "vous",
    ),
    *(
        "pour",
        "toute",
        "toutes",
        "demarche",
        "demarches",
        "au",
        "a",
        "l",
        "tel",
        "telephone",
        "par",
        "mail",
        "courriel",
    ),
    *("ou", "et", "de", "du", "prise", "le"),
}
_JOUR = re.compile(rf"\b(?P<debut>{'|'.join(JOURS)})s?\b(?:\s+au\s+(?P<fin>{'|'.join(JOURS)})\b)?")
_CONTACT = re.compile(r"\S+@\S+|(?:\+|\b0)\d[\d .\-/]{7,}")


def ecrire(semaine: Mapping[int, Plages], commentaire: str) -> tuple[str, bool]:
    """The OSM text of a week with what a comment restricts of it, and whether the comment restricts anything."""
    nus = {rang: heures(plages) for rang, plages in semaine.items()}
    if rendez_vous_seul(commentaire):
        return "; ".join(regles({rang: _suivi(texte, '"sur rendez-vous"') for rang, texte in nus.items()})), True
    restreints = jours_restreints(commentaire)
    if not restreints:
        return "; ".join(regles(nus)), False
    nommes = {rang: motif for rang, motif in restreints.items() if rang >= 0}
    pour_tous = restreints.get(-1, "")
    ecrits = {
        rang: _suivi(texte, f'unknown "{motif}"') if (motif := nommes.get(rang, pour_tous)) else texte
        for rang, texte in nus.items()
    }
    return "; ".join(regles(ecrits)), True


def _suivi(texte: str, suite: str) -> str:
    """A closed day stays closed, whatever is said of the open ones."""
    return texte if texte == "off" else f"{texte} {suite}"


def rendez_vous_seul(commentaire: str) -> bool:
    """Whether the whole comment says that one comes by appointment, and how to take it: « Sur RDV au 3949 »."""
    mots = normaliser(_CONTACT.sub(" ", commentaire)).split()
    dit = " ".join(mots)
    return bool(re.search(r"\bsur (?:rdv|rendez vous)\b", dit)) and set(mots) <= _MOTS_DE_RDV and "conseil" not in dit


def jours_restreints(commentaire: str) -> dict[int, str]:
    """Rank of each day that a sentence restricts → its words; -1 for all the days, when a sentence names none."""
    restreints: dict[int, str] = {}
    for phrase in re.split(r"[.;/\n]+\s", commentaire + " "):
        dit = _CONSEILLE.sub(" ", normaliser(phrase))
        if not _RESTREINT.search(dit) or _AILLEURS.match(dit):
            continue
        motif = re.sub(r'["\s]+', " ", phrase).strip(" .;/")[:_MOTIF_MAX].strip()
        for rang in _jours(phrase) or (-1,):
            restreints.setdefault(rang, motif)
    return restreints


def _jours(phrase: str) -> set[int]:
    """Days that a sentence names, « du lundi au jeudi » being four of them."""
    rangs: set[int] = set()
    for trouve in _JOUR.finditer(sans_accents(phrase)):
        debut = JOURS.index(trouve["debut"])
        fin = JOURS.index(trouve["fin"]) if trouve["fin"] else debut
        rangs |= set(range(debut, fin + 1)) if debut <= fin else set(range(7))
    return rangs
