"""The words of French hours: the whole text must be made of them. One that is unknown makes the text refused."""

import re
from dataclasses import dataclass

from carte.erreurs import ErreurCarte
from carte.hours.french import MOIS
from carte.lettres import plier


class HorairesNonCompris(ErreurCarte, ValueError):
    """The text holds something the grammar does not know; the message says what, in French."""


@dataclass(frozen=True, slots=True)
class Mot:
    """One word: `valeur` is the rank of a day (0 Monday), minutes, which one of the month (-1 the last), a month."""

    genre: str
    valeur: int = 0


ET = Mot("lien", 1)
"""« et », which adds, where a comma only goes on."""
FIN_DE_REGLE = Mot("lien", 2)
"""« ; », which ends a rule where days are codes of OpenStreetMap."""
OUVRES, TOUS, FIN = frozenset(range(5)), frozenset(range(7)), frozenset((5, 6))
ENSEMBLES = {"ouvres": OUVRES, "tous": TOUS, "fin": FIN}
_COMPLETS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ABREGES = (
    ("lun", "lu"),
    ("mar", "ma"),
    ("mer", "me"),
    ("jeu", "je"),
    ("ven", "ve"),
    ("sam",),
    ("dim", "di"),
)
# Codes of OpenStreetMap: between two of them a dash is always a range.
_CODES = (("mon", "mo"), ("tue", "tu"), ("wed", "we"), ("thu", "th"), ("fri", "fr"), ("sat", "sa"), ("sun", "su"))
_RANGS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "dernier": -1}
_MOIS = tuple(plier(nom) for nom in MOIS)
_RDV = r"(?:rdv|rendez[- ]?vous)"
_SEULEMENT = r"(?:uniquement|seulement|exclusivement)"
# Right after « sur RDV », ten digits are how to take one; anywhere else they are no hours.
_NUMERO = r"(?:(?:\ ?:|\ au|\ par\ telephone(?:\ au)?)?\ ?\b0[1-9](?:[.\ -]?\d\d){4}(?![\d.h:]))"
_LEXIQUE = re.compile(
    rf"""
    (?P<rdv>(?:{_SEULEMENT}\ )?\b(?:sur|par)\ {_RDV}\b(?:\ {_SEULEMENT}\b)?{_NUMERO}?)
    | (?P<scolaire>(?:{_SEULEMENT}\ )?\b(?:en|pendant|durant)(?:\ les?|\ la)?\ periodes?\ scolaires?\b
        | \b(?:hors|sauf|excepte)(?:\ (?:pendant|durant))?(?:\ les)?\ (?:vacances|conges)\ scolaires?\b)
    | (?P<vacances>(?:\b(?:pendant|durant)\ (?:les\ )?)?\b(?:vacances|conges)\ scolaires?\b)
    | (?P<feries>\bjours?\ feries?\b)
    | (?P<tous>\btous\ les\ jours\b | \b7\ ?j(?:ours)?\ ?(?:/|sur)\ ?7\ ?j?\b)
    | (?P<ouvres>\b(?:toute\ )?la\ semaine\b(?!\ (?:im)?paires?) | \ben\ semaine\b(?!\ (?:im)?paires?))
    | (?P<fin>\bweek[- ]?ends?\b)
    | (?P<parite>\b(?:(?:en|les|la)\ )?semaines?\ (?P<sorte>im)?paires?\b)
    | (?P<dumois>\b(?:du|de\ chaque|chaque|par)\ mois\b)
    | (?P<rien>
        (?:avec\ ou\ )?sans\ (?:{_RDV}|interruption)\b | journee\ continue\b | en\ continu\b | non[- ]stop\b
        | \b(?:jours\ et\ )?(?:heures|horaires)(?:\ d'ouvertures?)?\b | \bouvertures?\b | \bouverte?s?\b
        | \bpermanences?\b | \baccueil(?:\ (?:du\ public|de\ public|physique))?\b
        | \b(?:tous|toutes)\ les\b(?!\ jours) | \bchaque\b(?!\ mois)
        | \b(?:du|de|des|le|les|la|au\ public)\b | \b[ld]' | [:.\s()] | [|](?![|])
    )
    | (?P<rang>\b(?P<chiffre>[1-5])\ ?(?:ers?|eres?|emes?|nde?s?|es?)\b | \b(?P<ordinal>{"|".join(_RANGS)})s?\b)
    | (?P<jour>\b(?P<nom>{"|".join(_COMPLETS)})s?\b)
    | (?P<mois>\b(?P<lequel>{"|".join(_MOIS)})\b)
    | (?P<court>\b(?P<abrege>{"|".join(a for noms in _ABREGES for a in noms)})\b\.?)
    | (?P<code>\b(?P<osm>{"|".join(c for noms in _CODES for c in noms)})\b)
    | (?P<midi>\bmidi\b) | (?P<minuit>\bminuit\b)
    | (?P<heure>(?<!\d)(?P<h>\d{{1,2}})(?:
          \s*:\s*(?P<m1>\d{{2}})(?:\s*h\b)?(?!\d)
        | \s*(?:heures?\b|h)\s*(?:(?P<m2>\d{{2}})(?!\s*h|\s*:|\d)|(?P<m3>[345]\d)h(?!\d))?
      ))
    | (?P<nombre>(?<!\d)\d{{1,2}}(?!\d))
    | (?P<entre>\bentre\b) | (?P<jusque>\b(?:jusqu'a|a|au)(?=\b|\d)) | (?P<sauf>\b(?:sauf|excepte|hormis|hors)\b)
    | (?P<ferme>\bferme(?:e?s?|tures?)?\b)
    | (?P<matin>\bmatin(?:s|ees?)?\b) | (?P<aprem>\bapres[- ]?midis?\b)
    | (?P<en>\ben\b) | (?P<lien>\bet\b|\bpuis\b|&|[,;]) | (?P<barre>/) | (?P<tiret>[-–—]+)
    """,
    re.VERBOSE,
)


def mots(texte: str) -> list[Mot]:
    """The words of a text, those that say nothing left out. Raises HorairesNonCompris at the first unknown one."""
    plat = re.sub(r"\s+", " ", plier(texte.replace("’", "'"))).strip()
    lus: list[Mot] = []
    position = 0
    while position < len(plat):
        trouve = _LEXIQUE.match(plat, position)
        if trouve is None:
            raise HorairesNonCompris(f"« {plat[position : position + 40].strip()} » n'est pas compris")
        position = trouve.end()
        if (mot := _mot(trouve, plat)) is not None:
            lus.append(mot)
    return lus


def _mot(trouve: re.Match[str], plat: str) -> Mot | None:
    genre = next(nom for nom in _GENRES if trouve[nom] is not None)
    if genre == "rien":
        return None
    if genre == "jour":
        return Mot("jour", _COMPLETS.index(trouve["nom"]))
    if genre == "court":
        return Mot("court", _rang(trouve["abrege"], _ABREGES))
    if genre == "code":
        return Mot("code", _rang(trouve["osm"], _CODES))
    if genre == "rang":
        return Mot("rang", int(trouve["chiffre"] or _RANGS[trouve["ordinal"] or "premier"]))
    if genre == "mois":
        return Mot("mois", _MOIS.index(trouve["lequel"]) + 1)
    if genre == "parite":
        return Mot("parite", 1 if trouve["sorte"] else 2)
    if genre in ("midi", "minuit"):
        return Mot("heure", 720 if genre == "midi" else 1440)
    if genre == "heure":
        return Mot("heure", _minutes(trouve, plat))
    if genre == "lien":
        return ET if trouve[0] == "et" else FIN_DE_REGLE if trouve[0] == ";" else Mot("lien")
    return Mot(genre, int(trouve[0]) if genre == "nombre" else 0)


_GENRES = (
    *(
        "rien",
        "rdv",
        "scolaire",
        "vacances",
        "feries",
        "tous",
        "ouvres",
        "fin",
        "parite",
        "dumois",
        "rang",
        "jour",
        "mois",
    ),
    *("court", "code", "midi", "minuit", "heure", "nombre", "entre", "jusque", "sauf", "ferme", "matin", "aprem", "en"),
    *("lien", "barre", "tiret"),
)


def _rang(mot: str, noms: tuple[tuple[str, ...], ...]) -> int:
    return next(rang for rang, formes in enumerate(noms) if mot in formes)


def _minutes(trouve: re.Match[str], plat: str) -> int:
    heures, minutes = int(trouve["h"]), int(trouve["m1"] or trouve["m2"] or trouve["m3"] or 0)
    # « 14h 15 » may be 14:15 or 14:00 to 15:00: detached minutes are believed only when no hour is written so.
    detachees = trouve["m2"] is not None and plat[trouve.start("m2") - 1] == " "
    if (detachees and 0 < minutes <= 24) or minutes % 5 or heures * 60 + minutes > 1440:
        raise HorairesNonCompris(f"« {trouve[0].strip()} » n'est pas une heure sûre")
    return heures * 60 + minutes
