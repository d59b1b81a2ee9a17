"""opening-hours-py as an independent peer: thousands of (text, instant) pairs, every disagreement explained.

The peer keeps to a day where OSM speaks of instants, takes a comment for an opening and knows no school holidays:
each such case is named in EXPLICATIONS with a witness; a disagreement outside these cases fails the test.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import opening_hours as pair
import pytest

from carte.hours import Etat, HorairesInvalides, calendrier, etat, parse, prochain_changement

PARIS = ZoneInfo("Europe/Paris")
INDRE = calendrier("36")
_ETATS = {
    Etat.OUVERT: pair.State.OPEN,
    Etat.FERME: pair.State.CLOSED,
    Etat.INCONNU: pair.State.UNKNOWN,
    Etat.SUR_RENDEZ_VOUS: pair.State.UNKNOWN,
}


class Explication(NamedTuple):
    """Why we may differ from the peer, on which texts, and one pair on which we do."""

    cle: str
    pourquoi: str
    concerne: Callable[[str], bool]
    temoin: str
    instant: str
    ici: Etat


def _minuit_passe(texte: str) -> bool:
    plages = re.findall(r"(\d\d:\d\d)-(\d\d:\d\d)", texte)
    return any(fin <= debut or fin > "24:00" for debut, fin in plages)


# A comma that follows hours or a word like `off` cannot be the comma of a list of days.
_LISTE = r'(?<!off)(?<!closed)(?<!open)(?<!unknown)(?<!\d\d:\d\d)(?<!")(?<!\+), (?=[A-Z])'

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
        lambda t: _minuit_passe(t) and ";" in t,
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
    Explication(
        "fermetures-seules",
        "closures alone do not say that the place never opens",
        lambda t: all(regle.sens == "off" for regle in parse(t).regles),
        "PH off",
        "2026-11-23T10:00",
        Etat.INCONNU,
    ),
    Explication(
        "vacances",
        "the peer has no school holidays and ignores SH",
        lambda t: "SH" in t,
        "Mo-Fr 09:00-12:00; SH off",
        "2026-10-21T10:00",
        Etat.FERME,
    ),
]


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


def _texte(hasard: random.Random) -> str:
    """A text of one to four rules, mostly of the kind met in the field."""
    texte = ""
    for rang in range(hasard.choice([1, 1, 2, 2, 3, 4])):
        morceaux = filter(None, (hasard.choice(_DATES), hasard.choice(_JOURS), _heures(hasard)))
        regle = " ".join(morceaux) + hasard.choice(_MODIFS)
        separateur = hasard.choices(["; ", ", ", " || "], [8, 2, 0.5])[0] if rang else ""
        texte += separateur + (regle.strip() or "24/7")
    return texte


def _instants(hasard: random.Random, nombre: int) -> list[datetime]:
    """Local naive instants of 2026 and 2027, on and around the bounds; nights when clocks change are left out."""
    tires: list[datetime] = []
    while len(tires) < nombre:
        jour = datetime(2026, 1, 1) + timedelta(days=hasard.randrange(730))
        instant = jour + timedelta(minutes=hasard.choice([0, 59, 240, 539, 540, 555, 720, 840, 1110, 1439]))
        instant += timedelta(minutes=hasard.choice([0, 0, 0, -1, 1, 60]))
        if instant.replace(tzinfo=PARIS).utcoffset() == (instant + timedelta(days=1)).replace(tzinfo=PARIS).utcoffset():
            tires.append(instant)
    return tires


def _ici(texte: str, instant: datetime) -> Etat:
    return etat(parse(texte), instant.replace(tzinfo=PARIS), INDRE)


def _la_bas(texte: str, instant: datetime) -> pair.State:
    return pair.OpeningHours(texte, country="FR").state(instant)[0]


def _lisible_des_deux(texte: str) -> bool:
    """Texts that one of the two refuses are compared by the tests of the parser, not here."""
    try:
        parse(texte)
        pair.OpeningHours(texte)
    except (ValueError, pair.ParserError):
        return False
    return True


def _refuse_ici(texte: str) -> bool:
    try:
        parse(texte)
    except HorairesInvalides:
        return True
    return False


def _desaccords(texte: str, instants: list[datetime]) -> list[str]:
    return [
        f"{texte!r} le {instant} : ici {ici}, pair {la_bas}"
        for instant in instants
        if _ETATS[ici := _ici(texte, instant)] != (la_bas := _la_bas(texte, instant))
    ]


def test_thousands_of_pairs_agree_or_are_explained() -> None:
    hasard = random.Random(20261123)
    textes = sorted({_texte(hasard) for _ in range(2_500)})
    lus = [texte for texte in textes if _lisible_des_deux(texte)]
    communs, inexpliques, vus = 0, [], Counter[str]()
    for texte in lus:
        causes = [e.cle for e in EXPLICATIONS if e.concerne(texte)]
        desaccords = _desaccords(texte, _instants(hasard, 8))
        if not causes:
            communs += 8
            inexpliques += desaccords
        elif desaccords:
            vus.update(causes)
    assert not inexpliques, "\n".join(inexpliques[:20])
    assert communs > 5_000, "le sous-ensemble commun est trop petit pour prouver quoi que ce soit"
    assert len(lus) > 0.75 * len(textes)


@pytest.mark.parametrize("e", EXPLICATIONS, ids=lambda e: e.cle)
def test_each_explanation_is_a_real_disagreement(e: Explication) -> None:
    instant = datetime.fromisoformat(e.instant)
    assert e.concerne(e.temoin), e.pourquoi
    assert _ici(e.temoin, instant) is e.ici, e.pourquoi
    assert _la_bas(e.temoin, instant) != _ETATS[e.ici], "le pair est maintenant d'accord : retirer l'explication"


def test_next_change_agrees_on_the_common_subset() -> None:
    hasard = random.Random(7)
    compares = 0
    while compares < 500:
        texte = _texte(hasard)
        if not _lisible_des_deux(texte) or any(e.concerne(texte) for e in EXPLICATIONS):
            continue
        instant = _instants(hasard, 1)[0].replace(tzinfo=PARIS)
        attendu = pair.OpeningHours(texte, country="FR", timezone=PARIS, max_interval_days=70).next_change(instant)
        trouve = prochain_changement(parse(texte), instant, INDRE)
        if attendu is None or attendu - instant > timedelta(days=60):
            assert trouve is None or trouve[0] - instant > timedelta(days=59), texte
        else:
            assert trouve is not None, (texte, instant)
            assert trouve[0] == attendu, (texte, instant)
        compares += 1


@pytest.mark.partage
def test_every_osm_text_of_the_shared_data_agrees(partage: Path) -> None:
    fiches = json.loads((partage / "data/hauts-de-france/lieux-standard-2022.geojson").read_text("utf-8"))["features"]
    textes = sorted({f["properties"]["horaires"] for f in fiches if f["properties"].get("horaires")})
    instants = _instants(random.Random(59), 40)
    lus = [texte for texte in textes if _lisible_des_deux(texte)]
    refuses = set(textes) - set(lus)
    assert len(lus) > 50
    # Hours without an end (`13:00,17:00`): both refuse them, none guesses.
    assert len(refuses) == 3
    assert all(_refuse_ici(texte) and not pair.validate(texte) for texte in refuses)
    assert [d for texte in lus for d in _desaccords(texte, instants)] == []
