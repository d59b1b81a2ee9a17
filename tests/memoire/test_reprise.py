"""A build that takes again what a former one computed gives what a whole build gives, whatever changed in between."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from carte import entrees, indicators, pipeline
from carte.execution import SurPlace
from carte.memoire import SANS_MEMOIRE, Memoire, empreinte
from carte.picture import Picture
from carte.publication import publication
from carte.publish import fiche, maps, opendata, pdf, publish
from carte.publish.cadre import editorial
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
    # A set of communes is in them: equal, and kept in an order that is nobody's. Only a memory asks for fingerprints.
    une, autre = (replace(i, simulations=i.simulations.propositions, couches="", chiffres="") for i in (une, autre))  # type: ignore[union-attr,arg-type]
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


def site(dossier: Path, garde: Memoire = SANS_MEMOIRE) -> dict[str, str]:
    """Path → fingerprint of each file of the site of that world; with a memory, it takes the place of the last one."""
    cible = dossier / "site" if garde.active else dossier.with_name("site-neuf")
    with publication(cible, memoire=lambda: garde) as chantier:
        publish(image(dossier, garde), chantier, SurPlace(), garde)
    fichiers = (f for f in cible.rglob("*") if f.is_file())
    return {f.relative_to(cible).as_posix(): sha256(f.read_bytes()).hexdigest() for f in fichiers}


@pytest.fixture(scope="module")
def deja_publie(deja_construit: Path) -> Path:
    """The same world, once its site was published with its memory, in « publie »."""
    monde = Path(shutil.copytree(deja_construit / "garde", deja_construit / "monde", dirs_exist_ok=True))
    site(monde, memoire(monde))
    monde.rename(deja_construit / "publie")
    return deja_construit


@pytest.fixture
def monde_publie(deja_publie: Path) -> Path:
    shutil.rmtree(deja_publie / "monde", ignore_errors=True)
    return Path(shutil.copytree(deja_publie / "publie", deja_publie / "monde"))


PUBLIES = (
    "rien",
    "téléphone",
    "horaires",
    "fiche ajoutée",
    "fiche retirée",
    "fiche renommée",
    "besoins",
    "nom du hub",
    "date",
)


@pytest.mark.parametrize("nom", PUBLIES)
def test_le_meme_site_que_sans_memoire(monde_publie: Path, nom: str) -> None:
    """Then once more: that one is made of the site from before the change, whose files wait beside."""
    site(monde_publie, memoire(monde_publie))
    mondes.CHANGEMENTS[nom](monde_publie)
    attendu = site(monde_publie)
    assert site(monde_publie, memoire(monde_publie)) == attendu
    assert site(monde_publie, memoire(monde_publie)) == attendu


def test_une_fiche_puis_une_autre_puis_la_premiere(monde_publie: Path) -> None:
    """Each build is made of the one before the last: what changed twice, or came back, is as it is now."""
    for nom in ("téléphone", "fiche ajoutée", "fiche retirée", "horaires", "fiche renommée"):
        mondes.CHANGEMENTS[nom](monde_publie)
        repris = site(monde_publie, memoire(monde_publie))
    assert repris == site(monde_publie)


def test_le_meme_site_d_une_memoire_a_moitie_perdue(monde_publie: Path) -> None:
    """One entry in two is damaged: the whole lists of files, some of their files, some stages."""
    entrees_ = sorted(f for f in (monde_publie / "memoire").rglob("*") if f.is_file())
    for entree in entrees_[::2]:
        entree.write_bytes(entree.read_bytes()[:-1] + b"?")
    assert site(monde_publie, memoire(monde_publie)) == site(monde_publie)


def test_une_publication_interrompue_reprend_ou_elle_en_etait(
    monde_publie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mondes.CHANGEMENTS["horaires"](monde_publie)
    with monkeypatch.context() as interrompre, pytest.raises(KeyboardInterrupt):
        interrompre.setattr(opendata, "ecrire", _interrompre)
        site(monde_publie, memoire(monde_publie))
    with monkeypatch.context() as deja:
        deja.setattr(pdf, "fichiers", lambda *_: pytest.fail("les PDF étaient faits"))
        repris = site(monde_publie, memoire(monde_publie))
    assert repris == site(monde_publie)


def test_un_telephone_ne_refait_qu_une_fiche_et_aucun_rapport(
    monde_publie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faites: list[str] = []
    vraie = fiche.page

    def suivie(enregistrement: Any, *args: Any, **kwargs: Any) -> str:
        faites.append(enregistrement.identifiant)
        return vraie(enregistrement, *args, **kwargs)

    monkeypatch.setattr(fiche, "page", suivie)
    for module, nom in ((pdf, "fichiers"), (editorial, "_batir"), (maps, "preparer")):
        monkeypatch.setattr(module, nom, lambda *_: pytest.fail("refait"))
    mondes.CHANGEMENTS["téléphone"](monde_publie)
    site(monde_publie, memoire(monde_publie))
    assert faites == [mondes.ID]


_DEMANDES = """
import sys
from pathlib import Path
from carte import pipeline
from carte.config import lire
from carte.memoire import empreinte
from carte.publish import maps, report
from carte.publish.report.tranche import tranches

racine = Path(sys.argv[1])
picture = pipeline.build_picture(lire(racine / "carte.yml", racine), racine)
contours = maps.preparer(picture)
lu = report.lu(picture)
for code, part in tranches(lu, report.preparer(lu, contours)):
    print(code, empreinte(part), empreinte(contours[code]), empreinte({"a": {1, "b"}, "c": ({"d", "e", "f"},)}))
"""


def test_un_rapport_a_le_meme_nom_dans_un_autre_processus() -> None:
    """Sets have another order in each process: every report of a country was made again after one telephone."""

    def noms(graine: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", _DEMANDES, str(RACINE)],
            env={**os.environ, "PYTHONHASHSEED": graine, "PYTHONPATH": str(RACINE / "scripts")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    premiers = noms("1")
    assert premiers.startswith("99 ")
    assert noms("2") == premiers
