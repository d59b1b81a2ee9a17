"""The walls of the house, as `[tool.carte]` of pyproject.toml draws them: no arrow to the right, no ring, no excess."""

import ast
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import dessiner_architecture as architecture
from sites import RACINE

LONGUEURS_JS = """
import { readFileSync } from "node:fs";
import ts from "typescript";
for (const fichier of process.argv.slice(1)) {
  const source = ts.createSourceFile(fichier, readFileSync(fichier, "utf8"), ts.ScriptTarget.Latest, true);
  const ligne = (position) => source.getLineAndCharacterOfPosition(position).line + 1;
  const visiter = (noeud) => {
    if (ts.isFunctionLike(noeud)) {
      const debut = ligne(noeud.getStart());
      const nom = noeud.name?.getText() ?? noeud.parent?.name?.getText?.() ?? "?";
      console.log(JSON.stringify([fichier, debut, nom, ligne(noeud.end) - debut + 1]));
    }
    ts.forEachChild(noeud, visiter);
  };
  visiter(source);
}
"""


def interdits(rangs: Mapping[str, int], source: Path) -> list[str]:
    """Each import that climbs to the right, as `file:line: room → room`."""
    connus = architecture.modules(source)
    return [
        f"{fichier.relative_to(source)}:{ligne}: {ici} → {vue}"
        for nom, fichier in connus.items()
        for vise, ligne in architecture.importes(nom, fichier, connus.keys())
        if (ici := architecture.piece_de(nom)) in rangs
        and (vue := architecture.piece_de(vise)) in rangs
        and rangs[vue] > rangs[ici]
    ]


def cercle(source: Path) -> list[str]:
    """Modules that import one another in a ring; empty when there is none."""
    connus = architecture.modules(source)
    liens = {nom: {vise for vise, _ in architecture.importes(nom, f, connus.keys())} for nom, f in connus.items()}
    try:
        TopologicalSorter(liens).prepare()
    except CycleError as anneau:
        return list(anneau.args[1])
    return []


def fonctions(fichier: Path) -> dict[str, int]:
    """Name of each function of a Python module → its lines, decorators left out."""
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    return {
        f"{fichier.relative_to(RACINE)}::{noeud.name}": (noeud.end_lineno or 0) - noeud.lineno + 1
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def limite(nom: str) -> int:
    valeur = architecture.maison()[nom]
    assert isinstance(valeur, int)
    return valeur


def sources_js() -> list[str]:
    return sorted(
        str(f.relative_to(RACINE)) for d in ("modules", "service") for f in (RACINE / "site_src" / d).rglob("*.js")
    )


RANGS = {piece.nom: rang for rang, piece in enumerate(architecture.pieces())}


def test_each_room_is_in_the_list_and_each_line_of_the_list_is_a_room() -> None:
    """A new room gets its line in `[tool.carte]` of pyproject.toml: what it takes, what it gives, where it stands."""
    trouvees = {architecture.piece_de(nom) for nom in architecture.modules()} - {"", "__main__"}
    assert trouvees == set(RANGS)
    assert len(RANGS) == len(architecture.pieces())


def test_no_room_imports_one_on_its_right() -> None:
    assert interdits(RANGS, RACINE / "scripts") == []


def test_no_circle_between_modules() -> None:
    assert cercle(RACINE / "scripts") == []


def test_no_module_is_too_long() -> None:
    programmes = [*architecture.modules().values(), *map(RACINE.joinpath, sources_js())]
    longueurs = {str(f.relative_to(RACINE)): len(f.read_text(encoding="utf-8").splitlines()) for f in programmes}
    assert {nom: n for nom, n in longueurs.items() if n > limite("lignes_par_module")} == {}


def test_no_function_is_too_long() -> None:
    longueurs = {nom: n for fichier in architecture.modules().values() for nom, n in fonctions(fichier).items()}
    assert {nom: n for nom, n in longueurs.items() if n > limite("lignes_par_fonction")} == {}


def test_no_function_of_the_browser_is_too_long() -> None:
    node = shutil.which("node")
    assert node is not None, "node est nécessaire"
    commande = [node, "--input-type=module", "-e", LONGUEURS_JS, *sources_js()]
    sortie = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=True).stdout
    mesures = [json.loads(ligne) for ligne in sortie.splitlines()]
    assert len(mesures) > 300, "les fonctions n'ont pas été lues"
    longues = {(fichier, nom): n for fichier, _, nom, n in mesures if n > limite("lignes_par_fonction")}
    assert longues == {}


@pytest.mark.parametrize(
    ("ligne", "attendu"),
    [
        ("from carte.droite import x", ["carte/gauche/module.py:2: gauche → droite"]),
        ("import carte.droite.module", ["carte/gauche/module.py:2: gauche → droite"]),
        ("from ..droite.module import x", ["carte/gauche/module.py:2: gauche → droite"]),
        ("from .. import droite", ["carte/gauche/module.py:2: gauche → droite"]),
        ("from carte import droite", ["carte/gauche/module.py:2: gauche → droite"]),
        ("def f():\n    from carte.droite import x", ["carte/gauche/module.py:3: gauche → droite"]),
        ("import json", []),
        ("from carte.gauche import autre", []),
    ],
)
def test_an_import_to_the_right_is_seen_however_it_is_written(tmp_path: Path, ligne: str, attendu: list[str]) -> None:
    source = _deux_pieces(tmp_path, f'"""Module."""\n{ligne}\n')
    assert interdits({"gauche": 0, "droite": 1}, source) == attendu


def test_a_circle_is_seen(tmp_path: Path) -> None:
    source = _deux_pieces(tmp_path, "from carte.gauche import autre\n")
    (source / "carte/gauche/autre.py").write_text("def f():\n    from carte.gauche import module\n", encoding="utf-8")
    assert set(cercle(source)) == {"carte.gauche.module", "carte.gauche.autre"}


def _deux_pieces(dossier: Path, module: str) -> Path:
    for piece in ("gauche", "droite"):
        (dossier / "carte" / piece).mkdir(parents=True)
        (dossier / "carte" / piece / "__init__.py").write_text("", encoding="utf-8")
        (dossier / "carte" / piece / "module.py").write_text("x = 1\n", encoding="utf-8")
    (dossier / "carte/__init__.py").write_text("", encoding="utf-8")
    (dossier / "carte/gauche/autre.py").write_text("", encoding="utf-8")
    (dossier / "carte/gauche/module.py").write_text(module, encoding="utf-8")
    return dossier


def test_the_drawing_and_its_table_are_those_of_the_code() -> None:
    """Stale? Run `.venv/bin/python scripts/dessiner_architecture.py`."""
    assert architecture.DESSIN.read_text(encoding="utf-8") == architecture.dessin()
    page = architecture.PAGE.read_text(encoding="utf-8")
    assert page == architecture.page(page)


def test_the_readme_gives_the_rooms_in_their_order() -> None:
    texte = (RACINE / "README.md").read_text(encoding="utf-8")
    phrase = re.search(r"de gauche à droite : ([^.]+)\.", texte)
    assert phrase is not None
    noms = re.findall(r"`(\w+)`", phrase.group(1))
    assert noms == [piece.nom for piece in architecture.pieces() if piece.nom in noms]
    assert len(noms) > 10


def test_contributing_sends_to_the_one_list() -> None:
    texte = (RACINE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "docs/architecture.md" in texte
    assert not re.search(r"`nomenclature`, `hours`", texte)
