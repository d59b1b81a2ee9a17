"""Two publications of small worlds: each change goes to its own effect, and the effects add up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.evolution.comparer import comparer
from carte.evolution.modele import EFFETS, Comparaison, Decomposition, Effet, Publication, tables
from carte.evolution.phrases import AMELIORATION, BAISSE, HAUSSE, STABLE, lire, phrase, points, qualifier
from carte.indicators import Parametres
from hasard import exemples
from indicators.exemple import HYPOTHESES, SEUILS, Monde, charger, monde_de_l_exemple, partage, plan
from indicators.test_proprietes import mondes

AVANT, APRES = date(2025, 1, 1), date(2026, 1, 1)
CODE = ("perimetre", "perimetre", "A2_voiture_15")
COMMUNES = [
    {"code_insee": "01001", "x_km": 0.0, "y_km": 0.0, "population": 600.0},
    {"code_insee": "01002", "x_km": 50.0, "y_km": 0.0, "population": 400.0},
]
ICI = {"lieu_id": "ici", "code_insee": "01001", "x_km": 0.0, "y_km": 0.0}
LA = {"lieu_id": "la", "code_insee": "01002", "x_km": 50.0, "y_km": 0.0}


def publication(
    lieux: list[dict[str, Any]],
    jour: date,
    ouvertures: Mapping[str, date | None] | None = None,
    communes: list[dict[str, Any]] | None = None,
    **autres: Any,
) -> Publication:
    monde = Monde(communes or COMMUNES, lieux)
    champs = {"seuils": SEUILS, "parametres": Parametres(hypotheses=HYPOTHESES), "ouvertures": ouvertures or {}}
    return Publication(date=jour, offre=monde.offre(), territoire=monde.territoire(), **champs | autres)


def effets(comparaison: Comparaison) -> dict[Effet, float]:
    decomposition = comparaison.pour(*CODE)
    assert decomposition is not None
    assert sum(decomposition.effets.values()) == pytest.approx(decomposition.variation)
    return {effet: points for effet, points in decomposition.effets.items() if abs(points) > 1e-9}


@pytest.mark.parametrize(
    ("ouverture", "effet"),
    [
        (date(2020, 1, 1), Effet.RECENSEMENT),
        (AVANT, Effet.RECENSEMENT),
        (date(2025, 6, 1), Effet.OUVERTURES),
        (None, Effet.DATE_INCONNUE),
    ],
    ids=["avant", "le-jour-meme", "depuis", "inconnue"],
)
def test_un_lieu_de_plus(ouverture: date | None, effet: Effet) -> None:
    comparaison = comparer(publication([ICI], AVANT), publication([ICI, LA], APRES, {"la": ouverture}), plan)
    assert effets(comparaison) == {effet: pytest.approx(40.0)}
    assert comparaison.lieux[effet] == ("la",)


def test_un_lieu_retire() -> None:
    comparaison = comparer(publication([ICI, LA], AVANT), publication([ICI], APRES), plan)
    assert effets(comparaison) == {Effet.RETRAITS: pytest.approx(-40.0)}
    assert comparaison.lieux[Effet.RETRAITS] == ("la",)
    (mouvement,) = comparaison.mouvements
    assert (mouvement.nom, mouvement.ouverture) == (publication([LA], AVANT).offre["nom"].iloc[0], None)


def test_un_lieu_renomme_n_a_ni_ferme_ni_ouvert() -> None:
    nouvelle = publication([ICI | {"lieu_id": "nouveau-nom"}], APRES, renommes={"ici": "nouveau-nom"})
    comparaison = comparer(publication([ICI], AVANT), nouvelle, plan)
    assert effets(comparaison) == {}
    assert not any(comparaison.lieux.values())


def test_un_lieu_deplace_est_une_correction() -> None:
    deplace = LA | {"lieu_id": "ici"}
    comparaison = comparer(publication([ICI], AVANT), publication([deplace], APRES), plan)
    assert effets(comparaison) == {Effet.CORRECTIONS: pytest.approx(-20.0)}
    assert comparaison.lieux[Effet.CORRECTIONS] == ("ici",)


def test_la_population_change_seule() -> None:
    autres = [COMMUNES[0] | {"population": 900.0}, COMMUNES[1] | {"population": 100.0}]
    comparaison = comparer(publication([ICI], AVANT), publication([ICI], APRES, communes=autres), plan)
    assert effets(comparaison) == {Effet.POPULATION: pytest.approx(30.0)}


def test_deux_communes_fusionnent() -> None:
    """A merged commune takes its offer along: nothing is lost, only the population effect speaks."""
    fusion = [COMMUNES[0] | {"population": 1000.0}]
    ailleurs = LA | {"x_km": 0.0}
    nouvelle = publication([ICI, ailleurs | {"code_insee": "01001"}], APRES, communes=fusion)
    territoire = replace(nouvelle.territoire, successeurs={"01002": "01001"})
    comparaison = comparer(publication([ICI, ailleurs], AVANT), replace(nouvelle, territoire=territoire), plan)
    assert effets(comparaison) == {Effet.POPULATION: pytest.approx(40.0)}
    assert not comparaison.mouvements


def test_la_methode_change_seule() -> None:
    lente = Parametres(hypotheses=replace(HYPOTHESES, voiture_kmh=1000.0))
    comparaison = comparer(publication([ICI], AVANT), publication([ICI], APRES, parametres=lente), plan)
    assert effets(comparaison) == {Effet.METHODE: pytest.approx(40.0)}


def test_un_chiffre_publie_autrement_est_un_effet_de_methode() -> None:
    publies = dict(Monde(COMMUNES, [ICI]).calculer().tables)
    publies["perimetre"] = publies["perimetre"].assign(A2_voiture_15_num=100.0)
    ancienne = publication([ICI], AVANT, publies=publies)
    assert effets(comparer(ancienne, publication([ICI], APRES), plan)) == {Effet.METHODE: pytest.approx(50.0)}


def test_ce_qui_ne_se_compare_pas_est_dit() -> None:
    ancienne = publication([ICI], AVANT, seuils=replace(SEUILS, voiture=(20, 30)))
    neuve = {"code_insee": "02001", "x_km": 0.0, "y_km": 9.0, "code_epci": "E2"}
    comparaison = comparer(ancienne, publication([ICI], APRES, communes=[*COMMUNES, neuve]), plan)
    motifs = {(niveau, code, colonne): motif for niveau, code, colonne, motif in comparaison.non_comparables}
    assert motifs["departement", "02", "A2_voiture_20"] == "ce territoire n'est pas dans la publication précédente"
    assert comparaison.pour("departement", "02", "A2_voiture_20") is None
    assert comparaison.pour("perimetre", "perimetre", "A2_voiture_20") is not None
    # A threshold of one publication only is computed for both when the first is recomputed, never guessed.
    assert motifs[CODE] == "la publication précédente ne donne pas ce chiffre"


@exemples(8)
@given(mondes(), st.data())
def test_la_somme_est_toujours_exacte(monde: Monde, tirage: st.DataObject) -> None:
    identifiants = [f"P{rang}" for rang in range(len(monde.lieux))]
    lieux = [lieu | {"lieu_id": nom} for nom, lieu in zip(identifiants, monde.lieux, strict=True)]
    sous_liste = st.lists(st.sampled_from(lieux), unique_by=lambda lieu: lieu["lieu_id"]) if lieux else st.just([])
    jours = st.sampled_from([date(2020, 1, 1), date(2025, 6, 1), None])
    ouvertures = {nom: tirage.draw(jours) for nom in identifiants}
    ancienne = publication(tirage.draw(sous_liste), AVANT, communes=monde.communes)
    nouvelle = publication(tirage.draw(sous_liste), APRES, ouvertures, communes=monde.communes)
    comparaison = comparer(ancienne, nouvelle, plan)
    for d in comparaison.decompositions:
        assert sum(d.effets.values()) == pytest.approx(d.variation, abs=1e-9)
        assert d.effets[Effet.METHODE] == d.effets[Effet.POPULATION] == d.effets[Effet.CORRECTIONS] == 0
        assert d.effets[Effet.RECENSEMENT] >= 0
        assert d.effets[Effet.OUVERTURES] >= 0
        assert d.effets[Effet.RETRAITS] <= 0


@st.composite
def decompositions(tirage: st.DrawFn) -> Decomposition:
    """Shares between 0 and 100, whatever comes between."""
    avant, apres = tirage(st.floats(0, 100)), tirage(st.floats(0, 100))
    effets = st.one_of(st.sampled_from([0.0, 0.02, -0.02, 0.05, 5.0, -30.0]), st.floats(-40, 40))
    valeurs = {effet: tirage(effets) for effet in EFFETS[:-1]}
    # The last one closes the sum, as the steps of a real comparison do.
    valeurs[EFFETS[-1]] = apres - avant - sum(valeurs.values())
    comptes = (10 * avant, 1000.0), (10 * apres, 1000.0)
    return Decomposition("departement", "01", "Exemple", "A2_voiture_15", avant, apres, valeurs, *comptes)


@given(decompositions())
def test_les_nombres_imprimes_s_ajoutent(d: Decomposition) -> None:
    lecture = lire(d)
    assert lecture.avant + sum(lecture.effets.values()) == lecture.apres
    for effet in EFFETS:
        exact, lu = d.effets[effet], lecture.effets[effet]
        assert lu == 0 if abs(exact) < 1e-8 else lu * exact >= 0
        # A share never reads 0,0 or 100,0 when it is not: that moves by a tenth at each end, the effects share it.
        assert abs(lu - 10 * exact) < 2.5


def test_rien_ne_change_rien_ne_s_imprime() -> None:
    comparaison = comparer(publication([ICI], AVANT), publication([ICI], APRES), plan)
    d = comparaison.pour(*CODE)
    assert d is not None
    assert set(lire(d).effets.values()) == {0}
    assert (
        phrase(d)
        == "De 60,0\u00a0% (600 sur 1\u00a0000) à 60,0\u00a0% (600 sur 1\u00a0000), soit 0,0\u00a0point : stable."
    )


@given(decompositions())
def test_les_mots_ne_contredisent_jamais_les_chiffres(d: Decomposition) -> None:
    qualite, texte, lecture = qualifier(d), phrase(d), lire(d)
    assert (qualite == STABLE) is (lecture.variation == 0)
    assert (qualite in (HAUSSE, AMELIORATION)) is (lecture.variation > 0)
    assert (qualite == BAISSE) is (lecture.variation < 0)
    if qualite == AMELIORATION:
        assert d.effets[Effet.OUVERTURES] > 0
        assert 2 * lecture.offre > lecture.variation
    assert ("amélioration" in texte) is (qualite == AMELIORATION)
    for effet in EFFETS:
        assert (f"{effet.value} : " in texte) is (lecture.effets[effet] != 0)


def test_un_meilleur_recensement_n_est_jamais_une_amelioration() -> None:
    comparaison = comparer(publication([ICI], AVANT), publication([ICI, LA], APRES, {"la": AVANT}), plan)
    d = comparaison.pour(*CODE)
    assert d is not None
    assert phrase(d) == (
        "De 60,0\u00a0% (600 sur 1\u00a0000) à 100,0\u00a0% (1\u00a0000 sur 1\u00a0000), soit +40,0\u00a0points : "
        "hausse du chiffre, dont lieux déjà ouverts, recensés"
        " depuis : +40,0\u00a0points. Aucun lieu ouvert depuis n'est compté dans cette hausse."
    )


def test_une_ouverture_qui_pese_peu_ne_fait_pas_une_amelioration() -> None:
    effets = dict.fromkeys(EFFETS, 0.0) | {Effet.RECENSEMENT: 24.5, Effet.OUVERTURES: 0.5}
    d = Decomposition("departement", "01", "Exemple", "A2_voiture_15", 52, 77, effets, (52, 100), (77, 100))
    assert qualifier(d) == HAUSSE
    assert "Aucun lieu ouvert" not in phrase(d)
    assert qualifier(replace(d, effets=effets | {Effet.RECENSEMENT: 0.5, Effet.OUVERTURES: 24.5})) == AMELIORATION


@pytest.mark.parametrize(
    ("dixiemes", "texte"),
    [
        (0, "0,0 point"),
        (10, "+1,0 point"),
        (-19, "−1,9 point"),
        (20, "+2,0 points"),
        (-250, "−25,0 points"),
    ],
)
def test_points(dixiemes: int, texte: str) -> None:
    assert points(dixiemes) == texte.replace(" ", "\u00a0")


def test_les_tables_publiees_ont_une_colonne_par_effet() -> None:
    comparaison = comparer(publication([ICI], AVANT), publication([ICI, LA], APRES, {"la": None}), plan)
    table = tables(comparaison)["evolution"]
    effets_ecrits = table.filter(like="effet_").sum(axis=1)
    assert effets_ecrits.to_numpy() == pytest.approx(table["variation_points"].to_numpy())
    for moment in ("avant", "apres"):
        part = 100 * table[f"{moment}_num"] / table[f"{moment}_den"]
        assert part.to_numpy() == pytest.approx(table[f"{moment}_pct"].to_numpy())
    assert set(table["niveau"]) == {"epci_departement", "departement", "perimetre"}
    assert set(table["date_avant"]) == {AVANT}
    lieux = tables(comparaison)["evolution_lieux"]
    assert lieux[["effet", "lieu_id"]].to_numpy().tolist() == [[Effet.DATE_INCONNUE.value, "la"]]


def test_sans_comparaison_les_tables_sont_la_et_vides() -> None:
    comparaison = comparer(publication([ICI], AVANT), publication([ICI], APRES), plan)
    vides = tables(None)
    assert {nom: table.empty for nom, table in vides.items()} == {"evolution": True, "evolution_lieux": True}
    assert list(vides["evolution"].columns) == list(tables(comparaison)["evolution"].columns)


@pytest.mark.partage
@partage
@pytest.mark.parametrize(
    ("cas", "ouverture"),
    [
        ("cas_a_P2_ouvert_avant_publication_1", date(2020, 1, 1)),
        ("cas_b_P2_ouvert_entre_les_deux", date(2025, 6, 1)),
    ],
)
def test_l_exemple_partage_par_la_comparaison_entiere(cas: str, ouverture: date) -> None:
    """The same case as `test_exemple.test_evolution`, from two publications to the words."""
    exemple = charger()
    monde, valeurs = monde_de_l_exemple(exemple), exemple["attendu"]["evolution_T15"]
    avant = [lieu for lieu in monde.lieux if lieu["lieu_id"] in valeurs["publication_1_lieux"]]
    comparaison = comparer(
        publication(avant, AVANT, communes=monde.communes),
        publication(monde.lieux, APRES, {"P2": ouverture}, communes=monde.communes),
        plan,
    )
    d = comparaison.pour(*CODE)
    assert d is not None
    assert d.avant == pytest.approx(valeurs["couverture_1_pct"], abs=1e-6)
    assert d.apres == pytest.approx(valeurs["couverture_2_pct"], abs=1e-6)
    assert d.variation == pytest.approx(valeurs["variation_pts"], abs=1e-6)
    assert d.effets[Effet.RECENSEMENT] == pytest.approx(valeurs[cas]["effet_recensement_pts"], abs=1e-6)
    assert d.offre == pytest.approx(valeurs[cas]["effet_offre_pts"], abs=1e-6)
    assert qualifier(d) == (AMELIORATION if valeurs[cas]["effet_offre_pts"] else HAUSSE)
    assert "Aucun lieu ouvert depuis" in phrase(d) or valeurs[cas]["effet_offre_pts"]


def test_un_territoire_sans_habitant_ne_se_compare_pas() -> None:
    vides = [commune | {"population": 0.0} for commune in COMMUNES]
    comparaison = comparer(publication([ICI], AVANT, communes=vides), publication([ICI], APRES), plan)
    assert comparaison.pour(*CODE) is None
    assert not comparaison.decompositions
    assert {motif for *_, motif in comparaison.non_comparables} == {
        "une étape du calcul est inconnue (population ou coordonnées manquantes, ou aucun habitant)"
    }


def test_une_premiere_carte_vide_se_compare() -> None:
    comparaison = comparer(publication([], AVANT), publication([ICI, LA], APRES, {"ici": AVANT}), plan)
    assert effets(comparaison) == {Effet.RECENSEMENT: pytest.approx(60.0), Effet.DATE_INCONNUE: pytest.approx(40.0)}
