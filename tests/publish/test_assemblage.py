"""What esbuild makes of our modules and sheets: whole, light, the same at every build; a fault is told where it is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from carte.publish.cadre import actifs, assemblage, bibliotheques
from publish.monde import RACINE

MODULES = RACINE / "site_src" / "modules"


@pytest.fixture(scope="module")
def servis() -> dict[str, bytes]:
    return assemblage.modules(RACINE)


@pytest.fixture
def projet(tmp_path: Path) -> Path:
    """A project of our modules, which a test may spoil."""
    shutil.copytree(MODULES, tmp_path / "site_src" / "modules")
    (tmp_path / "node_modules").symlink_to(RACINE / "node_modules")
    return tmp_path


# What a page of nothing answers to who looks into it.
_PAGE = b"""
globalThis.self = globalThis;
globalThis.addEventListener = () => {};
globalThis.HTMLFormElement = class {};
globalThis.document = { querySelectorAll: () => [], querySelector: () => null };
globalThis.registration = { scope: "https://carte.example/" };
"""


def lancer(node: str, fichier: Path, code: bytes) -> str:
    fichier.write_bytes(_PAGE + code)
    lu = subprocess.run([node, str(fichier)], capture_output=True, text=True, check=False)
    return lu.stdout + lu.stderr


@pytest.mark.parametrize("nom", ["recherche.js", "carte.js", "fiche.js", "feuille.js", "rapport.js", "orientation.js"])
def test_each_page_has_one_file_that_asks_for_no_other(
    servis: dict[str, bytes], node: str, tmp_path: Path, nom: str
) -> None:
    # Only what a person asks for comes apart: the map beside the list.
    assert not re.search(rb"\bimport\b(?!\.meta|\()|\bexport\b", servis[nom])
    assert (b"import(" in servis[nom]) == (nom == "recherche.js")
    assert lancer(node, tmp_path / "page.mjs", servis[nom]) == ""


def test_the_theme_is_a_classic_script(servis: dict[str, bytes]) -> None:
    """It is read before the page is painted: nothing in it may need a module."""
    assert not re.search(rb"\b(?:import|export|await)\b", servis["theme.js"])


def test_nothing_useless_is_served(servis: dict[str, bytes]) -> None:
    for nom, octets in servis.items():
        assert b"sourceMappingURL" not in octets, nom
        assert b"@param" not in octets, nom
        assert str(RACINE).encode() not in octets, nom
        assert octets.count(b"\n") < 60, f"{nom} : seules les phrases d'un gabarit peuvent prendre une ligne"
    sources = sum(fichier.stat().st_size for fichier in MODULES.rglob("*.js"))
    assert len(servis["recherche.js"]) < sources / 2


def test_a_licence_said_in_a_source_is_served(projet: Path) -> None:
    fichier = projet / "site_src" / "modules" / "recherche" / "normaliser.js"
    fichier.write_text("/*! Licence MIT */\n" + fichier.read_text(encoding="utf-8"), encoding="utf-8")
    assert b"/*! Licence MIT */" in assemblage.modules(projet)["recherche.js"]
    assert b"/*! Licence MIT */" in assemblage.reduire(RACINE, b"/*! Licence MIT */ .x { color: red; }", "carte.css")


def test_the_browsers_that_are_aimed_at(servis: dict[str, bytes]) -> None:
    """Safari 15.4 hyphenates under a name of its own; a pattern of letters is made once, as it is written."""
    assert b"-webkit-hyphens:auto" in assemblage.reduire(RACINE, b".x { hyphens: auto; }", "carte.css")
    assert rb"/\p{M}/gu" in servis["recherche.js"]
    assert b"new RegExp(" not in servis["recherche.js"]


def test_every_text_of_the_page_is_there(servis: dict[str, bytes]) -> None:
    assert "Recherche en cours…" in servis["recherche.js"].decode()
    assert "Aller à" not in servis["recherche.js"].decode()


def test_same_sources_same_bytes(servis: dict[str, bytes], projet: Path) -> None:
    assert assemblage.modules(projet) == servis, "wherever the project is"


def test_every_entry_exists_and_no_two_are_served_under_one_name(servis: dict[str, bytes]) -> None:
    assert all((MODULES / entree).is_file() for entree in assemblage.ENTREES)
    assert len(servis) == len(assemblage.ENTREES)


def test_every_module_that_a_page_names_is_served(servis: dict[str, bytes]) -> None:
    """Templates and Python name modules by hand."""
    textes = [f.read_text(encoding="utf-8") for f in (RACINE / "site_src" / "theme").rglob("*.html")]
    textes += [f.read_text(encoding="utf-8") for f in (RACINE / "site_src" / "templates").glob("*.j2")]
    textes += [f.read_text(encoding="utf-8") for f in (RACINE / "site_src" / "pages").glob("*.md")]
    textes += [f.read_text(encoding="utf-8") for f in (RACINE / "scripts" / "carte" / "publish").rglob("*.py")]
    tout = "\n".join(textes)
    nommes = set(re.findall(r"/modules/([\w-]+\.js)", tout)) | set(re.findall(r'\.module\("([^"]+)"\)', tout))
    nommes |= {nom for liste in re.findall(r"^modules: \[(.*)\]", tout, re.MULTILINE) for nom in liste.split(", ")}
    nommes |= {
        nom
        for liste in re.findall(r"^MODULES = \((.*)\)", tout, re.MULTILINE)
        for nom in re.findall(r'"(.*?\.js)"', liste)
    }
    assert nommes == set(servis)


@pytest.mark.parametrize(
    ("faute", "mots", "place"),
    [
        ("const a = ;\n", 'Unexpected ";"', "recherche.js:1:10:"),
        ('import { rien } from "./absent.js";\nrien();\n', 'Could not resolve "./absent.js"', "recherche.js:1:21:"),
    ],
    ids=["syntaxe", "module absent"],
)
def test_a_fault_is_told_where_it_is(projet: Path, faute: str, mots: str, place: str) -> None:
    fichier = projet / "site_src" / "modules" / "recherche" / "recherche.js"
    fichier.write_text(faute + fichier.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(assemblage.AssemblageImpossible, match="ne s'assemblent pas") as levee:
        assemblage.modules(projet)
    assert mots in str(levee.value)
    assert place in str(levee.value)
    assert "node:" not in str(levee.value), "esbuild's words alone"


def test_without_esbuild_one_knows_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(bibliotheques.BibliothequeAbsente, match="npm ci"):
        assemblage.modules(tmp_path)


def test_a_sheet_keeps_its_layers_and_its_order() -> None:
    css = b"@layer a, b;\n/* dit */\n@layer b {\n.x { color: #ff0000; }\n}\n"
    css += b"@layer a { .y:is(a, b) > c { margin: 0 0; } }\n"
    attendu = b"@layer a,b;@layer b{.x{color:red}}@layer a{.y:is(a,b)>c{margin:0}}\n"
    assert assemblage.reduire(RACINE, css, "carte.css") == attendu


@pytest.mark.parametrize("css", [b".x { color: red", b".x { widht: 1px; }", b".x { color: red; }}"])
def test_a_fault_in_a_sheet_is_refused(css: bytes) -> None:
    with pytest.raises(assemblage.AssemblageImpossible, match=r"carte\.css:1:"):
        assemblage.reduire(RACINE, css, "carte.css")


def test_the_worker_still_reads_the_plan_written_before_it(node: str, tmp_path: Path) -> None:
    reduit = assemblage.reduire(RACINE, (RACINE / "site_src" / "service" / "ouvrier.js").read_bytes(), "ouvrier.js")
    plan = b'const PLAN = { version: "1", coquille: [], carte: [], departements: {} };\n'
    assert lancer(node, tmp_path / "service.cjs", plan + reduit + b"console.log(GARDE);") == (
        "carte:https://carte.example/:1\n"
    )


def test_one_sheet_is_served(servis: dict[str, bytes]) -> None:
    statiques = actifs.rassembler(RACINE)
    assert statiques.feuilles == ["carte.css"]
    assert {nom.removeprefix("modules/") for nom in statiques.fichiers if nom.startswith("modules/")} == set(servis)
