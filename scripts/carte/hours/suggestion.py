"""French habits (« Lu-Ve 9h-12h ») turned into OSM text, only word for word: what is left over is never guessed."""

import re
from functools import cache

from carte.hours.errors import HorairesInvalides
from carte.hours.parser import lire
from carte.hours.rules import Regle

_JOURS = (
    ("Mo", "lundis|lundi|lun|lu|monday|mon"),
    ("Tu", "mardis|mardi|ma|tuesday|tue"),
    ("We", "mercredis|mercredi|mer|me|wednesday|wed"),
    ("Th", "jeudis|jeudi|jeu|je|thursday|thu"),
    ("Fr", "vendredis|vendredi|ven|ve|friday|fri"),
    ("Sa", "samedis|samedi|sam|saturday|sat"),
    ("Su", "dimanches|dimanche|dim|di|sunday|sun"),
)
_MOIS = (
    ("Jan", "janvier"),
    ("Feb", "février|fevrier"),
    ("Mar", "mars"),
    ("Apr", "avril"),
    ("May", "mai"),
    ("Jun", "juin"),
    ("Jul", "juillet"),
    ("Aug", "août|aout"),
    ("Sep", "septembre"),
    ("Oct", "octobre"),
    ("Nov", "novembre"),
    ("Dec", "décembre|decembre"),
)
# OSM reads `00:00-00:00` as 24 hours; forms write it for « closed » or « not filled in ».
PLAGE_NULLE = re.compile(r"\b(\d?\d:\d\d)\s*-\s*\1\b")
_RDV = r"(?:uniquement |seulement )?sur (?:rdv|rendez[- ]vous)"
_ETAPES = (
    (r"[“”«»]\s*|\s*[“”»]", '"'),
    (r"[–—−]", "-"),
    (rf'(?<!")\(?\b({_RDV})\b\)?(?!")', r'"\1"'),
    (r"\bjours? f[ée]ri[ée]s?\b", "PH"),
    (r"\bvacances scolaires\b", "SH"),
    (r"\b(?:ferm[ée]e?s?)\b", "off"),
    (r"\b(?:24h?/24(?:\s*(?:et|,)?\s*7j?/7)?|7j?/7\s*(?:et|,)?\s*24h?/24)\b", "24/7"),
    # A range of hours, not of days: « 8.30-12.15 », never « 01.05-31.08 ».
    (
        r"(?<![\d.])(0?[6-9]|1\d|2[0-3])\.(00|15|30|45)\s*-\s*(0?[6-9]|1\d|2[0-3])\.(00|15|30|45)(?![\d.])",
        r"\1:\2-\3:\4",
    ),
    *((rf"\b(?:{noms})\b\.?", code) for code, noms in _JOURS),
    *((rf"\b(\d{{1,2}})(?:er)? (?:{noms})\b", rf"{code} \1") for code, noms in _MOIS),
    *((rf"\b(?:{noms})\b", code) for code, noms in _MOIS),
    (r"\b(\d{1,2})\s*(?:h|heures?)\s*(\d{2})\b", r"\1:\2"),
    (r"\b(\d{1,2})\s*(?:h|heures?)(?![a-zà-ÿ])", r"\1:00"),
    (r"\s*(?:\bà\b|\bau\b|\bjusqu['’]au?\b)\s*", "-"),
    (r"\b(?:le|les|du|de|des)\b\s*", ""),
    (r"\s*(?:\bet\b|&|(?<=\d\d)\s*/\s*(?=\d)(?!7\b))\s*(?:-\s*)?", ","),
    (r"(?<!\d)(\d:\d\d)", r"0\1"),
    (r"\s*-\s*", "-"),
    (r"(?<=[A-Za-z])\s*:\s*(?=\d)", " "),
    (r"(?<=[a-z])\s*,\s*(?=\d\d:)", " "),
    (r"(\d\d:\d\d-\d\d:\d\d)\s*,?\s*(?=\d\d:)", r"\1,"),
    (r"(\d\d:\d\d)\s*[,;.\n/]?\s+(?=[A-Z][a-z]\b|PH\b|SH\b)", r"\1; "),
    (r"(\d\d:\d\d),(?=[A-Z][a-z]|PH\b|SH\b)", r"\1; "),
    (r"(?<=[a-z]),\s+(?=[A-Z][a-z])", ","),
    (r"\s+", " "),
    (r"[\s.;,]+$", ""),
)


def proposer(texte: str) -> str | None:
    """An OSM text that says the same as a refused one, or None when some word would have to be guessed.

    A sentence is read as imports read it; what mixes French words with OSM ones is put right sign by sign.
    """
    # Imported here: a grammar of French, which right hours never need.
    from carte.hours.phrase import HorairesNonCompris
    from carte.hours.phrase import lire as lire_phrase

    try:
        return lire_phrase(texte)
    except HorairesNonCompris:
        return _signe_par_signe(texte)


def _signe_par_signe(texte: str) -> str | None:
    candidat = texte.strip()
    morceaux = candidat.split('"')
    for motif, par in _etapes():
        candidat = motif.sub(par, candidat)
    if candidat == texte.strip() or (len(morceaux) > 1 and not _memes_notes(texte, candidat)):
        return None
    try:
        regles = lire(candidat)
    except HorairesInvalides:
        return None
    if candidat == "24/7":
        return candidat
    douteux = any(map(_trop_court, regles)) or _ambigu(regles) or PLAGE_NULLE.search(candidat)
    return None if douteux else candidat


@cache
def _etapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compiled at the first refused text: right hours never need these fifty patterns."""
    return tuple((re.compile(motif, re.IGNORECASE), par) for motif, par in _ETAPES)


def _trop_court(regle: Regle) -> bool:
    """A day without hours or hours without a day: valid for OSM, but not what somebody meant to write."""
    return regle.sens == "open" and (not regle.heures or regle.sans_jour)


def _ambigu(regles: tuple[Regle, ...]) -> bool:
    """One day in two rules (replaced or added?), or a rule without day after others: two readings, so no proposal."""
    vus = 0
    for regle in regles:
        if len(regles) > 1 and regle.sans_jour and regle.separateur != "||":
            return True
        if regle.sens != "off" and not (regle.datee or regle.semaines or regle.conjonction or regle.rangs):
            if vus & regle.jours:
                return True
            vus |= regle.jours
    return False


def _memes_notes(texte: str, candidat: str) -> bool:
    """Comments already in quotes must come out untouched."""
    return re.findall(r'"[^"]*"', texte) == re.findall(r'"[^"]*"', candidat)
