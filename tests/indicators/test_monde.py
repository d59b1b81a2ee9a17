"""Small worlds on a line, every figure worked out by hand: 1 km of straight line is 2 minutes by car."""

import math
from pathlib import Path

import pandas as pd
import pytest

from carte.access import Hypotheses, lire_matrice
from carte.choix import Seuils
from carte.indicators import Indicateurs, Mesure, Parametres, Part, compute
from indicators.exemple import HYPOTHESES, SEUILS, Monde, plan

P = "perimetre"
NAN = float("nan")


def commune(code: str, x: float, **autres: object) -> dict[str, object]:
    return {"code_insee": code, "x_km": x, "y_km": 0.0} | autres


def lieu(code: str, x: float, **autres: object) -> dict[str, object]:
    return {"code_insee": code, "x_km": x, "y_km": 0.0} | autres


TROIS = [commune("01001", 0.0), commune("01002", 8.0), commune("02003", 12.0)]


def part(indicateurs: Indicateurs, colonne: str) -> Part:
    return indicateurs.part(P, P, colonne)


def test_sur_incertain_non() -> None:
    # 01001: own commune, 2 min; 01002: 16 min (12.8 to 20); 02003: 24 min (19.2 to 30).
    indicateurs = Monde(TROIS, [lieu("01001", 0.0)]).calculer()
    assert part(indicateurs, "A2_voiture_15") == Part(1000.0, 3000.0, 1000.0, 2000.0)
    assert part(indicateurs, "A2_voiture_20") == Part(2000.0, 3000.0, 2000.0, 3000.0)
    assert part(indicateurs, "A2_voiture_30") == Part(3000.0, 3000.0, 3000.0, 3000.0)


def test_population_inconnue_exclue_et_comptee() -> None:
    communes = [commune("01001", 0.0, population=NAN), commune("01002", 8.0)]
    indicateurs = Monde(communes, [lieu("01001", 0.0, heures_hebdo=10.0)]).calculer()
    assert part(indicateurs, "A2_voiture_15") == Part(0.0, 1000.0, 0.0, 1000.0)
    assert indicateurs.tables[P].loc[P, "communes_population_inconnue"] == 1
    assert indicateurs.exclusions["communes sans population connue"] == 1
    assert indicateurs.part("commune", "01001", "A2_voiture_15") == Part(None, None, None, None)
    assert indicateurs.mesure("commune", "01001", "A1_voiture").valeur == pytest.approx(2.0)
    assert indicateurs.tables[P].loc[P, "O2_num"] == 0  # its hours leave with its inhabitants
    assert indicateurs.tables[P].loc[P, "O1_lieux_num"] == 0
    assert indicateurs.tables[P].loc[P, "lieux"] == 1


def test_population_nulle_sans_objet() -> None:
    indicateurs = Monde([commune("01001", 0.0, population=0.0)], [lieu("01001", 0.0)]).calculer()
    assert part(indicateurs, "A2_voiture_15").taux is None
    assert math.isnan(indicateurs.tables[P].loc[P, "O1_lieux_val"])
    assert indicateurs.tables[P].loc[P, "G3_15_statut"] == "inconnu"


def test_aucun_lieu() -> None:
    indicateurs = Monde(TROIS, []).calculer()
    assert part(indicateurs, "A2_voiture_30") == Part(0.0, 3000.0, 0.0, 0.0)
    assert part(indicateurs, "A4_30_hors_portee") == Part(3000.0, 3000.0, 3000.0, 3000.0)
    assert indicateurs.mesure("commune", "01001", "A1_voiture").valeur == math.inf
    assert indicateurs.mesure(P, P, "A8_30").valeur == 0.0
    # An empty inventory says nothing of the offer: no territory is named on it.
    assert indicateurs.tables[P].loc[P, "G3_30_statut"] == "inconnu"


def test_a_departement_without_a_record_is_not_in_deficit() -> None:
    """Two départements, records in one: in the other nobody looked, but who lives near a known place is served."""
    communes = [
        commune("01001", 0.0, code_epci="E1"),
        commune("02001", 1.0, code_epci="E2"),
        commune("02002", 90.0, code_epci="E3"),
    ]
    tables = Monde(communes, [lieu("01001", 0.0)]).calculer().tables
    assert tables["epci"]["G3_30_statut"].to_dict() == {"E1": "non", "E2": "non", "E3": "inconnu"}
    assert tables["departement"]["G3_30_statut"].to_dict()["02"] == "inconnu"
    decrits = Monde(communes, [lieu("01001", 0.0), lieu("02001", 1.0)]).calculer().tables
    assert decrits["epci"].loc["E3", "G3_30_statut"] == "deficit"


def test_sans_coordonnees_compte_mais_hors_des_temps() -> None:
    indicateurs = Monde(TROIS, [lieu("01001", NAN)]).calculer()
    assert part(indicateurs, "A2_voiture_30").numerateur == 0.0
    assert indicateurs.tables[P].loc[P, "lieux"] == 1
    assert indicateurs.exclusions["points d'accueil sans coordonnées (absents des temps d'accès)"] == 1


def test_sans_accueil_du_public() -> None:
    indicateurs = Monde(TROIS, [lieu("01001", 0.0, accueille_public=False, heures_hebdo=9.0)]).calculer()
    assert part(indicateurs, "A2_voiture_30").numerateur == 0.0
    assert indicateurs.mesure(P, P, "A8_30").valeur == 0.0
    assert indicateurs.tables[P].loc[P, "A9_e2sfca_num"] == 0.0


def test_un_arret_ne_couvre_que_sa_commune() -> None:
    indicateurs = Monde(TROIS, [lieu("01002", 8.0, itinerant=True)]).calculer()
    assert part(indicateurs, "A2_voiture_30").numerateur == 1000.0


@pytest.mark.parametrize(
    ("samedi", "bornes"),
    [(True, (1000.0, 1000.0)), (False, (0.0, 0.0)), (None, (0.0, 1000.0))],
    ids=["oui", "non", "inconnu"],
)
def test_inconnu_n_est_jamais_non(samedi: bool | None, bornes: tuple[float, float]) -> None:
    indicateurs = Monde([commune("01001", 0.0)], [lieu("01001", 0.0, samedi=samedi)]).calculer()
    valeur = part(indicateurs, "O4_samedi_15")
    assert (valeur.bas, valeur.haut) == bornes


def test_horaires_inconnus_ne_sont_pas_zero() -> None:
    lieux = [lieu("01001", 0.0, heures_hebdo=30.0, jours_hebdo=5.0), lieu("01001", 0.0)]
    ligne = Monde(TROIS, lieux).calculer().tables[P].loc[P]
    assert ligne["O3_heures_mediane_val"] == 30.0
    assert ligne["O3_jours_mediane_val"] == 5.0
    assert (ligne["O3_connus"], ligne["O3_inconnus"]) == (1, 1)
    assert [ligne[f"O3_24h_{s}"] for s in ("num", "den", "bas", "haut")] == [1, 2, 1, 2]
    assert ligne["O2_inconnus"] == 1
    assert ligne["O2_val"] == pytest.approx(10.0)


def test_lieux_par_famille_et_par_type() -> None:
    lieux = [
        lieu("01001", 0.0, typologie=("EPN", "BIB"), formation=False),
        lieu("01001", 0.0, typologie=("EPN",)),
        lieu("01002", 8.0),
    ]
    ligne = Monde(TROIS, lieux).calculer().tables[P].loc[P]
    assert ligne["O1_lieux_val"] == pytest.approx(10.0)
    assert (ligne["O1_formation_num"], ligne["O1_demarches_num"]) == (2, 3)
    assert (ligne["O1_type_EPN_num"], ligne["O1_type_BIB_num"], ligne["O1_type_inconnu_num"]) == (2, 1, 1)


def test_un_service_itinerant_compte_une_fois_par_territoire() -> None:
    arrets = [lieu(code, x, itinerant=True, lieu_id="bus") for code, x in (("01001", 0.0), ("01002", 8.0))]
    tables = Monde(TROIS, arrets).calculer().tables
    assert tables[P].loc[P, "lieux"] == 1
    assert tables["commune"]["lieux"].tolist() == [1, 1, 0]


def test_fraicheur() -> None:
    lieux = [lieu("01001", 0.0, fraicheur_jours=365), lieu("02003", 12.0, fraicheur_jours=10)]
    indicateurs = Monde(TROIS, lieux).calculer()
    assert part(indicateurs, "O8_fiches") == Part(1.0, 2.0, 1.0, 1.0)
    assert part(indicateurs, "O8_voiture_15").numerateur == 2000.0  # 02003 and 01002, at 8 minutes
    assert indicateurs.tables[P].loc[P, "O8_age_median_val"] == 10.0


def test_profil_de_mobilite() -> None:
    # Foot 19.5 min (own commune, 1 km), bicycle 24 min at 4 km, car 20 min at 10 km, nothing at 25 km.
    communes = [commune(f"0100{rang}", x) for rang, x in enumerate((0.0, 4.0, 10.0, 25.0))]
    indicateurs = Monde(communes, [lieu("01000", 0.0)]).calculer(Seuils(voiture=(20,), velo=(30,), pied=20))
    profil = ("a_pied", "a_velo", "voiture_requise", "hors_portee")
    assert [part(indicateurs, f"A4_20_{nom}").numerateur for nom in profil] == [1000.0] * 4


def test_debit_encadre() -> None:
    debit = {"locaux": 100.0, "thd30_min": 60.0, "thd30_max": 80.0}
    indicateurs = Monde([commune("01001", 20.0, **debit)], [lieu("01009", 0.0)]).calculer()  # 40 min: surely far
    assert part(indicateurs, "B1_thd30") == Part(None, 100.0, 20.0, 40.0)
    assert part(indicateurs, "G1_15") == Part(None, 1000.0, pytest.approx(200.0), pytest.approx(400.0))
    assert part(indicateurs, "G1_15_binaire") == Part(None, 1000.0, 0.0, 1000.0)
    assert indicateurs.mesure(P, P, "G2_15") == Mesure(None, pytest.approx(1.0), pytest.approx(1.0))


@pytest.mark.parametrize(
    ("dites", "oui", "non", "non_dit"),
    [([True, True, False], 2, 1, 0), ([True, False, None, None], 1, 1, 2), ([None], 0, 0, 1), ([False], 0, 1, 0)],
)
def test_a_family_counts_apart_the_places_that_do_not_say(
    dites: list[bool | None], oui: int, non: int, non_dit: int
) -> None:
    """The count is a figure only when all say it: a place that says nothing is neither a « oui » nor a « non »."""
    lieux = [lieu("01001", 0.0, lieu_id=f"L{rang}", formation=dite) for rang, dite in enumerate(dites)]
    ligne = Monde([commune("01001", 0.0)], lieux).calculer().tables[P].loc[P]
    assert ligne[[f"O1_formation_{etat}" for etat in ("oui", "non", "non_dit")]].tolist() == [oui, non, non_dit]
    assert math.isnan(ligne["O1_formation_num"]) if non_dit else ligne["O1_formation_num"] == oui


@pytest.mark.parametrize(("bas", "haut"), [(None, 20.0), (5.0, None), (None, None), (5.0, 20.0)])
def test_one_bound_alone_is_no_interval(bas: float | None, haut: float | None) -> None:
    dite = Part(10.0, 100.0, bas, haut)
    connus = bas is not None and haut is not None
    assert (dite.bornes, dite.incertain) == (((0.05, 0.2), 15.0) if connus else (None, None))
    assert dite.non == (None if haut is None else 100.0 - haut)


@pytest.mark.parametrize("population", [1000.0, 1.0], ids=["mille habitants", "un seul"])
def test_bornes_du_rapport_de_cumul(population: float) -> None:
    """Near (2 min) 10 to 40 % without speed, far (40 min) 20 to 60 %: twice the share of the far ones.

    However few they are: a ratio has no unit.
    """
    communes = [
        commune("01001", 0.0, locaux=100.0, thd30_min=60.0, thd30_max=90.0, population=population),
        commune("01002", 20.0, locaux=100.0, thd30_min=40.0, thd30_max=80.0, population=population),
    ]
    g2 = Monde(communes, [lieu("01001", 0.0)]).calculer().mesure(P, P, "G2_15")
    assert g2 == Mesure(None, pytest.approx(2 * 20 / (20 + 40)), pytest.approx(2 * 60 / (60 + 10)))


@pytest.mark.parametrize("population", [0.0, NAN], ids=["personne", "inconnue"])
def test_une_commune_sans_habitants_connus_a_ses_heures_et_son_deficit(population: float) -> None:
    """H_i, A_i and t_i are those of the commune: only their means over people need people."""
    communes = [
        commune("01001", 0.0),
        commune("01002", 5.0, population=population),
        commune("01003", 40.0, population=0.0),
    ]
    indicateurs = Monde(communes, [lieu("01001", 0.0, heures_hebdo=10.0)]).calculer()
    table = indicateurs.tables["commune"]
    assert indicateurs.mesure("commune", "01002", "A8_15") == Mesure(10.0, 10.0, 10.0)
    assert table["A9_e2sfca_val"].tolist() == pytest.approx([10.0, 10.0, 0.0], abs=1e-9)
    assert table["G3_15_statut"].tolist() == ["non", "non", "deficit"]
    assert indicateurs.tables[P].loc[P, "A8_15_num"] == 10_000.0


def test_debit_inconnu_exclu_et_compte() -> None:
    connu = commune("01001", 20.0, locaux=100.0, thd30_min=50.0, thd30_max=50.0)
    indicateurs = Monde([connu, commune("01002", 20.0)], [lieu("01009", 0.0)]).calculer()
    assert part(indicateurs, "G1_15") == Part(500.0, 1000.0, 500.0, 500.0)
    assert indicateurs.tables[P].loc[P, "B1_thd30_inconnus"] == 1
    assert indicateurs.part("commune", "01002", "B1_thd30").denominateur is None


def test_debit_terrestre_ne_dit_rien_du_filaire() -> None:
    monde = Monde([commune("01001", 20.0, locaux=100.0, thd30_min=99.0, thd30_max=99.0)], [])
    calcule = compute(
        monde.offre(), monde.territoire(), monde.debit().assign(techno="terrestre"), SEUILS, reperage=plan
    )
    assert part(calcule, "B1_thd30").denominateur is None
    assert calcule.exclusions["communes sans débit filaire connu (absentes de B1 et G1)"] == 1


def test_une_matrice_remplace_les_temps_estimes(tmp_path: Path) -> None:
    fichier = tmp_path / "temps.csv"
    fichier.write_text(
        "origine;destination;minutes;mode;source\n"
        "02003;P0;15,5;voiture;essai\n"  # estimated: 24 minutes
        "01002;01001;50;voiture;essai\n"  # estimated: 16 minutes
        "09999;P0;1;voiture;essai\n",
        encoding="utf-8",
    )
    monde = Monde(TROIS, [lieu("01001", 0.0)])
    calcule = compute(
        monde.offre(), monde.territoire(), monde.debit(), SEUILS, reperage=plan, matrice=lire_matrice(fichier)
    )
    assert part(calcule, "A2_voiture_20") == Part(2000.0, 3000.0, 2000.0, 2000.0)
    assert calcule.mesure("commune", "02003", "A1_voiture") == Mesure(15.5, 15.5, 15.5)
    assert calcule.mesure("commune", "01001", "A1_voiture").haut == pytest.approx(2.5)


def test_rapport_de_cumul_sans_objet() -> None:
    debit = {"locaux": 100.0, "thd30_min": 50.0, "thd30_max": 50.0}
    table = Monde([commune("01001", 0.0, **debit)], [lieu("01001", 0.0)]).calculer().tables[P]
    assert table.loc[P, "G2_15_statut"] == "sans objet"
    assert math.isnan(table.loc[P, "G2_15_val"])


@pytest.mark.parametrize(
    ("x", "statut", "marge"),
    [(5.0, "non", -25.0), (8.0, "incertain", 75.0), (20.0, "deficit", 75.0)],
    ids=["proche", "entre deux", "loin"],
)
def test_territoire_en_deficit(x: float, statut: str, marge: float) -> None:
    ligne = Monde([commune("01001", x)], [lieu("01009", 0.0)]).calculer().tables["epci"].loc["E1"]
    assert (ligne["G3_15_statut"], ligne["G3_15_marge_val"]) == (statut, marge)


@pytest.mark.parametrize(("mediane", "statut"), [(None, "inconnu"), (30.0, "deficit"), (19.0, "non")])
def test_deficit_par_les_heures(mediane: float | None, statut: str) -> None:
    monde = Monde([commune("01001", 0.0)], [lieu("01001", 0.0, heures_hebdo=10.0)])
    parametres = Parametres(mediane_regionale_a9=mediane)
    assert monde.calculer(parametres=parametres).tables["epci"].loc["E1", "G3_a9_statut"] == statut


def test_epci_entier_et_communes_absentes() -> None:
    monde = Monde(TROIS, [lieu("01001", 0.0)], ("01",))
    territoire = monde.territoire()
    territoire.epci.at[0, "membres"] = ["01001", "01002", "02003", "02099"]
    calcule = compute(monde.offre(), territoire, monde.debit(), SEUILS, Parametres(hypotheses=HYPOTHESES), plan)
    assert calcule.tables["epci"].loc["E1", ["communes", "communes_absentes"]].tolist() == [3, 1]
    assert calcule.tables["epci_departement"].loc["E1-01", "communes"] == 2
    assert calcule.tables["epci_departement"].loc["E1-01", "nom"] == "E1 (01)"


def test_densite_facultative() -> None:
    communes = [commune("01001", 0.0, densite="dense"), commune("01002", 5.0, densite="dense")]
    indicateurs = Monde(communes, [lieu("01001", 0.0)]).calculer(parametres=Parametres(hypotheses=Hypotheses()))
    assert indicateurs.mesure("commune", "01002", "A1_voiture").valeur == pytest.approx(60 * 1.3 * 5 / 25)


def test_chaque_colonne_a_une_definition() -> None:
    indicateurs = Monde(TROIS, [lieu("01001", 0.0)]).calculer()
    codes = {definition.code for definition in indicateurs.definitions}
    for table in indicateurs.tables.values():
        assert not table.columns.has_duplicates
        assert not [nom for nom in table.columns if nom.startswith("_")]
        prefixes = {nom.split("_")[0] for nom in table.columns if nom.split("_")[0].isupper()}
        assert {"O6", "O9", "A5", "N1", "CUIVRE"} <= prefixes <= codes
    assert all(
        all(getattr(definition, champ) for champ in definition.__dataclass_fields__ if champ != "colonnes")
        for definition in indicateurs.definitions
    )


def test_colonne_inconnue_refusee() -> None:
    with pytest.raises(KeyError, match="A2_avion_15"):
        part(Monde(TROIS, [lieu("01001", 0.0)]).calculer(), "A2_avion_15")


def test_memes_entrees_memes_tables() -> None:
    monde = Monde(TROIS, [lieu("01001", 0.0, heures_hebdo=3.0)])
    une, autre = monde.calculer().tables, monde.calculer().tables
    for niveau, table in une.items():
        pd.testing.assert_frame_equal(table, autre[niveau])


def test_bornes_des_heures_partagees() -> None:
    """A9 under its three times. 2 min: weight 1. 26 min (20.8 to 32.5): 0.22, 0.22, 0. 32 min (25.6 to 40): 0, 0.22, 0.

    10 hours a week for 1 000, 1 000 and 500 people: demand 1 220 as estimated, 1 330 with short times, 1 000 with long
    ones. Whom a place no longer reaches leaves more of it to the others: the bounds are not those of one scenario.
    """
    communes = [commune("01001", 0.0), commune("01002", 13.0), commune("01003", 16.0, population=500.0)]
    indicateurs = Monde(communes, [lieu("01001", 0.0, heures_hebdo=10.0)]).calculer()

    def heures(code: str, variante: str) -> tuple[object, ...]:
        table = indicateurs.tables["commune"] if code != P else indicateurs.tables[P]
        return tuple(table.loc[code, [f"A9_{variante}_{fin}" for fin in ("bas", "val", "haut")]])

    assert heures("01001", "e2sfca") == pytest.approx((10_000 / 1_330, 10_000 / 1_220, 10.0))
    assert heures("01002", "e2sfca") == pytest.approx((0.0, 2_200 / 1_220, 2_200 / 1_220), abs=1e-9)
    assert heures("01003", "e2sfca") == pytest.approx((0.0, 0.0, 2_200 / 1_330), abs=1e-9)
    assert heures("01001", "2sfca") == pytest.approx((4.0, 5.0, 10.0))
    assert heures("01002", "2sfca") == pytest.approx((0.0, 5.0, 5.0), abs=1e-9)
    assert heures("01003", "2sfca") == pytest.approx((0.0, 0.0, 4.0), abs=1e-9)
    # All the hours are shared by somebody in every scenario: their mean does not move.
    for variante in ("e2sfca", "2sfca"):
        assert heures(P, variante) == pytest.approx((4.0, 4.0, 4.0))
    bas, val, haut = heures("01001", "e2sfca")
    assert indicateurs.mesure("commune", "01001", "A9_e2sfca") == Mesure(val, bas, haut)
