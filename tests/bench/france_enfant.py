"""One measure of a real territory, in a process of its own so that its peak memory is its own: `main` prints JSON.

Layers are those that `carte couches` prepares, strips of neighbours and national copies included; records are those of
the real inventories. Only broadband is invented, in the rows that a département would have.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas
import yaml

from bench import rapport_enfant, rapport_monde
from bench.rapport_enfant import Mesures, chrono
from bench.rapport_monde import ARCEP, DONNEES, RACINE
from carte import __main__ as commande
from carte import pipeline, preparation
from carte.config import Configuration
from carte.couches.tables import restreindre
from carte.couches.voisinage import voisins
from carte.publication import publication

LISTES = (
    ("france-services", "france-services/liste-fs-20240801.csv"),
    ("hub-lo", "hubs/hub-lo-centre-val-de-loire.json"),
    ("standard", "hauts-de-france/lieux-standard-2022.geojson"),
    ("corse", "hubs/corse.json"),
    ("maine-et-loire", "hubs/maine-et-loire.json"),
)


def preparer(departements: int, dossier: Path) -> Configuration:
    """A deployment on as many real départements, with its layers and records in `dossier`."""
    configuration = rapport_monde.configuration(rapport_monde.choisir(departements), dossier)
    configuration = replace(
        configuration, demonstration=False, dossiers=replace(configuration.dossiers, lieux=dossier / "offers")
    )
    list(preparation.preparer_couches(configuration, RACINE, preparation.Demande(depuis=DONNEES)))
    for code in configuration.departements:
        arcep = configuration.dossiers.geo / code / "arcep"
        arcep.mkdir(exist_ok=True)
        (arcep / "commune_debit_filaire.csv").write_bytes(restreindre(ARCEP.read_bytes(), {code, *voisins(code)}))
    for source, liste in LISTES:
        preparation.importer_inventaire(configuration, RACINE, source, DONNEES / liste)
    return configuration


def mesurer(configuration: Configuration, mesures: Mesures, *, publier: bool) -> None:
    """Every stage of a build, then the floor of each."""
    image = pipeline.build_picture(configuration, RACINE, partial(chrono, mesures))
    geo, lieux, site = configuration.dossiers.geo, configuration.dossiers.lieux, configuration.dossiers.sortie / "site"
    planchers: dict[str, Callable[[], object]] = {
        "territoire": lambda: [json.loads(f.read_bytes()) for f in geo.glob("*/communes.geojson")],
        "fiches": lambda: [yaml.load(f.read_bytes(), yaml.CSafeLoader) for f in lieux.rglob("*.yml")],
        "débit": lambda: pandas.read_csv(ARCEP, sep=";", dtype=str),
    }
    if publier:
        from carte.publish import publish

        with publication(site) as chantier, chrono(mesures, "publication"):
            publish(image, chantier)
        planchers["publication"] = lambda: shutil.copytree(site, site.with_name("copie"))
        mesures["fichiers"] = float(sum(f.is_file() for f in site.rglob("*")))
        mesures["octets"] = float(sum(f.stat().st_size for f in site.rglob("*") if f.is_file()))
    mesures["indicateurs.plancher"] = min(rapport_enfant.plancher(image) for _ in range(3))
    for etape, plancher in planchers.items():
        debut = time.process_time()
        plancher()
        mesures[f"{etape}.plancher"] = time.process_time() - debut
    mesures |= {"points": float(len(image.offre)), "communes": float(image.territoire.communes["dans_perimetre"].sum())}
    options = [option for proposition in image.simulations.propositions for option in proposition.options]
    # Families that have the same places share what was computed once.
    mesures |= {"choix": float(len(options)), "calculs": float(len(set(map(id, options))))}
    mesures["ecart"] = max((option.ecart for option in options), default=0.0)


def main(departements: int, publier: bool) -> None:
    """Measure and print, in a process set as that of the command."""
    assert commande.gc.get_threshold()[0] > 10_000
    mesures: Mesures = {}
    with tempfile.TemporaryDirectory() as dossier:
        with chrono(mesures, "préparation"):
            configuration = preparer(departements, Path(dossier))
        mesurer(configuration, mesures, publier=publier)
    print(json.dumps(mesures | {"pic": rapport_enfant.pic_mo()}))
