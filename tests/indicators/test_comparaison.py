"""G3 counted, regional medians, G7, G8 and G10, on worlds worked out by hand."""

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.choix import Seuils
from carte.indicators import Indicateurs, Parametres, Part, compute
from carte.indicators.manques.comparaison import bases, g7, part_du_haut
from carte.indicators.manques.deficit import DEFICIT, NON, g3_a9
from hasard import exemples
from indicators.exemple import HYPOTHESES, SEUILS, Monde, plan

P = "perimetre"


def commune(code: str, x: float, epci: str | None, **autres: object) -> dict[str, object]:
    return {"code_insee": code, "x_km": x, "y_km": 0.0, "code_epci": epci} | autres


def lieux(code: str, x: float, nombre: int = 3) -> list[dict[str, object]]:
    return [
        {"code_insee": code, "x_km": x, "y_km": 0.0, "heures_hebdo": 10.0, "lieu_id": f"{code}-{n}"}
        for n in range(nombre)
    ]


# E1 has places; E2 is far from them; E3 crosses two départements; one commune has no EPCI.
COMMUNES = [
    commune("01001", 0.0, "E1", population=5000.0),
    commune("01002", 60.0, "E2"),
    commune("01003", 62.0, "E3"),
    commune("02004", 1.0, "E3", population=3000.0),
    commune("01005", 64.0, None),
]


@pytest.fixture(scope="module")
def resultat() -> Indicateurs:
    return Monde(COMMUNES, lieux("01001", 0.0)).calculer()


@pytest.mark.parametrize(
    ("bas", "haut", "statut"),
    [
        (1.0, 1.9, DEFICIT),
        (1.0, 2.0, "incertain"),
        (1.9, 9.0, "incertain"),
        (2.0, 9.0, NON),
        (math.nan, math.nan, "inconnu"),
    ],
)
def test_shared_hours_are_a_deficit_only_when_their_whole_interval_is_below(
    bas: float, haut: float, statut: str
) -> None:
    a9 = pd.DataFrame({"bas": [bas], "val": [(bas + haut) / 2], "haut": [haut]})
    assert g3_a9(a9, pd.Series([4.0]), 0.5).tolist() == [statut]
    assert g3_a9(a9, pd.Series([math.nan]), 0.5).tolist() == ["inconnu"]


def test_nombre_d_epci_en_deficit(resultat: Indicateurs) -> None:
    fins = ("deficit", "incertain", "non", "inconnu")
    departement = resultat.tables["departement"].loc["01"]
    assert [departement[f"G3_20_epci_{fin}"] for fin in fins] == [2, 0, 1, 0]  # parts: E2, E3; E1
    perimetre = resultat.tables[P].loc[P]
    assert [perimetre[f"G3_20_epci_{fin}"] for fin in fins] == [1, 0, 2, 0]  # whole E3: one in four is not more
    assert resultat.tables["region"].loc["99", "G3_20_formation_epci_deficit"] == 1


def test_liste_des_deficits_et_marge(resultat: Indicateurs) -> None:
    table = resultat.listes["deficits"].set_index(["niveau", "code", "famille", "seuil"])
    ligne = table.loc[("epci_departement", "E3-01", "toutes", 20)]
    assert ligne["statut"] == "deficit"
    assert ligne[["marge_val", "loin_num", "loin_den"]].tolist() == [75.0, 1000.0, 1000.0]
    assert table.loc[("epci", "E3", "formation", 20), "marge_val"] == 0.0
    assert len(table) == 4 * 3 * (5 + 3)


@pytest.mark.parametrize(
    ("departements", "attendu"), [(("01", "02"), (DEFICIT, NON)), (("01", "02", "03"), ("inconnu", "inconnu"))]
)
def test_mediane_de_la_region_entiere(departements: tuple[str, ...], attendu: tuple[str, str]) -> None:
    monde = Monde(COMMUNES, lieux("01001", 0.0))
    divisions = {code: SimpleNamespace(code=code, region="99") for code in departements}
    territoire = monde.territoire()
    object.__setattr__(territoire, "cog", SimpleNamespace(departements=divisions))
    calcule = compute(monde.offre(), territoire, monde.debit(), SEUILS, Parametres(hypotheses=HYPOTHESES), plan)
    table = calcule.tables["epci"]
    assert table.loc[["E2", "E1"], "G3_a9_statut"].tolist() == list(attendu)
    mediane = table["A9_e2sfca_val"].median() if attendu[0] == DEFICIT else math.nan
    assert table.loc["E1", "G3_a9_mediane_val"] == pytest.approx(mediane, nan_ok=True)
    assert bool(calcule.tables["region"].loc["99", "region_entiere"]) is (attendu[0] == DEFICIT)


def test_groupes_sans_rang_abusif(resultat: Indicateurs) -> None:
    table = resultat.tables["epci"]
    assert table.loc["E1", "G7_A2_voiture_20_groupe"] == "favorable"
    assert table.loc[["E2", "E3"], "G7_A2_voiture_20_groupe"].tolist() == ["non classé"] * 2  # fewer than 3 places
    assert math.isnan(table.loc["E2", "G7_A2_voiture_20_rang_min"])
    parts = resultat.tables["epci_departement"]
    assert parts.loc["sans-epci-01", "G7_A2_voiture_20_groupe"] == "non classé"


def test_rangs_que_les_intervalles_permettent() -> None:
    # 16 minutes (12.8 to 20) is uncertain at 15: the interval of E2 covers that of both others.
    communes = [commune("01001", 0.0, "E1"), commune("01002", 8.0, "E2"), commune("01003", 60.0, "E3")]
    offre = [*lieux("01001", 0.0)]
    offre += [ligne | {"accueille_public": False} for code in ("01002", "01003") for ligne in lieux(code, 90.0)]
    table = Monde(communes, offre).calculer(Seuils(voiture=(15,), velo=(20,), pied=20)).tables["epci"]
    rangs = table[["G7_A2_voiture_15_rang_min", "G7_A2_voiture_15_rang_max"]]
    assert rangs.to_numpy().tolist() == [[1, 2], [1, 3], [2, 3]]
    assert table["G7_A2_voiture_15_groupe"].tolist() == ["favorable", "proche", "défavorable"]


@exemples(40)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.lists(st.integers(0, 9), min_size=2, max_size=2).map(sorted)), min_size=1
    )
)
def test_a_rank_is_what_every_order_that_the_intervals_allow_would_give(tires: list[tuple[str, list[int]]]) -> None:
    """Counted one by one, for what is better high (access) as for what is better low (the deficit G1)."""
    table = pd.DataFrame({"lieux": 9, "population": 9_999.0}, [f"T{n}" for n in range(len(tires))])
    groupes = pd.Series([groupe for groupe, _ in tires], table.index)
    monde = SimpleNamespace(seuils=SEUILS)
    for base in bases(monde):  # type: ignore[arg-type]
        bornes = {"bas": [bas for _, (bas, _) in tires], "haut": [haut for _, (_, haut) in tires]}
        milieux = [(bas + haut) / 2 for _, (bas, haut) in tires]
        # Those of a measure, and those of a share of a hundred people.
        table = table.assign(**{f"{base}_{nom}": dits for nom, dits in (bornes | {"num": milieux, "den": 100}).items()})
        if base.startswith("A8"):
            table = table.assign(**{f"{base}_val": milieux})
    rangs = g7(table, table, groupes, monde)  # type: ignore[arg-type]
    for base, plus_est_mieux in bases(monde).items():  # type: ignore[arg-type]
        for rang, (groupe, (bas, haut)) in enumerate(tires):
            autres = [bornes for autre, bornes in tires if autre == groupe]
            au_dessus, au_dessous = sum(b > haut for b, _ in autres), sum(h < bas for _, h in autres)
            mieux, moins = (au_dessus, au_dessous) if plus_est_mieux else (au_dessous, au_dessus)
            ligne = rangs.iloc[rang]
            assert (ligne[f"G7_{base}_rang_min"], ligne[f"G7_{base}_rang_max"]) == (1 + mieux, len(autres) - moins)


def test_ecart_en_points_et_rapport(resultat: Indicateurs) -> None:
    ligne = resultat.tables["epci_departement"].loc["E1-01"]
    assert ligne["G8_A2_voiture_20_departement_points_val"] == pytest.approx(100 - 100 * 5 / 8)
    assert ligne["G8_A2_voiture_20_departement_rapport_val"] == pytest.approx(8 / 5)
    # The perimeter without 02, of which there is no record.
    assert ligne["G8_A2_voiture_20_perimetre_points_val"] == pytest.approx(100 - 100 * 5 / 8)
    assert math.isnan(ligne["G8_A2_voiture_20_densite_points_val"])
    assert ligne["G8_densite_statut"].startswith("densité inconnue")


def test_ecart_a_meme_densite() -> None:
    communes = [ligne | {"densite": "rural" if ligne["x_km"] else "dense"} for ligne in COMMUNES]
    ligne = Monde(communes, [*lieux("01001", 0.0), *lieux("02004", 1.0)]).calculer().tables["epci"].loc["E2"]
    # Rural communes: 3,000 of 6,000 people are covered; E2 is not.
    assert ligne["G8_A2_voiture_20_densite_points_val"] == pytest.approx(-50)
    assert ligne["G8_densite_statut"] == "calculé"


def test_un_departement_sans_fiche_ne_se_compare_a_personne() -> None:
    """Hauts-de-France, listed for two départements of five: the others are no desert, nor a reference."""
    communes = [
        commune("01001", 0.0, "E1", densite="rural"),
        commune("01002", 60.0, "E2", densite="rural"),
        commune("02003", 200.0, "E3", densite="rural"),
    ]
    table = Monde(communes, lieux("01001", 0.0)).calculer().tables["epci"]
    for reference in ("densite", "perimetre"):
        ecarts = table[f"G8_A2_voiture_20_{reference}_points_val"]
        assert ecarts[["E1", "E2"]].tolist() == pytest.approx([50.0, -50.0])
        assert math.isnan(ecarts["E3"])


def test_rapport_a_rien() -> None:
    """Most people of E1 are rural, as those of E2, and no rural commune is covered: there is nothing to divide by."""
    communes = [
        commune("01001", 0.0, "E1", population=1000.0, densite="dense"),
        commune("01002", 60.0, "E1", population=2000.0, densite="rural"),
        commune("01003", 62.0, "E2", population=1000.0, densite="rural"),
    ]
    ligne = Monde(communes, lieux("01001", 0.0)).calculer().tables["epci"].loc["E1"]
    assert ligne["G8_A2_voiture_20_densite_points_val"] == pytest.approx(100 / 3)
    assert math.isnan(ligne["G8_A2_voiture_20_densite_rapport_val"])


def test_inegalites() -> None:
    debit = {"locaux": 100.0, "thd30_min": 0.0, "thd30_max": 0.0}
    communes = [commune(f"01{rang:03}", 2.0 * rang, "E1", population=100.0, **debit) for rang in range(20)]
    communes[19]["population"] = 1000.0
    resultat = Monde(communes, lieux("01000", 0.0)).calculer()
    mesure = resultat.mesure("departement", "01", "G10_ecart")
    table = resultat.tables["departement"].loc["01"]
    assert mesure.valeur == pytest.approx(table["A7_voiture_p90_val"] - 8.0)  # tenth decile of 2,900 people: 4 km
    concentration = resultat.part("departement", "01", "G10_concentration_15")
    assert concentration.denominateur == pytest.approx(1000 + 100 * 15)  # beyond 7.5 km: communes 4 to 19
    assert concentration.numerateur == pytest.approx(1100)  # two communes of twenty


@given(st.lists(st.tuples(st.integers(-1, 3), st.one_of(st.just(math.nan), st.floats(0, 1e6))), max_size=60))
def test_part_du_haut(lignes: list[tuple[int, float]]) -> None:
    codes, valeurs = np.array([c for c, _ in lignes], dtype=np.intp), np.array([v for _, v in lignes], dtype=float)
    total, haut = part_du_haut(valeurs, codes, 4)
    for code in range(4):
        siennes = sorted((v for c, v in lignes if c == code and not math.isnan(v)), reverse=True)
        if not siennes:
            assert math.isnan(total[code])
            continue
        assert total[code] == pytest.approx(sum(siennes))
        assert haut[code] == pytest.approx(sum(siennes[: math.ceil(len(siennes) / 10)]))


def test_region_partie_du_perimetre() -> None:
    communes = [*COMMUNES, commune("03001", 0.0, "E4", code_region="98")]
    monde = Monde(communes, lieux("01001", 0.0))
    territoire = monde.territoire()
    regions = pd.DataFrame({"code": ["99", "98"], "nom": ["Exemple", "Voisine"]})
    object.__setattr__(territoire, "regions", regions)
    table = compute(monde.offre(), territoire, monde.debit(), SEUILS, reperage=plan).tables["region"]
    assert table["nom"].to_dict() == {"98": "Voisine", "99": "Exemple"}
    assert table["population"].to_dict() == {"98": 1000.0, "99": 11000.0}
    assert table["region_entiere"].isna().all()


def test_concentration_encadree() -> None:
    debit = {"locaux": 100.0, "thd30_min": 0.0, "thd30_max": 50.0}
    resultat = Monde(
        [commune("01001", 40.0, "E1", **debit)], [{"code_insee": "01009", "x_km": 0.0, "y_km": 0.0}]
    ).calculer()
    assert resultat.part("departement", "01", "G10_concentration_15") == Part(None, 1000.0, 1000.0, 1000.0)
