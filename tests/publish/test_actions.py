"""Targets and action sheets: figures that come from the territory's own, never from a wish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.indicators import Part
from carte.indicators.manques.objectifs import objectif
from carte.publish import maps, report
from carte.publish.report.actions import fiches, mesures
from carte.publish.report.sujet import Sujet
from carte.simulation.modele import Couverture, Habitants, Methode, Option, Proposition, SitePropose
from publish import monde, monde_rapport

E = "\u00a0"


@given(st.integers(1, 10**7), st.floats(0, 1), st.floats(1, 90))
def test_targets_leave_the_deficit_and_never_move_away(den: int, couverts: float, seuil: float) -> None:
    haut = round(den * couverts)
    vise = objectif(Part(None, den, 0, haut), seuil)
    if vise is None:
        assert den - haut <= seuil * den / 100
        return
    assert vise.reference == den - haut
    assert vise.annee_6 <= vise.annee_3 < vise.reference
    assert vise.annee_6 <= seuil * den / 100 < vise.annee_6 + 1


@pytest.mark.parametrize("part", [Part(None, None, None, None), Part(0, 0, 0, 0)], ids=["inconnue", "personne"])
def test_no_target_without_people(part: Part) -> None:
    assert objectif(part, 25) is None


def _proposition(gain: float, lieu: str | None = None, robuste: int | None = 0) -> Proposition:
    def couverture(apres: float) -> Couverture:
        return Couverture(20, Habitants(100, 90, 120), Habitants(apres, 95, 130))

    def option(site: SitePropose, seuil: int | None, methode: Methode) -> Option:
        return Option(methode, seuil, (site,), (couverture(100 + gain),), 0.0, True, None, None, None, None)

    retenu = SitePropose("99001", "Alpha", "99/x" if lieu else None, lieu, gain)
    autre = SitePropose("99003", "Le Gamma", None, None, None)
    options = (option(retenu, 20, Methode.COUVERTURE), option(autre, None, Methode.MEDIANE))
    return Proposition("epci", "E1", "CC", "formation", 1, 7.0, 200, 0, 3, options, robuste)


@pytest.mark.parametrize(
    ("proposition", "attendu"),
    [
        pytest.param(_proposition(12), f"mairie (Alpha), 12{E}habitants de plus", id="mairie"),
        pytest.param(_proposition(1, "L’Atelier"), f"L’Atelier (Alpha), 1{E}habitant de plus", id="lieu"),
        pytest.param(_proposition(12, robuste=1), "à tous les seuils : mairie (Le Gamma).", id="autre-robuste"),
    ],
)
def test_a_proposed_site_says_where_and_for_whom(proposition: Proposition, attendu: str) -> None:
    (phrase,) = mesures([proposition], ["formation"], 20)
    assert attendu in phrase
    assert "pour une formation au numérique, 7 heures par semaine" in phrase


@pytest.mark.parametrize("gain", [0, 0.2, -3])
def test_a_site_that_brings_nobody_is_not_proposed(gain: float) -> None:
    assert mesures([_proposition(gain)], ["formation"], 20) == ()


def test_a_site_of_another_family_is_not_proposed() -> None:
    assert mesures([_proposition(12)], ["equipement", "toutes"], 20) == ()


def test_one_sheet_by_territory_in_deficit_and_none_elsewhere() -> None:
    picture = monde_rapport.picture(monde_rapport.place("un", 46.0))
    trouvees = fiches(Sujet(picture, "99"))
    table = picture.indicateurs.tables["epci_departement"]
    colonnes = ["G3_20_statut", *(f"G3_20_{f}_statut" for f in ("demarches", "formation", "equipement"))]
    attendues = table.index[(table[colonnes] == "deficit").any(axis=1)]
    assert len(trouvees) == len(attendues) >= 1
    for fiche in trouvees:
        assert fiche.cibles
        assert all(cible.objectif.annee_6 < cible.objectif.reference for cible in fiche.cibles)
        assert fiche.mesures
        assert {"O2", "G1", "A2"} <= {code for code, _, _ in fiche.suivi}


def test_the_page_shows_the_sheets_and_the_forms() -> None:
    territoire = monde_rapport.renommer(monde.territoire(), {"99001": monde.SCRIPT})
    picture = monde_rapport.picture(monde_rapport.place("un", 46.0), territoire=territoire)
    pages = report.pages(report.preparer(picture, maps.preparer(picture)), "assets/x")
    page = pages["rapports/99.html"]
    assert "Fiche d’action 1" in page
    for fin in ("pdf", "xlsx", "ods"):
        assert f'href="rapport-99.{fin}" download' in page
    assert pages["rapports/comparaison.html"].count("data-triable") == 2
    assert "densité voisine" in pages["rapports/comparaison.html"]
    assert all("<script>" not in texte for texte in pages.values())
