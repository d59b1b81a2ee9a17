"""The rows that a report reads in place are those of the tables."""

import math

import pytest

from carte.picture import Picture
from carte.publish.report.lignes import ligne, lignes


@pytest.mark.parametrize("niveau", ["commune", "epci_departement"])
def test_each_row_says_what_the_table_says(demo: Picture, niveau: str) -> None:
    table = demo.indicateurs.tables[niveau]
    lues = list(lignes(demo.indicateurs, niveau, "99"))
    attendues = table[table["code_departement"] == "99"].to_dict("index")
    assert [lue.code for lue in lues] == list(attendues) and lues
    for lue, attendue in zip(lues, attendues.values(), strict=True):
        assert list(lue.cellules) == list(attendue)
        for nom, valeur in attendue.items():
            ici = lue.cellules[nom]
            assert type(ici) is type(valeur), nom
            assert ici == valeur or (ici is valeur) or math.isnan(ici), nom


def test_a_column_that_is_not_there_is_not_guessed(demo: Picture) -> None:
    lue = ligne(demo.indicateurs, "departement", "99").cellules
    assert "inconnue" not in lue and lue.get("inconnue") is None
    with pytest.raises(KeyError, match="inconnue"):
        lue["inconnue"]
    with pytest.raises(KeyError, match="98"):
        ligne(demo.indicateurs, "departement", "98")
