"""An inventory of 25,000 rows imported, and who is whose double among as many records.

The floor is pandas reading the same file. Growth exponents compare seconds of 5,000, 10,000 and 25,000 records: 1 is
linear. A commune of 3,000 places, and 3,000 rows at one point with one telephone, are the worst that hubs have.
"""

import csv
import math
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from bench.line import line
from carte.imports.importer import importer
from carte.records import Contexte, Enregistrement, Lieu
from carte.records.rules.doublons import doutes
from imports.monde import COMMUNES, VOCABULAIRES, FausseGeographie

LIGNES = 25_000
TAILLES = (5_000, 10_000, 25_000)
UNE_COMMUNE = 3_000
_NOMS = ("Passerelle", "Tilleul", "Mairie", "Beffroi", "Moulin", "Clairière", "Jean Moulin", "Grange", "Halle")
_GENRES = ("Médiathèque", "Espace numérique", "Centre social", "Maison", "Association", "Point info")
_COLONNES = ("id", "nom", "adresse", "code_postal", "code_insee", "commune", "latitude", "longitude", "telephone")


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    with tempfile.TemporaryDirectory() as dossier:
        yield from _import(Path(dossier))
    durees = {}
    for taille in TAILLES:
        fiches = [_fiche(rang, ligne) for rang, ligne in enumerate(lignes(taille, etendu=True))]
        durees[taille] = _chronometrer(lambda fiches=fiches: len(doutes(fiches)))[0]  # type: ignore[misc]
        yield line(f"imports.doublons.{taille}", durees[taille], "s")
    petite, grande = TAILLES[0], TAILLES[-1]
    exposant = math.log(durees[grande] / durees[petite]) / math.log(grande / petite)
    yield line("imports.doublons.croissance", exposant, "exposant", at_most=1.3)
    for nom, commun in (("une-commune", {"code_insee": "36901"}), ("un-point", {"latitude": "46", "longitude": "2"})):
        fiches = [_fiche(r, {**ligne, **_UNE, **commun}) for r, ligne in enumerate(lignes(UNE_COMMUNE))]
        yield line(f"imports.doublons.{nom}", _chronometrer(lambda f=fiches: len(doutes(f)))[0], "s", at_most=10)  # type: ignore[misc]


_UNE = {"commune": "Valbourg", "code_insee": "36901"}


def _chronometrer(faire: Callable[[], int]) -> tuple[float, int]:
    debut = time.perf_counter()
    rendu = faire()
    return time.perf_counter() - debut, rendu


def lignes(nombre: int, *, etendu: bool = False) -> Iterator[dict[str, str]]:
    """Rows that look like those of hubs: one place in twenty is there twice under a name near its own.

    With `etendu`, eight places a commune, as in a country; else all of them in four communes.
    """
    hasard = random.Random(11)
    faites: list[dict[str, str]] = []
    for rang in range(nombre):
        if faites and rang % 20 == 0:
            ligne = {**hasard.choice(faites[-500:])}
            ligne["nom"] = ligne["nom"].replace("e", "é", 1)
        else:
            commune = rang // 8
            code = hasard.choice(list(COMMUNES)[:4])
            nom, longitude, latitude = COMMUNES[code]
            if etendu:
                code, nom = f"{10_000 + commune}", f"Commune {commune}"
                longitude, latitude = longitude + commune % 60 * 0.1, latitude - commune // 60 * 0.1
            ligne = {
                "nom": f"{hasard.choice(_GENRES)} {hasard.choice(_NOMS)} {hasard.choice(_NOMS)}",
                "adresse": f"{hasard.randrange(1, 90)} rue {hasard.choice(_NOMS)} {commune % 400}",
                "code_postal": "36000",
                "code_insee": code,
                "commune": nom,
                "latitude": f"{latitude + hasard.uniform(-0.02, 0.02):.5f}",
                "longitude": f"{longitude + hasard.uniform(-0.02, 0.02):.5f}",
                "telephone": f"+332{hasard.randrange(10_000_000, 99_999_999)}",
            }
        faites.append({"id": str(rang), **{cle: v for cle, v in ligne.items() if cle != "id"}})
        yield faites[-1]


def _fiche(rang: int, ligne: dict[str, str]) -> Enregistrement:
    champs = {nom: valeur for nom, valeur in ligne.items() if nom != "id"}
    lieu = Lieu.model_validate(
        {
            **champs,
            "latitude": float(champs["latitude"]),
            "longitude": float(champs["longitude"]),
            "source": "Essai",
            "date_maj": date(2026, 1, 1),
            "services": ["Aide aux démarches administratives"],
        }
    )
    return Enregistrement(f"36/lieu-{rang}", f"offers/36/lieu-{rang}.yml", lieu)


def _import(dossier: Path) -> Iterator[str]:
    fichier = dossier / "inventaire.csv"
    fixes = {"services": "Aide aux démarches administratives", "source": "Essai", "date_maj": "2026-01-01"}
    with fichier.open("w", encoding="utf-8", newline="") as flux:
        ecrivain = csv.DictWriter(flux, (*_COLONNES, *fixes))
        ecrivain.writeheader()
        ecrivain.writerows({**ligne, **fixes} for ligne in lignes(LIGNES))
    plancher, _ = _chronometrer(lambda: len(pd.read_csv(fichier, dtype=str, keep_default_na=False)))
    contexte = Contexte(date(2026, 11, 2), VOCABULAIRES, FausseGeographie())

    def importe() -> int:
        bilan = importer(
            *("standard", fichier, ["36", "18"], FausseGeographie(), dossier / "offers", contexte),
            dossier / "imports" / "liste.csv",
        )
        return sum(suite.fiche is not None for suite in bilan.suites)

    (dossier / "offers").mkdir()
    (premier, ecrites), (second, _) = _chronometrer(importe), _chronometrer(importe)
    yield line("imports.lignes", LIGNES, "lignes")
    yield line("imports.fiches", ecrites, "fiches", at_least=LIGNES)
    yield line("imports.import", premier, "s")
    yield line("imports.import.par-ligne", premier / LIGNES * 1000, "ms", at_most=10)
    yield line("imports.reimport", second, "s")
    yield line("imports.plancher.pandas", plancher, "s")
    yield line("imports.import.rapport", premier / plancher, "x")
