"""Built sites for the tests that look at whole pages: the demonstration and the Indre, built into temporary folders."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from carte import preparation
from carte.config import Configuration, lire

RACINE = Path(__file__).resolve().parents[1]

_CONSTRUIRE = """
import sys
from dataclasses import replace
from pathlib import Path
from carte.config import lire
from carte import pipeline
from carte.publication import publication
from carte.publish import publish
racine, fichier, sortie = map(Path, sys.argv[1:])
configuration = lire(fichier, racine)
with publication(sortie) as chantier:
    publish(pipeline.build_picture(configuration, racine), chantier)
"""


def une_fois(dossiers: pytest.TempPathFactory, nom: str, faire: Callable[[Path], object]) -> Path:
    """A folder that `faire` fills once for all the workers of a run: the first to ask makes it, the others wait.

    It is to be read, never written.
    """
    base = dossiers.getbasetemp()
    commun = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    dossier, fait = commun / nom, commun / f"{nom}.fait"
    with (commun / f"{nom}.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not fait.exists():
            dossier.mkdir()
            faire(dossier)
            fait.touch()
    return dossier


def configuration_demo(sortie: Path) -> Configuration:
    """The demonstration's configuration, publishing elsewhere than in the project."""
    configuration = lire(RACINE / "carte.yml", RACINE)
    return replace(configuration, dossiers=replace(configuration.dossiers, sortie=sortie))


def construire(fichier: Path, site: Path, graine: str = "0") -> Path:
    """Build a deployment into `site`, in a process of its own, with a given hash seed; returns `site`."""
    subprocess.run(
        [sys.executable, "-c", _CONSTRUIRE, str(RACINE), str(fichier), str(site)],
        check=True,
        cwd=RACINE,
        env={**os.environ, "PYTHONHASHSEED": graine, "NO_MKDOCS_2_WARNING": "1"},
    )
    return site


def preparer_indre(dossier: Path, partage: Path) -> Path:
    """Prepare the layers and records of the real Indre in `dossier` from the shared material, as `make indre` does.

    Returns the configuration file of a deployment that reads them there.
    """
    brut = yaml.safe_load((RACINE / "scripts" / "deploiements" / "indre.yml").read_text(encoding="utf-8"))
    brut["dossiers"] = {"lieux": str(dossier / "offers"), "geo": str(dossier / "geo"), "sortie": str(dossier)}
    fichier = dossier / "indre.yml"
    fichier.write_text(yaml.safe_dump(brut, allow_unicode=True), encoding="utf-8")
    configuration, donnees = lire(fichier, RACINE), partage / "data"
    list(preparation.preparer_couches(configuration, RACINE, preparation.Demande(depuis=donnees)))
    for source, inventaire in (
        ("france-services", donnees / "france-services" / "liste-fs-20240801.csv"),
        ("hub-lo", donnees / "hubs" / "hub-lo-centre-val-de-loire.json"),
    ):
        preparation.importer_inventaire(configuration, RACINE, source, inventaire)
    return fichier
