"""The search's sentences, in node: the name after « de » is written as Python writes it."""

import json

import pytest

from carte.publish.feuille.situation import de
from publish.noeud import executer

NOMS = [
    "Valbourg",
    "Aigremousse",
    "Étiolles",
    "Œuvres",
    "Le Blanc",
    "La Châtre",
    "Les Bordes",
    "L'Épine",
    "votre position",
]


@pytest.mark.parametrize(("nom", "attendu"), [("Le Blanc", "du Blanc"), ("Aigremousse", "d’Aigremousse")])
def test_the_name_after_de(nom: str, attendu: str) -> None:
    assert de(nom) == attendu


def test_the_browser_writes_it_as_the_build_does(node: str) -> None:
    script = f'import {{ de }} from "./recherche/textes.js"; console.log(JSON.stringify({json.dumps(NOMS)}.map(de)));'
    assert executer(node, script) == [de(nom) for nom in NOMS]
