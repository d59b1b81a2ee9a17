"""Targets and action sheets: figures that come from the territory's own, never from a wish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.indicators import Part
from carte.indicators.manques.objectifs import Attendu, Gain, Objectif, objectif
from carte.publish import maps, report
from carte.publish.report.actions import MESURE_ABSENTE, fiches, mesures
from carte.publish.report.sujet import Sujet
from carte.simulation.modele import Couverture, Habitants, Methode, Option, Proposition, SitePropose
from carte.territory import nommer_le_point
from publish import monde, monde_rapport

E = "\u00a0"


BORNES = st.integers(1, 10**7).flatmap(lambda den: st.tuples(st.just(den), *[st.integers(0, den)] * 6))


@given(BORNES, st.floats(1, 90))
def test_targets_follow_from_the_gain_with_its_interval(tire: tuple[int, ...], seuil: float) -> None:
    """Year 6 is what stays too far with the measure, year 3 half of the way; never fewer than nobody."""
    den, *couverts = tire
    bas, centre, haut = sorted(couverts[:3])
    # What is reached with the measure is at least what was, reading by reading.
    apres = [max(n, m) for n, m in zip((bas, centre, haut), sorted(couverts[3:]), strict=True)]
    gain = Gain(apres[1] - centre, apres[0] - bas, apres[2] - haut)
    vise = objectif(Part(centre, den, bas, haut), seuil, gain)
    if vise is None:
        assert den - haut <= seuil * den / 100
        return
    assert vise.reference == Attendu(den - centre, den - haut, den - bas)
    assert vise.annee_6 == Attendu(den - apres[1], den - apres[2], den - apres[0])
    assert vise.annee_3 is not None
    for attendu, avant in ((vise.annee_3, vise.reference), (vise.annee_6, vise.annee_3)):
        assert attendu.bas <= attendu.estime <= attendu.haut
        assert (attendu.bas, attendu.estime, attendu.haut) <= (avant.bas, avant.estime, avant.haut)
    assert abs(vise.reference.estime + vise.annee_6.estime - 2 * vise.annee_3.estime) <= 1
    assert objectif(Part(centre, den, bas, haut), seuil) == Objectif(vise.reference, None, None), (
        "no measure, no target"
    )


def test_a_gain_on_other_people_never_promises_fewer_than_nobody() -> None:
    vise = objectif(Part(100, 1000, 100, 100), 25, Gain(5000, 5000, 5000))
    assert vise is not None
    assert vise.annee_6 == Attendu(0, 0, 0)


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


def test_a_site_for_a_few_people_is_not_proposed() -> None:
    assert mesures([_proposition(199)], ["formation"], 20, 200) == ()
    assert len(mesures([_proposition(200)], ["formation"], 20, 200)) == 1


def test_without_the_town_hall_the_point_is_named_for_what_it_is() -> None:
    site = SitePropose("99001", "Alpha", None, None, None, nommer_le_point("interieur"))
    assert site.en_mots == "point au milieu de la commune (Alpha)"
    assert nommer_le_point("chef-lieu") == nommer_le_point(None) == "mairie"


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
        for cible in fiche.cibles:
            vise = cible.objectif
            assert (vise.annee_6 is None) == (fiche.mesures == (MESURE_ABSENTE,)) == ("à définir" in cible.nombres)
            assert vise.annee_6 is None or vise.annee_6.estime < vise.reference.estime
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
