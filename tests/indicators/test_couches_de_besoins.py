"""What the layers of needs give: buses, classes of communes, quarters apart, equipment, sums of what communes say."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from carte.choix import Seuils
from carte.indicators import Entrees, Indicateurs, compute
from carte.territory import Territoire
from indicators.exemple import Monde

# On one parallel, about 7.6 km apart; a place stands in the first.
CODES = ("01001", "01002", "01003")
LONS = (2.0, 2.1, 2.2)
LAT = 46.8
NAN = float("nan")
SEUILS = Seuils(voiture=(20,), velo=(20,), pied=20)
LIEU = {"code_insee": "01001", "lon": 2.0, "lat": LAT, "x_km": 0.0, "y_km": 0.0, "commune": "A"}


def monde(*lieux: dict[str, object]) -> Monde:
    communes = [
        {"code_insee": code, "lon": lon, "lat": LAT, "population": 1000.0, "surface_km2": 4.0, "code_region": "99"}
        for code, lon in zip(CODES, LONS, strict=True)
    ]
    return Monde(communes, list(lieux or (LIEU,)))


def calculer(
    entrees: Entrees, *lieux: dict[str, object], densites: tuple[str | None, ...] | None = None
) -> Indicateurs:
    m = monde(*lieux)
    territoire: Territoire = m.territoire()
    if densites:
        territoire = replace(territoire, communes=territoire.communes.assign(densite=list(densites)))
    return compute(m.offre(), territoire, m.debit(), SEUILS, entrees=entrees)


def arrets(*lignes: tuple[str, float, float]) -> pd.DataFrame:
    """Network, longitude, departures."""
    table = pd.DataFrame(lignes, columns=["reseau", "longitude", "departs_par_jour"])
    return table.assign(arret=[f"S{n}" for n in range(len(table))], latitude=LAT)


MENAGES = pd.DataFrame({"code_insee": CODES, "menages": 100.0, "sans_voiture": 20.0})


def departement(resultat: Indicateurs) -> pd.Series:
    return resultat.tables["departement"].loc["01"]


@pytest.mark.parametrize(
    ("table", "attendu"),
    [
        pytest.param(arrets(("bus", 2.0, 6), ("bus", 2.1, 6)), 2000.0, id="un-reseau"),
        pytest.param(arrets(("bus", 2.0, 6), ("car", 2.1, 6)), 1000.0, id="deux-reseaux"),
        pytest.param(arrets(("bus", 2.0, 6), ("bus", 2.1, 3)), 1000.0, id="trop-peu-de-departs"),
        pytest.param(arrets(("bus", 2.0, 6), ("bus", 2.107, 6)), 1000.0, id="arret-trop-loin"),
        pytest.param(arrets(("bus", 2.1, 6), ("bus", 2.2, 6)), 0.0, id="aucun-lieu-desservi"),
        pytest.param(arrets(), 0.0, id="aucun-arret"),
    ],
)
def test_a_bus_links_a_commune_to_a_place_when_one_network_stops_at_both(table: pd.DataFrame, attendu: float) -> None:
    ligne = departement(calculer(Entrees(arrets_tc=table.astype({"longitude": float, "departs_par_jour": float}))))
    assert ligne[["A3_tc_num", "A3_tc_bas", "A3_tc_haut", "A3_tc_den"]].tolist() == [attendu, 0.0, attendu, 3000.0]


def test_a_bus_takes_people_out_of_a5_except_in_its_high_bound() -> None:
    sans = departement(calculer(Entrees(menages=MENAGES)))
    avec = departement(calculer(Entrees(menages=MENAGES, arrets_tc=arrets(("bus", 2.0, 6.0), ("bus", 2.1, 6.0)))))
    assert sans["A5_num"] == 400.0
    assert avec["A5_num"] == 200.0
    assert avec["A5_haut"] == sans["A5_haut"] == 400.0


def test_stops_of_unknown_departures_leave_their_communes_out_and_counted() -> None:
    """The car that may join the third commune is unknown: neither linked nor out of reach of a bus."""
    inconnu = float("nan")
    table = arrets(("bus", 2.0, 6.0), ("bus", 2.1, 6.0), ("car", 2.0, inconnu), ("car", 2.2, inconnu))
    resultat = calculer(Entrees(menages=MENAGES, arrets_tc=table))
    ligne = departement(resultat)
    assert ligne[["A3_tc_num", "A3_tc_den"]].tolist() == [2000.0, 2000.0]
    assert ligne[["A5_bas", "A5_num", "A5_haut"]].tolist() == [0.0, 200.0, 400.0]
    (comptees,) = [n for raison, n in resultat.exclusions.items() if "départs inconnus" in raison]
    assert comptees == 1
    toutes = calculer(Entrees(arrets_tc=arrets(("car", 2.0, inconnu), ("car", 2.2, inconnu))))
    assert "ne dit ses départs" in toutes.non_evalues["A3_tc"]
    assert pd.isna(departement(toutes)["A3_tc_num"]) or departement(toutes)["A3_tc_den"] == 0


def test_the_classes_of_communes_are_levels_and_the_unknown_is_in_none() -> None:
    frr = pd.DataFrame({"code_insee": ["01001", "01002"], "classement": ["oui", "non"]})
    resultat = calculer(Entrees(frr=frr), densites=("rural", "rural", None))
    densites, classements = resultat.tables["densite"], resultat.tables["frr"]
    assert densites[["nom", "population", "communes"]].to_numpy().tolist() == [["Communes rurales (01)", 2000.0, 2]]
    assert list(classements.index) == ["01-non", "01-oui"]
    assert classements["A2_voiture_20_den"].tolist() == [1000.0, 1000.0]
    assert classements["lieux"].tolist() == [0, 1]
    assert "FRR" not in resultat.non_evalues
    assert resultat.tables["centralite"].empty


def test_the_row_of_france_is_the_perimeter_named_for_what_it_is() -> None:
    france = calculer(Entrees()).tables["france"]
    assert france["nom"].tolist() == ["France : un seul département"]
    assert france.loc["FR", "population"] == 3000.0
    assert pd.isna(france.loc["FR", "france_entiere"]), "without a COG, nobody knows how many there are"


def quartiers() -> gpd.GeoDataFrame:
    table = pd.DataFrame({"code": ["QN1", "QN2"], "nom": "Q", "commune": "A", "code_departement": "01"})
    table = table.assign(population=[1500.0, float("nan")])
    formes = [shapely.box(1.995, 46.795, 2.005, 46.805), shapely.box(2.195, 46.795, 2.205, 46.805)]
    return gpd.GeoDataFrame(table, geometry=formes, crs="EPSG:4326")


def test_quarters_are_apart_and_hold_the_places_that_are_inside() -> None:
    precis = LIEU | {"lon": 2.002, "lieu_id": "précis"}
    resultat = calculer(Entrees(quartiers=quartiers()), LIEU | {"lieu_id": "au centre"}, precis)
    dedans, loin = resultat.listes["quartiers"].to_dict("records")
    assert (dedans["population"], dedans["lieux"], dedans["lieux_incertains"], dedans["pied_statut"]) == (
        1500.0,
        1,
        1,
        "sûr",
    )
    assert pd.isna(loin["population"])
    assert (loin["lieux"], loin["pied_statut"]) == (0, "non")
    assert departement(resultat)["population"] == 3000.0, "their people are not added to the communes'"


def test_equipment_names_the_communes_that_could_welcome_a_permanence() -> None:
    table = pd.DataFrame({"code_insee": CODES, "mairies": 1.0, "banques": [2.0, 0.0, 0.0]})
    table = table.assign(france_services=[1.0, 0.0, float("nan")], poste=[1.0, 1.0, float("nan")], millesime="2021")
    ligne = calculer(Entrees(equipements=table)).listes["equipements"].set_index("niveau").loc["departement"]
    assert ligne[["mairies", "france_services", "poste"]].tolist() == [3.0, 1.0, 2.0]
    assert (ligne["communes_appui"], ligne["communes_appui_noms"]) == (1, "01002")


@pytest.mark.parametrize(
    ("france_services", "poste", "appui"),
    [(1, 0, 1), (0, 2, 1), (NAN, 1, 1), (0, 0, 0), (NAN, 0, 0), (NAN, NAN, 0)],
    ids=["France services", "poste", "poste, le reste non dit", "ni l'un ni l'autre", "rien de dit qui soit", "rien"],
)
def test_only_a_counter_that_is_there_makes_a_commune_welcome_a_permanence(
    france_services: float, poste: float, appui: int
) -> None:
    """Of three communes: one has a place of the map, one nothing that would welcome."""
    table = pd.DataFrame({"code_insee": CODES, "mairies": 1.0, "banques": 1.0, "millesime": "2021"})
    table = table.assign(france_services=[1.0, 0.0, france_services], poste=[1.0, 0.0, poste])
    ligne = calculer(Entrees(equipements=table)).listes["equipements"].set_index("niveau").loc["departement"]
    assert (ligne["communes_appui"], ligne["communes_appui_noms"]) == (appui, "01003" if appui else "")


@pytest.mark.parametrize(
    ("dites", "attendu"), [(CODES, ["commune"] * 3 + ["departement", "epci_departement"]), (CODES[:2], ["commune"] * 2)]
)
def test_what_communes_say_is_summed_only_when_all_say_it(dites: tuple[str, ...], attendu: list[str]) -> None:
    table = pd.DataFrame({"code": dites, "niveau": "commune", "indicateur": "75 ans", "unite": "habitants"})
    table = table.assign(valeur=100.0, denominateur=1000.0, source="Insee", millesime="2022")
    besoins = calculer(Entrees(besoins=table)).listes["besoins"]
    assert besoins["niveau"].tolist() == attendu
    sommes = besoins[besoins["niveau"] == "departement"]
    assert sommes[["valeur", "denominateur"]].to_numpy().tolist() == ([[300.0, 3000.0]] if len(dites) == 3 else [])


def test_a_sum_says_every_source_and_vintage_that_it_is_made_of_and_no_other() -> None:
    """Two départements, each with a file of its own; in the first, one commune is told by a later one."""
    codes = ["01001", "01002", "02001"]
    communes = [{"code_insee": code, "lon": 2.0, "lat": LAT, "code_epci": "E1"} for code in codes]
    # Nobody lives in the last one, which nobody tells of: a part of EPCI that has no figure, not 0.
    communes.append({"code_insee": "03001", "lon": 2.0, "lat": LAT, "code_epci": "E1", "population": 0.0})
    table = pd.DataFrame({"code": codes, "source": ["Insee", "Hub", "Insee"], "millesime": ["2022", "2024", "2021"]})
    table = table.assign(niveau="commune", indicateur="75 ans", unite="habitants", valeur=100.0, denominateur=1000.0)
    m = Monde(communes, [LIEU])
    besoins = compute(m.offre(), m.territoire(), m.debit(), SEUILS, entrees=Entrees(besoins=table)).listes["besoins"]
    sommes = besoins[besoins["niveau"] != "commune"].set_index("code")
    assert sommes[["valeur", "source", "millesime"]].agg(list, axis=1).to_dict() == {
        code: [valeur, f"{source} (somme des communes)", millesime]
        for departement, valeur, source, millesime in (
            ("01", 200.0, "Hub, Insee", "2022, 2024"),
            ("02", 100.0, "Insee", "2021"),
        )
        for code in (departement, f"E1-{departement}")
    }


def test_places_taken_from_a_list_prove_nothing_of_what_it_forgets() -> None:
    lieux = [
        LIEU | {"lieu_id": f"L{n}", "nom": f"L{n}", "source": "ANCT, liste (2024)", "labels_connus": True}
        for n in range(10)
    ]
    liste = pd.DataFrame({"nom": [f"L{n}" for n in range(10)], "commune": "A", "code_insee": "01001", "label": "FS"})
    liste = liste.assign(numero="", depuis=pd.NaT, jusqua=pd.NaT, source="ANCT, liste", code_departement="01")
    resultat = calculer(Entrees(labels=liste), *lieux)
    assert "la liste elle-même" in resultat.non_evalues["O7"]
    ligne = departement(resultat)
    assert (ligne["O6_liste_num"], ligne["O6_liste_den"]) == (10, 10)
    assert (ligne["O7_statut"], ligne["O7_communs"], ligne["O7_meme_source"]) == ("non évalué", 0, 10)
    autres = [lieu | {"source": "Hub"} for lieu in lieux]
    assert departement(calculer(Entrees(labels=liste), *autres))["O7_statut"] == "calculé"
