"""The check of a pull request: faults are annotated first, and nothing that it runs can do harm."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

RACINE = Path(__file__).parents[1]
FLUX = sorted((RACINE / ".github" / "workflows").glob("*.yml"))
# What `make` builds or tries, whole; `make installer` builds nothing.
_CONSTRUIT = re.compile(r"make (?!installer\b)\w+|carte construire|scripts/build\.py|pytest")
_ANNOTE = ".venv/bin/carte valider --format github"


def _taches(flux: Path) -> dict[str, Any]:
    # « on » is True for YAML 1.1; nothing else of a workflow is read differently.
    return dict(yaml.safe_load(flux.read_text(encoding="utf-8"))["jobs"])


def _commandes(tache: dict[str, Any]) -> list[str]:
    return [etape.get("run", "") for etape in tache["steps"]]


def _prealables(nom: str, taches: dict[str, Any]) -> list[str]:
    """The commands that have succeeded before a job begins."""
    besoins = taches[nom].get("needs", [])
    besoins = [besoins] if isinstance(besoins, str) else besoins
    return [c for besoin in besoins for c in (*_prealables(besoin, taches), *_commandes(taches[besoin]))]


def test_faults_are_annotated_before_anything_is_built() -> None:
    taches = _taches(RACINE / ".github" / "workflows" / "controle.yml")
    constructions = 0
    for nom, tache in taches.items():
        commandes = [*_prealables(nom, taches), *_commandes(tache)]
        for rang, commande in enumerate(commandes):
            if _CONSTRUIT.search(commande):
                constructions += 1
                assert _ANNOTE in commandes[:rang], f"{nom} : « {commande} » passe avant l'annotation des fiches"
    assert constructions > 0


def test_the_annotation_comes_right_after_the_installation() -> None:
    taches = _taches(RACINE / ".github" / "workflows" / "controle.yml")
    (commandes,) = (c for t in taches.values() if _ANNOTE in (c := [x for x in _commandes(t) if x]))
    assert commandes == ["make installer", _ANNOTE]


def test_make_installer_installs_what_the_site_needs_and_builds_nothing() -> None:
    makefile = (RACINE / "Makefile").read_text(encoding="utf-8")
    installer, site = (
        re.search(rf"^{cible}: ([^#]*)##[^\n]*\n((?:\t[^\n]*\n)*)", makefile, re.M) for cible in ("installer", "site")
    )
    assert installer
    assert site
    assert installer.group(1) == site.group(1)
    assert installer.group(2) == ""


@pytest.mark.parametrize("flux", FLUX, ids=lambda flux: flux.name)
def test_workflows_can_do_no_harm(flux: Path) -> None:
    texte = flux.read_text(encoding="utf-8")
    contenu = yaml.safe_load(texte)
    assert contenu["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in texte
    assert "secrets." not in texte
    # YAML 1.1 reads « on » as True. Only what no pull request starts may write, and in a job that says so.
    par_proposition = "pull_request" in contenu[True]
    for tache in contenu["jobs"].values():
        assert tache["timeout-minutes"] <= 60
        permises = set() if par_proposition else {"contents", "pull-requests"}
        assert set(tache.get("permissions", {})) <= permises
        for etape in tache["steps"]:
            assert not re.search(r"\$\{\{.*(?:head_ref|event\.)", etape.get("run", "")), "a text of the author runs"
            if "uses" in etape:
                assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", etape["uses"]), etape["uses"]
            if etape.get("uses", "").startswith("actions/checkout@"):
                assert etape["with"]["persist-credentials"] is False


def test_the_program_is_tried_on_every_python_it_announces() -> None:
    taches = _taches(RACINE / ".github" / "workflows" / "controle.yml")
    assert taches["programme"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]


def test_no_command_of_the_makefile_deletes_what_a_person_may_have_made() -> None:
    """What can be deleted is known to the program, by its mark and its memory: make never guesses."""
    recettes = re.findall(r"^\t.*", (RACINE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(recettes) > 20
    assert [r for r in recettes if re.search(r"\brm\b|-delete|\bmv\b|git (clean|checkout|reset)", r)] == []
