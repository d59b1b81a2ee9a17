"""The browser's modules, run by node as they are: forgiving search, order by distance, state in the address."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from publish.monde import RACINE

COMMUNES = [
    ["01001", "Saint-Étienne-d'Œuvre", ["01100"]],
    ["01002", "Étiolles", ["01100", "01200"]],
    ["01003", "Châteauroux", ["36000"]],
    ["01004", "Château-Roux-le-Bas", ["36100"]],
]


@pytest.fixture(scope="module")
def node() -> str:
    chemin = shutil.which("node")
    assert chemin, "node est nécessaire : il installe aussi les bibliothèques du site"
    return chemin


def executer(node: str, code: str) -> Any:
    """The JSON that a piece of code prints, run from the modules' folder."""
    sortie = subprocess.run(
        [node, "--input-type=module", "-e", code],
        cwd=RACINE / "site_src" / "modules",
        capture_output=True,
        text=True,
        check=False,
    )
    assert sortie.returncode == 0, sortie.stderr
    return json.loads(sortie.stdout)


@pytest.mark.parametrize(
    ("saisie", "premiere"),
    [
        ("st etienne", "01001"),
        ("SAINT ETIENNE D'OEUVRE", "01001"),
        ("etiol", "01002"),
        ("chateauroux", "01003"),
        ("Châteuroux", "01003"),
        ("360", "01003"),
        ("36100", "01004"),
    ],
)
def test_commune_is_found_however_it_is_typed(node: str, saisie: str, premiere: str) -> None:
    communes = [dict(zip(("code", "nom", "codesPostaux"), ligne, strict=True)) for ligne in COMMUNES]
    code = f"""
        import {{ annuaire }} from "./communes.js";
        console.log(JSON.stringify(annuaire({json.dumps(communes)}).chercher({json.dumps(saisie)}).map((c) => c.code)));
    """
    assert executer(node, code)[0] == premiere


def test_postal_code_is_never_guessed(node: str) -> None:
    communes = [dict(zip(("code", "nom", "codesPostaux"), ligne, strict=True)) for ligne in COMMUNES]
    code = f"""
        import {{ annuaire }} from "./communes.js";
        const a = annuaire({json.dumps(communes)});
        const trouves = [a.chercher("36001"), a.exactes("01100"), a.exactes("etiolles")];
        console.log(JSON.stringify(trouves.map((liste) => liste.map((c) => c.code))));
    """
    assert executer(node, code) == [[], ["01001", "01002"], ["01002"]]


def test_places_are_nearest_first_once_each_unknown_last(node: str) -> None:
    code = """
        import { filtrer, parDistance } from "./lieux.js";
        const p = (id, lat, lon, services, codeInsee = "") => ({ id, nom: id, lat, lon, services, codeInsee });
        const communes = { b: { code: "b", lat: 46.05, lon: 2 } };
        const points = [
          p("loin", 46.3, 2, 1), p("bus", 46.2, 2, 3), p("bus", 46.01, 2, 3), p("sans", null, null, 1, "b"),
          p("perdu", null, null, 1), p("autre", 46, 2, 2),
        ];
        const ordre = parDistance(filtrer(points, [1]), { lat: 46, lon: 2 }, (c) => communes[c]);
        console.log(JSON.stringify(ordre.map((r) => [r.point.id, r.km && Math.round(r.km * 10) / 10, r.approche])));
    """
    assert executer(node, code) == [
        ["bus", 1.1, False],
        ["sans", 5.6, True],
        ["loin", 33.4, False],
        ["perdu", None, True],
    ]


def test_place_is_found_by_its_name(node: str) -> None:
    code = """
        import { parNom } from "./lieux.js";
        const p = (id, nom, commune) => ({ id, nom, commune, adresse: "" });
        const points = [p("a", "Médiathèque Louise-Michel", "Valbourg"), p("b", "Mairie", "Landerose")];
        const ids = (texte) => parNom(points, texte).map((r) => r.point.id);
        console.log(JSON.stringify([ids("mediateque"), ids("mairie landerose"), ids("zzz")]));
    """
    assert executer(node, code) == [["a"], ["b"], []]


@pytest.mark.parametrize(
    ("adresse", "relue"),
    [
        ("?commune=01001&pour=demarche,acces", "?commune=01001&pour=demarche,acces"),
        ("?ou=m%C3%A9dia", "?ou=m%C3%A9dia"),
        ("?inconnu=1", ""),
        ("", ""),
    ],
)
def test_state_goes_to_the_address_and_back(node: str, adresse: str, relue: str) -> None:
    code = f"""
        import {{ lire, ecrire }} from "./etat.js";
        console.log(JSON.stringify(ecrire(lire({json.dumps(adresse)}))));
    """
    assert executer(node, code) == relue


def test_distance_to_a_box(node: str) -> None:
    code = """
        import { haversine, jusquauCadre } from "./distance.js";
        const cadre = [2, 46, 3, 47];
        console.log(JSON.stringify([jusquauCadre(46.5, 2.5, cadre), Math.round(jusquauCadre(45, 2.5, cadre) * 10) / 10,
          Math.round(haversine(0, 0, 0, 90))]));
    """
    assert executer(node, code) == [0, 111.2, 10008]  # a quarter of the equator: R·π/2
