"""Texts and instants drawn at random, mostly of the kind met in the field."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def _heures(hasard: random.Random) -> str:
    matin = f"{hasard.choice(['08:00', '08:30', '09:15', '09:00'])}-{hasard.choice(['11:00', '12:00', '12:30'])}"
    soir = f"{hasard.choice(['13:30', '14:00'])}-{hasard.choice(['17:00', '18:30', '24:00'])}"
    nuit = hasard.choice(["18:00-26:00", "22:00-04:00"])
    return hasard.choices([matin, soir, f"{matin},{soir}", nuit, "09:00+", ""], [6, 4, 8, 1, 0.3, 1])[0]


_JOURS: tuple[str, ...] = (
    "Mo-Fr",
    "Sa",
    "Mo,We,Fr",
    "Tu-Th",
    "Fr-Mo",
    "Su",
    "Mo-Su",
    "We",
    "Mo-Fr,PH",
    "PH",
    "Mo[1]",
    "Fr[-1]",
)
_JOURS += ("Tu[1,3]", "PH,Sa", "PH Mo-Fr", "")
_DATES: tuple[str, ...] = (
    "",
    "",
    "",
    "",
    "Jan-Jun",
    "Jul 14-Aug 15",
    "Nov-Feb",
    "Dec 25",
    "2026",
    "2026-2027",
    "week 1-53/2",
)
_DATES += (
    "week 2-52/2",
    "Dec 20-Jan 5",
    "easter",
    "easter +1 day",
    "week 10-20",
    "Jan,Mar-Apr",
    "2027+",
    "May 1,Nov 11",
)
_DATES += ("2026 Dec 20-2027 Jan 5", "week 53", "Feb 25-29")
_MODIFS = ("", "", "", "", "", " off", " closed", " open", " unknown", ' open "entrée libre"', ' "sur rendez-vous"')


def texte(hasard: random.Random) -> str:
    """A text of one to four rules, mostly of the kind met in the field."""
    ecrit = ""
    for rang in range(hasard.choice([1, 1, 2, 2, 3, 4])):
        morceaux = filter(None, (hasard.choice(_DATES), hasard.choice(_JOURS), _heures(hasard)))
        regle = " ".join(morceaux) + hasard.choice(_MODIFS)
        separateur = hasard.choices(["; ", ", ", " || "], [8, 2, 0.5])[0] if rang else ""
        ecrit += separateur + (regle.strip() or "24/7")
    return ecrit


def instants(hasard: random.Random, nombre: int) -> list[datetime]:
    """Local naive instants of 2026 and 2027, on and around the bounds; nights when clocks change are left out."""
    tires: list[datetime] = []
    while len(tires) < nombre:
        jour = datetime(2026, 1, 1) + timedelta(days=hasard.randrange(730))
        instant = jour + timedelta(minutes=hasard.choice([0, 59, 240, 539, 540, 555, 720, 840, 1110, 1439]))
        instant += timedelta(minutes=hasard.choice([0, 0, 0, -1, 1, 60]))
        if instant.replace(tzinfo=PARIS).utcoffset() == (instant + timedelta(days=1)).replace(tzinfo=PARIS).utcoffset():
            tires.append(instant)
    return tires
