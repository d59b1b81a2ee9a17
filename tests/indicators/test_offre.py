"""From records to points of offer, one rule of the docstring at a time."""

from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from carte import nomenclature
from carte.indicators import construire_offre
from carte.records.modele import Enregistrement, Lieu
from carte.territory import Territoire

AUJOURDHUI = date(2026, 11, 1)
VOCABULAIRES = nomenclature.lire(Path(__file__).parents[2] / "offers" / "nomenclature")
SEMAINE = "Mo-Fr 09:00-12:00"


def territoire() -> Territoire:
    communes = pd.DataFrame({"code_insee": ["99001", "99002"], "code_departement": "99"})
    carres = [box(1.0, 46.0, 1.1, 46.1), box(1.1, 46.0, 1.2, 46.1)]
    return Territoire(
        communes=gpd.GeoDataFrame(communes, geometry=carres, crs="EPSG:4326"),
        epci=pd.DataFrame(),
        departements=pd.DataFrame(),
        regions=pd.DataFrame(),
        successeurs={},
        millesimes={},
    )


def offre(**champs: Any) -> gpd.GeoDataFrame:
    defauts = {
        "nom": "Médiathèque",
        "commune": "Valbourg",
        "code_insee": "99001",
        "source": "hub",
        "date_maj": date(2026, 10, 2),
        "services": ["Aide aux démarches administratives"],
        "latitude": 46.05,
        "longitude": 1.05,
    }
    lieu = Lieu.model_validate({cle: v for cle, v in (defauts | champs).items() if v is not None})
    fiche = Enregistrement("99/mediatheque", "offers/99/mediatheque.yml", lieu)
    return construire_offre([fiche], territoire(), VOCABULAIRES, AUJOURDHUI)


def test_un_lieu_fixe() -> None:
    ligne = offre(horaires=SEMAINE, typologie=["BIB"]).iloc[0]
    attendu = {
        "point_id": "99/mediatheque",
        "code_insee": "99001",
        "code_departement": "99",
        "demarches": True,
        "heures_hebdo": 15.0,
        "jours_hebdo": 5.0,
        "samedi": False,
        "soir": False,
        "midi": False,
        "horaires_statut": "connus",
        "itinerant": False,
        "fraicheur_jours": 30,
        "typologie": ("BIB",),
    }
    assert {cle: ligne[cle] for cle in attendu} == attendu
    assert pd.isna(ligne[["formation", "equipement"]]).all(), "ce que la fiche ne dit pas n'est pas un « non »"
    assert (ligne["geometry"].x, ligne["geometry"].y) == (1.05, 46.05)


@pytest.mark.parametrize(
    ("services", "familles"),
    [
        (["Accès internet et matériel informatique"], {"equipement"}),
        (
            ["Maîtrise des outils numériques du quotidien", "Aide aux démarches administratives"],
            {"formation", "demarches"},
        ),
    ],
    ids=["équipement", "deux familles"],
)
def test_familles(services: list[str], familles: set[str]) -> None:
    ligne = offre(services=services).iloc[0]
    toutes = ("demarches", "formation", "equipement")
    assert {nom for nom in toutes if pd.notna(ligne[nom])} == familles
    assert all(ligne[nom] for nom in familles)
    absente = next(nom for nom in toutes if nom not in familles)
    dite = offre(services=services, familles_absentes=[absente]).iloc[0]
    assert {nom for nom in toutes if pd.notna(dite[nom])} == {*familles, absente}
    assert not dite[absente]


@pytest.mark.parametrize(
    ("horaires", "statut"),
    [(None, "absents"), ('"sur rendez-vous"', "sans_duree"), ("un peu le matin", "illisibles")],
    ids=["absents", "sur rendez-vous", "illisibles"],
)
def test_horaires_inconnus_restent_inconnus(horaires: str | None, statut: str) -> None:
    ligne = offre(horaires=horaires).iloc[0]
    assert ligne["horaires_statut"] == statut
    assert pd.isna(ligne[["heures_hebdo", "jours_hebdo", "samedi", "soir", "midi"]]).all()


@pytest.mark.parametrize(
    ("horaires", "vrais"),
    [("Sa 09:00-12:00", {"samedi"}), ("Tu 14:00-19:00", {"soir"}), ("Tu 11:00-13:00", {"midi"})],
    ids=["samedi", "soir", "midi"],
)
def test_creneaux(horaires: str, vrais: set[str]) -> None:
    ligne = offre(horaires=horaires).iloc[0]
    assert {nom for nom in ("samedi", "soir", "midi") if ligne[nom]} == vrais


@pytest.mark.parametrize(
    ("modalites", "sans_rdv", "public"),
    [
        (None, None, None),
        (["Se présenter", "Téléphoner"], True, True),
        (["Téléphoner"], False, True),
        (["Ce lieu n'accueille pas de public"], False, False),
    ],
    ids=["inconnu", "sans rendez-vous", "avec", "pas de public"],
)
def test_modalites(modalites: list[str] | None, sans_rdv: bool | None, public: bool | None) -> None:
    ligne = offre(modalites_acces=modalites).iloc[0]
    for champ, attendu in (("sans_rdv", sans_rdv), ("accueille_public", public)):
        assert pd.isna(ligne[champ]) if attendu is None else bool(ligne[champ]) is attendu


def arret(**champs: Any) -> dict[str, Any]:
    defauts = {"commune": "Val", "code_insee": "99002", "latitude": 46.05, "longitude": 1.15, "frequence": "quinzaine"}
    return defauts | {"horaires": "Tu 09:00-12:00"} | champs


@pytest.mark.parametrize(
    ("itinerance", "points"),
    [
        (["Itinérant"], ["99/mediatheque#1"]),
        (None, ["99/mediatheque#1"]),
        (["Fixe", "Itinérant"], ["99/mediatheque", "99/mediatheque#1"]),
    ],
    ids=["itinérant", "non dit", "les deux"],
)
def test_une_tournee(itinerance: list[str] | None, points: list[str]) -> None:
    table = offre(tournee=[arret()], itinerance=itinerance)
    assert table["point_id"].tolist() == points
    assert table["itinerant"].tolist() == ["#" in point for point in points]
    assert table["lieu_id"].unique().tolist() == ["99/mediatheque"]


@pytest.mark.parametrize(
    ("frequence", "horaires", "heures"),
    [
        ("hebdomadaire", "Tu 09:00-12:00", 3.0),
        ("quinzaine", "Tu 09:00-12:00", 1.5),
        ("quinzaine", "week 01-53/2 Tu 09:00-12:00", 1.5),
    ],
    ids=["chaque semaine", "une sur deux", "une sur deux, dite deux fois"],
)
def test_heures_d_un_arret(frequence: str, horaires: str, heures: float) -> None:
    table = offre(tournee=[arret(frequence=frequence, horaires=horaires)])
    assert table.loc[0, "heures_hebdo"] == pytest.approx(heures, rel=0.05)


def test_un_rythme_irregulier_n_a_pas_d_heures() -> None:
    ligne = offre(tournee=[arret(frequence="ponctuelle")]).iloc[0]
    assert pd.isna(ligne["heures_hebdo"])
    assert ligne["horaires_statut"] == "sans_duree"


def test_itinerant_sans_tournee_ne_sert_que_sa_commune() -> None:
    assert offre(itinerance=["Itinérant"]).loc[0, "itinerant"]


def test_sans_coordonnees() -> None:
    ligne = offre(latitude=None).iloc[0]
    assert pd.isna(ligne["lon"])
    assert ligne["geometry"] is None


@pytest.mark.parametrize(("code", "departement"), [("2A004", "2A"), ("97105", "971"), ("01001", "01")])
def test_departement_d_une_commune_non_chargee(code: str, departement: str) -> None:
    assert offre(code_insee=code).loc[0, "code_departement"] == departement


def test_aucune_fiche() -> None:
    table = construire_offre([], territoire(), VOCABULAIRES, AUJOURDHUI)
    assert len(table) == 0
    assert table.crs == "EPSG:4326"
