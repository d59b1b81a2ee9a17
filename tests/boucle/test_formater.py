"""One layout for every record: nothing changes but the layout, and no comment is lost."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from carte import records
from carte.boucle.formater import choisir, mettre_en_forme
from carte.cli import cli
from carte.ecrits.yaml_strict import lire as lire_yaml
from carte.erreurs import ErreurCarte
from carte.records import Lieu, to_yaml
from carte.records.commentaires import lire_commentaires
from carte.records.write import mise_en_page
from records.monde import contexte
from records.test_write import LIEUX
from sites import RACINE

ECRIT = """\
# Relu avec la directrice
---
services: [ "Accès internet et matériel informatique", 'Aide aux démarches administratives' ] # au 1er
# Place du marché
commune: Valbourg # ou Valbourg-le-Haut ?
nom: "Espace # 2" # vrai commentaire
code_insee: "36001"
source:   Hub
date_maj: 2026-01-01
presentation_detail: |  # à relire
  Salle 3 # au fond
  ouverte
tournee:
  # le lundi
  - frequence: hebdomadaire # f
    commune: Valbourg # c
  - {commune: Valbourg, frequence: mensuelle} # serré
telephone: "+33254001122"
pivot: # inconnu
# merci
"""
MIS_EN_FORME = """\
# yaml-language-server: $schema=../lieu.schema.json
# Relu avec la directrice
nom: "Espace # 2" # vrai commentaire
# Place du marché
commune: Valbourg # ou Valbourg-le-Haut ?
code_insee: "36001"
telephone: "+33254001122"
presentation_detail: "Salle 3 # au fond\\nouverte" # à relire
source: Hub
date_maj: 2026-01-01
services: # au 1er
  - Accès internet et matériel informatique
  - Aide aux démarches administratives
tournee:
  # le lundi
  - commune: Valbourg # c
    frequence: hebdomadaire # f
  - commune: Valbourg # serré
    frequence: mensuelle
# inconnu
# merci
"""


def mis_en_forme(dossier: Path, texte: str | bytes) -> str | None:
    """The new text of one record, None when it stays; it is checked as the program checks any."""
    (dossier / "36").mkdir(exist_ok=True)
    (dossier / "36" / "essai.yml").write_bytes(texte if isinstance(texte, bytes) else texte.encode())
    (resultat,) = mettre_en_forme(choisir(dossier, []), contexte())
    assert not resultat.refusee, resultat.fiche.problemes
    return resultat.texte


def test_a_record_by_hand_takes_the_layout_with_all_its_comments(tmp_path: Path) -> None:
    assert mis_en_forme(tmp_path, ECRIT) == MIS_EN_FORME
    assert mis_en_forme(tmp_path, MIS_EN_FORME) is None


@pytest.mark.parametrize(
    "octets", [b"\xef\xbb\xbf" + MIS_EN_FORME.encode(), MIS_EN_FORME.replace("\n", "\r\n").encode()]
)
def test_the_marks_of_another_system_go(tmp_path: Path, octets: bytes) -> None:
    assert mis_en_forme(tmp_path, octets) == MIS_EN_FORME


@pytest.mark.parametrize("services", ["[]", "[Accès internet et matériel informatique]"])
def test_a_record_to_complete_stays_one(tmp_path: Path, services: str) -> None:
    """Without its mark, a layout would publish it."""
    debut = "a_completer: true # demandé le 3\nnom: Espace\n"
    suite = "commune: Valbourg\ncode_insee: '36001'\ntelephone: '+33254001122'\nsource: s\ndate_maj: 2026-01-01\n"
    texte = f"services: {services}\n{debut}{suite}"
    assert f"\n{debut}" in (mis_en_forme(tmp_path, texte) or "")


COMMENTAIRES = st.lists(st.sampled_from(["# a", "#", "# nom: faux", '# "', "# - x", "#é # b"]), max_size=3)


@given(LIEUX, st.data())
def test_a_layout_changes_nothing_and_loses_no_comment(lieu: Lieu, data: st.DataObject) -> None:
    """Comments put anywhere between the lines or after the values, and twice the same layout."""
    lignes = []
    for ligne in to_yaml(lieu).splitlines():
        retrait = ligne[: len(ligne) - len(ligne.lstrip())]
        lignes += [f"{retrait}{commentaire}" for commentaire in data.draw(COMMENTAIRES)]
        lignes.append(ligne + data.draw(st.sampled_from(["", "", " # fin", "  #"])))
    texte = "\n".join([*lignes, *data.draw(COMMENTAIRES), ""])
    rendu = mise_en_page(lieu, a_completer=False, commentaires=lire_commentaires(texte.encode()))
    assert Lieu.model_validate(lire_yaml(rendu.encode()).donnees) == lieu
    assert rendu == mise_en_page(lieu, a_completer=False, commentaires=lire_commentaires(rendu.encode()))
    assert diezes(rendu) == diezes(texte)


def diezes(texte: str) -> list[str]:
    """Each comment of a text that the layout wrote, sorted: lines taken apart, its own head left out."""
    relus = lire_commentaires(texte.encode())
    listes = [relus.tete, relus.pied, *relus.avant.values(), *relus.apres.values()]
    return sorted(c for liste in listes for c in liste if "yaml-language-server" not in c)


def test_a_faulty_record_is_left_as_it_is_and_the_others_are_not(tmp_path: Path) -> None:
    (tmp_path / "36").mkdir()
    faux = ECRIT.replace("Aide aux démarches", "Aide aux marches")
    (tmp_path / "36" / "a.yml").write_text(faux, encoding="utf-8")
    (tmp_path / "36" / "b.yml").write_text(ECRIT, encoding="utf-8")
    faute, bonne = mettre_en_forme(choisir(tmp_path, []), contexte())
    assert (faute.refusee, faute.texte, bonne.texte) == (True, None, MIS_EN_FORME)
    assert "n'est pas une valeur de « services »" in "".join(map(str, faute.fiche.problemes))


def test_only_records_of_the_folder_are_chosen(tmp_path: Path) -> None:
    for nom in ("36/a.yml", "36/b.yml", "37/c.yml"):
        (tmp_path / nom).parent.mkdir(exist_ok=True)
        (tmp_path / nom).write_text(ECRIT, encoding="utf-8")
    (tmp_path / "36" / "lien.yml").symlink_to(tmp_path / "37" / "c.yml")
    assert [f.identifiant for f in choisir(tmp_path, [tmp_path / "36"])] == ["36/a", "36/b"]
    assert [f.identifiant for f in choisir(tmp_path, [tmp_path / "37" / "c.yml", tmp_path / "37"])] == ["37/c"]
    with pytest.raises(ErreurCarte, match="n'est pas une fiche"):
        choisir(tmp_path / "36", [tmp_path / "37"])


def test_the_command_writes_and_tells(tmp_path: Path) -> None:
    """In a copy of the configuration with records of its own."""
    fiche = tmp_path / "offers" / "99" / "essai.yml"
    fiche.parent.mkdir(parents=True)
    fiche.write_text(ECRIT, encoding="utf-8")
    config = tmp_path / "carte.yml"
    origine = (RACINE / "carte.yml").read_text(encoding="utf-8")
    config.write_text(origine.replace("lieux: offers", f"lieux: {tmp_path / 'offers'}"), encoding="utf-8")

    def lancer(*options: str) -> tuple[int, str]:
        resultat = CliRunner().invoke(cli, ["formater", "--config", str(config), *options])
        return resultat.exit_code, resultat.output

    assert lancer("--verifier") == (1, "À mettre en forme : offers/99/essai.yml\n1 fiche lue : 1 à mettre en forme.\n")
    assert fiche.read_text(encoding="utf-8") == ECRIT
    assert lancer() == (0, "Mise en forme : offers/99/essai.yml\n1 fiche lue : 1 mise en forme.\n")
    assert fiche.read_text(encoding="utf-8") == MIS_EN_FORME
    assert lancer("--verifier") == (0, "1 fiche lue : aucune à mettre en forme.\n")
    fiche.write_text("nom: X\n", encoding="utf-8")
    code, dit = lancer()
    assert (code, fiche.read_text(encoding="utf-8")) == (1, "nom: X\n")
    assert "1 fiche lue : aucune mise en forme, 1 à corriger d'abord." in dit


def test_the_demonstration_is_in_the_layout() -> None:
    fiches = choisir(RACINE / "offers", [])
    resultats = mettre_en_forme(fiches, contexte())
    assert [r.fiche.fichier.fichier for r in resultats if r.texte is not None or r.refusee] == []
    assert len(resultats) == len(records.parcourir(RACINE / "offers")[0])


def test_one_record_is_checked_alone(tmp_path: Path) -> None:
    """Its faults are those of the whole check; what needs the others or the outlines is said to be left out."""
    fiche = tmp_path / "offers" / "99" / "essai.yml"
    fiche.parent.mkdir(parents=True)
    fiche.write_text(ECRIT.replace("date_maj: 2026-01-01", "date_maj: 2026-13-01"), encoding="utf-8")
    config = tmp_path / "carte.yml"
    origine = (RACINE / "carte.yml").read_text(encoding="utf-8")
    config.write_text(origine.replace("lieux: offers", f"lieux: {tmp_path / 'offers'}"), encoding="utf-8")

    def valider(*fichiers: str) -> tuple[int, list[str]]:
        resultat = CliRunner().invoke(cli, ["valider", "--config", str(config), *fichiers])
        return resultat.exit_code, resultat.output.splitlines()

    code, seule = valider(str(fiche))
    assert code == 1
    assert (
        seule[-1] == "Lues seules : le territoire et les doublons n'ont pas été vérifiés (carte valider, sans fichier)."
    )
    ensemble = valider()[1]
    assert [ligne for ligne in seule if "2026-13-01" in ligne] == [ligne for ligne in ensemble if "2026-13-01" in ligne]
    assert valider(str(tmp_path))[0] == 1
    assert "n'est pas une fiche" in valider(str(config))[1][-1]
