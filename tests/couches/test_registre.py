"""The registry: what it declares, and what is refused in it."""

from pathlib import Path

import pytest

from carte.couches.registre import FICHIER, lire_autres, lire_registre
from carte.ecrits.fichier import EcritInvalide
from carte.indicators import DEFINITIONS

A_PART = {"A3_tc", "FRR", "QPV", "EQUIPEMENTS", "densite", "centralite"}


def test_each_layer_says_where_it_is_what_it_serves_and_what_its_absence_costs() -> None:
    tables = lire_registre()
    assert {table.fichier for table in tables} == {
        "densites.csv",
        "chefs_lieux.csv",
        "carreaux.csv",
        "menages.csv",
        "population_age.csv",
        "taux_risque.csv",
        "besoins.csv",
        "frr.csv",
        "centralites.csv",
        "relief.csv",
        "equipements.csv",
        "labels.csv",
        "qpv.geojson",
        "arrets_tc.csv",
    }
    codes = {definition.code for definition in DEFINITIONS} | A_PART
    assert {code for table in tables for code in table.sert} <= codes
    assert all(table.format and table.licence and table.sans for table in tables)


def test_no_address_claims_to_have_been_tried() -> None:
    """None could be from where they were written: this changes address by address, when somebody has."""
    assert [table.fichier for table in lire_registre() if table.verifiee] == []


def test_lists_of_places_are_to_import_and_are_no_layer() -> None:
    lieux = [x for x in lire_autres() if "lieux" in x.sert]
    assert len(lieux) == 3
    assert all("carte importer" in x.comment for x in lieux)


@pytest.mark.parametrize(
    ("avant", "apres", "message"),
    [
        pytest.param(
            "au_plus: { sans_voiture: menages }", "au_plus: { voiture: menages }", "« voiture » n'est pas", id="regle"
        ),
        pytest.param("[25000000, 40000000]", "[25000000]", "attend deux nombres", id="somme"),
        pytest.param("lecteur: quartiers", "lecteur: iris", "lecteur", id="lecteur"),
        pytest.param("adresse: https://", "adresse: http://", "adresse", id="adresse"),
    ],
)
def test_a_fault_of_the_registry_is_told(tmp_path: Path, avant: str, apres: str, message: str) -> None:
    fichier = tmp_path / "registre.yml"
    fichier.write_text(FICHIER.read_text(encoding="utf-8").replace(avant, apres, 1), encoding="utf-8")
    with pytest.raises(EcritInvalide, match=message):
        lire_registre(fichier)
