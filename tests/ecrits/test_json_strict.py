"""A layer that is no JSON says where; a cut one says that it is cut."""

import shutil
from pathlib import Path

import pytest

from carte.ecrits.json_strict import JsonIllisible, analyser_json
from carte.territory import TerritoireInvalide
from carte.territory import lire as lire_territoire

RACINE = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        (b'[{"nom":"CA", "code":"2499', "1:22: Un texte ouvert ici n'est pas fermé : le fichier est sans doute coupé."),
        (b'[{"nom": 1},\n {"nom"', "2:8: Le fichier s'arrête avant la fin"),
        (b"", "1:1: Le fichier s'arrête avant la fin"),
        (b'{"a": 1,\n b: 2}', "2:2: Un nom entre guillemets doubles est attendu ici."),
        (b'{"a" 1}', "1:6: Un « : » est attendu ici."),
        (b"[1 2]", "1:4: Une virgule, ou la fin de la liste"),
        (b"[1, oui]", "1:5: Une valeur est attendue ici."),
        (b"[1] [2]", "1:5: Du texte suit la fin du JSON."),
        (b'["\\x"]', "1:3: Ce « \\ » n'annonce aucun caractère connu."),
        (b"[NaN]", "1:1: « NaN » n'est pas un nombre."),
        (b"[-Infinity]", "1:1: « -Infinity » n'est pas un nombre."),
        (b'["\xe9"]', "1:1: Le fichier n'est pas en UTF-8."),
        (b"[" * 200_000, "1:1: Le fichier emboîte trop de niveaux."),
    ],
    ids=[
        *("coupe", "objet-coupe", "vide", "sans-guillemets", "deux-points", "virgule", "mot", "suite", "echappement"),
        *("nan", "infini", "latin-1", "gouffre"),
    ],
)
def test_a_text_that_is_no_json_says_where(contenu: bytes, attendu: str) -> None:
    with pytest.raises(JsonIllisible) as levee:
        analyser_json(contenu, "a.json")
    assert str(levee.value).startswith(f"a.json:{attendu}")


def test_a_name_said_twice_is_refused_when_it_matters() -> None:
    contenu = b'[{"a": {"b": 1, "c": 2, "b": 1}}]'
    assert analyser_json(contenu, "a.json") == [{"a": {"b": 1, "c": 2}}]
    with pytest.raises(JsonIllisible, match="Un objet dit deux fois « b »"):
        analyser_json(contenu, "a.json", cles_uniques=True)


def test_what_is_json_is_read_with_or_without_a_mark() -> None:
    assert analyser_json(b'\xef\xbb\xbf{"a": [1.5, null]}', "a") == analyser_json('{"a": [1.5, null]}', "a")


EPCIS = {
    "coupe": (
        '[{"nom":"CA Valbourg Agglomération","code":"2499',
        r"epcis\.json:1:44: .* : le fichier est sans doute coupé",
    ),
    "objet": ("{}", r"epcis\.json doit contenir une liste"),
    "sans-code": ('[{"nom": "a"}]', r"epcis\.json : l'élément 1 n'a pas de « code » en texte"),
    "code-nombre": ('[{"nom": "a", "code": 200}]', r"l'élément 1 n'a pas de « code » en texte"),
    "texte": ('["a"]', r"l'élément 1 n'a pas de « code » en texte"),
}


@pytest.fixture(scope="module")
def geo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("geo")
    shutil.copytree(RACINE / "geo/99", dossier / "99")
    return dossier


@pytest.mark.parametrize("cas", EPCIS)
def test_a_wrong_layer_of_epci_is_said(geo: Path, cas: str) -> None:
    contenu, attendu = EPCIS[cas]
    (geo / "99/epcis.json").write_text(contenu, encoding="utf-8")
    with pytest.raises(TerritoireInvalide, match=attendu):
        lire_territoire(geo, ["99"], geo)


@pytest.mark.partage
def test_a_cut_layer_of_epci_is_said(geo: Path, partage: Path) -> None:
    shutil.copy(partage / "data/cas/robustesse/epcis-tronque.json", geo / "99/epcis.json")
    with pytest.raises(TerritoireInvalide, match=r"epcis\.json:1:\d+: .* : le fichier est sans doute coupé"):
        lire_territoire(geo, ["99"], geo)


@pytest.mark.parametrize("nom", ["communes.json", "epci.json", "departements.json", "regions.json", "millesimes.json"])
def test_a_cut_code_is_said(geo: Path, nom: str) -> None:
    fichier = geo / "99/cog" / nom
    entier = fichier.read_bytes()
    fichier.write_bytes(entier[: len(entier) // 2])
    with pytest.raises(TerritoireInvalide, match=rf"cog/{nom}:\d+:\d+: "):
        lire_territoire(geo, ["99"], geo)
    fichier.write_bytes(entier)
