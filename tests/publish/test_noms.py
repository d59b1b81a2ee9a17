"""A place searched by its name: the deployment's own départements first, nothing cut by the order of codes."""

import json
from pathlib import Path
from typing import Any

import pytest

import plusieurs
from carte.publication import Chantier
from carte.publish import search
from carte.publish.atlas import Atlas
from carte.publish.search.repertoire import UN_SEUL_FICHIER
from publish import monde
from publish.noeud import executer

PROPRES, AUTRES = ("36",), ("03", "18", "23")


def ecrire(dossier: Path, propres: tuple[str, ...], autres: tuple[str, ...], maximum: int = UN_SEUL_FICHIER) -> str:
    """The search data of a world, and the piece of code that opens them as the page does."""
    territoire = plusieurs.territoire(propres, autres)
    atlas = Atlas(territoire)
    points = atlas.points(plusieurs.lieux(territoire, 5))
    search.ecrire(points, atlas, monde.libelles(), Chantier.sur(dossier), jour=monde.JOUR, un_seul_fichier=maximum)
    return f"const dossier = {json.dumps(f'{dossier / search.DOSSIER}/')};" + _OUVRIR


_OUVRIR = """
        import { readFile } from "node:fs/promises";
        globalThis.requestAnimationFrame = setTimeout;
        const manquants = new Set();
        globalThis.fetch = async (adresse) => {
          if (manquants.has(adresse.split("/").at(-1))) throw new TypeError("réseau");
          return { ok: true, json: async () => JSON.parse(await readFile(adresse, "utf8")) };
        };
        const { ouvrir } = await import("./recherche/donnees.js");
        const donnees = ouvrir(dossier);
        const tout = async (texte, combien = 6) => {
          const suites = [];
          for await (const trouvaille of donnees.parNom(texte, combien)) suites.push(trouvaille);
          return suites.map((t) => t && { ids: t.points.map((p) => p.id), voisins: t.voisins, reste: t.reste });
        };
"""


def chercher(node: str, code: str, texte: str, suite: str = "") -> list[dict[str, Any]]:
    return executer(node, f"{code} console.log(JSON.stringify(await tout({json.dumps(texte)}{suite})));")


def departements(trouvaille: dict[str, Any]) -> list[str]:
    return [identifiant.split("/")[0] for identifiant in trouvaille["ids"]]


@pytest.mark.parametrize("maximum", [UN_SEUL_FICHIER, 2], ids=["entier", "en seaux"])
def test_own_places_come_first_and_all_of_them(node: str, tmp_path: Path, maximum: int) -> None:
    code = ecrire(tmp_path, PROPRES, AUTRES, maximum)
    d_abord, ensuite = chercher(node, code, "france services")
    assert departements(d_abord) == ["36"] * 5
    assert d_abord["voisins"] == "attendus"
    assert departements(ensuite)[:5] == ["36"] * 5
    assert sorted(departements(ensuite)) == sorted(["36", "03", "18", "23"] * 5)
    assert ensuite["reste"] == {"lieux": 0, "departements": 0, "flou": False}


def test_what_is_not_opened_is_counted_and_opened_on_demand(node: str, tmp_path: Path) -> None:
    propres = tuple(f"{n:02}" for n in range(21, 29))
    code = ecrire(tmp_path, propres, ("01", "02"))
    premiers = chercher(node, code, "france services")[-1]
    assert len(set(departements(premiers))) == 6
    assert premiers["reste"] == {"lieux": 20, "departements": 4, "flou": False}
    (tous,) = chercher(node, code, "france services", ", 12")
    assert tous["ids"][:30] == premiers["ids"], "what is shown does not move"
    assert set(departements(tous)[30:40]) == set(propres) - set(departements(premiers)), "own ones, then the others"
    assert set(departements(tous)[40:]) == {"01", "02"}
    assert tous["reste"]["lieux"] == 0


def test_a_neighbour_that_cannot_be_read_takes_nothing_away(node: str, tmp_path: Path) -> None:
    code = ecrire(tmp_path, PROPRES, AUTRES)
    for manquant, autres in (("ailleurs.json", set()), ("18.json", {"03", "23"})):
        d_abord, ensuite = chercher(node, f'{code} manquants.add("{manquant}");', "france services")
        assert ensuite["ids"][: len(d_abord["ids"])] == d_abord["ids"]
        assert set(departements(ensuite)) - set(departements(d_abord)) == autres
        assert ensuite["voisins"] == "absents"


def test_what_cannot_be_read_at_all_is_a_failure(node: str, tmp_path: Path) -> None:
    code = ecrire(tmp_path, PROPRES, ())
    with pytest.raises(AssertionError, match="réseau"):
        chercher(node, f'{code} manquants.add("36.json");', "france services")


def test_the_own_places_are_found_even_when_too_many_others_have_the_name(
    node: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search.repertoire, "MOT_COURANT", 8)
    code = ecrire(tmp_path, PROPRES, AUTRES, 6)
    d_abord, ensuite = chercher(node, code, "france services")
    assert departements(d_abord) == departements(ensuite) == ["36"] * 5
    assert ensuite["reste"]["flou"] is True


def test_among_places_of_one_name_those_of_the_largest_communes_come_first(node: str, tmp_path: Path) -> None:
    (trouves,) = chercher(node, ecrire(tmp_path, ("36", "18"), ()), "france services")
    rangs = [int(identifiant.split("-")[-1]) for identifiant in trouves["ids"]]
    assert rangs == sorted(rangs), "populations decrease with the rank of the commune"


@pytest.mark.parametrize("maximum", [UN_SEUL_FICHIER, 2], ids=["entier", "en seaux"])
@pytest.mark.parametrize(("saisie", "combien"), [("bourg", 8), ("b", 8), ("bourga", 4)])
def test_own_communes_are_proposed_first(node: str, tmp_path: Path, maximum: int, saisie: str, combien: int) -> None:
    code = ecrire(tmp_path, PROPRES, AUTRES, maximum)
    code += f"""
        const {{ communes }} = await donnees.pret();
        console.log(JSON.stringify((await communes.chercher({json.dumps(saisie)})).map((c) => c.departement)));
    """
    proposees = executer(node, code)
    assert len(proposees) == combien
    propres = min(combien, 1 if saisie == "bourga" else 9)
    assert proposees[:propres] == ["36"] * propres


@pytest.mark.parametrize("maximum", [UN_SEUL_FICHIER, 2], ids=["entier", "en seaux"])
def test_a_postal_code_of_several_departements_proposes_own_communes_first(
    node: str, tmp_path: Path, maximum: int
) -> None:
    propres, autres = ("972",), ("971", "974")
    code = ecrire(tmp_path, propres, autres, maximum)
    code += """
        const { communes } = await donnees.pret();
        console.log(JSON.stringify((await communes.chercher("97")).map((c) => c.departement)));
    """
    assert executer(node, code) == ["972"] * 8


def test_no_departement_hides_the_next_behind_one_postal_code(node: str, tmp_path: Path) -> None:
    code = ecrire(tmp_path, ("971", "972", "974"), (), 2)
    code += """
        const { communes } = await donnees.pret();
        console.log(JSON.stringify((await communes.chercher("97")).map((c) => c.departement)));
    """
    assert set(executer(node, code)) == {"971", "972", "974"}
