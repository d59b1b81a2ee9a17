"""Files are replaced whole, and never over somebody's work."""

import os
from pathlib import Path

import pytest

from carte import ecriture
from carte.ecriture import (
    MEMOIRE,
    FichiersChanges,
    ecarter,
    ecrire_tous,
    empreinte,
    etrangers,
    nom_libre,
    remplacer,
)


def _tout(dossier: Path) -> dict[str, bytes]:
    return {f.relative_to(dossier).as_posix(): f.read_bytes() for f in sorted(dossier.rglob("*")) if f.is_file()}


def test_a_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("avant")
    (tmp_path / "a").chmod(0o640)
    remplacer(tmp_path / "a", b"neuf")
    remplacer(tmp_path / "b" / "c", b"autre")
    assert _tout(tmp_path) == {"a": b"neuf", "b/c": b"autre"}
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    masque = os.umask(0)
    os.umask(masque)
    assert (tmp_path / "b" / "c").stat().st_mode & 0o777 == 0o666 & ~masque


def test_a_link_stays_and_what_it_names_changes(tmp_path: Path) -> None:
    (tmp_path / "loin").mkdir()
    (tmp_path / "lien").symlink_to("loin/vrai")
    remplacer(tmp_path / "lien", b"neuf")
    assert (tmp_path / "lien").is_symlink()
    assert (tmp_path / "loin" / "vrai").read_bytes() == b"neuf"


def test_another_name_of_the_file_keeps_its_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("avant")
    os.link(tmp_path / "a", tmp_path / "copie")
    remplacer(tmp_path / "a", b"neuf")
    assert (tmp_path / "copie").read_text() == "avant"


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("avant")
    monkeypatch.setattr(Path, "replace", lambda *_: Path("/dev/full").write_text("plein"))
    with pytest.raises(OSError, match="No space left"):
        remplacer(tmp_path / "a", b"neuf")
    assert _tout(tmp_path) == {"a": b"avant"}


def test_what_was_written_is_ours_until_somebody_changes_it(tmp_path: Path) -> None:
    ecrire_tous(tmp_path, {"a.csv": b"1\n2\n", "d/b.csv": b"x\n", "c.csv": b"y\n"})
    assert etrangers(tmp_path, ["a.csv", "d/b.csv", "c.csv", "absent.csv"]) == []
    (tmp_path / "a.csv").write_bytes(b"1\r\n2\r\n")
    assert etrangers(tmp_path, ["a.csv"]) == [], "a checkout on another system changes line ends"
    (tmp_path / "a.csv").write_bytes(b"1\n3\n")
    (tmp_path / "c.csv").unlink()
    (tmp_path / "c.csv").symlink_to("absent")
    assert etrangers(tmp_path, ["a.csv", "d/b.csv", "c.csv"]) == ["a.csv", "c.csv"]


@pytest.mark.parametrize("poser", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_somebody_s(tmp_path: Path, poser: object) -> None:
    poser(tmp_path / "a.csv")  # type: ignore[operator]
    assert etrangers(tmp_path, ["a.csv"]) == ["a.csv"]


def test_what_we_never_wrote_is_somebody_s_unless_known_otherwise(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"1\n")
    assert etrangers(tmp_path, ["a.csv"]) == ["a.csv"]
    assert etrangers(tmp_path, ["a.csv"], {"a.csv": empreinte(b"1\n")}) == []
    ecrire_tous(tmp_path, {"a.csv": b"2\n"})
    (tmp_path / "a.csv").write_bytes(b"1\n")
    assert etrangers(tmp_path, ["a.csv"], {"a.csv": empreinte(b"1\n")}) == ["a.csv"], "the memory knows better"


@pytest.mark.parametrize("texte", ["", "[]", '{"fichiers": 3}', '{"fichiers": {"a.csv": 3}}', "[" * 100_000])
def test_a_memory_that_cannot_be_read_makes_every_file_somebody_s(tmp_path: Path, texte: str) -> None:
    ecrire_tous(tmp_path, {"a.csv": b"1\n"})
    (tmp_path / MEMOIRE).write_text(texte)
    assert etrangers(tmp_path, ["a.csv"]) == ["a.csv"]


@pytest.mark.parametrize("rang", range(1, 5))
def test_stopped_while_it_writes_it_still_knows_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rang: int
) -> None:
    noms = ["a.csv", "b.csv"]
    ecrire_tous(tmp_path, dict.fromkeys(noms, b"avant"))
    restants, vrai = [rang], remplacer

    def mourir(fichier: Path, contenu: bytes) -> None:
        restants[0] -= 1
        if restants[0] == 0:
            raise KeyboardInterrupt
        vrai(fichier, contenu)

    with monkeypatch.context() as un_temps:
        un_temps.setattr(ecriture, "remplacer", mourir)
        with pytest.raises(KeyboardInterrupt):
            ecrire_tous(tmp_path, dict.fromkeys(noms, b"neuf"))
    assert etrangers(tmp_path, noms) == []
    ecrire_tous(tmp_path, dict.fromkeys(noms, b"neuf"))
    (tmp_path / "a.csv").write_bytes(b"avant")
    assert etrangers(tmp_path, noms) == ["a.csv"], "what was replaced is forgotten in the end"


def test_a_free_name_keeps_the_suffix_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("")
    (tmp_path / "36").mkdir()
    (tmp_path / "36.mis-de-cote-1").symlink_to("absent")
    assert nom_libre(tmp_path / "liste.csv").name == "liste.mis-de-cote-1.csv"
    assert nom_libre(tmp_path / "36").name == "36.mis-de-cote-2"


def test_files_put_aside_keep_their_paths(tmp_path: Path) -> None:
    for nom in ("a.csv", "d/b.csv", "c.csv"):
        remplacer(tmp_path / "36" / nom, nom.encode())
    garde = ecarter(tmp_path / "36", ["a.csv", "d/b.csv"], tmp_path / "36")
    assert _tout(garde) == {"a.csv": b"a.csv", "d/b.csv": b"d/b.csv"}
    assert _tout(tmp_path / "36") == {"c.csv": b"c.csv"}


def test_the_refusal_names_files_and_the_gesture() -> None:
    assert str(FichiersChanges(Path("geo/36"), ["b.csv", "a.csv"])) == (
        "Dans geo/36, 2 fichiers ne sont pas comme Carte l'a écrit : a.csv, b.csv. Rien n'a été écrit. Pour continuer "
        "sans rien perdre, relancez la même commande avec --mettre-de-cote."
    )
    assert "1 fichier n'est pas comme Carte l'a écrit : a.csv." in str(FichiersChanges(Path("geo/36"), ["a.csv"]))
