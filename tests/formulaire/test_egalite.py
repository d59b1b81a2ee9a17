"""The form says what `carte valider` says, and writes what `carte formater` writes: its modules run by node."""

import copy
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from carte.ecrits.problem import Gravite
from carte.ecrits.yaml_strict import lire as lire_yaml
from carte.nomenclature import lire as lire_vocabulaires
from carte.publish.formulaire.modele import modele
from carte.records import Contexte, Fichier, Lieu, lire_une, to_yaml
from formulaire.fautives import fautives
from hasard import Graine, exemples
from publish.monde import RACINE
from publish.noeud import executer
from records.test_write import LIEUX

JOUR = date(2026, 11, 2)
# Not the browser's: the grammar of hours (the form writes them itself), and what only a file has.
AILLEURS = {"horaires", "guillemets", "caractere", "a-completer"}
VOCABULAIRES = lire_vocabulaires(RACINE / "offers" / "nomenclature")
MODELE = modele(VOCABULAIRES)


def _fiches() -> list[tuple[str, dict[str, Any]]]:
    chemins = sorted((RACINE / "offers").glob("9*/*.yml"))
    return [(f"{c.parent.name}/{c.stem}", lire_yaml(c.read_bytes()).donnees) for c in chemins]


def _au_navigateur(node: str, dossier: Path, corps: str, question: Any) -> Any:
    """The answer of a piece of code to a question, both being too long for a command line."""
    (dossier / "question.json").write_text(json.dumps([MODELE, question]), encoding="utf-8")
    return executer(
        node,
        f"""
        import {{ readFile }} from "node:fs/promises";
        import {{ verifier }} from "./formulaire/verifier.js";
        import {{ enYaml }} from "./formulaire/yaml.js";
        const [modele, question] = JSON.parse(await readFile({json.dumps(str(dossier / "question.json"))}, "utf8"));
        console.log(JSON.stringify({corps}));
        """,
    )


def _de_python(identifiant: str, fiche: dict[str, Any], dossier: Path) -> list[tuple[str, str, str, bool]]:
    chemin = dossier / "fiche.yml"
    chemin.write_text(json.dumps(fiche, ensure_ascii=False), encoding="utf-8")
    lue = lire_une(Fichier(str(chemin), "offers/fiche.yml", identifiant), Contexte(JOUR, VOCABULAIRES))
    return sorted(
        (p.champ, p.message, p.regle, p.gravite is Gravite.CONSEIL) for p in lue.problemes if p.regle not in AILLEURS
    )


def test_a_faulty_record_is_told_the_same_in_the_browser(node: str, graine: Graine, tmp_path: Path) -> None:
    tirees = list(fautives(_fiches(), random.Random(graine(1)), 400))
    corps = f"question.map(([id, fiche]) => verifier(fiche, modele, {json.dumps(JOUR.isoformat())}, id))"
    reponses = _au_navigateur(node, tmp_path, corps, tirees)
    vues: set[str] = set()
    for (identifiant, fiche), fautes in zip(tirees, reponses, strict=True):
        dites = sorted(
            (".".join(map(str, f["chemin"])), f["message"], f["regle"], f.get("conseil", False)) for f in fautes
        )
        attendues = _de_python(identifiant, copy.deepcopy(fiche), tmp_path)
        assert dites == attendues, json.dumps(fiche, ensure_ascii=False)
        vues |= {regle for _, _, regle, _ in attendues}
    assert vues >= {
        *("obligatoire", "champ-inconnu", "texte", "vide", "longueur", "nombre", "oui-non", "liste", "table", "bornes"),
        *("date", "forme", "vocabulaire", "repetition", "telephone", "courriel", "url", "code-insee", "code-postal"),
        *("pivot", "identifiant", "date-future", "dates-ordre", "joignable", "coordonnees", "provenance", "tournee"),
        *("contradiction", "personne", "silence", "saut-de-ligne"),
    }


def test_a_right_record_is_right_in_the_browser(node: str, tmp_path: Path) -> None:
    fiches = _fiches()
    corps = f"question.map(([id, fiche]) => verifier(fiche, modele, {json.dumps(JOUR.isoformat())}, id))"
    assert [f for fautes in _au_navigateur(node, tmp_path, corps, fiches) for f in fautes if not f.get("conseil")] == []


def _sans_nombre_pour_champ(fiche: dict[str, Any]) -> dict[str, Any]:
    """Without an origin whose field is a number: a browser sorts such keys first, and no field has such a name."""
    return {
        cle: {c: v for c, v in valeur.items() if not c.isdecimal()} if cle == "provenance" else valeur
        for cle, valeur in fiche.items()
    }


def test_the_browser_writes_the_bytes_of_the_program(node: str, tmp_path: Path) -> None:
    tirees = [fiche for _, fiche in _fiches()]

    @exemples(100)
    @given(LIEUX)
    def tirer(lieu: Lieu) -> None:
        tirees.append(_sans_nombre_pour_champ(lieu.model_dump(mode="json", exclude_none=True)))

    tirer()
    assert len(tirees) > 100
    ecrites = _au_navigateur(node, tmp_path, "question.map((fiche) => enYaml(fiche, modele))", tirees)
    for fiche, ecrite in zip(tirees, ecrites, strict=True):
        assert ecrite == to_yaml(Lieu.model_validate(fiche))


@pytest.mark.parametrize("partie", sorted(MODELE["parties"]))
def test_the_form_knows_every_field_of_the_model(partie: str) -> None:
    from carte.records import modele as modeles

    assert [c["nom"] for c in MODELE["champs"]] == list(Lieu.model_fields)
    assert [c["nom"] for c in MODELE["parties"][partie]] == list(getattr(modeles, partie).model_fields)
