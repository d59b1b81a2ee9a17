"""One world built whole, then after each edit of one record, in a process of its own: `main` prints JSON."""

import json
import os
import re
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench import france_enfant, rapport_monde
from bench.rapport_monde import DONNEES, RACINE
from carte import entrees, pipeline, preparation, records, territory
from carte.config import Configuration, lire
from carte.entrees import COG_NATIONAL
from carte.execution import Processus
from carte.memoire import SANS_MEMOIRE, Memoire, ouvrir
from carte.publication import publication
from carte.publish import publish

REGION = ("02", "59", "60", "62", "80")
LIEUX = DONNEES / "hauts-de-france" / "lieux-standard-2022.geojson"
TELEPHONE = re.compile(r'^telephone: "\+33(\d)(\d{8})"$', re.MULTILINE)
HORAIRES = re.compile(r"^horaires: .*?(\d\d):\d\d-", re.MULTILINE)


def preparer(monde: str, dossier: Path) -> Configuration:
    """The configuration of a world, with its records in `dossier`, to be edited."""
    if monde == "demonstration":
        configuration = lire(RACINE / "carte.yml", RACINE)
        lieux = shutil.copytree(RACINE / "offers", dossier / "offers", ignore=shutil.ignore_patterns("nomenclature"))
        return replace(configuration, dossiers=replace(configuration.dossiers, lieux=lieux, sortie=dossier / "build"))
    if monde == "pays":
        configuration = france_enfant.preparer(len(list(rapport_monde.CONTOURS.glob("*.geojson"))), dossier)
        shutil.rmtree(configuration.dossiers.lieux)
        territoire = territory.lire(configuration.dossiers.geo, configuration.departements, RACINE / COG_NATIONAL)
        for fiche in rapport_monde.lieux(territoire, rapport_monde.LIEUX_DU_PAYS):
            fichier = configuration.dossiers.lieux / f"{fiche.identifiant}.yml"
            fichier.parent.mkdir(parents=True, exist_ok=True)
            fichier.write_text(records.to_yaml(fiche.lieu), encoding="utf-8")
        # Some were drawn just outside of a small commune: the check refuses them.
        for probleme in entrees.valider(configuration, RACINE, territory.Geographie(territoire)).problemes:
            if probleme.gravite is records.Gravite.BLOQUANT:
                (configuration.dossiers.lieux.parent / probleme.fichier).unlink(missing_ok=True)
        return configuration
    configuration = rapport_monde.configuration(REGION, dossier)
    configuration = replace(
        configuration, demonstration=False, dossiers=replace(configuration.dossiers, lieux=dossier / "offers")
    )
    list(preparation.preparer_couches(configuration, RACINE, preparation.Demande(depuis=DONNEES)))
    preparation.importer_inventaire(configuration, RACINE, "standard", LIEUX)
    return configuration


def construire(configuration: Configuration, memoire: Memoire) -> tuple[float, int]:
    """Seconds of processor of a build, children included, and its number of places."""
    debut, executeur = time.process_time(), Processus()
    with publication(configuration.dossiers.sortie / "site", memoire=lambda: memoire) as chantier:
        image = pipeline.build_picture(configuration, RACINE, memoire=memoire)
        publish(image, chantier, executeur, memoire)
    return time.process_time() - debut + executeur.effort.secondes, len(image.enregistrements)


def editer(configuration: Configuration, motif: re.Pattern[str], autre: str) -> None:
    """Change one record, the first after the middle that can be."""
    fiches = sorted(configuration.dossiers.lieux.glob("*/*.yml"))
    for fiche in fiches[len(fiches) // 2 :]:
        texte = fiche.read_text(encoding="utf-8")
        if (trouve := motif.search(texte)) and "a_completer" not in texte:
            debut, fin = trouve.span(1)
            nouveau = str((int(trouve[1]) % 5) + 1) if autre == "telephone" else "10" if trouve[1] != "10" else "09"
            fiche.write_text(texte[:debut] + nouveau + texte[fin:], encoding="utf-8")
            return
    raise LookupError(motif.pattern)


def main(monde: str) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = Path(temporaire)
        os.environ["XDG_CACHE_HOME"] = str(dossier / "cache")
        configuration = preparer(monde, dossier)
        construire(configuration, SANS_MEMOIRE)  # what is loaded once is not counted
        entier, lieux = construire(configuration, SANS_MEMOIRE)
        memoire = ouvrir(dossier / "memoire", RACINE)
        mesures = {"entier": entier, "lieux": float(lieux), "garder": construire(configuration, memoire)[0]}
        for edition, motif in (("telephone", TELEPHONE), ("horaires", HORAIRES)):
            editer(configuration, motif, edition)
            mesures[edition] = construire(configuration, ouvrir(dossier / "memoire", RACINE))[0]
        mesures["octets"] = float(sum(f.stat().st_size for f in (dossier / "memoire").rglob("*") if f.is_file()))
    print(json.dumps(mesures))
