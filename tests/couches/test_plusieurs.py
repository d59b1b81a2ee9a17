"""Layers of several départements: all of them, or none."""

from dataclasses import replace
from pathlib import Path

import pytest

from carte.config import lire as lire_configuration
from carte.couches.brut import CouchesIndisponibles
from carte.preparation import Demande, preparer_couches
from sites import RACINE


@pytest.mark.partage
def test_when_one_fails_the_others_are_as_they_were(partage: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "contours-2018").mkdir(parents=True)
    for code in ("971", "972"):
        (origine,) = (partage / "data" / "contours-2018").glob(f"communes-{code}-*.geojson")
        (source / "contours-2018" / origine.name).write_bytes(origine.read_bytes())
    configuration = lire_configuration(RACINE / "scripts" / "deploiements" / "indre.yml", RACINE)
    dossiers = replace(configuration.dossiers, geo=tmp_path / "geo")
    deux = replace(configuration, dossiers=dossiers, departements=("971", "973"))
    with pytest.raises(CouchesIndisponibles, match="département 973"):
        list(preparer_couches(deux, RACINE, Demande(depuis=source)))
    assert not (tmp_path / "geo").exists()
    dits = list(preparer_couches(replace(deux, departements=("971", "972")), RACINE, Demande(depuis=source)))
    assert [dit for dit in dits if dit.startswith("Département")] == [
        f"Département {code} : 1 couche dans {tmp_path / 'geo' / code}." for code in ("971", "972")
    ]
