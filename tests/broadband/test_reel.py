"""The real Indre, and a table of the whole country."""

import shutil
from pathlib import Path

import pytest

from carte import broadband
from carte.couches.departement import preparer
from carte.couches.sources import Dossier
from carte.territory import lire, lire_cog

pytestmark = pytest.mark.partage

COG = Path("node_modules") / "@etalab" / "decoupage-administratif" / "data"


@pytest.fixture(scope="module")
def geo(tmp_path_factory: pytest.TempPathFactory, racine: Path, partage: Path) -> Path:
    dossier = tmp_path_factory.mktemp("geo")
    preparer("36", Dossier(partage / "data"), dossier, lire_cog([racine / COG]))
    return dossier


def test_indre_is_bounded(geo: Path, racine: Path) -> None:
    territoire = lire(geo, ["36"], racine / COG)
    debit = broadband.lire(geo, ["36"], territoire)
    indre = debit.communes.loc[territoire.communes["dans_perimetre"].to_numpy()]
    assert debit.problemes == ()
    assert debit.millesime == "2026-06-30"
    assert set(indre["techno"]) == {"filaire_borne"}
    assert indre["locaux"].sum() == 163_996
    assert (indre["thd30_min"].sum(), indre["thd30_max"].sum()) == (159_153, 159_153 + 171)
    assert (indre["thd30_min"] <= indre["thd30_max"]).all()
    assert indre["statut_cuivre"].value_counts().to_dict() == {"non planifiée": 129, "planifiée": 104, "fermée": 8}


def test_national_table(geo: Path, racine: Path, partage: Path, tmp_path: Path) -> None:
    (tmp_path / "36" / "arcep").mkdir(parents=True)
    synthetique = partage / "data" / "arcep" / "synthetique-commune_debit_filaire.csv"
    shutil.copyfile(synthetique, tmp_path / "36" / "arcep" / "commune_debit_filaire.csv")
    debit = broadband.lire(tmp_path, ["36"], lire(geo, ["36"], racine / COG))
    assert debit.problemes == ()
    assert set(debit.communes["techno"]) == {"filaire"}
    assert (debit.communes["thd30_min"] <= debit.communes["locaux"]).all()
