"""Each target of the fuzzing: what broke it once holds, and so does what is drawn; more of both in `make fuzz`."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.__main__ import NAVIGATEUR
from fuzz.cible import CORPUS, Cible
from fuzz.cibles import CIBLES
from fuzz.gestes import semer
from hasard import exemples
from sites import RACINE

# Layers and publications have draws of their own, in test_couches_abimees; here a few, with the same properties.
# A whole build takes seconds: two of its own, below.
NOMBRES = {"fiche": 60, "horaires": 60, "francais": 200, "configuration": 40, "inventaire": 8, "nettoyeurs": 150}
NOMBRES |= {"couches": 8, "territoires": 2, "publication": 6}


@pytest.fixture(scope="module", params=sorted({*CIBLES} - {"site"}))
def cible(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Cible:
    """One target after the other, each in a folder of its own."""
    return CIBLES[request.param](tmp_path_factory.mktemp(request.param))


def test_what_broke_it_once_holds(cible: Cible) -> None:
    for octets in (*cible.graines[:4], *cible.corpus):
        cible.essayer(octets)
    assert cible.graines


@pytest.mark.parametrize("nom", sorted(NOMBRES))
def test_what_is_drawn_holds(nom: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    cible = CIBLES[nom](tmp_path_factory.mktemp(nom))
    lues: list[bool] = []

    @exemples(NOMBRES[nom])
    @given(st.sampled_from(cible.graines), st.integers(0, 2**64))
    def essayer(graine: bytes, tirage: int) -> None:
        *tetes, corps = graine.split(b"\n", cible.entete)
        abime = semer(corps, random.Random(tirage), cible.jetons or (b";",))
        lues.append(cible.essayer(b"\n".join([*tetes, abime])))

    essayer()
    assert len(lues) >= NOMBRES[nom] / 2


def test_a_whole_build_is_made_of_sound_layers_and_refused_of_a_cut_one(tmp_path: Path) -> None:
    cible = CIBLES["site"](tmp_path)
    epcis = next(graine for graine in cible.graines if graine.startswith(b"99/epcis.json\n"))
    assert cible.essayer(epcis)
    assert not cible.essayer(epcis[:200])
    assert (tmp_path / "dit.txt").read_text(encoding="utf-8").count("epcis.json:4:") == 1


def test_every_input_kept_belongs_to_a_target() -> None:
    assert {dossier.name for dossier in CORPUS.iterdir()} <= {*CIBLES}


def test_the_long_run_counts_what_it_tried_and_stops(tmp_path: Path) -> None:
    commande = [sys.executable, "-m", "fuzz", "nettoyeurs", NAVIGATEUR[1], "--secondes", "0.2", "--sans-atheris"]
    commande += ["--bilan", str(tmp_path / "bilan.jsonl")]
    rendu = subprocess.run(commande, cwd=RACINE / "tests", capture_output=True, text=True, check=False)
    assert rendu.returncode == 0, rendu.stdout + rendu.stderr
    lignes = (tmp_path / "bilan.jsonl").read_text(encoding="utf-8").splitlines()
    assert ['"cible": "nettoyeurs"' in lignes[0], '"cible": "moment"' in lignes[1]] == [True, True]
