"""Labels, sharing, conformity, types of places and copper, on worlds worked out by hand."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from carte.indicators import ACCUEIL, ARRET, PERMANENCE, Entrees, Indicateurs, Part
from carte.indicators.attaches import attaches
from carte.indicators.offre.inventaires import pourcentage
from carte.indicators.reseaux import Presence
from carte.nomenclature import lire
from carte.records.modele import Lieu
from indicators.exemple import Monde

P = "perimetre"
AU = date(2026, 11, 1)
VOCABULAIRES = lire(Path(__file__).parents[2] / "offers" / "nomenclature")
VALBOURG = {"code_insee": "01001", "nom": "Valbourg", "x_km": 0.0, "y_km": 0.0}


def lieu(identifiant: str, x: float = 0.5, **autres: object) -> dict[str, object]:
    base = {
        "lieu_id": identifiant,
        "nom": identifiant,
        "commune": "Valbourg",
        "code_insee": "01001",
        "x_km": x,
        "y_km": 0.0,
    }
    return base | autres


def labels(*lignes: dict[str, object]) -> Entrees:
    vide = {"nom": "", "commune": "Valbourg", "code_insee": "", "numero": "", "label": "EPN", "source": "Région"}
    table = pd.DataFrame([vide | {"depuis": pd.NaT, "jusqua": pd.NaT, "code_departement": "01"} | x for x in lignes])
    return Entrees(labels=table.assign(jusqua=pd.to_datetime(table["jusqua"])))


def part(resultat: Indicateurs, colonne: str) -> Part:
    return resultat.part("departement", "01", colonne)


@pytest.mark.parametrize(
    ("depuis", "jusqua", "champ"),
    [
        (date(2020, 1, 1), None, "labels_fin_inconnue"),
        (None, AU, "labels_actuels"),
        (None, date(2026, 10, 31), "labels_anciens"),
        (date(2026, 11, 2), None, None),
    ],
    ids=["sans fin", "finit ce jour", "fini la veille", "à venir"],
)
def test_un_label_est_un_fait_date(depuis: date | None, jusqua: date | None, champ: str | None) -> None:
    label = {"nom": "EPN", "numero": "N1", "depuis": depuis, "jusqua": jusqua}
    fiche = Lieu.model_validate(
        {
            "nom": "L",
            "commune": "V",
            "source": "hub",
            "date_maj": AU,
            "services": ["Aide aux démarches administratives"],
            "labels": [{cle: valeur for cle, valeur in label.items() if valeur is not None}],
            "dispositif_programmes_nationaux": ["France Services", "Aidants Connect", "Certification PIX"],
            "permanences": [{"operateur": "CAF", "horaires": "Mo 09:00-12:00"}],
            "equipements": {"postes": 6},
        }
    )
    dit = attaches(fiche, VOCABULAIRES, AU)
    presents = {nom for nom in ("labels_actuels", "labels_anciens") if dit[nom]}
    attendus = {None: set(), "labels_fin_inconnue": {"labels_actuels"}}.get(champ, {champ})
    assert presents == attendus
    assert bool(dit["labels_fin_inconnue"]) == (champ == "labels_fin_inconnue")
    assert dit["numeros_labels"] == ("N1",)
    assert dit["postes"] == 6.0
    assert {"Aidants Connect", "CAF", "France services"} <= set(dit["reseaux"])
    assert not any("Pix" in nom for nom in dit["reseaux"])


def test_un_reseau_et_celui_qui_l_a_remplace_n_en_font_qu_un() -> None:
    champs = {"nom": "L", "commune": "V", "source": "hub", "date_maj": AU}
    services = ["Aide aux démarches administratives"]
    anciens = [{"nom": "France services"}, {"nom": "Maison de services au public"}]
    fiche = Lieu.model_validate({**champs, "services": services, "labels": anciens})
    assert attaches(fiche, VOCABULAIRES, AU)["reseaux"] == ("France services",)


def test_o6_l_inconnu_n_est_pas_un_non() -> None:
    lieux = [
        lieu("sûr", labels_connus=True, labels_actuels=("EPN",)),
        lieu("sans fin", labels_connus=True, labels_actuels=("EPN",), labels_fin_inconnue=("EPN",)),
        lieu("fini", labels_connus=True, labels_anciens=("EPN",)),
        lieu("aucun", labels_connus=True),
        lieu("muet", labels_connus=False),
    ]
    resultat = Monde([VALBOURG], lieux).calculer()
    assert part(resultat, "O6_actuels") == Part(2.0, 5.0, 1.0, 3.0)
    assert part(resultat, "O6_anciens") == Part(1.0, 5.0, 1.0, 3.0)
    table = resultat.listes["labels"].set_index(["niveau", "label"]).loc[(P, "EPN")]
    assert table[["cartographies", "actuels", "actuels_fin_inconnue", "anciens"]].tolist() == [3, 2, 1, 1]
    assert pd.isna(table["liste"])


def test_o6_dans_les_deux_sens() -> None:
    lieux = [
        lieu("Médiathèque", numeros_labels=("N7",)),
        lieu("Centre Social"),
        lieu("a", nom="Mairie"),
        lieu("b", nom="Mairie"),
    ]
    entrees = labels(
        {"nom": "Autre nom", "numero": "N7"},
        {"nom": "CENTRE  SOCIAL", "label": "France services"},
        {"nom": "centre social"},  # a second label of the same place
        {"nom": "mairie"},
        {"nom": "Bibliothèque"},
        {"nom": "Médiathèque", "commune": "Ailleurs"},
        {"nom": "Finie", "jusqua": "2026-01-01"},
    )
    resultat = Monde([VALBOURG], lieux).calculer(entrees=entrees, au=AU)
    assert part(resultat, "O6_liste") == Part(2.0, 5.0, 2.0, 3.0)
    assert part(resultat, "O6_cartes") == Part(2.0, 4.0, 2.0, 4.0)
    ligne = resultat.tables[P].loc[P]
    assert ligne[["O6_apparies", "O6_ambigus", "O6_non_apparies"]].tolist() == [2, 1, 2]
    assert ligne["O7_statut"] == "non évalué"  # fewer than seven in common
    statuts = resultat.listes["labels_liste"]["statut"].tolist()
    assert statuts == ["apparié", "apparié", "apparié", "ambigu", "non apparié", "non apparié"]
    assert "O7" not in resultat.non_evalues


def test_what_two_lists_say_of_their_departements_adds_up() -> None:
    """Two of three places are in the first list (one more is not), one of one in the second (two more are not)."""
    ailleurs = {"code_insee": "02001", "commune": "Ailleurs"}
    lieux = [lieu("A"), lieu("B"), lieu("C"), lieu("D", **ailleurs)]
    autre = {"commune": "Ailleurs", "code_departement": "02"}
    liste = labels({"nom": "A"}, {"nom": "B"}, {"nom": "X"}, *({"nom": nom} | autre for nom in "DYZ"))
    communes = [VALBOURG, VALBOURG | {"code_insee": "02001", "nom": "Ailleurs"}]
    tables = Monde(communes, lieux).calculer(entrees=liste, au=AU).tables
    colonnes = ["O6_liste_num", "O6_liste_den", "O6_cartes_num", "O6_cartes_den", "O7_communs"]
    assert tables["departement"].loc[["01", "02"], colonnes].to_numpy().tolist() == [[2, 3, 2, 3, 2], [1, 3, 1, 1, 1]]
    assert tables[P].loc[P, colonnes].tolist() == [3, 6, 3, 4, 3]


def test_o7_des_sept_lieux_communs() -> None:
    lieux = [lieu(f"L{rang}") for rang in range(10)]
    liste = labels(*({"nom": f"L{rang}"} for rang in range(3, 10)), {"nom": "X"})
    resultat = Monde([VALBOURG], lieux).calculer(entrees=liste)
    ligne = resultat.tables["departement"].loc["01"]
    assert ligne["O7_statut"] == "calculé"
    assert ligne["O7_estimation_val"] == pytest.approx(11 * 9 / 8 - 1)
    assert ligne["O7_completude_val"] == pytest.approx(10 / (11 * 9 / 8 - 1))
    assert ligne["O7_completude_bas"] <= ligne["O7_completude_val"] <= ligne["O7_completude_haut"] <= 1


def test_mutualisation() -> None:
    lieux = [
        lieu("A", 0.5, adresse="1 rue du Pont", reseaux=("CAF",)),
        lieu("B", float("nan"), adresse="1, Rue du pont"),  # same address, no coordinates
        lieu("C", 0.6),  # 100 m from A
        lieu("D", 0.7, reseaux=("CAF", "CPAM")),  # 100 m from C, 200 m from A: not one group of three
        lieu("E", 0.0),  # on the commune's own point
        lieu("F", 0.0),
        lieu("G", 1.5, adresse="Le Bourg"),
        lieu("H", 1.9, adresse="Le Bourg"),  # no number: says nothing
        lieu("I", 0.5, itinerant=True),
    ]
    resultat = Monde([VALBOURG], lieux).calculer()
    inventaire = resultat.listes["mutualisation"]
    assert inventaire[["motif", "lieux"]].to_numpy().tolist() == [
        ["plusieurs réseaux", ("D",)],
        ["proximité", ("A", "B", "C")],
    ]
    assert inventaire.loc[1, "reseaux"] == ("CAF",)
    assert inventaire.loc[1, "distance_max_m"] == pytest.approx(100)
    assert part(resultat, "O9_mutualises") == Part(4.0, 8.0, 4.0, 4.0)
    assert resultat.tables[P].loc[P, "O9_groupes"] == 2


def test_the_hours_of_a_network_are_those_it_says_and_of_no_stop() -> None:
    """A permanence has its own hours, within those of the place where its network is at home; a bus says none."""
    dites = (Presence("FS", True, ACCUEIL), Presence("FS", True, PERMANENCE, "Mo 09:00-12:00"))
    autres = (Presence("CAF", True, PERMANENCE, "Tu 09:00-11:00"), Presence("CAF", True, PERMANENCE))
    bus = lieu("bus", itinerant=True, heures_hebdo=6.0, presences=(*dites[:1], *autres[:1]))
    resultat = Monde([VALBOURG], [lieu("A", heures_hebdo=20.0, presences=(*dites, *autres)), bus]).calculer()
    colonnes = ["lieu_id", "reseau", "nature", "heures_hebdo", "deja_comptees"]
    assert resultat.listes["presences"][colonnes].fillna({"heures_hebdo": -1.0}).to_numpy().tolist() == [
        ["A", "CAF", PERMANENCE, 2.0, False],
        ["A", "CAF", PERMANENCE, -1.0, False],
        ["bus", "CAF", PERMANENCE, -1.0, False],
        ["A", "FS", ACCUEIL, 20.0, False],
        ["A", "FS", PERMANENCE, 3.0, True],
        ["bus", "FS", ARRET, 6.0, False],
    ]


@pytest.mark.parametrize(
    ("ici", "la", "paires"),
    [
        (["CAF"], ["CPAM"], [["CAF", "CPAM", 1000.0]]),
        (["CAF"], ["fablab"], [["CAF", "fablab", 1000.0]]),
        (["tiers-lieu"], ["fablab"], []),  # nobody whose opinion a report could ask
        (["CAF", "CPAM"], [], []),  # already together
        (["CAF", "CPAM"], ["CAF"], []),
        (["CAF", "CPAM"], ["fablab"], [["CAF", "fablab", 1000.0], ["CPAM", "fablab", 1000.0]]),
    ],
)
def test_two_networks_of_a_commune_could_meet_when_one_is_an_operator(
    ici: list[str], la: list[str], paires: list[list[object]]
) -> None:
    lieux = [
        lieu(nom, x, presences=tuple(Presence(reseau, reseau.isupper(), ACCUEIL) for reseau in reseaux))
        for nom, x, reseaux in (("A", 0.5, ici), ("B", 1.5, la))
    ]
    table = Monde([VALBOURG], lieux).calculer().listes["rapprochements"]
    assert table[["reseau_a", "reseau_b", "distance_m"]].round(6).to_numpy().tolist() == paires


def test_meme_adresse_et_points_confondus() -> None:
    lieux = [
        lieu("A", 2.0, adresse="3 place Haute"),
        lieu("B", 2.0, adresse="3 place haute"),
        lieu("C", 5.0, adresse="1 rue Basse"),
        lieu("D", 5.0, adresse="9 rue Haute"),  # a geocoder put both at one point
    ]
    inventaire = Monde([VALBOURG], lieux).calculer().listes["mutualisation"]
    assert inventaire[["motif", "lieux"]].to_numpy().tolist() == [["même adresse", ("A", "B")]]


def test_conformite_des_faits() -> None:
    lieux = [
        lieu("epn", typologie=("EPN",), postes=5.0),
        lieu("epn muet", typologie=("EPN",)),
        lieu("fs", reseaux=("France services",), heures_hebdo=24.0, jours_hebdo=4.0),
        lieu("fs muet", typologie=("RFS",), heures_hebdo=30.0),
        lieu("autre", postes=9.0, heures_hebdo=40.0),
    ]
    resultat = Monde([VALBOURG], lieux).calculer()
    assert part(resultat, "CONF_epn_postes") == Part(1.0, 2.0, 1.0, 2.0)
    assert part(resultat, "CONF_epn_animateur") == Part(0.0, 2.0, 0.0, 2.0)
    assert part(resultat, "CONF_fs_24h") == Part(2.0, 2.0, 2.0, 2.0)
    assert part(resultat, "CONF_fs_5jours") == Part(0.0, 2.0, 0.0, 1.0)
    assert part(resultat, "CONF_fs") == Part(0.0, 2.0, 0.0, 1.0)
    table = resultat.listes["conformite"].set_index("lieu_id")
    assert table.loc["fs", ["fs_24h", "fs_5jours", "epn_postes"]].tolist() == ["oui", "non", None]
    assert table.loc["epn muet", ["epn_postes", "epn_initiation"]].tolist() == ["inconnu", "inconnu"]
    assert "autre" not in table.index


@pytest.mark.parametrize(("oui", "tous", "pct"), [(1, 2, 50), (1, 8, 13), (1, 200, 1), (0, 3, 0), (3, 3, 100)])
def test_pourcentage_arrondi_au_demi_superieur(oui: int, tous: int, pct: int) -> None:
    assert pourcentage(oui, tous) == pct


def test_dates_des_sources() -> None:
    lieux = [
        lieu("A", source="CAF", date_maj=date(2024, 1, 1)),
        lieu("B", source="CAF", date_maj=date(2026, 1, 1)),
        lieu("C", source="Hub", date_maj=date(2025, 1, 1)),
    ]
    table = Monde([VALBOURG], lieux).calculer().listes["sources"].set_index(["code", "source"])
    assert table.loc[("01", "CAF")].tolist() == ["departement", 2, date(2024, 1, 1), date(2026, 1, 1)]
    assert table.loc[(P, "toutes"), "fiches"] == 3


def test_cuivre() -> None:
    def commune(rang: int, **cuivre: object) -> dict[str, object]:
        return {"code_insee": f"0100{rang}", "x_km": float(rang), "y_km": 0.0, "locaux": 100.0} | cuivre

    date_passee, date_1, date_2 = (pd.Timestamp(jour) for jour in ("2026-01-31", "2027-01-31", "2028-01-31"))
    communes = [
        commune(1, statut_cuivre="planifiée", fermeture_cuivre=date_2, ftth=60.0),
        commune(2, statut_cuivre="planifiée", fermeture_cuivre=date_1, ftth=100.0),  # fibre is complete
        commune(3, statut_cuivre="planifiée", fermeture_cuivre=date_passee, ftth=10.0),
        commune(4, statut_cuivre="fermée", fermeture_cuivre=date_passee, ftth=100.0),
        commune(5, statut_cuivre="planifiée", fermeture_cuivre=date_2, ftth=float("nan")),
        commune(6, statut_cuivre=None, fermeture_cuivre=pd.NaT, ftth=50.0),
    ]
    resultat = Monde(communes, []).calculer(au=AU)
    assert part(resultat, "CUIVRE_planifie") == Part(400.0, 500.0, 400.0, 400.0)
    assert part(resultat, "CUIVRE_ferme") == Part(100.0, 500.0, 100.0, 100.0)
    assert part(resultat, "CUIVRE_incomplet") == Part(None, 400.0, 130.0, 230.0)
    ligne = resultat.tables[P].loc[P]
    assert ligne["CUIVRE_prochaine"] == "2028-01-31"
    fins = ("planifiees", "fermees", "non_planifiees", "inconnues")
    assert [ligne[f"CUIVRE_communes_{fin}"] for fin in fins] == [4, 1, 0, 1]
    calendrier = resultat.listes["cuivre"].set_index("fermeture").loc["2028-01-31"]
    assert calendrier[["communes", "locaux", "sans_fibre", "sans_fibre_inconnu"]].tolist() == [2, 200.0, 40.0, 100.0]


def test_exclusions_par_departement() -> None:
    communes = [VALBOURG, {"code_insee": "02001", "x_km": 9.0, "y_km": 0.0, "population": float("nan")}]
    resultat = Monde(communes, [lieu("A", float("nan"))]).calculer()
    cle = "points d'accueil sans coordonnées (absents des temps d'accès)"
    assert [resultat.exclusions_departement[code][cle] for code in ("01", "02")] == [1, 0]
    assert resultat.exclusions_departement["02"]["communes sans population connue"] == 1
    for raison, total in resultat.exclusions.items():
        assert sum(detail[raison] for detail in resultat.exclusions_departement.values()) == total
