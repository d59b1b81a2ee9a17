"""Wording never says more, less, or the contrary of the figure."""

import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.indicators import Mesure, Part, format_nombre
from carte.publish.report import phrases
from carte.publish.textes import date_longue

E = "\u00a0"


@pytest.mark.parametrize(
    ("nombre", "attendu"),
    [
        pytest.param(0, "aucun lieu", id="rien"),
        pytest.param(1, f"1{E}lieu", id="un"),
        pytest.param(2, f"2{E}lieux", id="deux"),
        pytest.param(1.4, f"1{E}lieu", id="un-arrondi"),
        pytest.param(0.2, "moins de 1 lieu", id="presque-rien"),
        pytest.param(12345, f"12{E}345{E}lieux", id="milliers"),
        pytest.param(None, "nombre de lieux inconnu", id="inconnu"),
    ],
)
def test_counts_agree_with_their_noun(nombre: float | None, attendu: str) -> None:
    assert phrases.compter(nombre, "lieu") == attendu


@pytest.mark.parametrize(
    ("nom", "rien", "inconnu"),
    [
        pytest.param("commune", "aucune commune", "nombre de communes inconnu", id="feminin"),
        pytest.param("habitant", "aucun habitant", "nombre d’habitants inconnu", id="elision"),
        pytest.param("local", "aucun local", "nombre de locaux inconnu", id="pluriel-en-aux"),
        pytest.param("point d’accueil", "aucun point d’accueil", "nombre de points d’accueil inconnu", id="compose"),
    ],
)
def test_nothing_and_unknown_are_two_different_words(nom: str, rien: str, inconnu: str) -> None:
    assert (phrases.compter(0, nom), phrases.compter(None, nom)) == (rien, inconnu)


@pytest.mark.parametrize(
    ("part", "attendu"),
    [
        pytest.param(Part(123, 160, 123, 123), f"76,9{E}% (123{E}locaux sur 160)", id="exacte"),
        pytest.param(Part(1, 160, 1, 1), f"0,6{E}% (1{E}local sur 160)", id="un"),
        pytest.param(Part(0, 160, 0, 0), f"0,0{E}% (aucun local sur 160)", id="zero"),
        pytest.param(
            Part(None, 160, 12, 20), f"entre 7,5{E}% et 12,5{E}% (entre 12 et 20{E}locaux sur 160)", id="bornes"
        ),
        pytest.param(Part(None, 5429, 97, 98), f"1,8{E}% (entre 97 et 98{E}locaux sur 5{E}429)", id="bornes-voisines"),
        pytest.param(Part(None, None, None, None), "inconnu", id="inconnue"),
        pytest.param(Part(0, 0, 0, 0), "sans objet", id="personne"),
    ],
)
def test_a_share_carries_its_two_counts(part: Part, attendu: str) -> None:
    assert phrases.part_complete(part, "local") == attendu


@pytest.mark.parametrize(
    ("mesure", "attendu"),
    [
        pytest.param(Mesure(14.12, 4.2, 18.5), "+14,1 points", id="au-dessus"),
        pytest.param(Mesure(-1.6, -1.6, 12.5), "−1,6 point", id="singulier"),
        pytest.param(Mesure(-0.001, -0.001, -0.001), "0,0 point", id="sur-le-seuil"),
        pytest.param(Mesure(None), "", id="inconnue"),
    ],
)
def test_a_margin_is_in_points_with_its_sign(mesure: Mesure, attendu: str) -> None:
    assert phrases.marge(mesure) == attendu


@pytest.mark.parametrize(
    ("mesure", "texte", "bornes"),
    [
        pytest.param(Mesure(7.24, 5.8, 9.06), f"7,2{E}minutes", "de 5,8 à 9,1", id="connue"),
        pytest.param(Mesure(math.inf, math.inf, math.inf), "aucun lieu", "", id="infinie"),
        pytest.param(Mesure(20, 16, math.inf), f"20,0{E}minutes", "au moins 16,0", id="sans-fin"),
        pytest.param(Mesure(None), "inconnu", "", id="inconnue"),
    ],
)
def test_a_time_is_known_infinite_or_unknown(mesure: Mesure, texte: str, bornes: str) -> None:
    assert (phrases.mesure(mesure, "minutes"), phrases.bornes(mesure)) == (texte, bornes)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        pytest.param("2026-06-30", "30 juin 2026", id="date"),
        pytest.param("2026-03-01, 2026-06-30", "1er mars 2026, 30 juin 2026", id="deux"),
        pytest.param("2023", "2023", id="annee"),
        pytest.param(None, "date inconnue", id="rien"),
        pytest.param("", "date inconnue", id="vide"),
    ],
)
def test_vintages_read_in_french(texte: str | None, attendu: str) -> None:
    assert phrases.millesime(texte) == attendu


@pytest.mark.parametrize(
    ("noms", "attendu"), [([], ""), (["A"], "A"), (["A", "B"], "A et B"), (["A", "B", "C"], "A, B et C")]
)
def test_lists_are_enumerated(noms: list[str], attendu: str) -> None:
    assert phrases.enumerer(noms) == attendu


PARTS = st.builds(
    lambda den, bornes, milieu, connu: Part(
        min(bornes) + (max(bornes) - min(bornes)) * milieu if connu else None, den, min(bornes), max(bornes)
    ),
    den := st.shared(st.integers(1, 10**7), key="den"),
    den.flatmap(lambda n: st.tuples(st.integers(0, n), st.integers(0, n))),
    st.floats(0, 1),
    st.booleans(),
)


@given(PARTS)
def test_words_never_contradict_a_share(part: Part) -> None:
    texte = phrases.taux(part)
    assert part.denominateur is not None
    haut = part.numerateur if part.numerateur is not None else part.haut
    assert haut is not None
    assert ("100,0" in texte) <= (haut > part.denominateur * (1 - 1e-8))
    bas = part.numerateur if part.numerateur is not None else part.bas
    assert bool(re.search(rf"(?<!\d)0,0{E}%", texte)) <= (bas is not None and bas <= part.denominateur * 1e-8)
    complet = phrases.part_complete(part, "habitant")
    assert texte in complet
    assert f"sur {phrases.effectif(part.denominateur)}" in complet
    assert ("aucun habitant" in complet) == (haut == 0)
    assert not re.search(rf"entre ([\d{E},]+) et \1(?![\d{E},]*\d)", complet)


@given(st.floats(0, 1e8))
def test_none_is_said_only_of_zero(nombre: float) -> None:
    texte = phrases.compter(nombre, "lieu")
    assert ("aucun" in texte) == (nombre == 0)
    assert ("lieux" in texte) == (round(nombre) >= 2)


@given(st.floats(-100, 100))
def test_the_sign_of_a_margin_is_that_of_the_figure(ecart: float) -> None:
    texte = phrases.marge(Mesure(ecart))
    assert not (texte.startswith("+") and ecart < 0)
    assert not (texte.startswith("−") and ecart > 0)
    assert texte.startswith(("+", "−")) == (round(abs(ecart), 1) > 0 or not texte.startswith("0,0"))


MESURES = st.builds(
    lambda valeur, bas, haut: Mesure(valeur, valeur - bas, valeur + haut),
    st.floats(0, 1e5),
    st.floats(0, 50),
    st.floats(0, 50),
)


@given(MESURES)
def test_an_interval_is_printed_when_it_says_more(mesure: Mesure) -> None:
    texte = phrases.bornes(mesure)
    bornes = [format_nombre(borne or 0, 1) for borne in (mesure.bas, mesure.haut)]
    assert (texte == "") == (bornes[0] == bornes[1])
    assert all(borne in texte for borne in bornes) or not texte


@given(PARTS)
def test_the_three_groups_add_up_in_words(part: Part) -> None:
    texte = phrases.sur_incertain_non(part)
    nombres = [int(n.replace(E, "")) for n in re.findall(rf"\d[\d{E}]*", texte.replace("aucun habitant", "0"))]
    assert sum(nombres) == part.denominateur
    assert ("aucun habitant" in texte) == (part.bas == 0)


@pytest.mark.parametrize("part", [Part(None, None, None, None), Part(0, 0, 0, 0)], ids=["inconnue", "personne"])
def test_no_group_is_invented(part: Part) -> None:
    assert phrases.sur_incertain_non(part) in ("inconnu", "sans objet")
    assert phrases.part_complete(part, "habitant") in ("inconnu", "sans objet")
    assert phrases.rapport(part, "habitant") in ("inconnu", "sans objet")


STATUTS = st.fixed_dictionaries(
    {cle: st.one_of(st.none(), st.integers(0, 400)) for cle in ("deficit", "incertain", "non", "inconnu")}
)


@given(STATUTS)
def test_statuses_say_every_count_zeros_included(comptes: dict[str, float | None]) -> None:
    texte = phrases.statuts(comptes)
    assert ("aucune intercommunalité en déficit" in texte) == (comptes["deficit"] == 0)
    assert ("intercommunalités en déficit" in texte) <= (comptes["deficit"] is None or comptes["deficit"] >= 2)
    for cle, mot in (("incertain", "incertain"), ("non", "sans déficit"), ("inconnu", "inconnu")):
        assert f" ; {mot} : {phrases.effectif(comptes[cle])}" in texte


@given(st.integers(1, 3), st.dates(), st.dates())
def test_a_span_of_dates_names_both_ends_once(nombre: int, un: date, deux: date) -> None:
    ancienne, recente = sorted((un, deux))
    texte = phrases.fiches_datees(nombre, ancienne, recente)
    assert texte.startswith(f"{phrases.compter(nombre, 'fiche')} {'datées' if nombre >= 2 else 'datée'} du ")
    assert date_longue(ancienne) in texte
    assert date_longue(recente) in texte
    assert (" au " in texte) == (ancienne != recente)


@given(st.floats(0, 1))
def test_a_weight_is_zero_or_whole_only_when_it_is(part: float) -> None:
    texte = phrases.pourcentage(part)
    assert (texte == f"0,0{E}%") <= (part <= 1e-8)
    assert (texte == f"100,0{E}%") <= (part >= 1 - 1e-8)


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        pytest.param("2027-01-31", "31 janvier 2027", id="texte"),
        pytest.param(date(2027, 1, 31), "31 janvier 2027", id="date"),
        pytest.param("2027-01-31 00:00:00", "31 janvier 2027", id="instant"),
        pytest.param(None, "date inconnue", id="rien"),
        pytest.param("inconnu", "date inconnue", id="mot"),
    ],
)
def test_a_day_is_read_in_french(brut: object, attendu: str) -> None:
    assert phrases.jour(brut) == attendu
