"""What the check of a pull request tells the forge: lines, summary, and files named from the repository's root."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from carte import forge
from carte.records import Gravite, Problem
from sites import RACINE

PROBLEME = Problem("offers/36/a.yml", 3, 13, "nom", "", "Il manque un nom.", Gravite.BLOQUANT, "nom")
LU = ((PROBLEME,), "1 fiche lue")


def test_the_list_is_added_to_the_summary_of_the_job(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sommaire = tmp_path / "sommaire.md"
    sommaire.write_text("avant\n")
    forge.annoncer(*LU, tmp_path, tmp_path, {"GITHUB_STEP_SUMMARY": str(sommaire)})
    assert capsys.readouterr().out.startswith("::error file=offers/36/a.yml,line=3,col=13")
    assert sommaire.read_text().startswith("avant\n<h2>1 fiche lue</h2>")
    assert "<td>offers/36/a.yml:3:13</td>" in sommaire.read_text()


def test_the_summary_links_to_the_lines_of_this_commit(tmp_path: Path) -> None:
    sommaire = tmp_path / "sommaire.md"
    environ = {
        "GITHUB_STEP_SUMMARY": str(sommaire),
        "GITHUB_SERVER_URL": "https://forge.example",
        "GITHUB_REPOSITORY": "hub/carte",
        "GITHUB_SHA": "abc",
    }
    forge.annoncer(*LU, tmp_path, tmp_path, environ)
    assert '<a href="https://forge.example/hub/carte/blob/abc/offers/36/a.yml#L3">' in sommaire.read_text()


@pytest.mark.parametrize(
    ("lieux", "environ", "attendu"),
    [
        pytest.param("offers", {}, "offers/36/a.yml", id="at-the-root"),
        pytest.param("hubs/centre/offers", {}, "hubs/centre/offers/36/a.yml", id="deeper"),
        pytest.param("offers", {"GITHUB_WORKSPACE": "..."}, "projet/offers/36/a.yml", id="project-in-a-folder"),
        pytest.param("../ailleurs/offers", {}, "offers/36/a.yml", id="outside"),
    ],
)
def test_files_are_named_from_the_root_of_the_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lieux: str, environ: dict[str, str], attendu: str
) -> None:
    projet = tmp_path / "projet"
    (projet / lieux).mkdir(parents=True)
    forge.annoncer(*LU, (projet / lieux).parent, projet, dict.fromkeys(environ, str(tmp_path)))
    assert f"file={attendu}," in capsys.readouterr().out


def _valider(dossier: Path, texte: str) -> subprocess.CompletedProcess[str]:
    fichier = dossier / "carte.yml"
    fichier.write_text(texte, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "carte", "valider", "--format", "github", "--config", str(fichier)],
        cwd=RACINE, capture_output=True, text=True, check=False,
        env=os.environ | {"GITHUB_WORKSPACE": str(dossier), "GITHUB_STEP_SUMMARY": str(dossier / "sommaire.md")},
    )  # fmt: skip


def test_the_faults_of_a_configuration_are_annotated_at_their_lines(tmp_path: Path) -> None:
    fini = _valider(tmp_path, "nom: seul\n")
    assert fini.returncode == 1
    annonces = fini.stdout.splitlines()
    assert len(annonces) > 1
    assert all(ligne.startswith("::error file=carte.yml,line=1,col=1,") for ligne in annonces)
    assert (tmp_path / "sommaire.md").read_text(encoding="utf-8").count("<td>bloquant</td>") == len(annonces)


def test_a_configuration_that_cannot_be_used_is_annotated_too(tmp_path: Path) -> None:
    texte = (RACINE / "carte.yml").read_text(encoding="utf-8").replace("sortie: build", "sortie: offers")
    fini = _valider(tmp_path, texte)
    assert fini.returncode == 1
    assert fini.stdout.startswith("::error title=lecture::Le site (")
    assert fini.stderr.startswith("Erreur : Le site (")


def test_gitlab_shows_each_problem_at_its_line(tmp_path: Path) -> None:
    """The format « Code Quality »: one fingerprint a problem, files from the root of the repository."""
    bloquant = Problem("offers/99/a.yml", 3, 5, "nom", "x", "Un « nom » <b> manque.", Gravite.BLOQUANT, "forme")
    conseil = Problem("offers/99/a.yml", 1, 1, "", "", "Un conseil.", Gravite.CONSEIL, "date")
    rapport = json.loads(forge.rapport_gitlab([bloquant, conseil], tmp_path / "hub", tmp_path))
    assert [(r["severity"], r["location"]) for r in rapport] == [
        ("blocker", {"path": "hub/offers/99/a.yml", "lines": {"begin": 3}}),
        ("info", {"path": "hub/offers/99/a.yml", "lines": {"begin": 1}}),
    ]
    assert len({r["fingerprint"] for r in rapport}) == 2
    assert rapport[0]["description"] == bloquant.message
