"""The simulated permanences: Centre-Val de Loire and all of France; seconds, and gaps left.

Outlines and lists of places are real, read in place; `invente` is France again, with as many places as a full map
would have, all invented. The real list is harder: it has nearly no training and no equipment. `.cpu` figures tell the
processor's seconds apart from a busy machine's waiting. Gaps are the part of the optimum that may be missing from a
choice that is not proved the best.
"""

import importlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas

from bench import rapport_monde
from bench.line import line
from bench.rapport_monde import DONNEES, RACINE
from carte import entrees, indicators, preparation, territory
from carte.config import Configuration
from carte.simulation import Proposition, Simulations, simuler
from carte.territory import Territoire

PAYS = 101
CENTRE = ("18", "28", "36", "37", "41", "45")
FRANCE_SERVICES = ("france-services", "france-services/liste-fs-20240801.csv")
HUB = ("hub-lo", "hubs/hub-lo-centre-val-de-loire.json")
TERRITOIRE_MAX, PAYS_MAX = 5.0, 60.0
"""Seconds."""


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    if not rapport_monde.present():
        yield "BENCH simulations absent: le dossier ../shared manque"
        return
    with tempfile.TemporaryDirectory() as dossier:
        yield from _mesurer("centre", *_reel(CENTRE, (FRANCE_SERVICES, HUB), Path(dossier)))
    with tempfile.TemporaryDirectory() as dossier:
        pays = _reel(rapport_monde.choisir(PAYS), (FRANCE_SERVICES,), Path(dossier))
        yield from _mesurer("france", *pays, at_most=PAYS_MAX)
    with tempfile.TemporaryDirectory() as dossier:
        yield from _mesurer("invente", *_invente(Path(dossier)), at_most=PAYS_MAX)


def _reel(
    codes: Sequence[str], listes: Sequence[tuple[str, str]], dossier: Path
) -> tuple[pandas.DataFrame, Territoire, Configuration]:
    """Real outlines and real records, imported apart from the project."""
    configuration = rapport_monde.preparer(codes, dossier)
    configuration = replace(configuration, dossiers=replace(configuration.dossiers, lieux=dossier / "offers"))
    for source, liste in listes:
        preparation.importer_inventaire(configuration, RACINE, source, DONNEES / liste)
    territoire = _territoire(configuration)
    fiches = entrees.valider(configuration, RACINE, territory.Geographie(territoire)).enregistrements
    return _offre(configuration, fiches, territoire), territoire, configuration


def _invente(dossier: Path) -> tuple[pandas.DataFrame, Territoire, Configuration]:
    """Every département, with invented places."""
    configuration = rapport_monde.preparer(rapport_monde.choisir(PAYS), dossier)
    territoire = _territoire(configuration)
    fiches = rapport_monde.lieux(territoire, rapport_monde.LIEUX_DU_PAYS)
    return _offre(configuration, fiches, territoire), territoire, configuration


def _territoire(configuration: Configuration) -> Territoire:
    return territory.lire(configuration.dossiers.geo, configuration.departements, RACINE / entrees.COG_NATIONAL)


def _offre(configuration: Configuration, fiches: Any, territoire: Territoire) -> pandas.DataFrame:
    jour = configuration.date_publication
    return indicators.construire_offre(fiches, territoire, rapport_monde.vocabulaires(), jour)


def _mesurer(
    nom: str,
    offre: pandas.DataFrame,
    territoire: Territoire,
    configuration: Configuration,
    at_most: float | None = None,
) -> Iterator[str]:
    with _durees() as durees:
        debut, processeur = time.perf_counter(), time.process_time()
        simulations = simuler(offre, territoire, configuration.seuils)
        duree, calcul = time.perf_counter() - debut, time.process_time() - processeur
    yield line(f"simulations.{nom}.points", len(offre), "points")
    yield line(f"simulations.{nom}", duree, "s", at_most=at_most)
    yield line(f"simulations.{nom}.cpu", calcul, "s")
    yield line(f"simulations.{nom}.territoires", len(durees), "territoires")
    yield line(f"simulations.{nom}.pire_territoire", max(durees), "s", at_most=TERRITOIRE_MAX)
    yield from _ecarts(nom, simulations)


def _ecarts(nom: str, simulations: Simulations) -> Iterator[str]:
    options = [option for proposition in simulations.propositions for option in proposition.options]
    yield line(f"simulations.{nom}.choix", len(options), "choix")
    yield line(f"simulations.{nom}.non_prouves", sum(not option.prouvee for option in options), "choix")
    yield line(f"simulations.{nom}.pire_ecart", 100 * max(option.ecart for option in options), "%")
    yield line(f"simulations.{nom}.pire_manque", max(option.manque or 0 for option in options), "habitants")


@contextmanager
def _durees() -> Iterator[list[float]]:
    """The seconds of each territory, as they are simulated inside."""
    module = importlib.import_module("carte.simulation.simuler")
    faire, durees = module.propositions_de, []

    def chronometre(*arguments: Any) -> list[Proposition]:
        debut = time.perf_counter()
        propositions = list(faire(*arguments))
        durees.append(time.perf_counter() - debut)
        return propositions

    with patch.object(module, "propositions_de", chronometre):
        yield durees
