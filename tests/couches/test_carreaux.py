"""Insee's squares of 200 m, in the layouts that it publishes: where they are, whose they are, and what is refused."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pytest
from pyproj import Transformer

from carte import entrees, preparation
from carte.config import lire as lire_configuration
from carte.couches.brut import CouchesIndisponibles
from carte.couches.carreaux import en_csv, lire_carreaux
from carte.ecriture import FichiersChanges
from carte.territory import verifier_manifeste
from sites import RACINE

ACTUELS = {"36044": "36044", "36045": "36044", "18033": "18033", "97411": "97411"}
ENTETE = "idcar_200m,idcar_1km,i_est_200,lcog_geo,ind,men"
# Châteauroux (46.81° N, 1.69° E) and Saint-Denis de La Réunion (20.89° S, 55.45° E): the squares that hold them.
CHATEAUROUX = "CRS3035RES200mN2668400E3687600"
REUNION = "CRS2975RES200mN7689200E338800"


def ecrire(dossier: Path, *lignes: str, nom: str = "carreaux_200m_met_2019.csv", entete: str = ENTETE) -> Path:
    fichier = dossier / nom
    fichier.write_text("\n".join([entete, *lignes]) + "\n", encoding="utf-8")
    return fichier


def lire(fichier: Path, *communes: str) -> list[tuple[str, float, float, float]]:
    table = lire_carreaux(fichier, communes, ACTUELS.get)
    return [tuple(ligne) for ligne in table.itertuples(index=False)]


def test_the_middle_of_a_square_comes_from_its_identifier(tmp_path: Path) -> None:
    """A former code follows its commune; a square across two is that of the first; nobody lives in the last."""
    fichier = ecrire(
        tmp_path,
        f"{CHATEAUROUX},x,0,36044,12.5,4", "CRS3035RES200mN2668600E3687600,x,0,3604518033,3,1",
        "CRS3035RES200mN2668800E3687600,x,0,36044,0,0", "CRS3035RES200mN2669000E3687600,x,0,18033,7,2",
    )  # fmt: skip
    (une, deux) = lire(fichier, "36044")
    assert (une[0], une[3], deux[0], deux[3]) == ("36044", 12.5, "36044", 3.0)
    assert une[1:3] == pytest.approx((1.69, 46.81), abs=0.002)
    assert deux[2] - une[2] == pytest.approx(0.2 / 111.2, rel=0.01), "200 m to the north"
    (voisin,) = lire(fichier, "18033")
    assert voisin[3] == 7.0


def test_overseas_squares_have_their_own_projection(tmp_path: Path) -> None:
    ((code, lon, lat, _),) = lire(ecrire(tmp_path, f"{REUNION},x,0,97411,9,3"), "97411")
    assert (code, lon, lat) == ("97411", pytest.approx(55.45, abs=0.002), pytest.approx(-20.89, abs=0.002))


def test_a_geopackage_gives_the_same(tmp_path: Path) -> None:
    lignes = [(CHATEAUROUX, "36044", 12.5), (REUNION, "97411", 9.0)]
    table = pd.DataFrame(lignes, columns=["idcar_200m", "lcog_geo", "ind"])
    paquet = tmp_path / "carreaux_200m_met.gpkg"
    pyogrio.write_dataframe(table, paquet, driver="GPKG")
    texte = ecrire(tmp_path, f"{CHATEAUROUX},x,0,36044,12.5,4")
    assert lire(paquet, "36044") == lire(texte, "36044")


def test_older_files_with_semicolons_and_other_headings(tmp_path: Path) -> None:
    fichier = ecrire(tmp_path, f"{CHATEAUROUX};36044;12.5", entete="IdINSPIRE;Depcom;Ind", nom="2015.csv")
    assert [ligne[3] for ligne in lire(fichier, "36044")] == [12.5]


def test_the_file_written_is_the_one_that_is_read(tmp_path: Path) -> None:
    fichier = ecrire(tmp_path, f"{CHATEAUROUX},x,0,36044,12.5,4")
    texte = en_csv(lire_carreaux(fichier, ["36044"], ACTUELS.get), fichier).decode()
    assert texte.splitlines()[0] == "code_insee;longitude;latitude;population;source;millesime"
    assert texte.splitlines()[1].endswith(";12.5;Insee, données carroyées à 200 m (Filosofi);2019")


@pytest.mark.parametrize(
    ("lignes", "entete", "message"),
    [
        ([f"{CHATEAUROUX},x,0,18033,1,1"], ENTETE, "aucun carreau habité de ce territoire"),
        (["x,36044,1"], "carreau,lcog_geo,ind", "il manque la colonne idcar_200m"),
        (["CRS3035RES1000mN2660000E3685000,x,0,36044,1,1"], ENTETE, "n'est pas l'identifiant d'un carreau de 200 m"),
        (["CRS1RES200mN2660000E3685000,x,0,36044,1,1"], ENTETE, "EPSG:1 n'est pas connue"),
        ([f"{CHATEAUROUX},x,0,36044,beaucoup,1"], ENTETE, "n'est pas un nombre"),
        ([f"{CHATEAUROUX},x,0,36044,1,1", f"{CHATEAUROUX},x,0,36044,1,1"], ENTETE, "y est deux fois"),
    ],
    ids=["ailleurs", "colonne", "1 km", "projection", "population", "double"],
)
def test_another_file_is_refused(tmp_path: Path, lignes: list[str], entete: str, message: str) -> None:
    with pytest.raises(CouchesIndisponibles, match=message):
        lire(ecrire(tmp_path, *lignes, entete=entete), "36044")


def test_what_is_no_geopackage_is_refused(tmp_path: Path) -> None:
    fichier = tmp_path / "carreaux.gpkg"
    fichier.write_text("bonjour", encoding="utf-8")
    with pytest.raises(CouchesIndisponibles, match="ne s'ouvre pas"):
        lire(fichier, "36044")


def test_a_deployment_gets_its_squares_their_entry_and_keeps_its_own_file(tmp_path: Path) -> None:
    """The demonstration, with a square on each of its communes: people are the legal ones, wherever they live."""
    geo = tmp_path / "geo"
    shutil.copytree(RACINE / "geo" / "99", geo / "99")
    demo = lire_configuration(RACINE / "carte.yml", RACINE)
    demo = replace(demo, dossiers=replace(demo.dossiers, geo=geo))
    communes = entrees.lire_territoire(demo, RACINE).communes
    vers = Transformer.from_crs("EPSG:4326", "EPSG:3035", always_xy=True)
    est, nord = (
        np.floor(np.array(c) / 200).astype(int) * 200 for c in vers.transform(communes["lon"], communes["lat"])
    )
    lignes = [
        f"CRS3035RES200mN{n}E{e},x,0,{code},{rang + 1}.5,1"
        for rang, (code, n, e) in enumerate(zip(communes["code_insee"], nord, est, strict=True))
    ]
    fichier = ecrire(tmp_path, *lignes)
    dites = list(preparation.preparer_carreaux(demo, RACINE, fichier))
    assert f"{int(communes['dans_perimetre'].sum())} carreaux habités" in dites[0]
    assert verifier_manifeste(geo / "99") == []
    territoire = entrees.lire_territoire(demo, RACINE)
    assert territoire.residences is not None
    assert set(territoire.residences["code_insee"]) == set(communes["code_insee"])
    assert territoire.residences["poids"].tolist() == [1.0] * len(communes)
    pd.testing.assert_series_equal(territoire.communes["population"], communes["population"])

    (geo / "99" / "carreaux.csv").write_text("à moi\n", encoding="utf-8")
    with pytest.raises(FichiersChanges, match=r"carreaux\.csv"):
        list(preparation.preparer_carreaux(demo, RACINE, fichier))
