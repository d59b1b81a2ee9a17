"""The complete slice: validation, the builds with each stage's share, fiches against mkdocs-material, start-up."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench import tranche_fiches, tranche_validation
from bench.line import line
from carte import pipeline, preparation
from carte.config import Configuration, lire
from carte.publication import publication

RACINE = Path(__file__).resolve().parents[2]
PARTAGE = RACINE.parent / "shared"
TOURS = 7


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    yield from _demarrage()
    yield from tranche_validation.run()
    yield from tranche_fiches.run()
    with tempfile.TemporaryDirectory() as dossier:
        yield from _construction("demonstration", _ailleurs(RACINE / "carte.yml", Path(dossier)))
    if not PARTAGE.is_dir():
        yield "BENCH tranche.indre absent: le dossier ../shared manque"
        return
    with tempfile.TemporaryDirectory() as dossier:
        indre = _ailleurs(RACINE / "scripts" / "deploiements" / "indre.yml", Path(dossier))
        yield from _construction("indre", _preparer_indre(indre, Path(dossier)))


def _demarrage() -> Iterator[str]:
    """Start-up of `carte --help` against that of Python alone, best of several, interleaved."""
    aide = [sys.executable, "-m", "carte", "--help"]
    rien = [sys.executable, "-c", "pass"]
    mesures: list[list[float]] = [[], []]
    for _ in range(TOURS):
        for rang, commande in enumerate((aide, rien)):
            debut = time.perf_counter()
            subprocess.run(commande, check=True, capture_output=True, cwd=RACINE)
            mesures[rang].append(time.perf_counter() - debut)
    notre, plancher = map(min, mesures)
    yield line("tranche.demarrage", notre, "s", at_most=0.3)
    yield line("tranche.demarrage.rapport", notre / plancher, "x")


def _ailleurs(fichier: Path, dossier: Path) -> Configuration:
    """A deployment that publishes in a temporary folder."""
    configuration = lire(fichier, RACINE)
    return replace(configuration, dossiers=replace(configuration.dossiers, sortie=dossier))


def _preparer_indre(configuration: Configuration, dossier: Path) -> Configuration:
    """Layers and records of the real Indre, prepared apart from the project."""
    donnees = PARTAGE / "data"
    configuration = replace(
        configuration, dossiers=replace(configuration.dossiers, lieux=dossier / "offers", geo=dossier / "geo")
    )
    list(preparation.preparer_couches(configuration, RACINE, preparation.Demande(depuis=donnees)))
    liste = donnees / "france-services" / "liste-fs-20240801.csv"
    preparation.importer_inventaire(configuration, RACINE, "france-services", liste)
    inventaire = donnees / "hubs" / "hub-lo-centre-val-de-loire.json"
    preparation.importer_inventaire(configuration, RACINE, "hub-lo", inventaire)
    return configuration


def _construction(nom: str, configuration: Configuration) -> Iterator[str]:
    """Seconds of a whole build, and the share of each stage."""
    from carte.publish import publish

    durees: dict[str, float] = {}

    @contextmanager
    def etape(stage: str) -> Iterator[None]:
        debut = time.perf_counter()
        yield
        durees[stage] = time.perf_counter() - debut

    picture = pipeline.build_picture(configuration, RACINE, etape)
    with publication(configuration.dossiers.sortie / "site") as chantier, etape("publication"):
        publish(picture, chantier)
    total = sum(durees.values())
    yield line(f"tranche.construction.{nom}", total, "s")
    for stage, duree in durees.items():
        yield line(f"tranche.construction.{nom}.{stage}", 100 * duree / total, "%")
