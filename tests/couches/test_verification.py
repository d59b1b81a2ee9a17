"""Which of two vintages is newer, as far as they say."""

import pytest

from carte.couches.brut import Brut
from carte.couches.verification import Etat, _avec
from carte.territory import Couche


@pytest.mark.parametrize(
    ("ici", "source", "etat"),
    [
        ("2018", "2026", Etat.PLUS_RECENTE),
        ("2026", "2018", Etat.A_PART),
        ("relevé du 2026-11-28", "2018", Etat.A_PART),
        ("2018", "relevé du 2026-11-28", Etat.PLUS_RECENTE),
        ("2026-06-30", "2026-09-30", Etat.PLUS_RECENTE),
        ("2026-09-30", "2026-06-30", Etat.A_PART),
        ("2026", "2026-06-30", Etat.PLUS_RECENTE),
        ("2018, 2020", "2019", Etat.A_PART),
        ("inconnu", "2026", Etat.PLUS_RECENTE),
        ("2026", "inconnu", Etat.PLUS_RECENTE),
        ("inconnu", "inconnu", Etat.PLUS_RECENTE),
    ],
)
def test_a_layer_with_other_bytes_is_newer_unless_it_says_that_it_is_older(ici: str, source: str, etat: Etat) -> None:
    connue = Couche("a.csv", "A", "S", ici, "Licence Ouverte 2.0", "0" * 64)
    assert _avec(connue, Brut(b"x", "S", source), presente=True)[0] is etat
    assert _avec(None, Brut(b"x", "S", source), presente=True)[0] is Etat.PLUS_RECENTE
