"""How a command ends whatever happens, and how much it says."""

import errno
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from carte import entrees, journal
from carte.boucle import suivre as boucle
from carte.cli import cli
from carte.ecrits.problem import Gravite, Problem
from carte.records import Chargement
from carte.serveur import PortIndisponible, servir
from sites import RACINE


@pytest.fixture(autouse=True)
def journal_rendu() -> Iterator[None]:
    """Each test leaves logging as it found it."""
    racine = logging.getLogger()
    avant = racine.level, list(racine.handlers)
    yield
    racine.setLevel(avant[0])
    racine.handlers[:] = avant[1]
    logging.getLogger("carte").setLevel(logging.NOTSET)


@pytest.fixture
def finir_par(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Run `carte valider` on a program that raises this."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def lancer(erreur: BaseException, *options: str) -> Result:
        def lever(*_: object) -> None:
            raise erreur

        monkeypatch.setattr(entrees, "valider", lever)
        return CliRunner().invoke(cli, ["valider", *options])

    return lancer


def test_the_unexpected_ends_in_one_sentence_that_names_a_report(
    finir_par: Callable[..., Result], tmp_path: Path
) -> None:
    resultat = finir_par(ZeroDivisionError("division by zero"))
    assert resultat.exit_code == 3
    (rapport,) = tmp_path.glob("carte-erreur-*.txt")
    assert resultat.output == (
        f"Erreur : une erreur imprévue a tout arrêté ; joignez à votre signalement le détail, écrit dans {rapport}.\n"
    )
    detail = rapport.read_text()
    assert re.match(r"Carte .+, 2\d{3}-", detail)
    assert "Traceback" in detail
    assert "ZeroDivisionError: division by zero" in detail
    assert rapport.stat().st_mode & 0o077 == 0


def test_details_show_the_stack_of_the_unexpected(finir_par: Callable[..., Result]) -> None:
    assert "ZeroDivisionError: x" in finir_par(ZeroDivisionError("x"), "-v").output


def test_a_report_that_cannot_be_written_is_said(
    finir_par: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    resultat = finir_par(ZeroDivisionError())
    assert resultat.exit_code == 3
    assert "n'a pas pu être notée (il n'existe pas) : relancez avec -v." in resultat.output
    assert "Traceback" not in resultat.output


@pytest.mark.parametrize(
    ("erreur", "code", "message"),
    [
        pytest.param(PermissionError(errno.EACCES, "no", "a.csv"), 1, "a.csv : la permission est refusée.", id="right"),
        pytest.param(FileNotFoundError(errno.ENOENT, "no", "a.csv"), 1, "a.csv : il n'existe pas.", id="absent"),
        pytest.param(OSError(errno.ENOSPC, "no", "a.csv"), 1, "a.csv : le disque est plein.", id="full"),
        pytest.param(OSError("no"), 3, "une erreur imprévue", id="system-unknown"),
        pytest.param(ModuleNotFoundError("no", name="folium.map"), 1, "bibliothèque folium.map", id="library"),
        pytest.param(ModuleNotFoundError("no", name="carte.absent"), 3, "une erreur imprévue", id="own-module"),
        pytest.param(MemoryError(), 1, "La mémoire manque", id="memory"),
        pytest.param(RecursionError(), 3, "une erreur imprévue", id="recursion"),
        pytest.param(KeyboardInterrupt(), 130, "Interrompu.", id="interrupted"),
    ],
)
def test_each_end_has_its_code_and_its_sentence(
    finir_par: Callable[..., Result], erreur: BaseException, code: int, message: str
) -> None:
    resultat = finir_par(erreur)
    assert resultat.exit_code == code
    assert message in resultat.output
    assert "Traceback" not in resultat.output


@pytest.mark.parametrize(
    ("arguments", "conseil", "resume"),
    [
        pytest.param(["valider"], True, True, id="default"),
        pytest.param(["valider", "-q"], False, False, id="quiet"),
        pytest.param(["-q", "valider"], False, False, id="quiet-before-the-command"),
        pytest.param(["-q", "valider", "-v"], True, True, id="one-of-each"),
        pytest.param(["valider", "-vv"], True, True, id="details"),
    ],
)
def test_quiet_says_errors_alone(arguments: list[str], conseil: bool, resume: bool) -> None:
    resultat = CliRunner().invoke(cli, arguments)
    assert resultat.exit_code == 0
    assert ("[conseil]" in resultat.stdout) is conseil
    assert ("fiches lues" in resultat.stdout) is resume
    assert bool(resultat.output) is (conseil or resume)


@pytest.mark.parametrize(
    ("options", "phrase"),
    [([], "Interrompu. Ce qui était fini est gardé : relancez pour reprendre."), (["--sans-memoire"], "Interrompu.")],
)
def test_a_build_that_is_stopped_says_whether_it_can_go_on(
    options: list[str], phrase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def arreter(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("carte.pipeline.build_picture", arreter)
    texte = (RACINE / "carte.yml").read_text(encoding="utf-8")
    dossiers = {"lieux": str(RACINE / "offers"), "geo": str(RACINE / "geo"), "sortie": str(tmp_path / "sortie")}
    fichier = tmp_path / "carte.yml"
    fichier.write_text(yaml.safe_dump(yaml.safe_load(texte) | {"dossiers": dossiers}), encoding="utf-8")
    resultat = CliRunner().invoke(cli, ["construire", "--config", str(fichier), *options])
    assert resultat.exit_code == 130
    assert resultat.stderr.strip() == phrase
    assert not (tmp_path / "sortie" / "site").exists()


_LIGNES = {
    "étape": "  territoire       0.00 s",
    "détail": "    détail",
    "reste": "À savoir : reste",
    "bavardage": "    mkdocs : bavardage",
    "alerte": "    mkdocs : alerte",
    "faute": "faute",
}


@pytest.mark.parametrize(
    ("bruit", "dites"),
    [
        pytest.param(-1, "faute", id="quiet"),
        pytest.param(0, "étape reste alerte faute", id="default"),
        pytest.param(1, "étape détail reste alerte faute", id="details"),
        pytest.param(2, "étape détail reste bavardage alerte faute", id="libraries"),
        pytest.param(9, "étape détail reste bavardage alerte faute", id="above"),
        pytest.param(-9, "faute", id="below"),
    ],
)
def test_each_level_says_what_it_should(bruit: int, dites: str, capsys: pytest.CaptureFixture[str]) -> None:
    journal.regler(bruit)
    carte, autre = logging.getLogger("carte.essai"), logging.getLogger("mkdocs")
    with journal.etape("territoire"):
        pass
    carte.debug("détail")
    carte.warning("reste")
    autre.info("bavardage")
    autre.warning("alerte")
    carte.error("faute")
    assert capsys.readouterr().err.splitlines() == [_LIGNES[mot] for mot in dites.split()]


def test_asked_to_stop_a_build_leaves_nothing_behind(tmp_path: Path) -> None:
    brut = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))
    brut["dossiers"]["sortie"] = str(tmp_path / "build")
    (tmp_path / "carte.yml").write_text(yaml.safe_dump(brut), encoding="utf-8")
    commande = [sys.executable, "-m", "carte", "construire", "--config", str(tmp_path / "carte.yml")]
    construction = subprocess.Popen(commande, cwd=RACINE, stderr=subprocess.PIPE, text=True)
    limite = time.monotonic() + 60
    while not list(tmp_path.glob("build/.site.en-cours-*/brouillon")) and time.monotonic() < limite:
        time.sleep(0.02)
    os.kill(construction.pid, signal.SIGTERM)
    assert "Traceback" not in construction.communicate(timeout=60)[1]
    assert construction.returncode == 128 + signal.SIGTERM
    # Beside what the next build takes again.
    assert {p.name for p in (tmp_path / "build").iterdir()} - {"memoire"} == {".site.verrou"}


def test_a_busy_port_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port = prise.getsockname()[1]
        with pytest.raises(PortIndisponible, match=f"Le port {port} est déjà pris par un autre programme"):
            servir(tmp_path, port)


def test_a_refused_build_says_what_blocks_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Advice on the other records would bury it."""
    problemes = tuple(
        Problem("offers/36/a.yml", rang, 1, "nom", "", f"phrase {rang}", gravite, "regle")
        for rang, gravite in enumerate([Gravite.CONSEIL, Gravite.BLOQUANT, Gravite.CONSEIL], start=1)
    )
    entrees.FichesInvalides(Chargement((), problemes, 3)).show()
    lignes = capsys.readouterr().err.splitlines()
    assert lignes[0] == "offers/36/a.yml:2:1: phrase 2 [bloquant]"
    assert lignes[1:] == ["Des fiches sont à corriger : rien n'a été publié. Le site précédent reste en place."]


def test_a_followed_site_that_moves_asks_to_begin_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown would never change any more."""
    brut = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))
    fichier = tmp_path / "carte.yml"

    def ecrire(sortie: Path) -> None:
        brut["dossiers"]["sortie"] = str(sortie)
        fichier.write_text(yaml.safe_dump(brut), encoding="utf-8")

    def deplacer(site: Path, _: int, changes: object, construire: Callable[[], None], __: object) -> None:
        assert site == tmp_path / "site"
        ecrire(tmp_path / "ailleurs")
        construire()

    ecrire(tmp_path)
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(boucle, "suivre", deplacer)
    resultat = CliRunner().invoke(cli, ["servir", "--suivre", "--config", str(fichier)])
    assert resultat.exit_code == 1
    assert "« dossiers.sortie » a changé" in resultat.output
    assert not (tmp_path / "ailleurs").exists()
