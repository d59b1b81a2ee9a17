"""The optional inputs of the demonstration: read as a real deployment's, and unknown where they mean to be."""

import csv
import math
from pathlib import Path

import pytest

from carte import territory
from carte.demo import besoins, milieux
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
    "texte", [besoins.population_age(), besoins.menages(), milieux.densites()], ids=["ages", "menages", "densites"]
)
def test_one_commune_has_no_document(texte: str) -> None:
    assert {commune.code for commune in communes()} - _codes(texte) == {SANS_DOCUMENT}


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
