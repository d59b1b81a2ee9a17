"""Where a row lies: code, then name, then point; contradictions are told."""

import pytest

from carte.imports.localiser import Indices, Place, ecritures, localiser
from imports.monde import FausseGeographie


def _place(code: str = "", nom: str = "", departements: str = "36", lat: str = "", lon: str = "") -> Place:
    return localiser(Indices(code, nom, departements.split(), lat, lon), FausseGeographie())


@pytest.mark.parametrize(
    ("indices", "code"),
    [
        ({"code": "36901", "nom": "Valbourg"}, "36901"),
        ({"code": "36950"}, "36901"),
        ({"code": "36999", "nom": "Valbourg"}, "36901"),
        ({"nom": "VALBOURG CEDEX 2"}, "36901"),
        ({"nom": "ST AUBIN LE VAL"}, "36902"),
        ({"nom": "Les Essarts", "departements": "36 18", "lat": "46.0", "lon": "5.0"}, "18901"),
        ({"nom": "Nulle-Part", "lat": "46.0", "lon": "2.0"}, "36901"),
        ({"nom": "Les Essarts", "departements": "36 18"}, None),
        ({"nom": "Nulle-Part"}, None),
        ({}, None),
    ],
    ids=["code", "ancien", "code-faux", "cedex", "st", "homonymes", "par-le-point", "indecis", "inconnue", "vide"],
)
def test_commune(indices: dict[str, str], code: str | None) -> None:
    assert _place(**indices).code_insee == code


def test_un_point_loin_de_sa_commune_n_est_pas_repris() -> None:
    place = _place(nom="Valbourg", lat="48.7", lon="2.0")
    assert (place.code_insee, place.latitude) == ("36901", None)
    assert "à 267 km de Valbourg" in place.remarques[0].message


@pytest.mark.parametrize(("lat", "lon"), [("0", "0"), ("abc", "2"), ("46.0", ""), ("95", "2"), ("nan", "2")])
def test_des_coordonnees_illisibles_sont_listees(lat: str, lon: str) -> None:
    place = _place(nom="Valbourg", lat=lat, lon=lon)
    assert (place.latitude, place.longitude, len(place.remarques)) == (None, None, 1)


def test_le_code_d_un_arrondissement_reste_celui_de_l_arrondissement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FausseGeographie, "statut", lambda self, code: "arrondissement")
    assert _place(code="36950").code_insee == "36950"


def test_un_code_d_un_autre_departement_est_suivi_et_liste() -> None:
    place = _place(code="18902", nom="Port-Neuf", departements="36")
    assert place.code_insee == "18902"
    assert [r.nature.value for r in place.remarques] == ["contradiction"]


def test_les_homonymes_indecis_sont_connus() -> None:
    assert _place(nom="Les Essarts", departements="36 18").possibles == ("36903", "18901")


@pytest.mark.parametrize(
    ("nom", "attendues"),
    [
        ("Lyon 1er", {"Lyon 1er"}),
        ("Amplepuis 69550", {"Amplepuis"}),
        ("Pont-de-Claix", {"Le Pont-de-Claix"}),
        ("Nouvion-en-Thiérache", {"Le Nouvion-en-Thiérache"}),
        ("SAINT-NICOLAS-cédex", {"SAINT-NICOLAS"}),
        ("Montreuil s/ Bois", {"Montreuil sur Bois"}),
        ("Saint-Donat-sur-lHerbasse", {"Saint-Donat-sur-l'Herbasse"}),
        ("CONDE SUR ESCAUT", {"CONDE sur l'ESCAUT"}),
        ("Avesnes-lez-Aubert", {"Avesnes-les-Aubert", "Avesnes-lès-Aubert"}),
        ("MAIRIE DE THEROUANNE", {"THEROUANNE"}),
    ],
)
def test_other_writings_of_a_name_are_tried(nom: str, attendues: set[str]) -> None:
    assert attendues <= set(ecritures(nom))
    assert ecritures(nom)[0] == nom
