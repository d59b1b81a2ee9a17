"""opening-hours-py as an independent peer: thousands of (text, instant) pairs, every disagreement explained.

A disagreement outside the cases of `explications` fails the test.
"""

import json
import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import opening_hours as pair
import pytest

from carte.hours import Etat, HorairesInvalides, calendrier, etat, parse, prochain_changement
from hasard import Graine
from hours import tirages
from hours.explications import EXPLICATIONS, Explication
from hours.tirages import PARIS

INDRE = calendrier("36")
_ETATS = {
    Etat.OUVERT: pair.State.OPEN,
    Etat.FERME: pair.State.CLOSED,
    Etat.INCONNU: pair.State.UNKNOWN,
    Etat.SUR_RENDEZ_VOUS: pair.State.UNKNOWN,
}


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


def test_thousands_of_pairs_agree_or_are_explained(graine: Graine) -> None:
    hasard = random.Random(graine(20261123))
    textes = sorted({tirages.texte(hasard) for _ in range(2_500)})
    lus = [texte for texte in textes if _lisible_des_deux(texte)]
    communs, inexpliques, vus = 0, [], Counter[str]()
    for texte in lus:
        causes = [e.cle for e in EXPLICATIONS if e.concerne(texte)]
        desaccords = _desaccords(texte, tirages.instants(hasard, 8))
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


def test_next_change_agrees_on_the_common_subset(graine: Graine) -> None:
    hasard = random.Random(graine(7))
    compares = 0
    while compares < 500:
        texte = tirages.texte(hasard)
        if not _lisible_des_deux(texte) or any(e.concerne(texte) for e in EXPLICATIONS):
            continue
        instant = tirages.instants(hasard, 1)[0].replace(tzinfo=PARIS)
        attendu = pair.OpeningHours(texte, country="FR", timezone=PARIS, max_interval_days=70).next_change(instant)
        trouve = prochain_changement(parse(texte), instant, INDRE)
        if attendu is None or attendu - instant > timedelta(days=60):
            assert trouve is None or trouve[0] - instant > timedelta(days=59), texte
        else:
            assert trouve is not None, (texte, instant)
            assert trouve[0] == attendu, (texte, instant)
        compares += 1


@pytest.mark.partage
def test_every_osm_text_of_the_shared_data_agrees(partage: Path, graine: Graine) -> None:
    fiches = json.loads((partage / "data/hauts-de-france/lieux-standard-2022.geojson").read_text("utf-8"))["features"]
    textes = sorted({f["properties"]["horaires"] for f in fiches if f["properties"].get("horaires")})
    instants = tirages.instants(random.Random(graine(59)), 40)
    lus = [texte for texte in textes if _lisible_des_deux(texte)]
    refuses = set(textes) - set(lus)
    assert len(lus) > 50
    # Hours without an end (`13:00,17:00`): both refuse them, none guesses.
    assert len(refuses) == 3
    assert all(_refuse_ici(texte) and not pair.validate(texte) for texte in refuses)
    assert [d for texte in lus for d in _desaccords(texte, instants)] == []
