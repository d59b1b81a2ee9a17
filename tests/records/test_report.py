"""The three faces of a list of problems."""

import json
from dataclasses import replace

import pytest

from carte.records import (
    Chargement,
    Gravite,
    Problem,
    bilan,
    bloque,
    en_github,
    en_json,
    en_sommaire,
    en_texte,
    refus_github,
    resume,
)

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


def test_a_refusal_to_read_is_an_annotation_of_one_line() -> None:
    assert refus_github("50 %\n::error::faux") == "::error title=lecture::50 %25%0A::error::faux"


def test_the_summary_has_every_problem_blockers_first() -> None:
    sommaire = en_sommaire([LEGER] * 12 + [GRAVE], "13 fiches lues", "https://forge.example/hub/carte/blob/abc")
    lignes = sommaire.splitlines()
    assert lignes[0] == "<h2>13 fiches lues</h2>"
    assert lignes[3] == (
        '<tr><td>bloquant</td><td><a href="https://forge.example/hub/carte/blob/abc/offers/36/a.yml#L3">'
        "offers/36/a.yml:3:13</a></td><td>Ce code n&#x27;existe pas.</td></tr>"
    )
    assert sum("conseil" in ligne for ligne in lignes) == 12


def test_the_summary_cannot_be_forged() -> None:
    piege = replace(GRAVE, fichier='offers/36/a b"#.yml', message="<b>x</b>\n\n# Tout va bien\n| a |")
    sommaire = en_sommaire([piege], "<titre>", "https://forge.example")
    assert "\n\n" not in sommaire
    assert "<td>&lt;b&gt;x&lt;/b&gt; # Tout va bien | a |</td>" in sommaire
    assert 'href="https://forge.example/offers/36/a%20b%22%23.yml#L3"' in sommaire
    assert "<h2>&lt;titre&gt;</h2>" in sommaire


def test_a_summary_that_the_forge_would_refuse_is_cut_and_says_so() -> None:
    sommaire = en_sommaire([replace(LEGER, message="é" * 1_000)] * 1_000, "1 000 fiches")
    assert len(sommaire.encode()) < 1 << 20
    montres = sommaire.count("<td>conseil</td>")
    assert 400 < montres < 1_000
    assert f"Et {1_000 - montres} de plus" in sommaire


def test_a_summary_without_problem_has_no_table() -> None:
    assert en_sommaire([], "Aucune fiche lue") == "<h2>Aucune fiche lue</h2>\n"


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
