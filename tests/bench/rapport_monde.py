"""The country for the benchmark of the report: real outlines read in place, invented places, invented broadband.

Outlines (2018) and ARCEP's layout are those of ../shared, never copied: a temporary folder holds links to the outlines
and one table per département cut from the synthetic national file. Codes, EPCI and populations are the COG's.
"""

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pandas

from bench import monde_lieux
from bench.monde_lieux import JOUR, Ancre
from carte import entrees, nomenclature, territory
from carte.config import Configuration, Dossiers
from carte.records import Enregistrement
from carte.territory import Territoire

RACINE = Path(__file__).resolve().parents[2]
DONNEES = RACINE.parent / "shared" / "data"
CONTOURS = DONNEES / "contours-2018"
ARCEP = DONNEES / "arcep" / "synthetique-commune_debit_filaire.csv"
LIEUX_DU_PAYS = 25_000


def present() -> bool:
    """Whether the shared outlines and broadband are there."""
    return CONTOURS.is_dir() and ARCEP.exists()


def choisir(nombre: int) -> tuple[str, ...]:
    """`nombre` départements of all sizes: evenly spread when they are ranked by number of communes."""
    cog = territory.lire_cog([RACINE / entrees.COG_NATIONAL])
    tailles: dict[str, int] = defaultdict(int)
    for commune in cog.actuelles.values():
        tailles[commune.departement] += 1
    rangs = sorted(_fichiers(), key=lambda code: (tailles[code], code))
    pas = len(rangs) / nombre
    return tuple(sorted(rangs[int(pas * (rang + 0.5))] for rang in range(nombre)))


def preparer(codes: Sequence[str], dossier: Path) -> Configuration:
    """A deployment on these départements, with its layers in `dossier`."""
    fichiers, lignes = _fichiers(), _debits(set(codes))
    for code in codes:
        arcep = dossier / "geo" / code / "arcep"
        arcep.mkdir(parents=True)
        (dossier / "geo" / code / "communes.geojson").symlink_to(fichiers[code])
        with (arcep / "commune_debit_filaire.csv").open("w", encoding="utf-8", newline="") as sortie:
            csv.writer(sortie, delimiter=";").writerows(lignes[code])
    return configuration(codes, dossier)


def configuration(codes: Sequence[str], dossier: Path) -> Configuration:
    """These départements, with everything in `dossier` but the demonstration's records."""
    return Configuration(
        nom="Rapports d’essai",
        hub="Banc d’essai",
        courriel="contact@hub.example",
        url="https://carte.example/",
        departements=tuple(codes),
        date_publication=JOUR,
        dossiers=Dossiers(lieux=RACINE / "offers", geo=dossier / "geo", sortie=dossier / "build"),
        demonstration=True,
    )


def vocabulaires() -> dict[str, nomenclature.Vocabulaire]:
    """The words of the project."""
    return nomenclature.lire(RACINE / "offers" / "nomenclature")


def lieux(territoire: Territoire, nombre: int) -> tuple[Enregistrement, ...]:
    """Invented places in the situated communes of the perimeter."""
    communes = pandas.DataFrame(territoire.communes.drop(columns="geometry"))
    communes = communes[communes["dans_perimetre"] & communes["lat"].notna()]
    ancres = [
        Ancre(c.code_insee, c.nom, c.code_departement, tuple(c.codes_postaux), _habitants(c.population), c.lat, c.lon)
        for c in communes.itertuples()
    ]
    return monde_lieux.tirer(ancres, nombre)


def _habitants(population: float) -> float:
    return population if population == population else 0.0


def _fichiers() -> dict[str, Path]:
    return {fichier.stem.split("-")[1]: fichier for fichier in sorted(CONTOURS.glob("communes-*.geojson"))}


def _debits(codes: set[str]) -> dict[str, list[list[str]]]:
    """Rows of the national table by département, each with its header."""
    lignes: dict[str, list[list[str]]] = {}
    with ARCEP.open(encoding="utf-8", newline="") as entree:
        lecteur = csv.reader(entree, delimiter=";")
        entete = next(lecteur)
        place = entete.index("code_insee")
        for ligne in lecteur:
            insee = ligne[place]
            code = insee[:3] if insee.startswith("97") else insee[:2]
            if code in codes:
                lignes.setdefault(code, [entete]).append(ligne)
    return {code: lignes.get(code, [entete]) for code in codes}
