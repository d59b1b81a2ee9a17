"""What a département weighs on the device: the bundle of its pages and its data, as the worker fetches them.

Two départements: one of the generated country, without outlines (they are not invented), and the real Indre, whole.
"""

import gzip
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import monde_national
from bench.line import line
from carte.picture import Picture
from carte.publish.horsligne import SERVICE
from sites import construire, preparer_indre

PARTAGE = monde_national.RACINE.parent / "shared"


def run(image: Picture, code: str) -> Iterator[str]:
    """The lines on the département `code` of a picture of the country, then on the Indre when it is there."""
    with tempfile.TemporaryDirectory() as dossier:
        monde_national.publier(monde_national.departement(image, code), Path(dossier), pages=True)
        yield from _lignes(Path(dossier), code, "departement_genere")
    if not PARTAGE.is_dir():
        yield "BENCH recherche.hors_ligne.indre absent: le dossier ../shared manque"
        return
    with tempfile.TemporaryDirectory() as dossier:
        site = construire(preparer_indre(Path(dossier), PARTAGE), Path(dossier) / "site")
        yield from _lignes(site, "36", "indre")


def _lignes(site: Path, code: str, nom: str) -> Iterator[str]:
    plan = _plan(site)
    departement = plan["departements"][code]
    fichiers = [departement["paquet"], *departement["adresses"]]
    yield line(f"recherche.hors_ligne.{nom}", _poids(site, fichiers) / 1000, "kB", at_most=300)
    yield line(f"recherche.hors_ligne.{nom}.lieux", len(list((site / "lieux" / code).glob("*/index.html"))), "lieux")
    yield line(f"recherche.hors_ligne.{nom}.coquille", _poids(site, plan["coquille"]) / 1000, "kB")


def _plan(site: Path) -> dict[str, Any]:
    """What the worker was told to keep: the first line of its file."""
    premiere = (site / SERVICE).read_text(encoding="utf-8").splitlines()[0]
    plan: dict[str, Any] = json.loads(premiere.removeprefix("const PLAN = ").removesuffix(";"))
    return plan


def _poids(site: Path, chemins: list[str]) -> int:
    """Compressed bytes of site-relative paths; a page is its folder's index."""
    fichiers = [site / chemin / "index.html" if (site / chemin).is_dir() else site / chemin for chemin in chemins]
    return sum(len(gzip.compress(fichier.read_bytes(), 6)) for fichier in fichiers)
