"""Publish whole or not at all."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import click
import pytest

from carte import publication as module
from carte.publication import publication


def _ancien_site(dossier: Path) -> Path:
    site = dossier / "site"
    site.mkdir()
    (site / "index.html").write_text("ancien")
    (site / "seulement-ancien.html").write_text("ancien")
    return site


def _contenu(site: Path) -> dict[str, str]:
    return {str(chemin.relative_to(site)): chemin.read_text() for chemin in site.rglob("*") if chemin.is_file()}


def test_first_publication_creates_the_site(tmp_path: Path) -> None:
    with publication(tmp_path / "build" / "site") as dossier:
        (dossier / "index.html").write_text("neuf")
    assert _contenu(tmp_path / "build" / "site") == {"index.html": "neuf"}


@pytest.mark.parametrize("echange", [True, False], ids=["exchange", "two-renames"])
def test_new_site_replaces_the_old_one_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, echange: bool) -> None:
    site = _ancien_site(tmp_path)
    if not echange:
        monkeypatch.setattr(module, "_echanger", lambda a, b: False)
    with publication(site) as dossier:
        (dossier / "index.html").write_text("neuf")
        assert _contenu(site)["index.html"] == "ancien"
    assert _contenu(site) == {"index.html": "neuf"}
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site.verrou", "site"]


def test_an_error_leaves_the_old_site_whole(tmp_path: Path) -> None:
    site = _ancien_site(tmp_path)
    avant = _contenu(site)
    with pytest.raises(RuntimeError, match="panne"), publication(site) as dossier:
        (dossier / "index.html").write_text("à moitié")
        raise RuntimeError("panne")
    assert _contenu(site) == avant


def _construire_sans_fin(site: Path, commence: Path) -> None:
    with publication(site) as dossier:
        (dossier / "index.html").write_text("à moitié")
        commence.write_text("oui")
        time.sleep(60)


def test_a_killed_build_leaves_the_old_site_whole_and_the_next_one_succeeds(tmp_path: Path) -> None:
    site = _ancien_site(tmp_path)
    avant = _contenu(site)
    commence = tmp_path / "commence"
    processus = multiprocessing.get_context("spawn").Process(target=_construire_sans_fin, args=(site, commence))
    processus.start()
    limite = time.monotonic() + 30
    while not commence.exists() and time.monotonic() < limite:
        time.sleep(0.01)
    assert commence.exists()
    assert processus.pid is not None
    os.kill(processus.pid, signal.SIGKILL)
    processus.join()
    assert _contenu(site) == avant

    with publication(site) as dossier:
        assert list(dossier.iterdir()) == []
        (dossier / "index.html").write_text("neuf")
    assert _contenu(site) == {"index.html": "neuf"}


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with (
        publication(tmp_path / "site"),
        pytest.raises(click.ClickException, match="Une autre construction"),
        publication(tmp_path / "site"),
    ):
        pass
