"""One folding of letters: every room reads two writings of a word as one, and so does the browser."""

import json
import shutil

import pytest

from carte.ecrits.texte import replier as des_fiches
from carte.imports.textes import normaliser as des_imports
from carte.lettres import plier
from carte.nomenclature.vocabulaire import cle as du_vocabulaire
from carte.publish.search.mots import normaliser as de_la_recherche
from carte.territory.noms import cle_du_nom as des_communes
from publish.noeud import executer


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("L’ŒUVRE", "l’oeuvre"),
        ("Straße", "strasse"),
        ("e\u0301te\u0301", "ete"),
        ("n°18", "n°18"),
        ("3º", "3o"),
        ("ﬁn ™", "fin tm"),
        ("ASCII", "ascii"),
    ],
)
def test_fold(texte: str, attendu: str) -> None:
    assert plier(texte) == attendu


@pytest.mark.parametrize("texte", ["Cellule n°5 du Champ-de-Manœuvre", "L’Œuvre, 2ᵉ étage", "ﬁlature — Straße"])
def test_every_room_folds_alike(texte: str) -> None:
    """They differ on « St », « s/ » and CEDEX only, on purpose; vocabularies drop spaces too."""
    lus = {de_la_recherche(texte), des_fiches(texte), des_imports(texte), des_communes(texte)}
    assert len(lus) == 1
    assert du_vocabulaire(texte).replace("°", "") == lus.pop().replace(" ", "")


def test_the_browser_folds_every_latin_letter_like_python() -> None:
    blocs = ((0xA0, 0x250), (0x1E00, 0x2200), (0xFB00, 0xFB07))
    signes = [f"a{chr(n)}b" for debut, fin in blocs for n in range(debut, fin)]
    code = f"""
        import {{ normaliser }} from "./recherche/normaliser.js";
        console.log(JSON.stringify({json.dumps(signes)}.map(normaliser)));
    """
    navigateur = executer(str(shutil.which("node")), code)
    differents = {s: (j, p) for s, j in zip(signes, navigateur, strict=True) if j != (p := de_la_recherche(s))}
    assert differents == {}
