"""A broken installation is explained: one line for each thing, what to do, an exit code, never a stack."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

import verifier_outils
from carte.cli import cli
from carte.diagnostic import outils
from carte.diagnostic.constat import Constat, Etat, ecrire, essayer
from carte.erreurs import ErreurCarte
from sites import RACINE


def _port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as prise:
        return str(prise.getsockname()[1])


def _diagnostic(*arguments: str) -> Result:
    resultat = CliRunner().invoke(cli, ["diagnostic", *arguments, "--port", _port()])
    assert isinstance(resultat.exception, SystemExit | None)
    assert "Traceback" not in resultat.output
    return resultat


def _lignes(sortie: str) -> dict[str, str]:
    """What was examined → its state."""
    return {
        quoi.strip(): etat for etat, quoi in re.findall(r"^(OK|à corriger|inconnu) +([^:\n]+)", sortie, re.MULTILINE)
    }


@pytest.fixture
def sans_outils(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tools and libraries have their own tests."""
    monkeypatch.setattr(outils, "examiner", lambda *_, **__: iter(()))


@pytest.fixture
def deploiement(tmp_path: Path) -> Path:
    """A copy of the demonstration, to break at will."""
    shutil.copytree(RACINE / "offers", tmp_path / "offers")
    shutil.copytree(RACINE / "geo", tmp_path / "geo")
    brut = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))
    brut["dossiers"] = {nom: str(tmp_path / dossier) for nom, dossier in (("lieux", "offers"), ("geo", "geo"))}
    brut["dossiers"]["sortie"] = str(tmp_path / "build")
    (tmp_path / "carte.yml").write_text(yaml.safe_dump(brut, allow_unicode=True), encoding="utf-8")
    return tmp_path


def _config(dossier: Path) -> tuple[str, str]:
    return "--config", str(dossier / "carte.yml")


def test_a_right_installation_has_nothing_to_mend() -> None:
    resultat = _diagnostic()
    assert resultat.exit_code == 0, resultat.output
    lignes = _lignes(resultat.output)
    for quoi in (
        "Bibliothèques Python",
        "Bibliothèques du navigateur",
        "Assemblage (esbuild)",
        "Polices et PDF (typst)",
    ):
        assert lignes[quoi] == "OK"
    for besoin in verifier_outils.BESOINS:
        assert (besoin.nom in lignes) is not besoin.pour_les_tests
    for quoi in ("Configuration", "Couches 99", "Fiches", "Place du site"):
        assert lignes[quoi] == "OK"


@pytest.mark.usefixtures("sans_outils")
def test_every_fault_of_the_configuration_comes_at_once(deploiement: Path) -> None:
    (deploiement / "carte.yml").write_text("demonstration: non\nurl: javascript:alert(1)\n", encoding="utf-8")
    resultat = _diagnostic(*_config(deploiement))
    assert resultat.exit_code == 1
    assert ":1:16: « demonstration » attend" in resultat.output
    assert ":2:6: Seules les adresses" in resultat.output
    lignes = _lignes(resultat.output)
    assert {lignes[quoi] for quoi in ("Couches", "Fiches", "Place du site")} == {"inconnu"}


@pytest.mark.usefixtures("sans_outils")
def test_an_absent_configuration_is_one_line(tmp_path: Path) -> None:
    resultat = _diagnostic(*_config(tmp_path))
    assert resultat.exit_code == 1
    assert _lignes(resultat.output)["Configuration"] == "à corriger"


@pytest.mark.usefixtures("sans_outils")
def test_layers_that_changed_or_are_gone_are_said(deploiement: Path) -> None:
    (deploiement / "geo/99/epcis.json").unlink()
    with (deploiement / "geo/99/communes.geojson").open("a", encoding="utf-8") as fichier:
        fichier.write(" ")
    resultat = _diagnostic(*_config(deploiement))
    assert resultat.exit_code == 1
    assert "geo/99/epcis.json : ce fichier est déclaré dans manifeste.yml, mais il est absent" in resultat.output
    assert "geo/99/communes.geojson : ce fichier a changé depuis" in resultat.output
    shutil.rmtree(deploiement / "geo/99")
    resultat = _diagnostic(*_config(deploiement))
    assert _lignes(resultat.output)["Couches 99"] == "à corriger"
    assert "lancez : carte couches" in resultat.output


@pytest.mark.usefixtures("sans_outils")
def test_a_layer_made_of_several_sources_is_absent_once(deploiement: Path) -> None:
    (deploiement / "geo/99/relief.csv").unlink()
    assert _diagnostic(*_config(deploiement)).output.count("Communes de montagne et du littoral") == 1


@pytest.mark.usefixtures("sans_outils")
def test_records_that_block_are_counted_and_their_absence_is_unknown(deploiement: Path) -> None:
    (deploiement / "offers/99/faux.yml").write_text("nom: [\n", encoding="utf-8")
    resultat = _diagnostic(*_config(deploiement))
    assert resultat.exit_code == 1
    assert re.search(r"à corriger  Fiches : \d+ fiches lues : 1 problème bloquant", resultat.output)
    for fiche in deploiement.glob("offers/9?/*.yml"):
        fiche.unlink()
    assert _lignes(_diagnostic(*_config(deploiement)).output)["Fiches"] == "inconnu"


@pytest.mark.usefixtures("sans_outils")
def test_a_place_that_is_somebody_s_and_a_busy_port_are_said(deploiement: Path) -> None:
    (deploiement / "build/site").mkdir(parents=True)
    (deploiement / "build/site/photo.jpg").touch()
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port = str(prise.getsockname()[1])
        resultat = CliRunner().invoke(cli, ["diagnostic", *_config(deploiement), "--port", port])
    assert resultat.exit_code == 1
    lignes = _lignes(resultat.output)
    assert lignes["Place du site"] == lignes[f"Port {port}"] == "à corriger"
    assert "déjà pris par un autre programme" in resultat.output
    assert (deploiement / "build/site/photo.jpg").exists()


def test_libraries_are_compared_with_the_locks(tmp_path: Path) -> None:
    """A lock that asks for more than what is there: each difference is named."""
    (tmp_path / "requirements.txt").write_text(
        "click==0.0.1 \\\n    --hash=sha256:00\nabsente-49==1.0 \\\n    --hash=sha256:00\n"
        'ailleurs==1.0 ; sys_platform == "martien" \\\n    --hash=sha256:00\n',
        encoding="utf-8",
    )
    paquets = {
        "": {},
        "node_modules/leaflet": {"version": "9.9.9"},
        "node_modules/essais": {"version": "1", "dev": True},
    }
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": paquets}), encoding="utf-8")
    constats = {c.quoi: c for c in outils.examiner(tmp_path, tests=False)}
    python, npm = constats["Bibliothèques Python"], constats["Bibliothèques du navigateur"]
    assert python.etat is npm.etat is Etat.A_CORRIGER
    assert re.fullmatch(r"click \S+ au lieu de 0\.0\.1, absente-49 manque\.", python.detail)
    assert npm.detail == "leaflet manque."
    assert constats["Assemblage (esbuild)"].etat is constats["Polices et PDF (typst)"].etat is Etat.A_CORRIGER


def test_a_tool_that_is_absent_is_said_by_the_one_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    constats = {c.quoi: c for c in outils.examiner(RACINE, tests=False)}
    node = constats["Node.js 20 ou plus récent"]
    assert node.etat is Etat.A_CORRIGER
    assert node.detail.startswith("Il manque Node.js 20 ou plus récent (commande node), pour ")


@pytest.mark.parametrize(
    ("erreur", "etat", "dit"),
    [
        (ErreurCarte("à refaire"), Etat.A_CORRIGER, "à refaire"),
        (ModuleNotFoundError("x", name="shapely"), Etat.A_CORRIGER, "la bibliothèque shapely manque"),
        (PermissionError(13, "x", "geo/49"), Etat.A_CORRIGER, "geo/49 : la permission est refusée."),
        (ZeroDivisionError("1/0"), Etat.INCONNU, "erreur imprévue (ZeroDivisionError)"),
    ],
)
def test_whatever_fails_is_one_line(erreur: Exception, etat: Etat, dit: str) -> None:
    def examen() -> list[Constat]:
        raise erreur

    (constat,) = essayer("Essai", examen)
    assert constat.etat is etat
    assert dit in constat.detail


def test_whose_computer_it_is_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/camille")
    ligne = ecrire(Constat(Etat.OK, "Place", "/home/camille/hub/build peut être écrit.", "rien"))
    assert ligne == "OK          Place : ~/hub/build peut être écrit.\n            → rien"


@pytest.mark.parametrize("absente", ["pydantic", "yaml", "shapely", "typst", "packaging"])
def test_a_library_that_does_not_load_does_not_hide_the_rest(tmp_path: Path, absente: str) -> None:
    fini = _sans_bibliotheque(tmp_path, absente, "-m", "carte", "diagnostic", "--port", _port())
    assert fini.returncode == 1
    assert f"la bibliothèque {absente} manque ou ne se charge pas." in fini.stdout
    assert "Traceback" not in fini.stdout + fini.stderr
    lignes = _lignes(fini.stdout)
    assert lignes["Node.js 20 ou plus récent"] == "OK"
    assert {"Configuration", "Fiches", "Place du site"} <= set(lignes)


def test_without_the_library_of_commands_one_sentence_says_so(tmp_path: Path) -> None:
    fini = _sans_bibliotheque(tmp_path, "click", "-m", "carte", "diagnostic")
    assert fini.returncode == 1
    assert fini.stderr.startswith("Erreur : il manque la bibliothèque click. Effacez le dossier .venv")
    assert len(fini.stderr.splitlines()) == 1


def _sans_bibliotheque(dossier: Path, nom: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with one library that cannot be found."""
    (dossier / f"{nom}.py").write_text(f"raise ModuleNotFoundError('absente', name='{nom}')\n", encoding="utf-8")
    chemins = os.pathsep.join([str(dossier), str(RACINE / "scripts")])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=RACINE,
        env={**os.environ, "PYTHONPATH": chemins},
        capture_output=True,
        text=True,
    )
