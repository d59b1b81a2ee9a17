"""Numbers as French readers expect them, rounded as they were taught."""

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.indicators import Part, format_nombre, format_pct, format_quantite, format_taux

ESPACE = "\u00a0"


@pytest.mark.parametrize(
    ("valeur", "decimales", "texte"),
    [
        (6.25, 1, "6,3"),
        (0.285, 2, "0,29"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-6.25, 1, "-6,3"),
        (-0.04, 1, "0,0"),
        (-0.0, 0, "0"),
        (1234567.5, 0, f"1{ESPACE}234{ESPACE}568"),
        (999.95, 1, f"1{ESPACE}000,0"),
        (1e22, 0, f"10{f'{ESPACE}000' * 7}"),
        (1e-12, 3, "0,000"),
        (math.nan, 1, "inconnu"),
        (math.inf, 1, "sans objet"),
    ],
)
def test_format_nombre(valeur: float, decimales: int, texte: str) -> None:
    assert format_nombre(valeur, decimales) == texte


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 4))
def test_arrondi_au_plus_pres_du_nombre_lu(valeur: float, decimales: int) -> None:
    texte = format_nombre(valeur, decimales).replace(ESPACE, "").replace(",", ".")
    lu = Decimal(texte)
    assert abs(lu - Decimal(repr(valeur))) <= Decimal(5).scaleb(-decimales - 1)
    assert len(texte.partition(".")[2]) == decimales
    assert not (texte.startswith("-") and lu == 0)


@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_les_demis_s_eloignent_de_zero(entier: int, decimales: int) -> None:
    moitie = Decimal(10 * entier + (5 if entier >= 0 else -5)).scaleb(-decimales - 1)
    texte = format_nombre(float(moitie), decimales).replace(ESPACE, "").replace(",", ".")
    assert Decimal(texte) == moitie.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    assert abs(Decimal(texte)) > abs(moitie)


@pytest.mark.parametrize(
    ("valeur", "decimales", "texte"),
    [
        pytest.param(0.0095, 1, "moins de 0,1", id="deux lieux pour Paris"),
        pytest.param(0.004, 2, "moins de 0,01", id="au centième"),
        pytest.param(0.4, 0, "moins de 1", id="à l'unité"),
        pytest.param(0.05, 1, "0,1", id="la moitié s'arrondit"),
        pytest.param(0.0, 1, "0,0", id="rien"),
        pytest.param(math.nan, 1, "inconnu", id="inconnu"),
    ],
)
def test_ce_qui_est_plus_que_rien_ne_se_lit_pas_zero(valeur: float, decimales: int, texte: str) -> None:
    assert format_quantite(valeur, decimales) == texte


@pytest.mark.parametrize(
    ("taux", "texte"),
    [
        pytest.param(1e-9, "0,0", id="l'erreur d'un calcul n'est rien"),
        pytest.param(2 * 1e-9, "moins de 0,1", id="quelqu'un"),
        pytest.param(1 - 2 * 1e-9, "plus de 99,9", id="il manque quelqu'un"),
        pytest.param(1.0, "100,0", id="tous"),
    ],
)
def test_un_taux_ne_se_lit_nul_ou_entier_que_s_il_l_est(taux: float, texte: str) -> None:
    assert format_taux(taux) == f"{texte}{ESPACE}%"


@pytest.mark.parametrize(
    ("part", "texte"),
    [
        (Part(1.0, 4.0, 0.0, 2.0), "25,0 %"),
        (Part(None, 4.0, 1.0, 2.0), "entre 25,0 % et 50,0 %"),
        (Part(None, 4.0, 0.0, 4.0, dit=1.0, possible=3.0), "entre 25,0 % et 75,0 %"),
        (Part(None, 4.0, 0.0, 4.0, dit=0.0, possible=3.0), "inconnu, au plus 75,0 %"),
        (Part(0.0, 0.0, 0.0, 0.0), "sans objet"),
        (Part(None, None, None, None), "inconnu"),
    ],
    ids=["estimée", "bornée", "deux lectures", "personne ne le dit", "de personne", "inconnue"],
)
def test_a_share_is_written_as_precisely_as_it_is_known(part: Part, texte: str) -> None:
    assert format_pct(part) == texte.replace(" %", f"{ESPACE}%")
