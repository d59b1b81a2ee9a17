"""Publish whole or not at all; replace nothing but our own."""

import errno
import logging
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carte import publication as module
from carte.publication import PublicationImpossible, effacer, marque, place, publication, travail
from publication.monde import A_QUELQU_UN, ANCIEN, ancien_site, contenu, ecrire, photo_etat

NEUF = {"index.html": "neuf"}


@pytest.fixture(params=[True, False], ids=["exchange", "two-renames"])
def echange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system that exchanges two names at once, and on one that does not."""
    if not request.param:
        monkeypatch.setattr(module, "_echanger", lambda a, b: False)


def publier(site: Path, *, mettre_de_cote: bool = False) -> None:
    with publication(site, mettre_de_cote=mettre_de_cote) as chantier:
        ecrire(chantier.dossier, NEUF)


def test_first_publication_creates_the_site(tmp_path: Path) -> None:
    publier(tmp_path / "build" / "site")
    assert contenu(tmp_path / "build" / "site") == NEUF


@pytest.mark.usefixtures("echange")
def test_new_site_replaces_the_old_one_whole(tmp_path: Path) -> None:
    site = ancien_site(tmp_path / "site")
    with publication(site) as chantier:
        ecrire(chantier.dossier, NEUF)
        assert contenu(site) == ANCIEN
    assert contenu(site) == NEUF
    publier(site)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site.verrou", "site"]


def test_the_same_site_has_the_same_mark(tmp_path: Path) -> None:
    un, deux = (ancien_site(tmp_path / nom) / marque.NOM for nom in ("un", "deux"))
    assert un.read_bytes() == deux.read_bytes()


@pytest.mark.parametrize("poser", A_QUELQU_UN.values(), ids=A_QUELQU_UN)
def test_what_a_person_made_is_refused_before_anything_is_computed(
    tmp_path: Path, poser: Callable[[Path], None]
) -> None:
    poser(site := tmp_path / "site")
    avant = photo_etat(site)
    with pytest.raises(PublicationImpossible, match=r"Rien n'a été touché.*--mettre-de-cote"), publication(site):
        pytest.fail("the block has begun")
    assert photo_etat(site) == avant
    assert not list(tmp_path.glob(".site.en-cours*"))


@pytest.mark.usefixtures("echange")
@pytest.mark.parametrize("poser", A_QUELQU_UN.values(), ids=A_QUELQU_UN)
def test_one_gesture_keeps_it_under_another_name(tmp_path: Path, poser: Callable[[Path], None]) -> None:
    ecrire(tmp_path, {"site.mis-de-cote-1/index.html": "d'avant"})
    poser(site := tmp_path / "site")
    avant = photo_etat(site)
    publier(site, mettre_de_cote=True)
    assert contenu(site) == NEUF
    assert contenu(tmp_path / "site.mis-de-cote-1") == {"index.html": "d'avant"}
    garde = tmp_path / "site.mis-de-cote-2"
    assert [(chemin.replace(str(garde), str(site)), etat) for chemin, etat in photo_etat(garde)] == avant
    publier(site)


@pytest.mark.parametrize("bruit", [".DS_Store", "lieux/Thumbs.db"])
def test_what_nobody_made_does_not_count(tmp_path: Path, bruit: str) -> None:
    (tmp_path / "site" / "vide").mkdir(parents=True)
    ecrire(tmp_path / "site", {bruit: ""})
    publier(tmp_path / "site")
    ecrire(tmp_path / "site", {bruit: ""})
    publier(tmp_path / "site")
    assert contenu(tmp_path / "site") == NEUF


def test_a_file_missing_from_the_old_site_is_no_loss(tmp_path: Path) -> None:
    (ancien_site(tmp_path / "site") / "index.html").unlink()
    publier(tmp_path / "site")
    assert contenu(tmp_path / "site") == NEUF


@pytest.mark.usefixtures("echange")
def test_a_file_put_in_the_old_site_during_the_build_is_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    site = ancien_site(tmp_path / "site")
    with publication(site) as chantier:
        ecrire(chantier.dossier, NEUF)
        ecrire(site, {"photo.jpg": "ma photo"})
    assert contenu(site) == NEUF
    assert contenu(tmp_path / "site.mis-de-cote-1") == {**ANCIEN, "photo.jpg": "ma photo"}
    assert "site.mis-de-cote-1" in caplog.text


def test_a_hard_link_to_a_page_keeps_its_content(tmp_path: Path) -> None:
    site = ancien_site(tmp_path / "site")
    os.link(site / "index.html", tmp_path / "copie.html")
    publier(site)
    assert (tmp_path / "copie.html").read_text() == "ancien"


def test_an_error_leaves_the_old_site_whole_and_nothing_else(tmp_path: Path) -> None:
    site = ancien_site(tmp_path / "site")
    with pytest.raises(RuntimeError, match="panne"), publication(site) as chantier:
        (chantier.dossier / "index.html").write_text("à moitié")
        raise RuntimeError("panne")
    assert contenu(site) == ANCIEN
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site.verrou", "site"]


def test_a_full_disk_is_said_and_cleaned_up(tmp_path: Path) -> None:
    site = ancien_site(tmp_path / "site")
    with pytest.raises(PublicationImpossible, match="Le disque est plein"), publication(site) as chantier:
        (chantier.dossier / "index.html").write_text("à moitié")
        Path("/dev/full").write_text("plein")
    assert contenu(site) == ANCIEN
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site.verrou", "site"]


def test_a_file_bigger_than_the_account_may_write_is_said_and_cleaned_up(tmp_path: Path) -> None:
    site = ancien_site(tmp_path / "site")
    permise = resource.getrlimit(resource.RLIMIT_FSIZE)
    refus = pytest.raises(PublicationImpossible, match=r"^Un fichier serait plus gros .*: rien n'a été publié")
    try:
        with refus, publication(site) as chantier:
            resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, permise[1]))
            (chantier.dossier / "index.html").write_bytes(b"x" * 60_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, permise)
    assert contenu(site) == ANCIEN
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site.verrou", "site"]


def test_too_little_room_is_refused_before_anything_is_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "_LIBRE_MINIMUM", 1 << 60)
    with pytest.raises(PublicationImpossible, match="presque plein"), publication(tmp_path / "site"):
        pytest.fail("the block has begun")
    assert [p.name for p in tmp_path.iterdir()] == [".site.verrou"]


def test_a_place_that_cannot_be_is_refused_in_french(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with (
        pytest.raises(PublicationImpossible, match="un fichier porte déjà ce nom"),
        publication(tmp_path / "fichier" / "s"),
    ):
        pytest.fail("the block has begun")
    with pytest.raises(PublicationImpossible, match="un disque à lui seul"), publication(Path("/proc")):
        pytest.fail("the block has begun")


def test_a_link_at_the_place_of_the_site_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "disque" / "www").mkdir(parents=True)
    site = tmp_path / "site"
    site.symlink_to("disque/www")
    publier(site)
    publier(site)
    assert site.readlink() == Path("disque/www")
    assert contenu(tmp_path / "disque" / "www") == NEUF
    assert sorted(p.name for p in (tmp_path / "disque").iterdir()) == [".www.verrou", "www"]


def test_a_link_to_a_folder_of_somebody_is_refused(tmp_path: Path) -> None:
    ecrire(tmp_path, {"images/a.jpg": "ma photo"})
    (tmp_path / "site").symlink_to("images")
    with pytest.raises(PublicationImpossible, match="n'a pas la marque"), publication(tmp_path / "site"):
        pytest.fail("the block has begun")
    assert contenu(tmp_path / "images") == {"a.jpg": "ma photo"}


def test_a_link_to_a_name_that_is_free_makes_the_site_there(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to("www")
    publier(tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert contenu(tmp_path / "www") == NEUF


@pytest.mark.parametrize("vers", ["absent/www", "site"], ids=["nowhere", "itself"])
def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path, vers: str) -> None:
    (tmp_path / "site").symlink_to(vers)
    with pytest.raises(PublicationImpossible, match="corrigez ce lien"), publication(tmp_path / "site"):
        pytest.fail("the block has begun")
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_link_at_the_place_of_the_lock_is_never_followed(tmp_path: Path) -> None:
    for vers in ("precieux", "absent"):
        (tmp_path / "precieux").write_text("précieux")
        (tmp_path / ".site.verrou").symlink_to(vers)
        with pytest.raises(PublicationImpossible, match="lien symbolique"), publication(tmp_path / "site"):
            pytest.fail("the block has begun")
        assert (tmp_path / "precieux").read_text() == "précieux"
        (tmp_path / ".site.verrou").unlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["precieux"]


def test_a_lock_with_words_in_it_keeps_them(tmp_path: Path) -> None:
    (tmp_path / ".site.verrou").write_text("mes notes")
    publier(tmp_path / "site")
    assert (tmp_path / ".site.verrou").read_text() == "mes notes"


def test_a_place_without_the_right_to_write_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(*_: object) -> int:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "open", refuser)
    with pytest.raises(PublicationImpossible, match=r"Rien ne peut être écrit dans .* : la permission est refusée"):
        publication(tmp_path / "site").__enter__()


@pytest.mark.parametrize("poser", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_a_lock_that_is_no_file_is_refused(tmp_path: Path, poser: Callable[[Path], None]) -> None:
    poser(tmp_path / ".site.verrou")
    with pytest.raises(PublicationImpossible, match="verrou"), publication(tmp_path / "site"):
        pytest.fail("the block has begun")


def _reste_lie(dossier: Path, nom: str) -> None:
    (dossier / nom).symlink_to("precieux")


def _reste_fichier(dossier: Path, nom: str) -> None:
    (dossier / nom).write_text("mes notes")


def _reste_dossier(dossier: Path, nom: str) -> None:
    ecrire(dossier / nom, {"brouillon/a.txt": "mes notes", "neuf/b.txt": "mes notes"})


@pytest.mark.parametrize("nom", [".site.en-cours", ".site.ancien", ".site.en-cours-12", ".site.en-cours-ab_c"])
@pytest.mark.parametrize("poser", [_reste_lie, _reste_fichier, _reste_dossier], ids=["link", "file", "folder"])
def test_what_looks_like_a_remain_is_left_alone_and_jams_nothing(
    tmp_path: Path, poser: Callable[[Path, str], None], nom: str
) -> None:
    ecrire(tmp_path, {"precieux/a.txt": "précieux"})
    poser(tmp_path, nom)
    avant = photo_etat(tmp_path / nom)
    publier(tmp_path / "site")
    publier(tmp_path / "site")
    assert photo_etat(tmp_path / nom) == avant
    assert contenu(tmp_path / "precieux") == {"a.txt": "précieux"}
    assert contenu(tmp_path / "site") == NEUF


def test_the_remains_of_version_0_1_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ecrire(tmp_path / ".site.en-cours", ANCIEN)
    with caplog.at_level(logging.WARNING):
        publier(tmp_path / "site")
    assert str(tmp_path / ".site.en-cours") in caplog.text


def test_a_copy_of_a_remain_is_not_a_remain(tmp_path: Path) -> None:
    reste = travail.creer(tmp_path / "site")
    ecrire(reste / "brouillon", {"a.txt": "mes notes"})
    copie = Path(shutil.copytree(reste, tmp_path / "copie"))
    shutil.rmtree(reste)
    copie.rename(reste)
    publier(tmp_path / "site")
    assert contenu(reste) == {"brouillon/a.txt": "mes notes"}


def test_a_folder_that_has_the_number_of_ours_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vrai, pris = tempfile.mkdtemp, []

    def numero_pris(prefix: str, dir: Path) -> str:
        dossier = Path(vrai(prefix=prefix, dir=dir))
        if not pris:
            pris.append(dossier.with_name(f"{prefix}{dossier.stat().st_ino}"))
            ecrire(pris[0] / "brouillon", {"a.txt": "mes notes"})
        return str(dossier)

    monkeypatch.setattr(tempfile, "mkdtemp", numero_pris)
    publier(tmp_path / "site")
    assert contenu(pris[0]) == {"brouillon/a.txt": "mes notes"}
    assert contenu(tmp_path / "site") == NEUF
    assert len([d for d in tmp_path.iterdir() if d.is_dir()]) == 2  # the site and the folder of somebody


EVENEMENTS = ("os.", "open", "shutil.", "tempfile.", "ctypes.dlsym")
"""What Python announces before it touches the disk, or calls the exchange of two names."""


def _tue_au(rang: int, site: Path, *, mettre_de_cote: bool, echange: bool) -> bool:
    """Publish in a child that the system kills at its `rang`-th act on the disk; whether it was killed."""
    enfant = os.fork()
    if enfant == 0:
        restants = [rang]

        def compter(evenement: str, _arguments: object) -> None:
            if evenement.startswith(EVENEMENTS):
                restants[0] -= 1
                if restants[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        if not echange:
            module._echanger = lambda a, b: False
        sys.addaudithook(compter)
        publier(site, mettre_de_cote=mettre_de_cote)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(enfant, 0)[1]) == -signal.SIGKILL


def _instants(poser: Callable[[Path], object], dossier: Path, *, mettre_de_cote: bool, echange: bool) -> Iterator[Path]:
    """A folder for each moment at which a build may be killed, just after it was."""
    for rang in range(1, 1000):
        ici = dossier / str(rang)
        ici.mkdir()
        poser(ici / "site")
        if not _tue_au(rang, ici / "site", mettre_de_cote=mettre_de_cote, echange=echange):
            assert rang > 20
            return
        yield ici
    pytest.fail("the build never ends")


@pytest.mark.parametrize("echange", [True, False], ids=["exchange", "two-renames"])
def test_killed_at_any_moment_the_site_is_the_old_or_the_new_one_and_the_next_build_succeeds(
    tmp_path: Path, echange: bool
) -> None:
    for ici in _instants(ancien_site, tmp_path, mettre_de_cote=False, echange=echange):
        if echange or (ici / "site").exists():
            assert contenu(ici / "site") in (ANCIEN, NEUF), ici.name
        publier(ici / "site")
        assert contenu(ici / "site") == NEUF
        assert sorted(p.name for p in ici.iterdir()) == [".site.verrou", "site"], ici.name


@pytest.mark.parametrize("echange", [True, False], ids=["exchange", "two-renames"])
def test_killed_at_any_moment_what_a_person_made_is_still_there(tmp_path: Path, echange: bool) -> None:
    def photos(site: Path) -> None:
        ecrire(site, {"photos/a.jpg": "ma photo"})

    for ici in _instants(photos, tmp_path, mettre_de_cote=True, echange=echange):
        assert "ma photo" in contenu(ici).values(), ici.name
        publier(ici / "site", mettre_de_cote=True)
        assert contenu(ici / "site") == NEUF
        assert contenu(ici / "site.mis-de-cote-1") == {"photos/a.jpg": "ma photo"}, ici.name


def test_the_old_site_that_a_killed_build_had_moved_comes_back_even_if_the_next_one_fails(tmp_path: Path) -> None:
    site = tmp_path / "site"
    ancien_site(travail.creer(site) / travail.ANCIEN)
    with pytest.raises(RuntimeError), publication(site):
        raise RuntimeError("panne")
    assert contenu(site) == ANCIEN


def test_a_site_of_ours_is_deleted_with_its_remains(tmp_path: Path) -> None:
    site = ancien_site(tmp_path / "site")
    travail.creer(site)
    assert effacer(site)
    assert [p.name for p in tmp_path.iterdir()] == [".site.verrou"]
    assert not effacer(site)
    assert not effacer(tmp_path / "absent" / "site")
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize("poser", A_QUELQU_UN.values(), ids=A_QUELQU_UN)
def test_what_a_person_made_is_not_deleted(tmp_path: Path, poser: Callable[[Path], None]) -> None:
    poser(site := tmp_path / "site")
    avant = photo_etat(site)
    with pytest.raises(PublicationImpossible, match=r"Rien n'a été touché.*effacez-le vous-même"):
        effacer(site)
    assert photo_etat(site) == avant


def test_a_link_to_a_site_stays_when_the_site_is_deleted(tmp_path: Path) -> None:
    ancien_site(tmp_path / "www")
    (tmp_path / "site").symlink_to("www")
    assert effacer(tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert not (tmp_path / "www").exists()


def _construire_sans_fin(site: Path, commence: Path) -> None:
    with publication(site) as chantier:
        (chantier.dossier / "index.html").write_text("à moitié")
        commence.write_text("oui")
        time.sleep(60)


def test_a_killed_build_leaves_the_old_site_whole_and_the_next_one_succeeds(tmp_path: Path) -> None:
    site = ancien_site(tmp_path / "site")
    commence = tmp_path / "commence"
    processus = multiprocessing.get_context("spawn").Process(target=_construire_sans_fin, args=(site, commence))
    processus.start()
    limite = time.monotonic() + 30
    while not commence.exists() and time.monotonic() < limite:
        time.sleep(0.01)
    assert commence.exists()
    assert processus.pid is not None
    with pytest.raises(PublicationImpossible, match="Une autre construction"), publication(site):
        pytest.fail("the block has begun")
    os.kill(processus.pid, signal.SIGKILL)
    processus.join()
    assert contenu(site) == ANCIEN

    with publication(site) as chantier:
        assert list(chantier.dossier.iterdir()) == []
        ecrire(chantier.dossier, NEUF)
    assert contenu(site) == NEUF


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    (tmp_path / "lien").symlink_to("site")
    for autre in ("site", "lien"):
        with (
            publication(tmp_path / "site"),
            pytest.raises(PublicationImpossible, match="Une autre construction"),
            publication(tmp_path / autre),
        ):
            pytest.fail("the block has begun")
