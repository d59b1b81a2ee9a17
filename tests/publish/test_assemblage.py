"""Several modules in one file: each in its scope, in the order they need; what is not in our style is refused."""

import shutil
import subprocess
from pathlib import Path

import pytest

from carte.publish.cadre import actifs
from carte.publish.cadre.assemblage import assembler
from publish.monde import RACINE

MODULES = {
    "a.js": b'import { b, c as renomme } from "./sous/b.js";\nimport * as d from "./d.js";\n'
    b"const x = 1;\nconsole.log([x, b(), renomme, d.vaut]);\n",
    "sous/b.js": b'import { vaut } from "../d.js";\nconst x = 2;\n'
    b'export function b() {\n  return x + vaut;\n}\nexport const c = "c";\n',
    "d.js": b"export const vaut = 40;\nexport {};\n",
}


def lancer(fichier: Path) -> str:
    node = shutil.which("node")
    assert node, "node est nécessaire : il installe aussi les bibliothèques du site"
    return subprocess.run([node, str(fichier)], capture_output=True, text=True, check=True).stdout


def test_one_file_does_what_the_modules_did(tmp_path: Path) -> None:
    fichier = tmp_path / "a.mjs"
    fichier.write_bytes(assembler(MODULES, "a.js"))
    assert lancer(fichier) == "[ 1, 42, 'c', 40 ]\n"


@pytest.mark.parametrize(
    "texte",
    [b'import x from "./d.js";\n', b'import "./d.js";\n', b"export default 1;\n", b'export { vaut } from "./d.js";\n'],
)
def test_another_style_is_refused(texte: bytes) -> None:
    with pytest.raises(ValueError, match="pas dans le style"):
        assembler({**MODULES, "a.js": texte}, "a.js")


def test_a_cycle_is_refused() -> None:
    rond = {"a.js": b'import { b } from "./b.js";\n', "b.js": b'import { a } from "./a.js";\n'}
    with pytest.raises(ValueError, match=r"en rond : a\.js → b\.js → a\.js"):
        assembler(rond, "a.js")


def test_the_search_is_one_file_without_comments(tmp_path: Path) -> None:
    statiques = actifs.rassembler(RACINE)
    recherche = statiques.fichiers["modules/recherche/recherche.js"]
    assert b"import " not in recherche
    assert b"\n//" not in recherche
    assert b"/**" not in recherche.replace(b"/** @type", b"")
    assert statiques.feuilles == ["carte.css"]
    fichier = tmp_path / "recherche.mjs"
    fichier.write_bytes(b"globalThis.document = { querySelectorAll: () => [] };\n" + recherche)
    assert lancer(fichier) == ""


def test_only_comments_are_left_out() -> None:
    """Every line that is not within a comment is served, in order."""
    statiques = actifs.rassembler(RACINE)
    for fichier in sorted((RACINE / "site_src" / "modules").rglob("*.js")):
        nom = fichier.relative_to(RACINE / "site_src" / "modules").as_posix()
        if nom == "recherche/recherche.js":
            continue
        attendues, dans_un_commentaire = [], False
        for ligne in fichier.read_text(encoding="utf-8").split("\n"):
            debut = ligne.strip()
            if dans_un_commentaire or debut.startswith(("/**", "//")):
                seule = debut.startswith("//") or "*/" not in debut or debut.endswith("*/")
                dans_un_commentaire = not debut.startswith("//") and "*/" not in debut
                if seule:
                    continue
            attendues.append(ligne)
        servies = statiques.fichiers[f"modules/{nom}"].decode().split("\n")
        assert servies == attendues, nom
