"""What surrounds the code: one version, a workflow that tries every Python that is promised, checks that can run."""

import re
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import relire_anglais
from ateliers import actionlint, zizmor
from carte.cli import cli
from sites import RACINE

PROJET = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
BIN = Path(sys.executable).parent


def lire(chemin: str) -> Any:
    return yaml.safe_load((RACINE / chemin).read_text(encoding="utf-8"))


def test_the_version_is_the_last_one_of_the_journal() -> None:
    journal = (RACINE / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d+)\.(\d+)\.(\d+)\] – (\d{4}-\d\d-\d\d)$", journal, re.MULTILINE)
    titres = re.findall(r"^## .*$", journal, re.MULTILINE)
    assert ".".join(versions[0][:3]) == PROJET["project"]["version"]
    nombres = [tuple(map(int, version[:3])) for version in versions]
    jours = [date.fromisoformat(version[3]) for version in versions]
    assert nombres == sorted(nombres, reverse=True)
    assert jours == sorted(jours, reverse=True)
    # Only what is not published yet may stand above, under that name.
    assert len(titres) - len(versions) == (titres[0] == "## [Non publié]")


def test_the_command_says_its_version() -> None:
    sortie = CliRunner().invoke(cli, ["--version"])
    assert sortie.output == f"carte {metadata.version('carte')}\n"


def test_the_workflow_tries_every_python_that_is_promised() -> None:
    (pythons,) = (
        tache["strategy"]["matrix"]["python"]
        for tache in lire(".github/workflows/controle.yml")["jobs"].values()
        if "strategy" in tache
    )
    assert PROJET["project"]["requires-python"] == f">={pythons[0]}"
    mineures = [int(python.removeprefix("3.")) for python in pythons]
    assert mineures == list(range(mineures[0], mineures[0] + len(mineures)))
    assert len(mineures) >= 3


def test_zizmor_finds_no_fault_in_what_github_runs() -> None:
    code, dit = zizmor(RACINE)
    assert code == 0, dit


def test_actionlint_finds_no_fault_in_the_workflows_and_would_say_one(tmp_path: Path) -> None:
    flux = tmp_path / ".github" / "workflows"
    shutil.copytree(RACINE / ".github" / "workflows", flux)
    (flux / "fautif.yml").write_text(
        "on: push\njobs:\n  a: { runs-on: ubuntu-latest, needs: b, steps: [{ run: ls }] }\n", encoding="utf-8"
    )
    code, dit = actionlint(tmp_path)
    assert code == 1
    assert dit.splitlines()[0] == f"Checking {len(list(flux.glob('*.yml')))} workflow file(s)..."
    (faute,) = re.findall(r"^\S+\.ya?ml:\d+:\d+ .*", dit, re.MULTILINE)
    assert faute.startswith('.github/workflows/fautif.yml:3:3 job "a" needs job "b"')


@pytest.mark.parametrize("flux", sorted((RACINE / ".github/workflows").glob("*.yml")), ids=lambda flux: flux.stem)
def test_no_workflow_keeps_a_key_nor_runs_for_ever(flux: Path) -> None:
    contenu = yaml.safe_load(flux.read_text(encoding="utf-8"))
    assert contenu["permissions"] == {"contents": "read"}
    for nom, tache in contenu["jobs"].items():
        assert tache["timeout-minutes"] <= 60, nom
        for etape in tache["steps"]:
            assert "${{" not in etape.get("run", ""), nom
            if "uses" in etape:
                assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", etape["uses"]), etape["uses"]
            if etape.get("uses", "").startswith("actions/checkout@"):
                assert etape["with"]["persist-credentials"] is False, nom


def test_known_flaws_are_asked_for_where_a_network_is_and_nowhere_else() -> None:
    regles = dict(re.findall(r"^([a-z-]+):.*\n((?:\t.*\n)+)", (RACINE / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert "pip-audit --require-hashes --strict" in regles["failles"]  # what an index does not know is not safe
    assert "npm audit" in regles["failles"]
    assert not any("audit" in texte.replace("--no-audit", "") for nom, texte in regles.items() if nom != "failles")
    etapes = [
        etape.get("run")
        for tache in lire(".github/workflows/approvisionnement.yml")["jobs"].values()
        for etape in tache["steps"]
    ]
    assert {"make failles", "make sbom"} <= set(etapes)


def test_every_file_of_locked_versions_is_kept_up_to_date() -> None:
    suivis = {maj["package-ecosystem"] for maj in lire(".github/dependabot.yml")["updates"]}
    assert suivis == {"pip", "npm", "github-actions"}


def test_hooks_are_valid_and_run_what_the_project_locks() -> None:
    fini = subprocess.run([BIN / "pre-commit", "validate-config"], cwd=RACINE, capture_output=True, text=True)
    assert fini.returncode == 0, fini.stdout
    (depot,) = lire(".pre-commit-config.yaml")["repos"]
    assert depot["repo"] == "local", "un autre dépôt demanderait le réseau"
    regles = (RACINE / "Makefile").read_text(encoding="utf-8")
    for crochet in depot["hooks"]:
        outil, argument = crochet["entry"].split()[:2]
        assert outil.startswith(".venv/bin/")
        assert (BIN / Path(outil).name).exists(), outil
        # A hook that `make lint` does not run would be a rule for some only.
        connu = argument if outil.endswith("python") else Path(outil).name
        assert connu in regles or connu == "carte", connu


@pytest.mark.parametrize(
    ("nom", "texte", "fautes"),
    [
        ("a.py", "# We recieve it.\n", ["a.py:1: recieve ==> receive"]),
        ("a.py", 'def f():\n    """One.\n\n    We recieve it.\n    """\n', ["a.py:4: recieve ==> receive"]),
        ("a.py", 'recieve = "recieve"  # of `recieve` and of « recieve »\n', []),
        ("a.js", "let x;\n// We recieve it.\n", ["a.js:2: recieve ==> receive"]),
        ("a.js", '/** @param {Recieve} recieve */\nconst recieve = "recieve";\n', []),
    ],
)
def test_only_english_prose_is_spell_checked(tmp_path: Path, nom: str, texte: str, fautes: list[str]) -> None:
    fichier = tmp_path / nom
    fichier.write_text(texte, encoding="utf-8")
    assert relire_anglais.relire([fichier]) == [f"{tmp_path}/{faute}" for faute in fautes]
