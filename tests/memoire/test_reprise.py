"""A build that takes again what a former one computed gives what a whole build gives, whatever changed in between."""

import shutil
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from carte import entrees, indicators, pipeline
from carte.memoire import SANS_MEMOIRE, Memoire, empreinte
from carte.picture import Picture
from carte.records import lecture
from memoire import mondes
from sites import RACINE

CALCULS = ((entrees, "lire_territoire"), (indicators, "compute"), (pipeline, "simuler"), (lecture, "_examiner"))


def memoire(dossier: Path) -> Memoire:
    return Memoire(dossier / "memoire", "programme", b"s" * 32)


def image(dossier: Path, garde: Memoire = SANS_MEMOIRE) -> Picture:
    return pipeline.build_picture(mondes.configuration(dossier), RACINE, memoire=garde)


@pytest.fixture(scope="module")
def deja_construit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with the memory of a build, in « monde », and the same aside, in « garde »."""
    dossier = tmp_path_factory.mktemp("deja")
    (mondes.demonstration(dossier / "monde") / "memoire").mkdir()
    image(dossier / "monde", memoire(dossier / "monde"))
    (dossier / "monde").rename(dossier / "garde")
    return dossier


@pytest.fixture
def monde(deja_construit: Path) -> Path:
    """The place of the former build, as it was after it."""
    shutil.rmtree(deja_construit / "monde", ignore_errors=True)
    return Path(shutil.copytree(deja_construit / "garde", deja_construit / "monde"))


@pytest.fixture
def faits(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many times each costly function is called."""
    compte: Counter[str] = Counter()

    def suivre(module: Any, nom: str) -> None:
        vraie = getattr(module, nom)

        def comptee(*args: Any, **kwargs: Any) -> Any:
            compte[nom] += 1
            return vraie(*args, **kwargs)

        monkeypatch.setattr(module, nom, comptee)

    for module, nom in CALCULS:
        suivre(module, nom)
    return compte


def differences(une: Picture, autre: Picture) -> list[str]:
    assert une.simulations and autre.simulations
    assert une.simulations.parametres == autre.simulations.parametres
    # A set of communes is in them: equal, and kept in an order that is nobody's.
    une, autre = (replace(i, simulations=i.simulations.propositions) for i in (une, autre))  # type: ignore[union-attr,arg-type]
    return [c.name for c in fields(une) if empreinte(getattr(une, c.name)) != empreinte(getattr(autre, c.name))]


@pytest.mark.parametrize("nom", mondes.CHANGEMENTS)
def test_la_meme_image_que_sans_memoire(monde: Path, nom: str) -> None:
    mondes.CHANGEMENTS[nom](monde)
    assert differences(image(monde, memoire(monde)), image(monde)) == []


TERRITOIRE, CHIFFRES, ESSAIS, FICHES = (nom for _, nom in CALCULS)


@pytest.mark.parametrize(
    ("nom", "attendus"),
    [
        ("rien", {}),
        ("téléphone", {FICHES: 1}),
        ("conseil", {FICHES: 1}),
        ("horaires", {FICHES: 1, CHIFFRES: 1, ESSAIS: 1}),
        ("fiche retirée", {CHIFFRES: 1, ESSAIS: 1}),
        ("nom du hub", {}),
        ("priorité", {CHIFFRES: 1, ESSAIS: 1}),
        ("équipements", {TERRITOIRE: 1, CHIFFRES: 1, ESSAIS: 1}),
    ],
)
def test_seul_ce_qui_depend_du_changement_est_refait(
    monde: Path, faits: Counter[str], nom: str, attendus: dict[str, int]
) -> None:
    mondes.CHANGEMENTS[nom](monde)
    image(monde, memoire(monde))
    assert faits == attendus


def test_une_memoire_abimee_est_refaite(monde: Path, faits: Counter[str]) -> None:
    for entree in (monde / "memoire").rglob("*"):
        if entree.is_file():
            octets = bytearray(entree.read_bytes())
            octets[len(octets) // 2] ^= 1
            entree.write_bytes(octets)
    abimee = image(monde, memoire(monde))
    assert faits[CHIFFRES] == 1
    assert differences(abimee, image(monde)) == []
    faits.clear()
    image(monde, memoire(monde))
    assert faits == {}, "ce qui a été refait sert la fois suivante"


@pytest.mark.parametrize("champ", ["secret", "programme"])
def test_ni_un_autre_utilisateur_ni_un_autre_programme_ne_sert(monde: Path, faits: Counter[str], champ: str) -> None:
    autre = replace(memoire(monde), **{champ: b"a" * 32 if champ == "secret" else "change"})  # type: ignore[arg-type]
    image(monde, autre)
    assert (faits[TERRITOIRE], faits[CHIFFRES], faits[ESSAIS]) == (1, 1, 1)
    assert autre.reprises == 0


def test_une_construction_interrompue_reprend_ou_elle_en_etait(
    monde: Path, faits: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mondes.CHANGEMENTS["équipements"](monde)
    with monkeypatch.context() as interrompre, pytest.raises(KeyboardInterrupt):
        interrompre.setattr(pipeline, "simuler", _interrompre)
        image(monde, memoire(monde))
    assert (faits[TERRITOIRE], faits[CHIFFRES]) == (1, 1)
    faits.clear()
    reprise = image(monde, memoire(monde))
    assert faits == {ESSAIS: 1}
    assert differences(reprise, image(monde)) == []


def _interrompre(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
