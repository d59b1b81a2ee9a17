"""Inventories as hubs publish them: how many rows give a record, and nothing personal in what is kept."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import reels
from carte import territory
from carte.hours import parse
from carte.imports.bilan import Sort
from carte.imports.importer import importer
from carte.imports.modele import ContexteImport, Conversion, Lecture
from carte.imports.registre import trouver
from carte.records import Contexte, Gravite, lire
from imports.monde import VOCABULAIRES

pytestmark = pytest.mark.partage
TERRITOIRES = ("49", "2A", "2B", "16", "64", "974", "13", "23", "59", "62", "36", "51", "18", "28", "37", "41")
# Source, file, rows, records, records to complete, left aside, refused.
ATTENDUS = [
    ("maine-et-loire", "data/hubs/maine-et-loire.json", 243, 216, 1, 23, 3),
    ("corse", "data/hubs/corse.json", 161, 113, 47, 0, 1),
    ("bus-charente", "data/cas/imports/inventaire-bus-france-services-charente.json", 1, 1, 0, 0, 0),
    ("fibre-64", "data/cas/imports/inventaire-fibre-64.json", 2, 2, 0, 0, 0),
    ("ultra-num", "data/cas/imports/inventaire-ultra-num.json", 2, 1, 1, 0, 0),
    ("nouvelle-caledonie", "data/cas/imports/inventaire-nouvelle-caledonie.json", 2, 2, 0, 0, 0),
    ("standard", "data/cas/imports/inventaire-aix-en-provence.json", 2, 2, 0, 0, 0),
    ("standard", "data/cas/imports/inventaire-la-creuse.json", 2, 2, 0, 0, 0),
    ("standard", "data/cas/imports/standard-1.0.2.csv", 1, 1, 0, 0, 0),
    ("standard", "data/cas/imports/standard-2022.geojson", 3, 3, 0, 0, 0),
    ("standard", "data/cas/imports/15-standard-conforme.csv", 1, 1, 0, 0, 0),
    ("standard", "reference/standard-exemple-valide.csv", 1, 1, 0, 0, 0),
    ("france-services", "data/cas/imports/14-fs-point-virgule-20260901.csv", 1, 1, 0, 0, 0),
    ("hub-lo", "data/cas/imports/hub-lo-refus.json", 8, 1, 7, 0, 0),
]


@pytest.fixture(scope="module")
def geographie(partage: Path, racine: Path, tmp_path_factory: pytest.TempPathFactory) -> territory.Geographie:
    contours = {
        code: next((partage / "data" / "contours-2018").glob(f"communes-{code}-*.geojson")) for code in TERRITOIRES
    }
    return reels.geographie(racine, contours, tmp_path_factory.mktemp("geo"))


def _importer(source: str, fichier: Path, geographie: territory.Geographie) -> tuple[Lecture, list[Conversion]]:
    description = trouver(source)
    lecture = description.lire(fichier.read_bytes())
    jour = description.date_du_fichier(fichier.name) or date(2022, 1, 1)
    cadre = ContexteImport(geographie, jour, VOCABULAIRES, date(2026, 11, 2), TERRITOIRES)
    return lecture, [description.convertir(ligne, cadre) for ligne in lecture.lignes]


@pytest.mark.parametrize(("source", "nom", "lignes", "fiches", "a_completer", "de_cote", "refusees"), ATTENDUS)
def test_every_row_has_its_fate(
    partage: Path,
    geographie: territory.Geographie,
    source: str,
    nom: str,
    lignes: int,
    fiches: int,
    a_completer: int,
    de_cote: int,
    refusees: int,
) -> None:
    lecture, conversions = _importer(source, partage / nom, geographie)
    sorts = Counter(
        "fiche" if c.lieu and c.lieu.services else "à compléter" if c.lieu else "de côté" if c.de_cote else "refus"
        for c in conversions
    )
    assert len(lecture.lignes) == lignes
    assert (sorts["fiche"], sorts["à compléter"], sorts["de côté"], sorts["refus"]) == (
        fiches,
        a_completer,
        de_cote,
        refusees,
    )
    for conversion in conversions:
        assert "NOM Prénom" not in repr(conversion.lieu)
        if conversion.lieu and conversion.lieu.horaires:
            parse(conversion.lieu.horaires)


def test_the_standard_of_2022_goes_in_whole(partage: Path, geographie: territory.Geographie) -> None:
    """1,741 places of a région, in the version of 2022: every one of them, in the commune of its outline."""
    fichier = partage / "data" / "hauts-de-france" / "lieux-standard-2022.geojson"
    _, conversions = _importer("standard", fichier, geographie)
    du_nord = [c for c in conversions if c.code_insee and c.code_insee.startswith(("59", "62"))]
    assert len(du_nord) > 1_000
    assert all(c.lieu is not None and c.lieu.services for c in du_nord)


@pytest.mark.parametrize(
    ("source", "nom", "departements"),
    [("maine-et-loire", "data/hubs/maine-et-loire.json", ["49"]), ("corse", "data/hubs/corse.json", ["2A", "2B"])],
)
def test_what_is_written_is_valid_and_a_second_import_changes_nothing(
    partage: Path, geographie: territory.Geographie, tmp_path: Path, source: str, nom: str, departements: list[str]
) -> None:
    offres, journal = tmp_path / "offers", tmp_path / "imports" / "liste.csv"
    offres.mkdir()
    contexte = Contexte(date(2026, 11, 2), VOCABULAIRES, geographie)
    arguments = (source, partage / nom, departements, geographie, offres, contexte, journal, date(2022, 1, 1))
    premier = importer(*arguments)
    octets = {chemin: chemin.read_bytes() for chemin in offres.rglob("*.yml")}
    lu = lire(offres, contexte)
    assert [str(p) for p in lu.problemes if p.gravite is Gravite.BLOQUANT] == []
    assert len(lu.enregistrements) == premier.nombre(Sort.ECRITE)
    assert len(lu.a_completer) == premier.nombre(Sort.A_COMPLETER)
    second = importer(*arguments)
    assert second.nombre(Sort.INCHANGEE) == len(octets)
    assert {chemin: chemin.read_bytes() for chemin in offres.rglob("*.yml")} == octets
