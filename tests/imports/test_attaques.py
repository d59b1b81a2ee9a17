"""An import under attack: what is no file, what cannot be written, what was removed; the rest of the rows go on."""

import json
import os
from pathlib import Path

import pytest

from carte.imports.bilan import Sort
from carte.imports.importer import importer, lire_inventaire
from carte.imports.modele import ImportImpossible
from imports.monde import FausseGeographie, fichier_hub, ligne_hub
from imports.test_importer import BUREAU, Chantier, chantier

__all__ = ["chantier"]
RELAIS = {"gid": 30, "c_nom": "Le Relais", "c_adresse": "2 place Basse"}


@pytest.mark.parametrize("chemin", ["/dev/zero", ".", "tube", "absent", "lien-casse"])
def test_an_inventory_that_is_no_file_is_refused_at_once(tmp_path: Path, chemin: str) -> None:
    os.mkfifo(tmp_path / "tube")
    (tmp_path / "lien-casse").symlink_to("nulle-part")
    with pytest.raises(ImportImpossible, match="n'est pas lisible"):
        lire_inventaire(tmp_path / chemin)


def test_what_is_no_record_among_records_is_left_and_never_blocks(chantier: Chantier) -> None:
    """A folder, a pipe, a broken link, a link elsewhere, all under the names that the import would choose."""
    premier = chantier.hub(ligne_hub(), ligne_hub(**BUREAU), ligne_hub(**RELAIS))
    noms = [suite.fiche for suite in premier.suites if suite.fiche]
    for fichier in (chantier.offres / "36").glob("*.yml"):
        fichier.unlink()
    (chantier.dossier / "imports/empreintes.json").unlink()
    dehors = chantier.dossier / "dehors.yml"
    dehors.write_text("précieux")
    (chantier.offres / f"{noms[0]}.yml").mkdir()
    os.mkfifo(chantier.offres / f"{noms[1]}.yml")
    (chantier.offres / f"{noms[2]}.yml").symlink_to(dehors)
    (chantier.offres / "36/casse.yml").symlink_to("nulle-part")
    second = chantier.hub(ligne_hub(), ligne_hub(**BUREAU), ligne_hub(**RELAIS))
    assert second.nombre(Sort.ECRITE) + second.nombre(Sort.A_COMPLETER) == 3
    assert not {suite.fiche for suite in second.suites} & set(noms)
    assert dehors.read_text() == "précieux"


@pytest.mark.parametrize(
    ("valeur", "refusee"),
    [
        pytest.param("Espace \ud83d numérique", True, id="demi-lettre"),
        pytest.param("\udfff", True, id="demi-lettre-seule"),
        pytest.param("Espace " + "très " * 2_000, False, id="dix-mille-signes"),
        pytest.param("Espace \0\x1b[2J\u202e numérique", False, id="controles"),
        pytest.param("🏛️ Espace 👩‍💻", False, id="emoji"),
    ],
)
def test_one_monstrous_row_stays_alone(chantier: Chantier, valeur: str, refusee: bool) -> None:
    lignes = [ligne_hub(), ligne_hub(**{**RELAIS, "c_nom": valeur}), ligne_hub(**BUREAU)]
    bilan = chantier.importer("hub-lo", json.dumps(lignes).encode())
    assert bilan.lues == 3
    assert bilan.nombre(Sort.REFUSEE) == refusee
    assert len(chantier.lieux()) + bilan.nombre(Sort.A_COMPLETER) == 3 - refusee


def test_a_record_that_a_person_removed_does_not_come_back(chantier: Chantier) -> None:
    lignes = (ligne_hub(), ligne_hub(**BUREAU), ligne_hub(**RELAIS))
    premier = chantier.hub(*lignes)
    partie = next(suite for suite in premier.suites if suite.nom == "Le Relais")
    (chantier.offres / f"{partie.fiche}.yml").unlink()
    for recommencer in (False, False, True, True):
        fichier = chantier.dossier / "source-20240801"
        fichier.write_bytes(fichier_hub(*lignes, ligne_hub(gid=40, c_nom="Neuf", c_adresse="3 rue Neuve")))
        bilan = importer(
            "hub-lo", fichier, ["36"], FausseGeographie(), chantier.offres, chantier.contexte,
            chantier.dossier / "imports" / "liste.json", recommencer=recommencer,
        )  # fmt: skip
        (retiree,) = [suite for suite in bilan.suites if suite.sort is Sort.RETIREE]
        assert retiree.identifiant == partie.identifiant
        assert "elle ne revient pas" in str(bilan)
        assert "retirée par quelqu'un" in (chantier.dossier / "imports/liste.json").read_text(encoding="utf-8")
        assert len(list((chantier.offres / "36").glob("*.yml"))) == 3


def test_the_last_record_removed_does_not_come_back_either(chantier: Chantier) -> None:
    (suite,) = chantier.hub(ligne_hub()).suites
    (chantier.offres / f"{suite.fiche}.yml").unlink()
    assert chantier.hub(ligne_hub()).nombre(Sort.RETIREE) == 1
    assert not list(chantier.offres.rglob("*.yml"))
