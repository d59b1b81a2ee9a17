"""What a publication weighs: files and bytes of the demonstration, counted, so that no kind of file grows unseen."""

from collections import Counter
from pathlib import Path

# For each place: its page, its map, its record for the form. One with stops adds its calendar.
FICHIERS_PAR_LIEU = {"index.html", "plan.svg", "fiche.json", "arrets.ics"}
# Bytes, on average, with some room above what was measured when this was written.
PAGE_DE_COMMUNE, FICHE, PLAN, FEUILLE = 23_000, 17_500, 6_000, 2_600
# What a free static host takes: 25 MB a file; a folder of more than 10,000 entries is refused by some.
FICHIER_MAX, DOSSIER_MAX = 25_000_000, 10_000


def _moyenne(fichiers: list[Path]) -> float:
    return sum(fichier.stat().st_size for fichier in fichiers) / len(fichiers)


def test_a_place_costs_few_files_and_few_bytes(site_demo: Path) -> None:
    dossiers = [fiche.parent for fiche in site_demo.glob("lieux/*/*/index.html")]
    noms = {fichier.name for dossier in dossiers for fichier in dossier.iterdir()}
    assert noms <= FICHIERS_PAR_LIEU
    assert _moyenne([*site_demo.glob("lieux/*/*/index.html")]) <= FICHE
    assert _moyenne([*site_demo.glob("lieux/*/*/plan.svg")]) <= PLAN
    feuilles = [*site_demo.glob("donnees/feuilles/*/*.json")]
    assert sum(f.stat().st_size for f in feuilles) / len(dossiers) <= FEUILLE


def test_a_commune_costs_one_file_and_few_bytes(site_demo: Path) -> None:
    pages = [*site_demo.glob("communes/*/index.html")]
    # Beside them, the page of their folder, which leads to the list.
    assert len(pages) + 1 == sum(1 for f in (site_demo / "communes").rglob("*") if f.name == "index.html")
    assert _moyenne(pages) <= PAGE_DE_COMMUNE


def test_no_file_and_no_folder_is_too_large_for_a_host(site_demo: Path) -> None:
    fichiers = [fichier for fichier in site_demo.rglob("*") if fichier.is_file()]
    assert max(fichier.stat().st_size for fichier in fichiers) <= FICHIER_MAX
    assert max(Counter(fichier.parent for fichier in fichiers).values()) <= DOSSIER_MAX
