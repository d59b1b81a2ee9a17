"""Places closed at the date of publication: out of every figure beyond the threshold, and counted."""

from dataclasses import replace
from datetime import date
from math import inf, nan
from typing import Any

import pytest

from carte.choix import Seuils
from carte.evolution.comparer import comparer
from carte.evolution.lecture import publier
from carte.evolution.modele import Effet
from carte.indicators import construire_offre
from carte.records.dires import Nature
from carte.records.modele import Enregistrement
from carte.simulation import simuler
from indicators.exemple import HYPOTHESES, SEUILS, Monde, Parametres, plan
from publish import monde

DEUX_ANS = {"fermeture": Nature.TEMPORAIRE.value, "fermeture_jours": 730.0}


def deux_lieux(**second: Any) -> Monde:
    communes = [
        {"code_insee": "99001", "population": 1000.0, "x_km": 0, "y_km": 0},
        {"code_insee": "99002", "population": 500.0, "x_km": 100, "y_km": 0},
    ]
    lieux: list[dict[str, Any]] = [
        {"code_insee": "99001", "x_km": 0, "y_km": 0, "heures_hebdo": 10.0},
        {"code_insee": "99002", "x_km": 100, "y_km": 0, "heures_hebdo": 30.0, **second},
    ]
    return Monde(communes, lieux)


def ligne(monde_: Monde, seuils: Seuils = SEUILS) -> Any:
    return monde_.calculer(seuils).tables["perimetre"].loc["perimetre"]


@pytest.mark.parametrize(
    ("second", "comptes"),
    [
        ({}, (2, 0, 0)),
        (DEUX_ANS, (1, 1, 0)),
        ({"fermeture": Nature.DEFINITIVE.value, "fermeture_jours": inf}, (1, 1, 0)),
        ({"fermeture": Nature.AVANT_OUVERTURE.value, "fermeture_jours": inf}, (1, 0, 1)),
        ({"fermeture": Nature.TEMPORAIRE.value, "fermeture_jours": 90.0}, (2, 0, 0)),
        ({"fermeture": Nature.TEMPORAIRE.value, "fermeture_jours": 91.0}, (1, 1, 0)),
    ],
    ids=["ouvert", "deux ans", "pour toujours", "pas encore", "90 jours", "91 jours"],
)
def test_a_closed_place_is_out_of_every_figure_and_counted(second: Any, comptes: tuple[int, int, int]) -> None:
    trouve = ligne(deux_lieux(**second))
    assert (trouve["lieux"], trouve["lieux_fermes"], trouve["lieux_pas_encore_ouverts"]) == comptes
    dedans = comptes[0] == 2
    assert trouve["A2_voiture_20_num"] == (1500 if dedans else 1000)
    assert (trouve["O1_lieux_num"], trouve["O2_num"], trouve["O3_connus"]) == ((2, 40, 2) if dedans else (1, 10, 1))
    assert trouve["A8_20_num"] == (10 * 1000 + 30 * 500 if dedans else 10 * 1000)
    assert trouve["O8_fiches_den"] == (2 if dedans else 1)


def test_the_threshold_is_the_deployments() -> None:
    monde_ = deux_lieux(fermeture=Nature.TEMPORAIRE.value, fermeture_jours=60.0)
    assert ligne(monde_, replace(SEUILS, fermeture_jours=30))["lieux_fermes"] == 1
    assert ligne(monde_, replace(SEUILS, fermeture_jours=60))["lieux_fermes"] == 0


def test_the_exclusions_name_the_three_cases() -> None:
    bref = {"fermeture": Nature.TEMPORAIRE.value, "fermeture_jours": 60.0}
    for second, debut in (
        (DEUX_ANS, "lieux fermés à la date de publication, pour plus de 90 jours"),
        (bref, "lieux fermés à la date de publication, pour 90 jours au plus"),
        ({"fermeture": Nature.AVANT_OUVERTURE.value, "fermeture_jours": inf}, "lieux pas encore ouverts"),
    ):
        exclusions = deux_lieux(**second).calculer().exclusions_departement["99"]
        assert [nombre for raison, nombre in exclusions.items() if raison.startswith("lieux ")].count(1) == 1
        assert next(nombre for raison, nombre in exclusions.items() if raison.startswith(debut)) == 1


def test_nothing_is_proposed_as_if_a_closed_place_served() -> None:
    def gain(monde_: Monde) -> float:
        simulations = simuler(
            monde_.offre(), monde_.territoire(), SEUILS, Parametres(hypotheses=HYPOTHESES), reperage=plan
        )
        table = simulations.frame()
        choix = table[(table["niveau"] == "departement") & (table["seuil"] == 20) & (table["famille"] == "toutes")]
        return float(choix["gain"].max()) if len(choix) else nan

    assert gain(deux_lieux(**DEUX_ANS)) == 500
    assert not gain(deux_lieux()) > 0


def fiche(**champs: Any) -> Enregistrement:
    return monde.fiche("essai", latitude=46.0, longitude=2.0, **champs)


def publication(jour: date, *fiches: Enregistrement) -> Any:
    territoire, seuils = monde.territoire(), Seuils()
    offre = construire_offre(monde.situees(*fiches), territoire, monde.vocabulaires(), jour)
    return publier(fiches, offre, territoire, seuils, Parametres(), jour)


FERME = [{"du": date(2026, 1, 1), "au": date(2026, 8, 31)}]


@pytest.mark.parametrize(
    ("avant", "apres", "effet"),
    [
        ({}, {"date_fermeture": date(2026, 9, 1)}, Effet.RETRAITS),
        ({}, {"fermetures": [{"du": date(2026, 9, 1), "au": date(2028, 9, 1)}]}, Effet.RETRAITS),
        # A place that reopens was known already: it is neither a better census nor an unknown date.
        ({"fermetures": FERME}, {"fermetures": FERME}, Effet.OUVERTURES),
        ({"date_ouverture": date(2026, 7, 1)}, {"date_ouverture": date(2026, 7, 1)}, Effet.OUVERTURES),
        ({}, {"fermetures": [{"du": date(2026, 10, 1), "au": date(2026, 11, 15)}]}, None),
    ],
    ids=["fermé pour toujours", "fermé deux ans", "rouvert", "ouvert", "fermé six semaines"],
)
def test_closing_and_reopening_are_changes_of_the_offer(avant: Any, apres: Any, effet: Effet | None) -> None:
    ancienne = publication(date(2026, 5, 1), fiche(**avant))
    nouvelle = publication(monde.JOUR, fiche(**apres))
    lieux = comparer(ancienne, nouvelle).lieux
    assert {e for e, touches in lieux.items() if touches} == ({effet} if effet else set())
