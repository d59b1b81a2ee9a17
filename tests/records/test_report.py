"""The three faces of a list of problems."""

import json
from dataclasses import replace

import pytest

from carte.records import Chargement, Gravite, Problem, bilan, bloque, en_github, en_json, en_texte, resume

GRAVE = Problem(
    "offers/36/a.yml", 3, 13, "code_insee", "36999", "Ce code n'existe pas.", Gravite.BLOQUANT, "code-insee"
)
LEGER = replace(GRAVE, ligne=4, message="À vérifier.", gravite=Gravite.CONSEIL)


def test_text_is_one_marked_line_a_problem() -> None:
    assert en_texte([GRAVE, LEGER]) == (
        "offers/36/a.yml:3:13: Ce code n'existe pas. [bloquant]\noffers/36/a.yml:4:13: À vérifier. [conseil]"
    )


@pytest.mark.parametrize(
    ("problemes", "attendu"),
    [
        pytest.param([], "aucun problème bloquant, aucun conseil.", id="rien"),
        pytest.param([GRAVE], "1 problème bloquant, aucun conseil.", id="singulier"),
        pytest.param([GRAVE, GRAVE, LEGER], "2 problèmes bloquants, 1 conseil.", id="pluriel"),
        pytest.param([LEGER] * 1_234, "aucun problème bloquant, 1\u202f234 conseils.", id="milliers"),
    ],
)
def test_count_has_french_plurals(problemes: list[Problem], attendu: str) -> None:
    assert bilan(problemes) == attendu


@pytest.mark.parametrize(("nombre", "attendu"), [(0, "Aucune fiche lue"), (1, "1 fiche lue"), (254, "254 fiches lues")])
def test_summary_counts_the_files(nombre: int, attendu: str) -> None:
    assert resume(Chargement((), (GRAVE,), nombre)) == f"{attendu} : 1 problème bloquant, aucun conseil."


def test_only_a_blocker_blocks() -> None:
    assert bloque([LEGER, GRAVE])
    assert not bloque([LEGER])
    assert not bloque([])


def test_github_annotation_cannot_be_forged() -> None:
    piege = replace(GRAVE, fichier="offers/36/a,b:c\n.yml", message="50 %\r\n::error file=x::faux", regle="r,x:y")
    assert en_github([piege, LEGER]).splitlines() == [
        "::error file=offers/36/a%2Cb%3Ac%0A.yml,line=3,col=13,title=r%2Cx%3Ay::50 %25%0D%0A::error file=x::faux",
        "::warning file=offers/36/a.yml,line=4,col=13,title=code-insee::À vérifier.",
    ]


def test_json_is_a_list_of_objects_in_plain_letters() -> None:
    texte = en_json([LEGER])
    assert json.loads(texte) == [
        {
            "fichier": "offers/36/a.yml",
            "ligne": 4,
            "colonne": 13,
            "champ": "code_insee",
            "valeur": "36999",
            "message": "À vérifier.",
            "gravite": "conseil",
            "regle": "code-insee",
        }
    ]
    assert "À" in texte
    assert json.loads(en_json([])) == []
