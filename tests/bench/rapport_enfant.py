"""One measure of the report, in a process of its own so that its peak memory is its own: `main` prints JSON."""

import json
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from bench import rapport_monde
from carte import broadband, entrees, indicators, simulation, territory
from carte.config import Configuration
from carte.execution import Effort, Processus
from carte.picture import Picture

Mesures = dict[str, float]


@contextmanager
def chrono(mesures: Mesures, nom: str) -> Iterator[None]:
    """Seconds spent inside under a name, of processor under `<name>.cpu` (a busy machine shows), and peak after it."""
    debut, processeur = time.perf_counter(), time.process_time()
    yield
    mesures |= {nom: time.perf_counter() - debut, f"{nom}.cpu": time.process_time() - processeur}
    mesures[f"{nom}.pic"] = pic_mo()


def compter(mesures: Mesures, nom: str, effort: Effort) -> None:
    """Add what child processes used: their seconds, and as many times the memory of the greatest as there were."""
    mesures[f"{nom}.cpu"] += effort.secondes
    mesures[f"{nom}.pic"] += effort.ensemble * effort.pic_mo


def pic_mo() -> float:
    """Peak memory of this process so far, in MB (Linux counts in kB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def image(configuration: Configuration, nombre: int, mesures: Mesures, simuler: bool) -> Picture:
    """The picture of these départements and places, each stage timed."""
    vocabulaires = rapport_monde.vocabulaires()
    with chrono(mesures, "territoire"):
        territoire = territory.lire(
            configuration.dossiers.geo, configuration.departements, rapport_monde.RACINE / entrees.COG_NATIONAL
        )
    fiches = rapport_monde.lieux(territoire, nombre)
    with chrono(mesures, "debit"):
        debit = broadband.lire(configuration.dossiers.geo, configuration.departements, territoire)
    with chrono(mesures, "offre"):
        offre = indicators.construire_offre(fiches, territoire, vocabulaires, configuration.date_publication)
    with chrono(mesures, "indicateurs"):
        indicateurs = indicators.compute(
            offre,
            territoire,
            debit.communes,
            configuration.seuils,
            date_publication=configuration.date_publication,
        )
    simulations = None
    if simuler:
        with chrono(mesures, "simulations"):
            simulations = simulation.simuler(offre, territoire, configuration.seuils)
    mesures |= {"communes": float(territoire.communes["dans_perimetre"].sum()), "points": float(len(offre))}
    return Picture(
        configuration=configuration,
        vocabulaires=vocabulaires,
        enregistrements=fiches,
        problemes=(),
        territoire=territoire,
        debit=debit,
        offre=offre,
        indicateurs=indicateurs,
        millesimes={**territoire.millesimes, "debit": debit.millesime or "inconnu", "lieux": "2026-11-01"},
        simulations=simulations,
    )


def plancher(picture: Picture) -> float:
    """Seconds of one E2SFCA written with scipy alone on the same points: the least such figures can cost."""
    communes, offre = picture.territoire.communes, picture.offre
    debut = time.perf_counter()
    ici, la = (_sphere(table["lon"].to_numpy(), table["lat"].to_numpy()) for table in (communes, offre))
    population = np.nan_to_num(communes["population"].to_numpy(dtype=float))[~np.isnan(communes["lon"])]
    heures = np.nan_to_num(offre["heures_hebdo"].to_numpy(dtype=float))[~np.isnan(offre["lon"])]
    paires = cKDTree(ici).sparse_distance_matrix(cKDTree(la), 15.0, output_type="coo_matrix")
    minutes = 2 * paires.data
    poids = np.select([minutes <= 10, minutes <= 20, minutes <= 30], [1.0, 0.68, 0.22], 0.0)
    table = csr_array((poids, (paires.row, paires.col)), shape=paires.shape)
    demande = table.T @ population
    table @ np.divide(heures, demande, out=np.zeros_like(heures), where=demande > 0)
    return time.perf_counter() - debut


def _sphere(lon: Any, lat: Any) -> Any:
    connus = ~np.isnan(lon) & ~np.isnan(lat)
    longitude, latitude = np.radians(lon[connus]), np.radians(lat[connus])
    return 6371 * np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )


def mesurer_indicateurs(configuration: Configuration, nombre: int) -> Mesures:
    """All indicators, and the floor."""
    mesures: Mesures = {}
    picture = image(configuration, nombre, mesures, simuler=False)
    return mesures | {"plancher": min(plancher(picture) for _ in range(3))}


def mesurer_formes(configuration: Configuration, nombre: int) -> Mesures:
    """The reports of every département in HTML, PDF and spreadsheets."""
    from carte.publish import fascicule, maps, pdf, report, tableur
    from carte.publish.cadre import actifs
    from carte.publish.report.edition import Edition
    from carte.publish.report.sujet import Sujet
    from carte.publish.report.tranche import tranches

    mesures: Mesures = {}
    picture = image(configuration, nombre, mesures, simuler=True)
    statiques = actifs.rassembler(rapport_monde.RACINE)
    contours = maps.preparer(picture)
    with chrono(mesures, "html"):
        editions = report.preparer(picture, contours)
        pages = report.pages(editions, statiques.dossier)
    octets = sum(map(len, pages.values()))
    for nom, forme in {"pdf": pdf.fichiers, "tableurs": tableur.fichiers}.items():
        # As a build sends them: the part of each département, from which all is made there.
        parts = (Edition(Sujet(part, code), contours[code]) for code, part in tranches(picture, editions))
        processus = Processus()
        with chrono(mesures, nom):
            for fichiers in processus.faire(forme, parts, fascicule.LOT):
                octets += sum(map(len, fichiers.values()))
        compter(mesures, nom, processus.effort)
    lourde = max(pages.values(), key=lambda page: len(page.encode()))
    mesures["page"] = len(lourde.encode()) / 1000
    # The floor of a page: what it has to read, without a tag nor a drawing.
    mesures["page.texte"] = len(re.sub(r"<svg.*?</svg>|<[^>]*>", "", lourde, flags=re.DOTALL).encode()) / 1000
    mesures["octets"] = float(octets)
    return mesures


SORTES: dict[str, Callable[[Configuration, int], Mesures]] = {
    "indicateurs": mesurer_indicateurs,
    "formes": mesurer_formes,
}


def main(sorte: str, departements: int, nombre: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as dossier:
        configuration = rapport_monde.preparer(rapport_monde.choisir(departements), Path(dossier))
        mesures = SORTES[sorte](configuration, nombre)
    pics = (valeur for nom, valeur in mesures.items() if nom.endswith(".pic"))
    print(json.dumps(mesures | {"pic": max(pic_mo(), *pics)}))
