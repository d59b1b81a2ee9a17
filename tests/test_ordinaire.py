"""Only an ordinary file is opened; what stands in its place is refused at once, and leaves nothing open."""

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from carte.ordinaire import ouvrir


def _lien(place: Path) -> None:
    (place.parent / "vrai").write_bytes(b"vrai")
    place.symlink_to("vrai")


def _prise(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as prise:
        prise.bind(str(place))


def _descripteurs() -> set[str]:
    return {descripteur.name for descripteur in Path("/dev/fd").iterdir()}


def test_an_ordinary_file_is_read_and_not_handed_to_child_processes(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"contenu")
    with ouvrir(tmp_path / "fichier") as flux:
        assert flux.read() == b"contenu"
        assert not os.get_inheritable(flux.fileno())
    assert flux.closed


@pytest.mark.parametrize(
    ("faire", "numero"),
    [(Path.mkdir, errno.ENXIO), (os.mkfifo, errno.ENXIO), (_prise, errno.ENXIO), (_lien, errno.ELOOP)],
    ids=["dossier", "tube", "prise", "lien"],
)
@pytest.mark.parametrize("forme", [Path, str])
def test_anything_else_is_refused_without_waiting_and_left_closed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    faire: Callable[[Path], object],
    numero: int,
    forme: Callable[[Path], Path | str],
) -> None:
    monkeypatch.chdir(tmp_path)
    faire(Path("place"))  # a socket's name has to be short
    ouverts = _descripteurs()
    with pytest.raises(OSError, match="place") as refus:
        ouvrir(forme(Path("place")))
    assert refus.value.errno == numero
    assert _descripteurs() == ouverts


def test_a_link_is_followed_when_asked_but_only_to_an_ordinary_file(tmp_path: Path) -> None:
    _lien(tmp_path / "lien")
    with ouvrir(tmp_path / "lien", liens=True) as flux:
        assert flux.read() == b"vrai"
    os.mkfifo(tmp_path / "tube")
    (tmp_path / "vers-tube").symlink_to("tube")
    with pytest.raises(OSError) as refus:
        ouvrir(tmp_path / "vers-tube", liens=True)
    assert refus.value.errno == errno.ENXIO


def test_what_is_absent_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ouvrir(tmp_path / "absent")
