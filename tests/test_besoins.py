"""One list of needs, in `verifier_outils`: the README, the continuous integration and the workflow take it there."""

import subprocess
import sys
from pathlib import Path

import pytest

import verifier_outils
from sites import RACINE

INSTALLE = "python3 scripts/verifier_outils.py --tests --installer"


def test_the_readme_shows_the_list() -> None:
    assert verifier_outils.liste() in (RACINE / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("fichier", [".ci/run", ".github/workflows/controle.yml"])
def test_integration_installs_the_list_and_names_no_package_of_its_own(fichier: str) -> None:
    texte = (RACINE / fichier).read_text(encoding="utf-8")
    assert INSTALLE in texte
    assert "apt-get" not in texte


def test_each_need_has_a_use() -> None:
    assert all(besoin.nom and besoin.sert_a for besoin in verifier_outils.BESOINS)
    paquets = [besoin.paquet for besoin in verifier_outils.BESOINS if besoin.paquet]
    assert len(set(paquets)) == len(paquets)


def test_a_machine_without_tools_is_told_each_of_them_once() -> None:
    """An empty PATH: one sentence a tool, with its package, and exit code 1."""
    fini = subprocess.run(
        [sys.executable, RACINE / "scripts" / "verifier_outils.py", "--tests"],
        env={"PATH": ""},
        capture_output=True,
        text=True,
    )
    assert fini.returncode == 1
    # A library is there, or not, whatever the path.
    commandes = [ligne for ligne in fini.stderr.splitlines() if "bibliothèque" not in ligne.split(")")[0]]
    assert [ligne.split(" (")[0] for ligne in commandes] == [
        "Il manque Node.js 20 ou plus récent",
        "Il manque npm, livré avec Node.js",
        "Il manque make",
        "Il manque Git",
        "Il manque Chromium",
        "Il manque Chromium sans fenêtre",
        "Il manque Poppler",
    ]
    assert "apt-get install poppler-utils" in fini.stderr


def test_the_venv_module_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifier_outils.importlib.util, "find_spec", lambda nom: None if nom == "ensurepip" else nom)
    ((besoin, constat),) = verifier_outils.manques()
    assert verifier_outils.phrase(besoin, constat) == (
        "Il manque venv, module de Python (module ensurepip), pour installer les bibliothèques dans ce dossier."
        " Sous Debian : apt-get install python3-venv."
    )


def test_an_old_node_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho v18.20.4\n", encoding="utf-8")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert ("Node.js 20 ou plus récent", "trouvé : v18.20.4, trop ancien") in [
        (besoin.nom, constat) for besoin, constat in verifier_outils.manques()
    ]
