"""Insee's squares of 200 m, in the layouts that it publishes: where they are, whose they are, and what is refused."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from carte.couches import carreaux
from carte.couches.brut import Brut, CouchesIndisponibles
from carte.couches.departement import preparer, rassembler
from carte.couches.registre import TableNationale, lire_registre
from carte.couches.sources import Dossier
from carte.couches.verification import Etat, verifier
from carte.territory import Cog, lire_manifeste, verifier_manifeste
from couches import officiels
from couches.test_departement import cog, partages  # noqa: F401

ACTUELS = {"36044": "36044", "36045": "36044", "18033": "18033", "97411": "97411"}
ENTETE = "idcar_200m,idcar_1km,i_est_200,lcog_geo,ind,men"
# Châteauroux (46.81° N, 1.69° E) and Saint-Denis de La Réunion (20.89° S, 55.45° E): the squares that hold them.
CHATEAUROUX = "CRS3035RES200mN2668400E3687600"
REUNION = "CRS2975RES200mN7689200E338800"


def table() -> TableNationale:
    """The layer of the registry, for a file of some lines."""
    return replace(next(x for x in lire_registre() if x.fichier == "carreaux.csv"), lignes_au_moins=1)


def texte(*lignes: str, entete: str = ENTETE) -> str:
    return "\n".join([entete, *lignes]) + "\n"


def lu(contenu: str | bytes, communes: Mapping[str, float], *voisines: str) -> pd.DataFrame:
    brut = Brut(contenu.encode() if isinstance(contenu, str) else contenu, "carreaux.csv", "2021")
    extrait = carreaux.extraire(table(), [brut], communes, voisines, ACTUELS.get).contenu.decode()
    lignes = [ligne.split(";") for ligne in extrait.splitlines()]
    return pd.DataFrame(lignes[1:], columns=lignes[0]).astype(
        {"longitude": float, "latitude": float, "population": float}
    )


def test_the_middle_of_a_square_comes_from_its_identifier() -> None:
    """A former code follows its commune; a square across two is that of the first; nobody lives in the last."""
    contenu = texte(
        f"{CHATEAUROUX},x,0,36044,12.5,4", 'CRS3035RES200mN2668600E3687600,x,0,"36045, 18033",3,1',
        "CRS3035RES200mN2668800E3687600,x,0,36044,0,0", "CRS3035RES200mN2669000E3687600,x,0,18033,7,2",
    )  # fmt: skip
    lus = lu(contenu, {"36044": 16.0}, "18033")
    assert lus["code_insee"].tolist() == ["18033", "36044", "36044"]
    assert lus["population"].tolist() == [7.0, 12.5, 3.0]
    assert (lus.loc[1, "longitude"], lus.loc[1, "latitude"]) == pytest.approx((1.69, 46.81), abs=0.002)
    assert lus.loc[2, "latitude"] - lus.loc[1, "latitude"] == pytest.approx(0.2 / 111.2, rel=0.01), "200 m to the north"
    assert set(lus["source"] + lus["millesime"]) == {"Insee, données carroyées à 200 m (Filosofi)2021"}
    assert len(lu(contenu, {"36044": 16.0})) == 2, "only the communes asked for"


def test_an_archive_of_several_territories_each_in_its_own_projection() -> None:
    met, reun = (texte(f"{x},x,0,{code},9,3") for x, code in ((CHATEAUROUX, "36044"), (REUNION, "97411")))
    contenu = officiels.archive({"carreaux_200m_met.csv": met, "lisez-moi.pdf": "x", "carreaux_200m_reun.csv": reun})
    (ligne,) = lu(contenu, {"97411": 10.0}).itertuples(index=False)
    assert ligne[:3] == ("97411", pytest.approx(55.45, abs=0.002), pytest.approx(-20.89, abs=0.002))


def test_older_files_with_semicolons_and_other_headings() -> None:
    assert lu(texte(f"{CHATEAUROUX};36044;12,5", entete="IdINSPIRE;Depcom;Ind"), {"36044": 13.0})[
        "population"
    ].tolist() == [12.5]


def _abimer(contenu: bytes) -> bytes:
    """One byte of what is packed, after the heading of 30 bytes and the name."""
    return contenu[:60] + bytes([contenu[60] ^ 0xFF]) + contenu[61:]


BON = f"{CHATEAUROUX},x,0,36044,9,4"


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        pytest.param(texte(f"{CHATEAUROUX},x,0,18033,1,1"), "aucun carreau habité de ce territoire", id="ailleurs"),
        pytest.param(texte("x,36044,1", entete="carreau,lcog_geo,ind"), "la colonne « idcar_200m » ou", id="colonne"),
        pytest.param(
            texte(BON, "CRS3035RES1000mN2660000E3685000,x,0,36044,1,1"), "n'est pas un carreau de 200 m", id="1-km"
        ),
        pytest.param(texte("CRS1234RES200mN2660000E3685000,x,0,36044,10,1"), "EPSG:1234 n'est pas connue", id="epsg"),
        pytest.param(texte(f"{CHATEAUROUX},x,0,36044,beaucoup,1"), "« beaucoup » n'est pas une population", id="mot"),
        pytest.param(texte(f"{CHATEAUROUX},x,0,36044,-1,1"), "n'est pas une population", id="negatif"),
        pytest.param(texte(f"{CHATEAUROUX},x,0,,1,1"), "\\(vide\\) » n'est pas une commune", id="sans-commune"),
        pytest.param(texte(BON, BON), "y est deux fois", id="double"),
        pytest.param(texte(BON, f"{CHATEAUROUX[:-3]}800,x,0,36"), "la dernière ligne est coupée", id="coupe"),
        pytest.param(texte(f"{CHATEAUROUX},x,0,36044,2,1"), "portent 2 habitants, et sa population .* 10", id="peu"),
        pytest.param(texte(), "0 carreaux lus", id="vide"),
        pytest.param(b"PK\x03\x04tronque", "sans doute coupé", id="archive-coupee"),
        pytest.param(officiels.archive({"c.pdf": "x"}), "aucun fichier CSV", id="archive-sans-csv"),
        pytest.param(officiels.archive({"c_csv.7z": "x"}), "Ouvrez-la", id="archive-7z"),
        pytest.param(_abimer(officiels.archive({"c.csv": texte(BON)})), "est abîmé", id="abime"),
        pytest.param(b"SQLite format 3\x00", "prenez l'archive des mêmes carreaux en CSV", id="geopackage"),
    ],
)
def test_another_file_is_refused(contenu: str | bytes, message: str) -> None:
    with pytest.raises(CouchesIndisponibles, match=message):
        lu(contenu, {"36044": 10.0})


def _filosofi(dossier: Path, annee: int, habitants: Mapping[str, int]) -> None:
    """As many squares as a small territory has, most of them far away; one for each of some communes."""
    loin = [f"CRS3035RES200mN{200 * rang}E0,x,0,99001,1,1" for rang in range(10_000)]
    ici = [
        f"CRS3035RES200mN{2600000 + 10_000 * rang}E3700000,x,0,{code},{nombre},1"
        for rang, (code, nombre) in enumerate(habitants.items())
    ]
    fichier = dossier / "insee" / f"Filosofi{annee}_carreaux_200m_csv.zip"
    fichier.parent.mkdir(exist_ok=True)
    fichier.write_bytes(officiels.archive({"carreaux_200m_met.csv": texte(*loin, *ici)}))


def test_a_departement_gets_its_squares_with_its_layers(partages: Path, cog: Cog, tmp_path: Path) -> None:  # noqa: F811
    """The latest vintage, in the manifest with its origin; somebody's own file stays; a cut one changes nothing."""
    codes = [code for code, x in cog.actuelles.items() if x.departement in ("01", "02")]
    _filosofi(partages, 2019, dict.fromkeys(codes, 1))
    _filosofi(partages, 2021, dict.fromkeys(codes, 100))
    preparation = preparer("01", Dossier(partages), tmp_path / "geo", cog)
    dossier = preparation.dossier
    (couche,) = [x for x in lire_manifeste(dossier) if x.fichier == "carreaux.csv"]
    assert (couche.millesime, couche.origines[0].adresse) == ("2021", "insee/Filosofi2021_carreaux_200m_csv.zip")
    assert verifier_manifeste(dossier) == []
    (dite,) = [x for x in preparation.remarques if "carreaux habités" in x]
    assert "portent" in dite
    lignes = (dossier / "carreaux.csv").read_text(encoding="utf-8").splitlines()[1:]
    propres = {code for code in codes if code[:2] == "01"}
    assert {ligne[:5] for ligne in lignes} == propres | {"02001", "02002"}, "and the strip around"
    etats = {x.fichier: x.etat for x in verifier(["01"], Dossier(partages), tmp_path / "geo", cog)}
    assert etats["carreaux.csv"] is Etat.A_JOUR

    avant = (dossier / "carreaux.csv").read_bytes()
    _filosofi(partages, 2022, dict.fromkeys(codes[:1], 1))
    perdu = preparer("01", Dossier(partages), tmp_path / "geo", cog)
    assert any("coupé, ou c'en est un autre. Le fichier d'avant reste." in x for x in perdu.remarques)
    assert (dossier / "carreaux.csv").read_bytes() == avant
    (dossier / "carreaux.csv").write_text("à moi\n", encoding="utf-8")
    assert "carreaux.csv" not in rassembler("01", Dossier(partages), tmp_path / "geo", cog).bruts
