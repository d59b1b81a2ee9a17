"""Why our engine and opening-hours-py may differ: each reason with the texts it covers and a witness.

The peer keeps to a day where OSM speaks of instants, takes a comment for an opening and knows no school holidays.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from carte.hours import Etat, parse


class Explication(NamedTuple):
    """Why we may differ from the peer, on which texts, and one pair on which we do."""

    cle: str
    pourquoi: str
    concerne: Callable[[str], bool]
    temoin: str
    instant: str
    ici: Etat


def minuit_passe(texte: str) -> bool:
    """Whether some hours of the text run past midnight."""
    plages = re.findall(r"(\d\d:\d\d)-(\d\d:\d\d)", texte)
    return any(fin <= debut or fin > "24:00" for debut, fin in plages)


# A comma that follows hours or a word like `off` cannot be the comma of a list of days.
_LISTE = r'(?<!off)(?<!closed)(?<!open)(?<!unknown)(?<!\d\d:\d\d)(?<!")(?<!\+), (?=[A-Z])'

FERMETURES_SEULES = Explication(
    "fermetures-seules",
    "closures alone do not say that the place never opens",
    lambda t: all(regle.sens == "off" for regle in parse(t).regles),
    "PH off",
    "2026-11-23T10:00",
    Etat.INCONNU,
)
EXPLICATIONS = [
    Explication(
        "remarque",
        "the specification makes a rule that ends on a comment alone unknown; the peer keeps it open",
        lambda t: bool(re.search(r'(?<!open )(?<!off )(?<!unknown )"', t)),
        'Mo-Fr 09:00-12:00 "sur rdv"',
        "2026-11-23T10:00",
        Etat.SUR_RENDEZ_VOUS,
    ),
    Explication(
        "fin-ouverte",
        "after `09:00+` nobody knows when the place closes; the peer says open until midnight",
        lambda t: bool(re.search(r"\d\+", t)),
        "Mo-Fr 09:00+",
        "2026-11-23T20:00",
        Etat.INCONNU,
    ),
    Explication(
        "secours",
        "`||` applies wherever the rules before are closed; the peer drops it on any day that has an opening",
        lambda t: "||" in t,
        "Mo-Fr 09:00-12:00 || unknown",
        "2026-11-23T14:00",
        Etat.INCONNU,
    ),
    Explication(
        "nuit",
        "a night that runs into the next day is kept by the specification unless a rule of that day replaces it; "
        "the peer drops it as soon as an earlier rule matches that day",
        lambda t: minuit_passe(t) and ";" in t,
        "Mo-Su 10:00-12:00; Fr 22:00-04:00",
        "2026-11-28T01:00",
        Etat.OUVERT,
    ),
    Explication(
        "ferie-et-jour",
        "`PH Mo-Fr` (a space) asks for a public holiday that falls from Monday to Friday; the peer takes either",
        lambda t: bool(re.search(r"\bPH [A-Z][a-z]\b", t)),
        "PH Mo-Fr 09:00-12:00",
        "2026-11-23T10:00",
        Etat.FERME,
    ),
    Explication(
        "liste-espacee",
        "`Mo, We 09:00-12:00` lists two days, as the reference implementation reads it; the peer reads two rules",
        lambda t: bool(re.search(_LISTE, t)),
        "Mo, We 09:00-12:00",
        "2026-11-23T15:00",
        Etat.FERME,
    ),
    FERMETURES_SEULES,
    Explication(
        "vacances",
        "the peer has no school holidays and ignores SH",
        lambda t: "SH" in t,
        "Mo-Fr 09:00-12:00; SH off",
        "2026-10-21T10:00",
        Etat.FERME,
    ),
]
