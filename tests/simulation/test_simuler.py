"""What the simulation says of small worlds and of the shared worked example."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from carte.access import Matrice, Mode, Temps, Trajets
from carte.access.points import Booleens
from carte.choix import FAMILLES
from carte.indicators import Parametres
from carte.simulation import ParametresSimulation, Proposition, Simulations, simuler
from carte.simulation.modele import Methode, Option
from hasard import exemples
from indicators.exemple import HYPOTHESES, SEUILS, Monde, charger, monde_de_l_exemple, partage, plan
from indicators.test_proprietes import mondes


def lancer(monde: Monde, **autres: Any) -> Simulations:
    return simuler(
        monde.offre(), monde.territoire(), SEUILS, Parametres(hypotheses=HYPOTHESES), reperage=plan, **autres
    )


def une(simulations: Simulations, niveau: str, code: str, famille: str, nombre: int) -> Proposition:
    (proposition,) = (p for p in simulations.pour(niveau, code, famille) if p.nombre == nombre)
    return proposition


def option(proposition: Proposition, seuil: int | None) -> Option:
    (trouvee,) = (o for o in proposition.options if o.seuil == seuil)
    return trouvee


def sites(choix: Option) -> list[tuple[str, float | None]]:
    return [(site.commune, site.gain) for site in choix.sites]


@pytest.fixture(scope="module")
def exemple() -> Simulations:
    # One single EPCI and département hold the five communes: what the reference's sites are chosen among.
    monde = monde_de_l_exemple(charger())
    communes = [c | {"code_insee": f"01{c['code_insee'][2:]}", "code_epci": "X"} for c in monde.communes]
    lieux = [lieu | {"code_insee": f"01{lieu['code_insee'][2:]}"} for lieu in monde.lieux]
    return lancer(Monde(communes, lieux))


@pytest.mark.partage
@partage
@pytest.mark.parametrize(
    ("cle", "famille", "seuil", "nombre"),
    [
        ("glouton_tous_lieux_T15_p2", "toutes", 15, 2),
        ("glouton_tous_lieux_T30_p1", "toutes", 30, 1),
        ("glouton_famille_formation_T15_p2", "formation", 15, 2),
    ],
)
@pytest.mark.parametrize(("niveau", "code"), [("departement", "01"), ("epci", "X")])
def test_les_sites_de_la_reference(
    request: pytest.FixtureRequest, cle: str, famille: str, seuil: int, nombre: int, niveau: str, code: str
) -> None:
    exemple: Simulations = request.getfixturevalue("exemple")
    choix = option(une(exemple, niveau, code, famille, nombre), seuil)
    attendus = charger()["attendu"][cle]
    assert sites(choix) == [(site["site"], pytest.approx(site["gain"])) for site in attendus]
    apres = choix.couverture(seuil).apres.estimes
    assert 100 * apres / 10_000 == pytest.approx(attendus[-1]["couverture_apres_pct"])
    assert choix.prouvee
    assert choix.glouton_egale_exact


@pytest.mark.partage
@partage
def test_le_choix_robuste_de_la_reference(request: pytest.FixtureRequest) -> None:
    """One more place: C at 15 minutes, E at 20 and 30 and for the p-median; only E serves at every threshold."""
    proposition = une(request.getfixturevalue("exemple"), "departement", "01", "toutes", 1)
    assert [sites(o)[0][0] for o in proposition.options] == ["C", "E", "E", "E"]
    assert proposition.option_robuste is not None
    assert sites(proposition.option_robuste)[0][0] == "E"
    assert proposition.option_robuste.robustesse == pytest.approx(800 / 1500)
    assert option(proposition, 15).robustesse == 0
    assert not proposition.seuils_d_accord


COMMUNES = [
    {"code_insee": "01001", "x_km": 0.0, "y_km": 0.0, "population": 500.0},
    {"code_insee": "01002", "x_km": 40.0, "y_km": 0.0, "population": 300.0},
]
DEMARCHES = {
    "lieu_id": "maison",
    "code_insee": "01002",
    "x_km": 40.0,
    "y_km": 0.0,
    "heures_hebdo": 10.0,
    "formation": False,
    "equipement": False,
}


def test_un_lieu_existant_passe_avant_la_mairie() -> None:
    """It lacks the family: nothing has to be opened there but hours."""
    simulations = lancer(Monde(COMMUNES, [DEMARCHES]))
    formation = option(une(simulations, "departement", "01", "formation", 2), 15)
    assert [(site.code_insee, site.lieu_id) for site in formation.sites] == [("01001", None), ("01002", "maison")]
    demarches = une(simulations, "departement", "01", "demarches", 2)
    assert [(s.code_insee, s.lieu_id) for s in option(demarches, 15).sites] == [("01001", None)]
    assert demarches.candidats == 2  # the place that has the family already is no candidate


def test_un_arret_et_un_lieu_sans_public_ne_sont_pas_candidats() -> None:
    lieux = [DEMARCHES | {"itinerant": True}, DEMARCHES | {"lieu_id": "bureau", "accueille_public": False}]
    proposition = une(lancer(Monde(COMMUNES, lieux)), "departement", "01", "formation", 1)
    assert proposition.candidats == 2


def test_une_permanence_ajoute_ses_heures_et_rien_d_autre() -> None:
    """E2SFCA: the hours of a new place are shared by the people it reaches; other places keep their shares."""
    simulations = lancer(Monde(COMMUNES, [DEMARCHES]), simulation=ParametresSimulation((1,), heures=4.0))
    choix = option(une(simulations, "departement", "01", "toutes", 1), 15)
    assert choix.a9_avant == pytest.approx(1000 * 10 / 800)
    assert choix.a9_apres == pytest.approx(1000 * 14 / 800)


def test_l_effet_sur_a9_est_celui_d_un_lieu_de_plus() -> None:
    """Against the indicator itself, computed again with the site as a place of the offer."""
    alea = np.random.default_rng(5)
    communes = [
        {"code_insee": f"01{i:03}", "x_km": x, "y_km": y, "population": float(alea.integers(50, 3000))}
        for i, (x, y) in enumerate(alea.uniform(0, 40, (12, 2)))
    ]
    lieux = [DEMARCHES | {"code_insee": "01000", "x_km": communes[0]["x_km"], "y_km": communes[0]["y_km"]}]
    monde = Monde(communes, lieux)
    choix = option(une(lancer(monde), "departement", "01", "toutes", 1), 15)
    (site,) = choix.sites
    mairie = next(c for c in communes if c["code_insee"] == site.code_insee)
    neuf = {cle: mairie[cle] for cle in ("code_insee", "x_km", "y_km")} | {"lieu_id": "neuf", "heures_hebdo": 7.0}
    apres = Monde(communes, [*lieux, neuf]).calculer()
    assert choix.a9_avant == pytest.approx(monde.calculer().mesure("departement", "01", "A9_e2sfca").valeur)
    assert choix.a9_apres == pytest.approx(apres.mesure("departement", "01", "A9_e2sfca").valeur)
    for seuil in SEUILS.voiture:
        part = apres.part("departement", "01", f"A2_voiture_{seuil}")
        couverts = choix.couverture(seuil).apres
        assert (couverts.estimes, couverts.surs, couverts.possibles) == pytest.approx(
            (part.numerateur, part.bas, part.haut)
        )


@exemples(10)
@given(mondes())
def test_ce_qui_tient_toujours(monde: Monde) -> None:
    for proposition in lancer(monde).propositions:
        assert len(proposition.options) == len(SEUILS.voiture) + 1
        for choix in proposition.options:
            assert len(choix.sites) <= proposition.nombre
            assert 0 <= choix.robustesse <= 1 + 1e-9
            for couverture in choix.couvertures:
                bas, haut = couverture.bornes_du_gain
                assert 0 <= bas <= couverture.gain <= haut
                for habitants in (couverture.avant, couverture.apres):
                    assert habitants.surs <= habitants.estimes <= habitants.possibles <= proposition.population + 1e-6
            if choix.seuil is not None:
                gain = choix.couverture(choix.seuil).gain
                assert sum(site.gain or 0 for site in choix.sites) == pytest.approx(gain)
                autres = [o.couverture(choix.seuil).gain for o in proposition.options]
                assert gain >= max(autres) - 1e-6  # nothing beats the option made for that threshold
            if choix.a9_avant is not None and choix.a9_apres is not None:
                assert choix.a9_apres >= choix.a9_avant


def _semis(communes: int) -> Monde:
    """Communes all over a square, each of its own population, and no place."""
    alea = np.random.default_rng(11)
    points, habitants = alea.uniform(0, 150, (communes, 2)), alea.integers(50, 3000, communes)
    return Monde(
        [
            {"code_insee": f"01{i:03}", "x_km": x, "y_km": y, "population": float(n)}
            for i, ((x, y), n) in enumerate(zip(points, habitants, strict=True))
        ]
    )


def test_sans_travail_la_meilleure_solution_connue_et_son_ecart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of a territory is counted: without any left, choices are made all the same, and the gap is said."""
    monde = _semis(80)
    complets = une(lancer(monde), "departement", "01", "toutes", 5)
    assert all(o.prouvee and o.manque in (0, None) for o in complets.options)
    monkeypatch.setattr("carte.simulation.terrain.TRAVAIL_MAX", 0)
    simulations = lancer(monde)
    arretes = une(simulations, "departement", "01", "toutes", 5)
    assert [len(o.sites) for o in arretes.options] == [5] * 4
    assert any(not o.prouvee for o in arretes.options)
    for seuil in SEUILS.voiture:
        arrete = option(arretes, seuil)
        obtenu, vrai = arrete.couverture(seuil).gain, option(complets, seuil).couverture(seuil).gain
        assert arrete.manque is not None
        assert obtenu <= vrai <= obtenu + arrete.manque + 1e-6
        assert arrete.prouvee is (arrete.manque == 0)
    lignes = simulations.frame().query("niveau == 'departement' and famille == 'toutes' and nombre == 5")
    assert set(lignes["ecart_optimum"]) == {o.ecart for o in arretes.options}
    assert ((lignes["ecart_optimum"] == 0) == lignes["optimum_prouve"]).all()


def test_deux_calculs_donnent_les_memes_valeurs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped or not: the work allowed is counted in operations, not in seconds."""
    monkeypatch.setattr("carte.simulation.terrain.TRAVAIL_MAX", 3_000_000)
    premier, second = lancer(_semis(80)), lancer(_semis(80))
    assert not all(o.prouvee for p in premier.propositions for o in p.options)
    assert premier == second


def test_sans_lieu_du_tout() -> None:
    """No place anywhere: the mean time is unknown, not zero, and the p-median still chooses."""
    proposition = une(lancer(Monde(COMMUNES)), "departement", "01", "toutes", 1)
    mediane = proposition.options[-1]
    assert mediane.methode is Methode.MEDIANE
    assert mediane.temps_moyen_avant is None
    assert sites(mediane) == [("01001", None)]


def test_personne_a_gagner() -> None:
    habites = [COMMUNES[1]]
    proposition = une(lancer(Monde(habites, [DEMARCHES])), "departement", "01", "demarches", 1)
    assert proposition.robuste is None
    assert option(proposition, 15).sites == ()


def test_une_commune_sans_population_ni_coordonnees_est_comptee_a_part() -> None:
    nan = float("nan")
    communes = [*COMMUNES, COMMUNES[0] | {"code_insee": "01003", "population": nan}]
    communes.append({"code_insee": "01004", "x_km": nan, "y_km": nan})
    proposition = une(lancer(Monde(communes)), "departement", "01", "toutes", 1)
    assert (proposition.communes_ecartees, proposition.population) == (2, 800.0)


def test_les_temps_de_la_matrice_remplacent_les_estimes() -> None:
    """The matrix says that a road joins both town halls in ten minutes: one site serves everybody."""
    import pandas as pd

    ligne = {"origine": "01002", "destination": "01001", "minutes": 10.0, "mode": Mode.VOITURE, "source": "essai"}
    matrice = Matrice(pd.DataFrame([ligne]))
    sans = option(une(lancer(Monde(COMMUNES)), "departement", "01", "toutes", 1), 15)
    avec = option(une(lancer(Monde(COMMUNES), matrice=matrice), "departement", "01", "toutes", 1), 15)
    assert sites(sans) == [("01001", 500.0)]
    assert sites(avec) == [("01001", 800.0)]
    assert avec.couverture(15).bornes_du_gain == (800.0, 800.0)
    assert avec.a9_apres == pytest.approx(1000 * 7 / 800)


def test_un_epci_a_cheval_compte_tous_ses_habitants() -> None:
    communes = [*COMMUNES, {"code_insee": "02001", "x_km": 41.0, "y_km": 0.0, "population": 900.0}]
    simulations = lancer(Monde(communes, departements=("01",)))
    epci = une(simulations, "epci", "E1", "toutes", 1)
    assert epci.population == 1700.0
    assert sites(option(epci, 15)) == [("01002", 1200.0)]  # never outside of the perimeter
    assert une(simulations, "departement", "01", "toutes", 1).population == 800.0
    assert not simulations.pour("departement", "02")


def test_le_tableau_a_une_ligne_par_option_et_seuil() -> None:
    simulations = lancer(Monde(COMMUNES, [DEMARCHES]))
    table = simulations.frame()
    familles = 1 + len(FAMILLES)
    assert len(table) == 2 * familles * len(simulations.parametres.nombres) * 4 * len(SEUILS.voiture)
    assert table["gain"].dtype == table["population"].dtype == float
    robustes = table[table["choix_robuste"]]
    assert robustes.groupby(["niveau", "code", "famille", "nombre"])["seuil"].nunique().eq(len(SEUILS.voiture)).all()


def test_les_seuils_sont_ceux_du_rapport() -> None:
    monde = Monde(COMMUNES)
    seuils = replace(SEUILS, voiture=(12, 45))
    simulations = simuler(monde.offre(), monde.territoire(), seuils, Parametres(hypotheses=HYPOTHESES), reperage=plan)
    assert {o.seuil for p in simulations.propositions for o in p.options} == {12, 45, None}


@pytest.mark.partage
@partage
def test_les_temps_actuels_sont_cherches_une_fois_par_famille(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are those of all communes: once for each territory would cost the square of the number of territories."""
    appels: list[Mode] = []
    chercher = Trajets.plus_proche

    def compter(trajets: Trajets, mode: Mode, lieux: Booleens) -> Temps:
        appels.append(mode)
        return chercher(trajets, mode, lieux)

    monkeypatch.setattr(Trajets, "plus_proche", compter)
    monde = monde_de_l_exemple(charger())
    lancer(monde)
    assert len(appels) == 1 + len(FAMILLES)


def test_ce_qui_est_propose_a_du_sens() -> None:
    """A town hall where nobody comes for a service is no candidate; a few people nearer are no proposition."""
    petite = [COMMUNES[0], *({**c, "population": 125.0} for c in COMMUNES[1:])]
    monde = Monde(petite, [DEMARCHES])
    libre = une(lancer(monde, simulation=ParametresSimulation((1,))), "departement", "01", "formation", 1)
    assert libre.option_robuste is not None
    gain = max(c.gain for c in libre.option_robuste.couvertures)
    exigeante = ParametresSimulation((1,), gain_minimal=gain + 1)
    assert une(lancer(monde, simulation=exigeante), "departement", "01", "formation", 1).option_robuste is None
    codes = [c["code_insee"] for c in petite]
    for parametres in (
        ParametresSimulation((1,), sans_services=frozenset(codes[1:])),
        ParametresSimulation((1,), population_minimale=500),
    ):
        proposition = une(lancer(monde, simulation=parametres), "departement", "01", "formation", 1)
        assert {s.code_insee for o in proposition.options for s in o.sites} <= {codes[0]}
        assert proposition.candidats < libre.candidats
