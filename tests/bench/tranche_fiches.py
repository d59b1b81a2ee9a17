"""Fiches written per second, against mkdocs-material rendering the same content as its own pages.

Both write the same 1,000 pages in the same run (calendars of stops are files of their own, in neither): ours with
`publish.fiches.page`, the rendering of the content included; the peer with a plain mkdocs-material site
(no search, no navigation entries, no hooks) whose pages hold the very HTML content of our fiches.
"""

import logging
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from bench.line import line
from carte import pipeline
from carte.config import lire
from carte.picture import Picture
from carte.publication import Chantier
from carte.publish import fiche
from carte.publish.atlas import Atlas
from carte.publish.cadre import actifs, editorial
from carte.publish.cadre.contexte import Contexte
from carte.publish.cadre.shell import ecrire_page
from carte.publish.libelles import Libelles

RACINE = Path(__file__).resolve().parents[2]
NOMBRE = 1_000


def run() -> Iterator[str]:
    """The lines of the benchmark."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    picture = _multiplier(pipeline.build_picture(lire(RACINE / "carte.yml", RACINE), RACINE))
    with tempfile.TemporaryDirectory() as dossier:
        notre = NOMBRE / _nos_fiches(picture, Path(dossier))
    with tempfile.TemporaryDirectory() as dossier:
        pair = NOMBRE / _pages_mkdocs(picture, Path(dossier))
    yield line("tranche.fiches", notre / pair, "x", at_least=10)
    yield line("tranche.fiches.notre", notre, "pages/s")
    yield line("tranche.fiches.mkdocs_material", pair, "pages/s")


def _multiplier(picture: Picture) -> Picture:
    """The demonstration's records again and again, each at an address of its own."""
    modeles = picture.enregistrements
    copies = (
        replace(modele, identifiant=f"{modele.identifiant}-{rang}", lieu=_sans_anciens(modele.lieu))
        for rang in range(NOMBRE // len(modeles) + 1)
        for modele in modeles
    )
    return replace(picture, enregistrements=tuple(copies)[:NOMBRE])


def _sans_anciens(lieu: pipeline.records.Lieu) -> pipeline.records.Lieu:
    return lieu.model_copy(update={"anciens_identifiants": None})


def _nos_fiches(picture: Picture, dossier: Path) -> float:
    contexte = Contexte(
        configuration=picture.configuration,
        actifs=actifs.rassembler(RACINE),
        pages={},
        modele={"definitions": picture.indicateurs.definitions, "millesimes": picture.millesimes, "complet": True},
    )
    site = Chantier.sur(dossier)
    shell = editorial.construire(contexte, site, RACINE)
    atlas, libelles = Atlas(picture.territoire), Libelles.lire(picture.vocabulaires)
    debut = time.perf_counter()
    for enregistrement in picture.enregistrements:
        page = fiche.page(enregistrement, picture, shell, atlas, libelles)
        ecrire_page(site, f"lieux/{enregistrement.identifiant}/", page)
    return time.perf_counter() - debut


def _pages_mkdocs(picture: Picture, dossier: Path) -> float:
    atlas, libelles = Atlas(picture.territoire), Libelles.lire(picture.vocabulaires)
    pages = dossier / "docs"
    for enregistrement in picture.enregistrements:
        page = pages / f"{enregistrement.identifiant}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        contenu = fiche.contenu(enregistrement, picture, atlas, libelles)
        # One block of HTML: blank lines would end it for Markdown.
        page.write_text("\n".join(ligne for ligne in contenu.splitlines() if ligne.strip()), encoding="utf-8")
    (pages / "index.md").write_text("# Accueil\n", encoding="utf-8")
    fichier = dossier / "mkdocs.yml"
    fichier.write_text(
        "site_name: Pair\ntheme: {name: material, font: false, language: fr}\nplugins: []\nnav: [index.md]\n"
        "validation: {omitted_files: ignore, unrecognized_links: ignore}\n",
        encoding="utf-8",
    )
    configuration = load_config(str(fichier))
    debut = time.perf_counter()
    build(configuration)
    return time.perf_counter() - debut
