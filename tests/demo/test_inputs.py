"""The optional inputs of the demonstration: read as a real deployment's, and unknown where they mean to be."""

import csv
import math
from pathlib import Path

import pytest

from carte import territory
from carte.demo import besoins, milieux, officielles
from carte.demo.communes import communes
from carte.indicators import Indicateurs, lire_entrees
from carte.picture import Picture

RACINE = Path(__file__).parents[2]
GEO = RACINE / "geo"
SANS_DOCUMENT = "99002"


def _codes(texte: str) -> set[str]:
    return {ligne["code_insee"] for ligne in csv.DictReader(texte.splitlines(), delimiter=";")}


@pytest.fixture(scope="module")
def territoire() -> territory.Territoire:
    return territory.lire(GEO, ["99"], RACINE / "absent")


@pytest.mark.parametrize(
    "texte",
    [besoins.population_age(), besoins.menages(), milieux.densites()],
    ids=["ages", "menages", "densites"],
)
def test_one_commune_has_no_document(texte: str) -> None:
    assert {commune.code for commune in communes()} - _codes(texte) == {SANS_DOCUMENT}


@pytest.mark.parametrize(
    "texte", [officielles.frr(), officielles.centralites(), officielles.equipements()], ids=["frr", "niveaux", "bpe"]
)
def test_one_commune_of_the_departement_has_no_official_layer(texte: str) -> None:
    assert {c.code for c in communes() if c.departement == "99"} - _codes(texte) == {SANS_DOCUMENT}


def test_ages_do_not_exceed_the_population() -> None:
    sommes: dict[str, int] = {}
    for ligne in csv.DictReader(besoins.population_age().splitlines(), delimiter=";"):
        sommes[ligne["code_insee"]] = sommes.get(ligne["code_insee"], 0) + int(ligne["population"])
    assert all(sommes[c.code] <= c.population for c in communes() if c.code != SANS_DOCUMENT)


def test_the_survey_misses_one_epci() -> None:
    entrees = lire_entrees(GEO, ["99"])
    assert entrees.besoins is not None
    assert besoins.SANS_ENQUETE not in set(entrees.besoins["code"])
    assert len(entrees.besoins) == 4


def test_every_class_of_density_is_there(territoire: territory.Territoire) -> None:
    classes = territoire.communes.set_index("code_insee")["densite"]
    assert set(classes.dropna()) == {"dense", "intermediaire", "rural", "tres_disperse"}
    assert classes[classes.isna()].index.tolist() == [SANS_DOCUMENT]


def test_barriers_show_every_kind_of_crossing(territoire: territory.Territoire) -> None:
    estuaire, marais = territoire.barrieres
    assert (estuaire.ile, marais.ile) == (False, True)
    assert estuaire.minutes["voiture"] == 25
    assert math.isnan(estuaire.minutes["pied"])
    assert math.isinf(marais.minutes["pied"])


@pytest.fixture(scope="module")
def indicateurs(demo: Picture) -> Indicateurs:
    return demo.indicateurs


def test_needs_are_evaluated(indicateurs: Indicateurs) -> None:
    assert not {"A5", "N1", "N2", "G4", "G5"} & set(indicateurs.non_evalues)
    for colonne in ("A5", "N1"):
        assert indicateurs.part("departement", "99", colonne).numerateur
        assert indicateurs.part("commune", SANS_DOCUMENT, colonne).denominateur is None


def test_the_epci_whose_deficits_pile_up_is_the_only_priority(indicateurs: Indicateurs) -> None:
    statuts = indicateurs.tables["epci"]["G5_statut"]
    assert statuts[statuts == "prioritaire"].index.tolist() == ["249900028"]


def test_two_communes_are_behind_the_marsh(indicateurs: Indicateurs) -> None:
    minutes = indicateurs.tables["commune"]["A1_voiture_val"]
    assert sorted(minutes.index[minutes > 35]) == ["99037", "99048"]
    assert indicateurs.part("departement", "99", "A2_voiture_30").non == 550


def test_every_indicator_that_a_layer_serves_is_evaluated(indicateurs: Indicateurs) -> None:
    """Figures that a hand can derive from `officielles` and the populations of communes.csv."""
    assert indicateurs.non_evalues == {}
    bus = indicateurs.part("departement", "99", "A3_tc")
    # Valbourg, Beaupré, Clairvelle (Chantereine has 3 departures only); Mirebois, Saint-Éloi, Port-Lône.
    assert bus.numerateur == 22_140 + 3_310 + 1_940 + 6_210 + 610 + 610
    # Sablonnière and Grève-sur-Lône: nobody knows whether their shuttle runs on weekdays.
    assert bus.denominateur == 69_760 - 880 - 380
    inconnues = [nombre for raison, nombre in indicateurs.exclusions.items() if "départs inconnus" in raison]
    assert inconnues == [2]
    frr = indicateurs.tables["frr"]["population"]
    assert frr.to_dict() == {"99-non": 63_860.0, "99-oui": 4_840.0, "99-partiel": 870.0}
    assert frr.sum() == 69_760 - 190, "the commune without a document is in no class"
    niveaux = indicateurs.tables["centralite"].set_index("nom")["communes"]
    assert niveaux["centre majeur (Val-d'Exemple)"] == 1
    assert niveaux.sum() == 59
    valbourg, mirebois = indicateurs.listes["quartiers"].to_dict("records")
    assert (valbourg["population"], valbourg["lieux"]) == (2_400, 5)
    assert (math.isnan(mirebois["population"]), mirebois["lieux"]) == (True, 0)
    equipements = indicateurs.listes["equipements"].set_index("niveau").loc["departement"]
    assert equipements[["mairies", "france_services", "poste", "banques"]].tolist() == [59, 5, 22, 6]
    ligne = indicateurs.tables["departement"].loc["99"]
    assert ligne[["O6_liste_num", "O6_liste_den"]].tolist() == [8, 10]
    assert (ligne["O7_statut"], ligne["O7_communs"]) == ("calculé", 8)
