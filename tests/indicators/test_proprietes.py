"""What holds in every world, whatever the figures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.access import Mode
from carte.choix import FAMILLES, Seuils
from carte.indicators import Indicateurs, Parametres, Part, format_pct, format_taux
from carte.indicators.acces.couverture import couvertures
from carte.indicators.monde import assembler
from carte.indicators.offre.creneaux import acces_aux_creneaux
from hasard import exemples
from indicators import pysal
from indicators.exemple import HYPOTHESES, SEUILS, Monde, plan

P = "perimetre"
PROFIL = ("a_pied", "a_velo", "voiture_requise", "hors_portee")
TRIVALENT = st.sampled_from([True, False, None])
HEURES = st.one_of(st.just(float("nan")), st.floats(0.5, 60))


@st.composite
def mondes(tirage: st.DrawFn, lieux_min: int = 0) -> Monde:
    nombre = tirage(st.integers(1, 8))
    coordonnees = st.floats(0, 60)
    communes = [
        {
            "code_insee": f"{tirage(st.sampled_from(['01', '02']))}{rang:03}",
            "code_epci": tirage(st.sampled_from(["E1", "E2", None])),
            "population": tirage(st.sampled_from([float("nan"), 0.0, 10.0, 500.0, 4000.0])),
            "surface_km2": tirage(st.floats(1, 60)),
            "x_km": tirage(coordonnees),
            "y_km": tirage(coordonnees),
            "locaux": (locaux := tirage(st.sampled_from([float("nan"), 0.0, 200.0]))),
            "thd30_min": locaux * tirage(st.sampled_from([0.0, 0.5, 0.9])),
            "thd30_max": locaux * tirage(st.sampled_from([0.9, 1.0])),
        }
        for rang in range(nombre)
    ]
    lieux = [
        {
            "code_insee": tirage(st.sampled_from([c["code_insee"] for c in communes] + ["03999"])),
            "x_km": tirage(coordonnees),
            "y_km": tirage(coordonnees),
            "heures_hebdo": tirage(HEURES),
            "samedi": tirage(TRIVALENT),
            "sans_rdv": tirage(TRIVALENT),
            "accueille_public": tirage(TRIVALENT),
            "itinerant": tirage(st.booleans()),
            **{famille: tirage(TRIVALENT) for famille in FAMILLES},
        }
        for _ in range(tirage(st.integers(lieux_min, 6)))
    ]
    return Monde(communes, lieux)


rapide = exemples(15)


def parts(table: pd.DataFrame) -> list[str]:
    return [nom[:-5] for nom in table.columns if nom.endswith("_haut") and f"{nom[:-5]}_den" in table.columns]


@rapide
@given(mondes())
def test_ce_qui_tient_toujours(monde: Monde) -> None:
    """One world, every invariant: a world costs more to compute than to check."""
    tables = monde.calculer().tables
    for table in tables.values():
        les_intervalles_contiennent_le_point(table)
        le_profil_fait_cent(table)
        la_couverture_croit_avec_le_seuil(table)
    les_parts_d_epci_font_le_departement(tables["epci_departement"], tables["departement"])
    l_e2sfca_partage_toutes_les_heures_atteintes(monde, tables[P])


@rapide
@given(mondes(lieux_min=1), st.data())
def test_dire_ne_sort_jamais_de_l_intervalle(monde: Monde, data: st.DataObject) -> None:
    """Whatever the silent places answer, each figure stays within the bounds it had, and both readings meet."""
    dits = [lieu | {f: data.draw(st.booleans()) for f in FAMILLES if lieu[f] is None} for lieu in monde.lieux]
    avant, apres = monde.calculer().tables, Monde(monde.communes, dits).calculer().tables
    for niveau, table in avant.items():
        for nom in {nom[: -len("_bas")] for nom in table.columns if nom.endswith("_bas")}:
            if f"{nom}_haut" in table:
                _dedans(table, apres[niveau], nom)
        deux = [nom[: -len("_possible")] for nom in table.columns if nom.endswith("_possible")]
        assert deux
        for nom in deux:
            pd.testing.assert_series_equal(
                apres[niveau][f"{nom}_dit"], apres[niveau][f"{nom}_possible"], check_names=False
            )
            np.testing.assert_allclose(apres[niveau][f"{nom}_dit"], apres[niveau][f"{nom}_num"])
    for variante in [nom for nom in avant[P] if nom.startswith("G3_") and nom.endswith("_epci_deficit")]:
        surs, peut_etre = int(avant[P][variante].iloc[0]), f"{variante.removesuffix('deficit')}incertain"
        assert surs <= int(apres[P][variante].iloc[0]) <= surs + int(avant[P][peut_etre].iloc[0])


def _dedans(avant: pd.DataFrame, apres: pd.DataFrame, nom: str) -> None:
    """The new interval and the new central value are within the former interval (NaN: nothing was known of it)."""
    with np.errstate(invalid="ignore"):
        bas, haut = (avant[f"{nom}_{s}"].to_numpy(dtype=float) for s in ("bas", "haut"))
        for suffixe in ("bas", "haut", "val" if f"{nom}_val" in apres else "num"):
            valeur = apres[f"{nom}_{suffixe}"].to_numpy(dtype=float)
            assert not (valeur < bas - 1e-6).any(), f"{nom}_{suffixe}"
            assert not (valeur > haut + 1e-6).any(), f"{nom}_{suffixe}"


def les_intervalles_contiennent_le_point(table: pd.DataFrame) -> None:
    noms = parts(table)
    vals = [f"{nom}_val" if f"{nom}_val" in table else f"{nom}_num" for nom in noms]
    bas, haut = (table[[f"{nom}_{s}" for nom in noms]].to_numpy(dtype=float) for s in ("bas", "haut"))
    points = table[vals].to_numpy(dtype=float)
    # NaN (unknown) compares False: nothing is said of it.
    assert not (bas > points + 1e-6).any(), np.array(noms)[(bas > points + 1e-6).any(axis=0)]
    assert not (points > haut + 1e-6).any(), np.array(noms)[(points > haut + 1e-6).any(axis=0)]
    assert not (bas > haut + 1e-6).any(), np.array(noms)[(bas > haut + 1e-6).any(axis=0)]


def le_profil_fait_cent(table: pd.DataFrame) -> None:
    somme = sum(table[f"A4_20_{nom}_num"] for nom in PROFIL)
    np.testing.assert_allclose(somme, table["A4_20_a_pied_den"])


def la_couverture_croit_avec_le_seuil(table: pd.DataFrame) -> None:
    for suffixe in ("num", "bas", "haut"):
        a, b, c = (table[f"A2_voiture_{seuil}_{suffixe}"].fillna(0) for seuil in SEUILS.voiture)
        assert ((a <= b) & (b <= c)).all()


def les_parts_d_epci_font_le_departement(parties: pd.DataFrame, departements: pd.DataFrame) -> None:
    comptes = [
        nom
        for nom in departements.columns
        if nom.endswith(("_num", "_den", "_bas", "_haut", "_hors_departement"))
        and nom.startswith(("A2", "A3", "A4", "A5", "A6", "O4", "O5", "G1_", "B1", "N1", "CUIVRE_"))
    ]
    sommes = parties.groupby("code_departement")[comptes].sum(min_count=1)
    entiers = departements[comptes].to_numpy(dtype=float)
    sommees = sommes.loc[departements.index].to_numpy(dtype=float)
    # A whole is unknown (NaN) as soon as one part of it is: only the known ones are compared.
    connus = ~np.isnan(entiers)
    np.testing.assert_allclose(sommees[connus], entiers[connus])


def l_e2sfca_partage_toutes_les_heures_atteintes(monde: Monde, table: pd.DataFrame) -> None:
    calcule = assembler(
        monde.offre(), monde.territoire(), monde.debit(), SEUILS, Parametres(hypotheses=HYPOTHESES), plan
    )
    paires = calcule.trajets.paires
    habitee = np.nan_to_num(calcule.population) > 0
    proches = habitee[paires.commune] & (calcule.trajets.minutes[Mode.VOITURE] <= 30 + 1e-9)
    atteints = np.isin(np.arange(len(calcule.offre)), paires.lieu[proches]) & calcule.choix["toutes"]
    heures = np.nan_to_num(calcule.offre["heures_hebdo"].to_numpy(dtype=float))[atteints].sum()
    for nom in ("e2sfca", "2sfca"):
        assert np.nan_to_num(table.loc[P, f"A9_{nom}_num"]) == pytest.approx(heures)


@rapide
@given(mondes(lieux_min=1))
def test_un_lieu_de_plus_ne_retire_rien(monde: Monde) -> None:
    avant, apres = couvertures_par_commune(Monde(monde.communes, monde.lieux[:-1])), couvertures_par_commune(monde)
    for nom in ("A2_voiture_20", "A2_voiture_20_formation", "A3_velo_30", "A6_voiture_30", "O4_samedi_30"):
        for suffixe in ("num", "bas", "haut"):
            assert (avant[f"{nom}_{suffixe}"].fillna(0) <= apres[f"{nom}_{suffixe}"].fillna(0)).all()


def couvertures_par_commune(monde: Monde) -> pd.DataFrame:
    """The coverages alone: the tables of every level cost much more."""
    parametres = Parametres(hypotheses=HYPOTHESES)
    calcule = assembler(monde.offre(), monde.territoire(), monde.debit(), SEUILS, parametres, plan)
    return pd.DataFrame(couvertures(calcule) | acces_aux_creneaux(calcule))


def test_e2sfca_comme_pysal_access() -> None:
    """PySAL `access` on the same times: equal where something is in reach, NaN there where we say 0."""
    alea = np.random.default_rng(7)
    communes = [
        {"code_insee": f"01{rang:03}", "population": float(alea.integers(50, 5000)), "x_km": x, "y_km": y}
        for rang, (x, y) in enumerate(alea.uniform(0, 70, (60, 2)))
    ]
    communes.append({"code_insee": "01999", "population": 10.0, "x_km": 300.0, "y_km": 0.0})
    lieux = [
        {"code_insee": "03000", "x_km": x, "y_km": y, "heures_hebdo": float(alea.integers(3, 40))}
        for x, y in alea.uniform(0, 70, (15, 2))
    ]
    monde = Monde(communes, lieux)
    calcule = assembler(
        monde.offre(), monde.territoire(), monde.debit(), SEUILS, Parametres(hypotheses=HYPOTHESES), plan
    )
    attendu = pysal.e2sfca(
        calcule.population,
        calcule.offre["heures_hebdo"],
        pysal.couts(calcule.trajets, 30),
        ((10, 1.0), (20, 0.68), (30, 0.22)),
    )
    obtenu = monde.calculer().tables["commune"]["A9_e2sfca_val"].to_numpy() / 1000
    assert np.isnan(attendu.iloc[-1])
    assert obtenu[-1] == 0.0
    assert attendu.notna().sum() > 40
    np.testing.assert_allclose(obtenu, attendu.fillna(0).to_numpy(), rtol=1e-9)


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_une_part_n_est_jamais_arrondie_au_tout_ni_a_rien(a: int, b: int) -> None:
    num, den = min(a, b), max(a, b)
    texte = format_pct(Part(num, den, num, den))
    assert (texte == "100,0\xa0%") == (num == den)
    assert (texte == "0,0\xa0%") == (num == 0)


@pytest.mark.parametrize(
    ("part", "texte"),
    [
        (Part(769, 1000, 0, 1000), "76,9\xa0%"),
        (Part(99_999, 100_000, 0, 100_000), "plus de 99,9\xa0%"),
        (Part(1, 100_000, 0, 100_000), "moins de 0,1\xa0%"),
        (Part(None, 100, 12, 30.5), "entre 12,0\xa0% et 30,5\xa0%"),
        (Part(0, 0, 0, 0), "sans objet"),
        (Part(None, None, None, None), "inconnu"),
    ],
    ids=["courante", "presque tout", "presque rien", "bornes", "sans objet", "inconnu"],
)
def test_format_pct(part: Part, texte: str) -> None:
    assert format_pct(part) == texte


@given(st.floats(0, 1))
def test_format_taux_reste_a_un_dixieme(taux: float) -> None:
    nombre = format_taux(taux).removeprefix("plus de ").removeprefix("moins de ").removesuffix("\xa0%")
    assert abs(float(nombre.replace(",", ".")) - 100 * taux) <= 0.1001


def test_indicateurs_sans_seuil_velo_double() -> None:
    seuils = Seuils(voiture=(10,), velo=(20, 30), pied=20)
    monde = Monde([{"code_insee": "01001", "x_km": 0.0, "y_km": 0.0}], [])
    resultat: Indicateurs = monde.calculer(seuils)
    assert {"A3_velo_20_num", "A3_velo_30_num", "A2_voiture_10_num"} <= set(resultat.tables[P].columns)
