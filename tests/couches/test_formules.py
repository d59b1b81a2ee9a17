"""Headings and sums of headings: the vintage they carry, and the secret that is never zero."""

import pytest

from carte.couches.formules import ColonneAbsente, Places, calculer, placer

MENAGES = {"code": ("CODGEO",), "sans": ("P##_MEN - P##_RP_VOIT1P",)}


def test_the_latest_vintage_that_has_every_column_is_taken() -> None:
    titres = ["CODGEO", "P16_MEN", "P22_MEN", "P16_RP_VOIT1P", "P22_RP_VOIT1P", "P23_MEN"]
    assert placer(titres, MENAGES) == Places({"code": ((1, 0),), "sans": ((1, 2), (-1, 4))}, "2022")


def test_columns_of_two_vintages_are_never_mixed() -> None:
    with pytest.raises(ColonneAbsente, match="sans"):
        placer(["CODGEO", "P22_MEN", "P16_RP_VOIT1P"], MENAGES)


def test_the_first_formula_that_can_be_worked_out() -> None:
    ages = {"ages": ("P##_POP7589 + P##_POP90P", "P##_POP75P")}
    assert placer(["P11_POP75P"], ages) == Places({"ages": ((1, 0),)}, "2011")
    assert placer(["P21_POP75P", "P21_POP90P", "P21_POP7589"], ages).colonnes["ages"] == ((1, 2), (1, 1))


def test_a_heading_that_ends_with_a_date() -> None:
    places = placer(["x", "Classement FRR et FRR+ au 10 juillet 2025"], {"frr": ("Classement FRR et FRR+ au *",)})
    assert places == Places({"frr": ((1, 1),)})


@pytest.mark.parametrize(
    ("rangee", "attendu"),
    [
        (["120,5", "100"], 20.5),
        (["1\u202f200", "1 000"], 200.0),
        (["0.3", "0.3"], 0.0),
        (["s", "100"], None),
        (["120", ""], None),
        (["120", "ND"], None),
        (["120"], None),
    ],
)
def test_a_secret_term_makes_the_figure_unknown(rangee: list[str], attendu: float | None) -> None:
    assert calculer(rangee, [(1, 0), (-1, 1)]) == attendu


def test_a_word_is_not_a_number() -> None:
    with pytest.raises(ValueError, match="beaucoup"):
        calculer(["beaucoup"], [(1, 0)])
