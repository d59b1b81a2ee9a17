"""Two records that may be of one place count as one at least, as two at most, and share nothing with each other."""

import pandas as pd
import pytest

from indicators.exemple import Monde

COMMUNES = [{"code_insee": "01001", "x_km": 0.0, "y_km": 0.0, "population": 10_000.0}]


def lieu(nom: str, x_km: float, doute: str | None, **autres: object) -> dict[str, object]:
    return {"code_insee": "01001", "lieu_id": nom, "x_km": x_km, "y_km": 1.0, "doute": doute, **autres}


def ligne(*lieux: dict[str, object]) -> pd.Series:
    return Monde(COMMUNES, list(lieux)).calculer().tables["perimetre"].loc["perimetre"]


def test_a_doubt_counts_once_in_the_low_bound_only() -> None:
    un, deux, tiers = lieu("a", 1.0, "a"), lieu("b", 1.0, "a", formation=None), lieu("c", 5.0, None)
    lu = ligne(un, deux, tiers)
    assert (lu["lieux"], lu["lieux_en_double"]) == (3, 1)
    assert (lu["O1_lieux_bas"], lu["O1_lieux_val"], lu["O1_lieux_haut"]) == (2, 3, 3)
    assert (lu["O1_demarches_bas"], lu["O1_demarches_haut"]) == (2, 3), "both say it"
    assert (lu["O1_formation_bas"], lu["O1_formation_haut"]) == (2, 3), "one of the two is silent: it hides nobody"
    sans = ligne(*(vu | {"doute": None} for vu in (un, deux, tiers)))
    assert sans["lieux_en_double"] == 0
    for base in ("O1_lieux", "O1_demarches"):
        assert sans[f"{base}_bas"] == sans[f"{base}_val"] == sans[f"{base}_haut"] == 3, "bounds meet without a doubt"


@pytest.mark.parametrize(
    ("doutes", "bas", "haut"),
    [
        pytest.param(("a", "a"), 0, 2, id="le-meme-lieu-peut-etre"),
        pytest.param((None, None), 2, 2, id="deux-lieux"),
        pytest.param(("a", "b"), 2, 2, id="deux-doutes-differents"),
    ],
)
def test_nothing_is_shared_between_a_place_and_itself(doutes: tuple[str | None, ...], bas: int, haut: int) -> None:
    lieux = [lieu(nom, 1.0 + rang / 100, doute) for rang, (nom, doute) in enumerate(zip("ab", doutes, strict=True))]
    lu = ligne(*lieux)
    assert (lu["O9_mutualises_bas"], lu["O9_mutualises_haut"]) == (bas, haut)
