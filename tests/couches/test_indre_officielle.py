"""The Indre with its real layers beside invented ones in their official layouts: every figure of need is evaluated."""

import csv
from datetime import date
from pathlib import Path

import pytest

from carte import broadband, territory
from carte.choix import Seuils
from carte.couches.departement import preparer
from carte.couches.sources import Dossier
from carte.indicators import Indicateurs, compute, construire_offre, lire_entrees
from carte.nomenclature import lire
from carte.records.modele import Enregistrement, Lieu
from carte.territory import lire_cog
from couches import officiels

AU = date(2026, 11, 2)
BOURGS = ("36044", "36063", "36088", "36202", "36159", "36093")


@pytest.fixture(scope="module")
def indre(partage: Path, racine: Path, tmp_path_factory: pytest.TempPathFactory) -> Indicateurs:
    tmp = tmp_path_factory.mktemp("indre")
    dossier_cog = racine / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
    cog = lire_cog([dossier_cog])
    officiels.ecrire(tmp / "source", sorted(cog.actuelles), {c: x.population for c, x in cog.actuelles.items()})
    with (partage / "data" / "chefs-lieux" / "chefs-lieux-2020.csv").open(encoding="utf-8") as flux:
        points = {
            x["code_insee"]: (float(x["longitude"]), float(x["latitude"])) for x in csv.DictReader(flux, delimiter=";")
        }
    officiels.en_ville(tmp / "source", {code: points[code] for code in BOURGS})
    officiels.melanger(tmp / "source", partage / "data")
    preparer("36", Dossier(tmp / "source"), tmp / "geo", cog)
    territoire = territory.lire(tmp / "geo", ["36"], dossier_cog)
    debit = broadband.lire(tmp / "geo", ["36"], territoire)
    offre = construire_offre(
        [_fiche(code, points[code]) for code in BOURGS], territoire, lire(racine / "offers" / "nomenclature"), AU
    )
    return compute(offre, territoire, debit.communes, Seuils(), entrees=lire_entrees(tmp / "geo", ["36"]))


def _fiche(code: str, point: tuple[float, float]) -> Enregistrement:
    champs = {"nom": f"Lieu {code}", "commune": "x", "code_insee": code, "source": "essai", "date_maj": AU}
    services = ["Aide aux démarches administratives", "Maîtrise des outils numériques du quotidien"]
    lieu = Lieu.model_validate({**champs, "longitude": point[0], "latitude": point[1], "services": services})
    return Enregistrement(f"36/lieu-{code}", "x.yml", lieu)


@pytest.mark.partage
def test_every_need_is_evaluated_without_anything_written_by_hand(indre: Indicateurs) -> None:
    assert indre.non_evalues == {}
    ligne = indre.tables["departement"].loc["36"]
    assert 0.04 <= ligne["A5_den"] / ligne["population"] <= 0.22, (
        "the share of households without a car of the invented files"
    )
    assert ligne["N1_bas"] < ligne["N1_num"] < ligne["N1_haut"]
    assert 0 < ligne["A3_tc_num"] < ligne["A3_tc_den"]
    assert set(indre.listes["priorites"]["statut"]) <= {"prioritaire", "sensible au choix des poids", "non prioritaire"}
    assert (indre.tables["epci_departement"]["G8_densite_statut"] == "calculé").all()


@pytest.mark.partage
def test_the_real_layers_join_the_real_communes(indre: Indicateurs) -> None:
    assert indre.tables["densite"]["communes"].sum() == indre.tables["frr"]["communes"].sum() == 241
    quartiers = indre.listes["quartiers"]
    assert len(quartiers) == len(BOURGS)
    assert quartiers["population"].isna().sum() == 1, "one of them is secret"
    equipements = indre.listes["equipements"].set_index("niveau").loc["departement"]
    assert equipements[["communes", "mairies", "france_services"]].tolist() == [241, 241, 10]
