"""The monthly workflow, run here with a repository of its own and a `gh` that only notes what it is asked."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sites import RACINE

SCRIPT = RACINE / "scripts" / "couches_du_mois.sh"
CARTE = """#!/bin/sh
if [ "$2" = --verifier ]; then echo 'Département 36'; echo '  communes.geojson : plus récente'; exit "$CODE"; fi
if [ "$1" = construire ]; then mkdir -p build; echo site > build/index.html; echo "$DIT"; exit "$CONSTRUIT"; fi
mkdir -p geo/36; echo "$CONTENU" > geo/36/communes.geojson
"""
GH = """#!/bin/sh
echo "$@" >> "$RUNNER_TEMP/gh.txt"
[ "$1 $2" = "pr list" ] && echo "$OUVERTE"
true
"""
Lancer = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def depot(avec_git: None, tmp_path: Path) -> Path:
    """A checkout and its remote."""
    depot = tmp_path / "depot"
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "distant"], check=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", depot], check=True)
    for mots in (
        ["remote", "add", "origin", str(tmp_path / "distant")],
        ["-c", "user.name=a", "-c", "user.email=a@a.example", "commit", "--quiet", "--allow-empty", "-m", "Début"],
        ["push", "--quiet", "origin", "main"],
    ):
        subprocess.run(["git", *mots], cwd=depot, check=True)
    for nom, texte in (("carte", CARTE), ("gh", GH)):
        outil = tmp_path / "bin" / nom
        outil.parent.mkdir(exist_ok=True)
        outil.write_text(texte, encoding="utf-8")
        outil.chmod(0o755)
    return depot


@pytest.fixture
def lancer(depot: Path, tmp_path: Path) -> Lancer:
    def une_etape(
        etape: str, *, code: int = 0, contenu: str = "neuf", ouverte: str = "", construit: int = 0
    ) -> subprocess.CompletedProcess[str]:
        dits = {
            "CARTE": str(tmp_path / "bin" / "carte"),
            "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_OUTPUT": str(tmp_path / "sortie.txt"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "resume.md"),
            "CODE": str(code),
            "CONTENU": contenu,
            "CONSTRUIT": str(construit),
            "DIT": "Erreur : geo/36/communes.geojson est vide." if construit else "Site construit.",
            "OUVERTE": ouverte,
        }
        return subprocess.run(
            ["bash", SCRIPT, etape], cwd=depot, env=os.environ | dits, capture_output=True, text=True, check=False
        )

    return une_etape


@pytest.mark.parametrize(
    ("code", "sortie", "fini"),
    [(0, "", 0), (4, "plus_recent=oui\n", 0), (5, "", 0), (1, "", 1), (3, "", 3)],
)
def test_only_what_is_newer_goes_on(lancer: Lancer, tmp_path: Path, code: int, sortie: str, fini: int) -> None:
    resultat = lancer("verifier", code=code)
    assert resultat.returncode == fini, resultat.stderr
    ecrite = tmp_path / "sortie.txt"
    assert (ecrite.read_text(encoding="utf-8") if ecrite.exists() else "") == sortie
    assert "communes.geojson : plus récente" in (tmp_path / "resume.md").read_text(encoding="utf-8")
    assert ("::warning::" in resultat.stdout) is (code == 5)


def test_new_layers_are_proposed_with_what_changed(lancer: Lancer, depot: Path, tmp_path: Path) -> None:
    lancer("verifier", code=4)
    resultat = lancer("proposer")
    assert resultat.returncode == 0, resultat.stderr
    corps = (tmp_path / "corps.md").read_text(encoding="utf-8")
    assert "communes.geojson : plus récente" in corps
    assert "geo/36/communes.geojson | 1 +" in corps
    assert "Le site se construit avec ces couches" in corps
    assert "ne lance pas les contrôles du dépôt" in corps
    appels = (tmp_path / "gh.txt").read_text(encoding="utf-8")
    assert "pr create --head couches/nouvelles --title Couches plus récentes --body-file" in appels
    fichiers = ["git", "ls-tree", "-r", "--name-only", "couches/nouvelles"]
    liste = subprocess.run(fichiers, cwd=tmp_path / "distant", capture_output=True, text=True, check=True).stdout
    assert liste == "geo/36/communes.geojson\n"


def test_layers_that_break_the_site_are_not_proposed(lancer: Lancer, tmp_path: Path) -> None:
    """No check would start on what a workflow opens: a broken site would look like any other proposal."""
    lancer("verifier", code=4)
    resultat = lancer("proposer", construit=1)
    assert resultat.returncode == 1
    assert "::error::Le site ne se construit pas" in resultat.stdout
    assert "communes.geojson est vide" in (tmp_path / "resume.md").read_text(encoding="utf-8")
    assert not (tmp_path / "gh.txt").exists()
    branches = ["git", "branch", "--list", "couches/*"]
    assert not subprocess.run(branches, cwd=tmp_path / "distant", capture_output=True, text=True, check=True).stdout


def test_an_open_proposal_is_brought_up_to_date(lancer: Lancer, tmp_path: Path) -> None:
    lancer("verifier", code=4)
    assert lancer("proposer", ouverte="12").returncode == 0
    appels = (tmp_path / "gh.txt").read_text(encoding="utf-8")
    assert "pr edit couches/nouvelles --body-file" in appels
    assert "pr create" not in appels


def test_layers_that_the_repository_does_not_follow_are_said(lancer: Lancer, depot: Path, tmp_path: Path) -> None:
    (depot / ".git" / "info" / "exclude").write_text("geo/\n", encoding="utf-8")
    lancer("verifier", code=4)
    assert "Rien n'a changé dans le dépôt" in lancer("proposer").stdout
    assert not (tmp_path / "gh.txt").exists()
