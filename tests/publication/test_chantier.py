"""A site that shares with the former one the files that are the same, and never writes in one that is shared."""

import os
from pathlib import Path

import pytest

from carte.memoire import Memoire, ouvrir
from carte.publication import Chantier, PublicationImpossible, chantier, effacer, marque, publication
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


def _reserve(site: Path) -> Path | None:
    return next(site.parent.glob(f".{site.name}.en-cours-*/reserve"), None)


def test_the_site_before_the_last_is_what_the_next_one_is_made_of(tmp_path: Path, memoire: Memoire) -> None:
    """Its folders are not made again, and what is no longer published goes with its folder."""
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    premier = site.stat().st_ino
    publier(site, {**PAGES, "lieux/b/index.html": "nouveau"}, memoire)
    assert _reserve(site) and _reserve(site).stat().st_ino == premier  # type: ignore[union-attr]
    neuf = publier(site, {"index.html": "accueil", "donnees/a.json": "[]"}, memoire)
    assert (site.stat().st_ino, neuf.repris) == (premier, 1)
    assert contenu(site) == {"index.html": "accueil", "donnees/a.json": "[]"}
    assert not (site / "lieux").exists()
    assert contenu(_reserve(site) or site)["lieux/b/index.html"] == "nouveau"
    assert len(list(tmp_path.glob(".site.en-cours-*"))) == 1


def test_a_page_that_comes_back_and_one_that_changed_twice(tmp_path: Path, memoire: Memoire) -> None:
    site = tmp_path / "site"
    for accueil, lieu in (("un", "a"), ("deux", ""), ("un", "a"), ("trois", "b"), ("trois", "a")):
        pages = {"index.html": accueil, "fixe.html": "", "autre.html": "", **({"lieux/a.html": lieu} if lieu else {})}
        publier(site, pages, memoire)
        assert contenu(site) == pages


@pytest.mark.parametrize("geste", ["change", "ajoute", "retire"])
def test_a_reserve_that_is_not_as_it_was_gives_the_same_site(tmp_path: Path, memoire: Memoire, geste: str) -> None:
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    publier(site, PAGES, memoire)
    reserve = _reserve(site)
    assert reserve is not None
    match geste:
        case "change":
            (reserve / "donnees" / "a.json").unlink()
            (reserve / "donnees" / "a.json").write_text("[]")
        case "ajoute":
            (reserve / "donnees" / "b.json").write_text("[]")
        case _:
            (reserve / "donnees" / "a.json").unlink()
    publier(site, PAGES, memoire)
    assert contenu(site) == PAGES


def test_a_site_that_shares_little_leaves_no_reserve(tmp_path: Path, memoire: Memoire) -> None:
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    publier(site, {chemin: f"{texte} !" for chemin, texte in PAGES.items()}, memoire)
    assert not list(tmp_path.glob(".site.en-cours-*"))


@pytest.mark.parametrize("fin", ["efface", "sans mémoire"])
def test_the_reserve_goes_with_the_site_or_with_the_memory(tmp_path: Path, memoire: Memoire, fin: str) -> None:
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    publier(site, PAGES, memoire)
    assert _reserve(site)
    if fin == "efface":
        effacer(site)
    else:
        publier(site, PAGES, Memoire(None))
    assert not list(tmp_path.glob(".site.en-cours-*"))


def test_a_build_that_fails_leaves_the_site_whole_and_no_reserve(tmp_path: Path, memoire: Memoire) -> None:
    site = tmp_path / "site"
    publier(site, PAGES, memoire)
    publier(site, PAGES, memoire)
    with pytest.raises(RuntimeError), publication(site, memoire=lambda: memoire) as neuf:
        neuf.ecrire("index.html", "à moitié")
        raise RuntimeError
    assert contenu(site) == PAGES
    assert not list(tmp_path.glob(".site.en-cours-*"))
    publier(site, PAGES, memoire)
    assert contenu(site) == PAGES


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
    publier(site, PAGES, memoire)  # a reserve shares its files too
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
