"""Words that name départements."""

import pytest

from carte.entrees import COG_NATIONAL
from carte.territory import Cog, TerritoireInvalide, lire_cog
from carte.territory.perimetre import departements_nommes
from sites import RACINE

CENTRE = ("18", "28", "36", "37", "41", "45")


@pytest.fixture(scope="module")
def cog() -> Cog:
    return lire_cog([RACINE / COG_NATIONAL])


@pytest.mark.parametrize(
    ("mots", "codes"),
    [
        (["36"], ("36",)),
        (["37", "36", "37"], ("37", "36")),
        (["2a", "2B"], ("2A", "2B")),
        (["1"], ("01",)),
        (["974"], ("974",)),
        (["24"], ("24",)),
        (["R24"], CENTRE),
        (["r24", "36"], CENTRE),
        (["Centre-Val de Loire"], CENTRE),
        (["centre val de loire"], CENTRE),
        (["Ile de france"], ("75", "77", "78", "91", "92", "93", "94", "95")),
        (["Provence Alpes Côte d’Azur"], ("04", "05", "06", "13", "83", "84")),
        (["indre"], ("36",)),
        (["Mayotte", "R06"], ("976",)),
        (["corse"], ("2A", "2B")),
        (["975"], ("975",)),
    ],
)
def test_words_name_departements(cog: Cog, mots: list[str], codes: tuple[str, ...]) -> None:
    assert departements_nommes(mots, cog) == codes


def test_france_is_its_101_departements(cog: Cog) -> None:
    tous = departements_nommes(["France"], cog)
    assert len(tous) == 101
    assert {"01", "2A", "75", "974", "976"} <= set(tous)
    assert not {"975", "988"} & set(tous)


@pytest.mark.parametrize("mot", ["99", "R99", "centre", "", "../36", "٣٦", "36000"])
def test_another_word_is_refused_with_what_can_be_written(cog: Cog, mot: str) -> None:
    with pytest.raises(TerritoireInvalide, match=r"écrivez un code de département \(36, 2A, 974\), une région"):
        departements_nommes([mot], cog)


def test_a_slip_gets_the_nearest_name(cog: Cog) -> None:
    with pytest.raises(TerritoireInvalide, match="bretagne"):
        departements_nommes(["Bretange"], cog)
