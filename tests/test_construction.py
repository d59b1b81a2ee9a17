"""The whole build on the demonstration: same inputs, same bytes; bad records publish nothing."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from carte import pipeline
from carte.picture import Picture
from carte.publication import Chantier
from carte.publish import opendata
from publication.monde import ANCIEN, ancien_site, contenu
from sites import RACINE, configuration_demo, construire


def _empreintes(site: Path) -> dict[str, str]:
    return {
        str(chemin.relative_to(site)): hashlib.sha256(chemin.read_bytes()).hexdigest()
        for chemin in sorted(site.rglob("*"))
        if chemin.is_file()
    }


def _deploiement(dossier: Path) -> Path:
    """A copy of the demonstration's records with a configuration of its own, to break at will."""
    shutil.copytree(RACINE / "offers", dossier / "offers")
    configuration = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))
    configuration["dossiers"] = {
        "lieux": str(dossier / "offers"),
        "geo": str(RACINE / "geo"),
        "sortie": str(dossier / "build"),
    }
    fichier = dossier / "carte.yml"
    fichier.write_text(yaml.safe_dump(configuration, allow_unicode=True), encoding="utf-8")
    return fichier


def _carte(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "carte", *arguments], cwd=RACINE, capture_output=True, text=True, check=False
    )


def test_same_inputs_give_the_same_bytes(site_demonstration: Path, tmp_path: Path) -> None:
    """In two processes, whose tables do not have the same order."""
    un = _empreintes(site_demonstration)
    deux = _empreintes(construire(RACINE / "carte.yml", tmp_path / "deux", graine="2"))
    differents = sorted(nom for nom in un.keys() | deux.keys() if un.get(nom) != deux.get(nom))
    assert differents == []
    assert len(un) > 100


@pytest.mark.xdist_group("construction")
def test_a_build_stopped_in_its_middle_leaves_the_former_site_alone(tmp_path: Path) -> None:
    """Ctrl-C once pages are written, as a terminal sends it: to the build and to its children."""
    fichier = _deploiement(tmp_path)
    site = ancien_site(tmp_path / "build" / "site")
    # A test run in the background inherits a Ctrl+C that nobody hears.
    ecoute = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    ecoute += "; import runpy; runpy.run_module('carte', run_name='__main__')"
    commande = [sys.executable, "-c", ecoute, "construire", "--config", str(fichier)]
    with subprocess.Popen(
        commande, cwd=RACINE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as construction:
        while construction.poll() is None and not any(site.parent.glob(".site.en-cours-*/brouillon/lieux/*/*.html")):
            time.sleep(0.05)
        os.killpg(construction.pid, signal.SIGINT)
        _, dit = construction.communicate(timeout=300)
    assert construction.returncode == 130, dit
    assert dit.splitlines()[-1].startswith("Interrompu.") and "Traceback" not in dit
    assert contenu(site) == ANCIEN
    # What was computed is kept, for the next build to take again.
    assert {reste.name for reste in site.parent.iterdir()} <= {"site", ".site.verrou", "memoire"}


@pytest.mark.xdist_group("construction")
def test_a_blocking_record_publishes_nothing_and_says_where(tmp_path: Path) -> None:
    fichier = _deploiement(tmp_path)
    site = ancien_site(tmp_path / "build" / "site")
    fiche = next((tmp_path / "offers" / "99").glob("*.yml"))
    fiche.write_text(fiche.read_text(encoding="utf-8").replace("services:", "servces:"), encoding="utf-8")

    construction = _carte("construire", "--config", str(fichier))
    validation = _carte("valider", "--config", str(fichier))

    assert construction.returncode == 1
    assert f"{fiche.name}:" in construction.stderr
    assert "« services »" in construction.stderr
    assert "rien n'a été publié" in construction.stderr
    assert contenu(site) == ANCIEN
    assert validation.returncode == 1
    assert f"{fiche.name}:" in validation.stdout


def test_the_demonstration_validates_with_advice_alone() -> None:
    validation = _carte("valider")
    assert validation.returncode == 0, validation.stdout + validation.stderr


def test_mkdocs_builds_the_written_pages_alone_and_strictly(tmp_path: Path) -> None:
    construction = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert construction.returncode == 0, construction.stderr
    assert (tmp_path / "site" / "methode" / "index.html").is_file()


def test_a_former_publication_tells_what_changed(demo: Picture, tmp_path: Path) -> None:
    """The same records compared with their own publication: every effect is zero, and the comparison is there."""
    configuration = replace(configuration_demo(tmp_path), publication_precedente=tmp_path / "donnees")
    opendata.ecrire(replace(demo, evolution=None), Chantier.sur(tmp_path))
    seconde = pipeline.build_picture(configuration, RACINE)
    assert seconde.evolution is not None
    assert seconde.evolution.decompositions
    assert {effet for d in seconde.evolution.decompositions for effet in d.effets.values()} == {0.0}
