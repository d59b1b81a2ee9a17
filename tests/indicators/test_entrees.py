"""Optional inputs: what is read, what is refused, and that the absent is said."""

import re
from pathlib import Path

import pandas as pd
import pytest

from carte.choix import Seuils
from carte.erreurs import ErreurCarte
from carte.indicators import EntreeInvalide, Entrees, compute, lire_entrees
from carte.indicators.entrees import COLONNES
from indicators.exemple import SEUILS, Monde, plan

FICHIERS = {
    "labels": "Médiathèque;Valbourg;99001;N12;EPN;2020-01-01;;Région",
    "menages": "99001;200;30,5;Insee;2022",
    "population_age": "99001;60-74;400;Insee;2022",
    "taux_risque": "60-74;0,25;0,2;0,3;Insee",
    "besoins": "epci;200000001;Portrait;12.5;;indice;Hub;2025",
    "arrets_tc": "bus;A;-1,5;46.8;6;Réseau;2026",
    "equipements": "99001;1;;2;0;Insee;2021",
    "frr": "99001;partiel;DGCL;2025",
}


def ecrire(geo: Path, nom: str, *lignes: str) -> None:
    dossier = geo / "99"
    dossier.mkdir(exist_ok=True)
    (dossier / f"{nom}.csv").write_text("\n".join([";".join(COLONNES[nom]), *lignes]) + "\n", encoding="utf-8")


def test_rien_n_est_donne(tmp_path: Path) -> None:
    entrees = lire_entrees(tmp_path, ["99"])
    assert all(getattr(entrees, nom) is None for nom in COLONNES)


def test_chaque_fichier(tmp_path: Path) -> None:
    for nom, ligne in FICHIERS.items():
        ecrire(tmp_path, nom, ligne)
    entrees = lire_entrees(tmp_path, ["99", "96"])
    assert entrees.menages is not None
    assert entrees.labels is not None
    assert entrees.besoins is not None
    assert entrees.menages.loc[0, ["code_insee", "sans_voiture", "code_departement"]].tolist() == ["99001", 30.5, "99"]
    assert entrees.labels.loc[0, "depuis"] == pd.Timestamp("2020-01-01")
    assert pd.isna(entrees.labels.loc[0, "jusqua"])
    assert pd.isna(entrees.besoins.loc[0, "denominateur"])


def test_a_code_gets_back_the_zero_that_a_spreadsheet_took(tmp_path: Path) -> None:
    """Its figures were nobody's, and nobody was told."""
    ecrire(tmp_path, "menages", "1004;200;30;Insee;2022")
    ecrire(
        tmp_path, "besoins", "commune;1004;Portrait;3;;indice;Hub;2025", "epci;200000001;Portrait;3;;indice;Hub;2025"
    )
    entrees = lire_entrees(tmp_path, ["99"])
    assert entrees.menages is not None
    assert entrees.besoins is not None
    assert entrees.menages["code_insee"].tolist() == ["01004"]
    assert entrees.besoins["code"].tolist() == ["01004", "200000001"]


def test_a_silence_written_as_a_word_is_one(tmp_path: Path) -> None:
    """« NaN » was a label, in the report; a stop may bear any name."""
    ecrire(tmp_path, "labels", "Médiathèque;Valbourg;NC;n/a;EPN;-;null;Région")
    ecrire(tmp_path, "arrets_tc", "bus;Néant;-1,5;46.8;NC;Réseau;2026")
    ecrire(tmp_path, "equipements", "99001;1;NC;2;néant;Insee;2021")
    entrees = lire_entrees(tmp_path, ["99"])
    assert entrees.labels is not None
    assert entrees.arrets_tc is not None
    assert entrees.equipements is not None
    assert entrees.labels.loc[0, ["code_insee", "numero", "label"]].tolist() == ["", "", "EPN"]
    assert entrees.labels.loc[0, ["depuis", "jusqua"]].isna().all()
    assert entrees.arrets_tc.loc[0, "arret"] == "Néant"
    assert pd.isna(entrees.arrets_tc.loc[0, "departs_par_jour"])
    assert entrees.equipements.loc[0, ["france_services", "banques"]].isna().all()


@pytest.mark.parametrize(
    ("nom", "lignes", "message"),
    [
        ("menages", ["99001;200;beaucoup;Insee;2022"], "menages.csv:2 : « sans_voiture » attend un nombre positif"),
        ("menages", ["99001;200;;Insee;2022"], "« sans_voiture » attend un nombre positif"),
        ("menages", ["99001;200;-0,5;Insee;2022"], "« sans_voiture » attend un nombre positif"),
        ("menages", ["99001;20;30;Insee;2022"], "« sans_voiture » dépasse « menages »"),
        ("menages", ["99001;20;3;I;2022", "99001;20;4;I;2022"], "« 99001 » est donné plusieurs fois"),
        ("labels", ["Médiathèque;Valbourg;;;EPN;01/02/2020;;R"], "« depuis » attend une date, année-mois-jour"),
        ("labels", [";Valbourg;;;EPN;;;R"], "« nom » et « label » sont obligatoires"),
        ("labels", ["Médiathèque;Valbourg;99001;;NaN;;;R"], "« nom » et « label » sont obligatoires"),
        ("taux_risque", ["60-74;25;;;Insee"], "un taux est entre 0 et 1"),
        ("taux_risque", ["60-74;0.2;0.3;0.4;Insee"], "le taux est entre « bas » et « haut »"),
        ("taux_risque", ["60-74;0.2;0.1;;Insee"], "« bas » et « haut » vont ensemble"),
        ("frr", ["99001;ZRR;DGCL;2025"], "« classement » attend oui, partiel ou non"),
        ("arrets_tc", ["bus;A;1e6;46.8;6;R;2026"], "arrets_tc.csv:2 : « longitude » attend des degrés"),
        ("menages", ["9'9001;20;3;I;2022"], "menages.csv:2 : « code_insee » attend un code Insee"),
        ("menages", [";20;3;I;2022"], "« code_insee » attend un code Insee"),
        ("labels", ["Médiathèque;Valbourg;Valbourg;;EPN;;;R"], "« code_insee » attend un code Insee"),
        ("besoins", ["commune;Valbourg;X;3;;indice;ANCT;2024"], "« code » attend celui d'une commune"),
        ("besoins", ["epci;24990001;X;3;;indice;ANCT;2024"], "« code » attend celui d'un EPCI"),
        ("besoins", ["canton;1;IFN;3;;indice;ANCT;2024"], "« niveau » attend commune ou epci"),
        ("besoins", ["epci;1;X;3;2;indice;ANCT;2024"], "« valeur » dépasse « denominateur »"),
    ],
)
def test_un_fichier_inutilisable_est_refuse(tmp_path: Path, nom: str, lignes: list[str], message: str) -> None:
    ecrire(tmp_path, nom, *lignes)
    with pytest.raises(EntreeInvalide, match=message):
        lire_entrees(tmp_path, ["99"])


def test_une_colonne_manque(tmp_path: Path) -> None:
    (tmp_path / "99").mkdir()
    (tmp_path / "99" / "menages.csv").write_text("code_insee;menages\n", encoding="utf-8")
    with pytest.raises(EntreeInvalide, match="il manque la colonne « sans_voiture »"):
        lire_entrees(tmp_path, ["99"])


def test_une_tranche_sans_taux_est_refusee(tmp_path: Path) -> None:
    ecrire(tmp_path, "population_age", "99001;75+;100;Insee;2022")
    ecrire(tmp_path, "taux_risque", FICHIERS["taux_risque"])
    with pytest.raises(EntreeInvalide, match=r"aucun taux pour la tranche « 75\+ »"):
        lire_entrees(tmp_path, ["99"])


COMMUNES = [
    {"code_insee": "01001", "x_km": 0.0, "y_km": 0.0},
    {"code_insee": "01002", "x_km": 30.0, "y_km": 0.0},
]
LIEUX = [{"code_insee": "01001", "x_km": 0.0, "y_km": 0.0}]


def test_sans_document_non_evalue_et_jamais_absent() -> None:
    resultat = Monde(COMMUNES, LIEUX).calculer()
    assert set(resultat.non_evalues) == {"A3_tc", "O6_liste", "O7", "A5", "N1", "N2", "G4", "G5", "FRR", "QPV"}
    ligne = resultat.tables["departement"].loc["01"]
    assert ligne[["A3_tc_num", "A5_num", "N1_num", "O6_liste_num", "O7_estimation_val"]].isna().all()
    assert ligne["O7_statut"] == "non évalué"
    assert resultat.listes["priorites"]["raison"].str.contains("besoin").all()


@pytest.mark.parametrize(
    ("donnes", "manquent"),
    [
        ((), ["population_age.csv", "taux_risque.csv"]),
        (("population_age",), ["taux_risque.csv"]),
        (("taux_risque",), ["population_age.csv"]),
        (("population_age", "taux_risque"), []),
    ],
)
def test_what_n1_misses_is_named_and_nothing_else(donnes: tuple[str, ...], manquent: list[str]) -> None:
    documents = {
        "population_age": pd.DataFrame({"code_insee": ["01001"], "tranche": ["a"], "population": [600.0]}),
        "taux_risque": pd.DataFrame({"tranche": ["a"], "taux": [0.1], "bas": [0.05], "haut": [0.2]}),
    }
    resultat = Monde(COMMUNES, LIEUX).calculer(entrees=Entrees(**{nom: documents[nom] for nom in donnes}))
    assert re.findall(r"\w+\.csv", resultat.non_evalues.get("N1", "")) == manquent


def test_a5_n1_et_n2_a_la_main() -> None:
    entrees = Entrees(
        menages=pd.DataFrame({"code_insee": ["01001", "01002"], "menages": [100.0, 50.0], "sans_voiture": [30.0, 5.0]}),
        population_age=pd.DataFrame(
            {"code_insee": ["01001", "01001", "01002"], "tranche": ["a", "b", "a"], "population": [600.0, 400.0, 900.0]}
        ),
        taux_risque=pd.DataFrame({"tranche": ["a", "b"], "taux": [0.1, 0.5], "bas": [0.05, None], "haut": [0.2, None]}),
        besoins=pd.DataFrame(
            {"niveau": ["epci", "epci"], "code": ["E1", "E9"], "indicateur": "IFN", "valeur": [5.0, 6.0]}
        ).assign(denominateur=float("nan"), unite="indice", source="ANCT", millesime="2024"),
    )
    resultat = Monde(COMMUNES, LIEUX).calculer(entrees=entrees)
    ligne = resultat.tables["perimetre"].loc["perimetre"]
    # Carless: 300 persons in 01001, 100 in 01002, which alone is out of reach.
    assert ligne[["A5_num", "A5_den"]].tolist() == [100.0, 400.0]
    # 0.1 x 1500 + 0.5 x 400, then with the bounds of the first group.
    assert ligne[["N1_num", "N1_den", "N1_bas", "N1_haut"]].tolist() == [350.0, 1900.0, 275.0, 500.0]
    assert resultat.listes["besoins"][["code", "nom", "valeur"]].to_numpy().tolist() == [["E1", "E1", 5.0]]
    assert set(resultat.non_evalues) == {"A3_tc", "O6_liste", "O7", "FRR", "QPV"}


def test_a5_counts_those_beyond_the_first_of_the_thresholds_by_bicycle() -> None:
    """6 minutes a kilometre: the second commune is at 24 minutes, within 30 and beyond 20; the third at 54."""
    communes = [
        {"code_insee": f"0100{rang}", "x_km": x, "y_km": 0.0} for rang, x in enumerate((0.0, 4.0, 9.0), start=1)
    ]
    menages = pd.DataFrame({"code_insee": [c["code_insee"] for c in communes], "menages": 100.0, "sans_voiture": 20.0})
    seuils = {velo: Seuils(voiture=(20,), velo=velo, pied=20) for velo in ((20, 30), (30, 20), (30,))}
    lus = {
        velo: Monde(communes, LIEUX).calculer(choisis, entrees=Entrees(menages=menages)).tables["perimetre"]["A5_num"]
        for velo, choisis in seuils.items()
    }
    # A fifth of the thousand people of each commune.
    assert {velo: a5.tolist() for velo, a5 in lus.items()} == {(20, 30): [400.0], (30, 20): [200.0], (30,): [200.0]}


def test_une_commune_fusionnee_est_additionnee() -> None:
    monde = Monde(COMMUNES, LIEUX)
    entrees = Entrees(
        menages=pd.DataFrame({"code_insee": ["01001", "01099"], "menages": [50.0, 50.0], "sans_voiture": [0.0, 50.0]})
    )
    territoire = monde.territoire()
    territoire.successeurs["01099"] = "01001"  # type: ignore[index]
    resultat = compute(monde.offre(), territoire, monde.debit(), SEUILS, reperage=plan, entrees=entrees)
    assert resultat.tables["commune"].loc["01001", "A5_den"] == 500.0


def test_neighbours_that_say_the_same_of_a_commune_count_once(tmp_path: Path) -> None:
    ecrire(tmp_path, "menages", FICHIERS["menages"])
    (tmp_path / "98").mkdir()
    (tmp_path / "98" / "menages.csv").write_bytes((tmp_path / "99" / "menages.csv").read_bytes())
    entrees = lire_entrees(tmp_path, ["98", "99"])
    assert entrees.menages is not None
    assert len(entrees.menages) == 1


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("[]", "pas une couche GeoJSON"),
        ('{"features":[{"properties":{"code":"QN1"}}]}', "n'a pas de « code_departement »"),
        (
            '{"features":[{"properties":{"code":"QN1","code_departement":"99","population":"s"}}]}',
            "attend un nombre, ou null",
        ),
        ('{"features":[{"properties":{"code":"QN1","code_departement":"99"},"geometry":{"type":"X"}}]}', "illisible"),
        ("{", "qpv.geojson"),
    ],
)
def test_quarters_that_cannot_be_read_are_refused(tmp_path: Path, texte: str, message: str) -> None:
    (tmp_path / "99").mkdir()
    (tmp_path / "99" / "qpv.geojson").write_text(texte, encoding="utf-8")
    with pytest.raises(ErreurCarte, match=message):
        lire_entrees(tmp_path, ["99"])
