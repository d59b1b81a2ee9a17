"""A site that shares with the former one the files that are the same, and never writes in one that is shared."""

import os
from pathlib import Path

import pytest

from carte.memoire import Memoire, ouvrir
from carte.publication import Chantier, PublicationImpossible, chantier, marque, publication
from publication.monde import contenu
from sites import RACINE

PAGES = {"index.html": "accueil", "lieux/a/index.html": "lieu", "donnees/a.json": "{}"}


@pytest.fixture
def memoire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Memoire:
    """Where the state of the files of a site is kept from one build to the next."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return ouvrir(tmp_path / "memoire", RACINE)


def publier(site: Path, pages: dict[str, str], memoire: Memoire) -> Chantier:
    with publication(site, memoire=lambda: memoire) as neuf:
        for chemin, texte in pages.items():
            neuf.ecrire(chemin, texte)
    return neuf


def numeros(site: Path) -> dict[str, int]:
    """Path → number on the disk."""
    fichiers = (f for f in site.rglob("*") if f.is_file() and f.name != marque.NOM)
    return {f.relative_to(site).as_posix(): f.stat().st_ino for f in fichiers}


def test_only_what_changed_is_written(tmp_path: Path, memoire: Memoire) -> None:
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    avant = numeros(site)
    neuf = publier(site, {**PAGES, "lieux/a/index.html": "lieu corrigé", "lieux/b/index.html": "nouveau"}, memoire)
    apres = numeros(site)
    assert neuf.repris == 2
    assert {chemin for chemin in apres if apres[chemin] != avant.get(chemin)} == {
        "lieux/a/index.html",
        "lieux/b/index.html",
    }
    assert contenu(site)["lieux/a/index.html"] == "lieu corrigé"
    assert all(f.stat().st_nlink == 1 for f in site.rglob("*") if f.is_file()), "the former site is gone"


def test_files_known_to_stand_still_are_not_read_again(
    tmp_path: Path, memoire: Memoire, monkeypatch: pytest.MonkeyPatch
) -> None:
    publier(tmp_path / "site", PAGES, memoire)
    lus: list[str] = []
    vrai = marque._empreinte
    monkeypatch.setattr(marque, "_empreinte", lambda fichier: (lus.append(fichier.name), vrai(fichier))[1])
    publier(tmp_path / "site", PAGES, memoire)
    assert lus == []


@pytest.mark.parametrize("avec_memoire", [True, False])
def test_a_page_that_somebody_changed_is_still_seen(tmp_path: Path, memoire: Memoire, avec_memoire: bool) -> None:
    """Even with the same size: its date tells, or its content where nothing was kept."""
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    (site / "index.html").write_text("ACCUEIL")
    sans = Memoire(None)
    with pytest.raises(PublicationImpossible, match=r"a été changé depuis : index\.html"):
        publier(site, PAGES, memoire if avec_memoire else sans)
    assert contenu(site)["index.html"] == "ACCUEIL"


def test_a_site_kept_aside_shares_nothing_with_the_new_one(tmp_path: Path, memoire: Memoire) -> None:
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    (site / "photo.jpg").write_text("ma photo")
    with publication(site, mettre_de_cote=True, memoire=lambda: memoire) as neuf:
        for chemin, texte in PAGES.items():
            neuf.ecrire(chemin, texte)
    (tmp_path / "site.mis-de-cote-1" / "index.html").write_text("à moi")
    assert contenu(site) == PAGES


def test_a_shared_page_changed_during_the_build_stops_it(tmp_path: Path, memoire: Memoire) -> None:
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    with (
        pytest.raises(PublicationImpossible, match=r"index\.html a été changé dans le site pendant la construction"),
        publication(site, memoire=lambda: memoire) as neuf,
    ):
        for chemin, texte in PAGES.items():
            neuf.ecrire(chemin, texte)
        (site / "index.html").write_text("à moi")
    assert contenu(site) == {**PAGES, "index.html": "à moi"}


def test_a_page_changed_before_its_turn_is_written(tmp_path: Path, memoire: Memoire) -> None:
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    with publication(site, memoire=lambda: memoire) as neuf:
        (site / "index.html").write_text("à moi")
        for chemin, texte in PAGES.items():
            neuf.ecrire(chemin, texte)
    assert contenu(site) == PAGES
    assert contenu(tmp_path / "site.mis-de-cote-1")["index.html"] == "à moi"


def test_writing_twice_leaves_the_former_site_as_it_was(tmp_path: Path, memoire: Memoire) -> None:
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    with publication(site, memoire=lambda: memoire) as neuf:
        neuf.ecrire("index.html", PAGES["index.html"])
        neuf.ecrire("index.html", "autre")
        assert (site / "index.html").read_text() == PAGES["index.html"]
    assert contenu(site) == {"index.html": "autre"}


def test_a_disk_without_links_gets_the_same_site(
    tmp_path: Path, memoire: Memoire, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuser(*_: object) -> None:
        raise PermissionError

    publier(tmp_path / "site", PAGES, memoire)
    monkeypatch.setattr(chantier.os, "link", refuser)
    assert publier(tmp_path / "site", PAGES, memoire).repris == 0
    assert contenu(tmp_path / "site") == PAGES


def test_a_list_of_files_is_taken_whole_or_not_at_all(tmp_path: Path, memoire: Memoire) -> None:
    publier(tmp_path / "site", PAGES, memoire)
    with publication(tmp_path / "site", memoire=lambda: memoire) as neuf:
        with neuf.ecrits() as ecrits:
            neuf.ecrire("index.html", PAGES["index.html"])
            neuf.ecrire("donnees/a.json", PAGES["donnees/a.json"])
        assert list(ecrits) == ["index.html", "donnees/a.json"]
        assert not neuf.reprendre({"lieux/a/index.html": neuf.precedent.etats["lieux/a/index.html"].empreinte, "x": ""})  # type: ignore[union-attr]
        assert "lieux/a/index.html" not in neuf.empreintes
        assert neuf.reprendre({"lieux/a/index.html": neuf.precedent.etats["lieux/a/index.html"].empreinte})  # type: ignore[union-attr]
    assert contenu(tmp_path / "site") == PAGES


def test_a_folder_that_holds_files_already_is_a_site_too(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("un")
    os.link(tmp_path / "a" / "index.html", tmp_path / "copie.html")
    site = Chantier.sur(tmp_path)
    site.ecrire("a/index.html", "deux")
    assert site.chemins() == ["a/index.html", "copie.html"]
    assert (site.lire("copie.html"), site.lire("a/index.html"), site.taille("a/index.html")) == (b"un", b"deux", 4)
