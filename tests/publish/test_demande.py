"""What a text of the box asks besides a place, in node: needs, equipment, networks, moments; and what is left of it."""

import json
from typing import Any

import pytest

from carte.publish.search import facettes, lexique
from publish import monde
from publish.noeud import executer

LIBELLES = monde.libelles()
TYPES = {"BIB": "Bibliothèque ou médiathèque"}
INDEX = {
    "types": TYPES,
    "besoins": [{"cle": cle} for cle in LIBELLES.besoins],
    "questions": [{"cle": q.cle} for q in facettes.QUESTIONS],
    "facettes": [f.en_donnees(range(len(f.valeurs))) for f in facettes.composer(LIBELLES)],
}
# text: choices, and the words left
TEXTES: dict[str, tuple[dict[str, Any], str]] = {
    "impôts Issoudun": ({"pour": ["demarche"]}, "issoudun"),
    "Issoudun, impôts": ({"pour": ["demarche"]}, "issoudun"),
    "imprimer à La Châtre": ({"avec": ["imprimante"], "inconnus": True}, "la chatre"),
    "IMPRIMER ET SCANNER": ({"avec": ["imprimante", "scanner"], "inconnus": True}, ""),
    "je cherche un ordinateur à Le Blanc": ({"avec": ["ordinateur"], "inconnus": True}, "le blanc"),
    "acheter un ordinateur pas cher": ({"pour": ["equiper"]}, ""),
    "mon fils et les écrans": ({"pour": ["famille"]}, ""),
    "médiathèques": ({"choix": {"type": ["BIB"]}}, ""),
    "jeudi 17h La Châtre": ({"quand": "jeudi-17h"}, "la chatre"),
    "jeudi à 17 h 30": ({"quand": "jeudi-17h30"}, ""),
    "jeudi 17 heures": ({"quand": "jeudi-17h"}, ""),
    "jeudi 25h": ({"quand": "jeudi"}, "25h"),
    "ouvert le dimanche": ({"quand": "dimanche"}, ""),
    "sans rendez-vous samedi Issoudun": ({"avec": ["sans-rdv"], "quand": "samedi", "inconnus": True}, "issoudun"),
    "arabe": ({"choix": {"langue": ["une-autre-langue-etrangere"]}, "inconnus": True}, ""),
    "langue des signes": ({"choix": {"langue": ["langue-des-signes"]}, "inconnus": True}, ""),
    "Le Blanc": ({}, "le blanc"),
    "azertyuiop": ({}, "azertyuiop"),
    "aide": ({}, ""),
    "": ({}, ""),
}


def demandes(node: str, textes: list[str]) -> list[dict[str, Any]]:
    script = f"""
        import {{ comprendre, lexique }} from "./recherche/demande.js";
        const lu = lexique({json.dumps(lexique.composer(LIBELLES, TYPES))});
        console.log(JSON.stringify({json.dumps(textes)}.map((t) => comprendre(t, lu, {json.dumps(INDEX)}))));
    """
    lues: list[dict[str, Any]] = executer(node, script)
    return lues


@pytest.fixture(scope="module")
def lues(node: str) -> dict[str, dict[str, Any]]:
    return dict(zip(TEXTES, demandes(node, list(TEXTES)), strict=True))


@pytest.mark.parametrize("texte", TEXTES)
def test_what_a_text_asks(texte: str, lues: dict[str, dict[str, Any]]) -> None:
    assert (lues[texte]["etat"], lues[texte]["reste"]) == TEXTES[texte]
    assert lues[texte]["absents"] == []


def test_what_no_place_says_is_said_and_its_need_is_shown_instead(node: str) -> None:
    travail, action = demandes(node, ["France Travail Issoudun", "CCAS"])
    assert travail["etat"] == {"pour": ["demarche"]}
    assert travail["reste"] == "issoudun"
    assert travail["absents"] == [{"libelle": "France Travail", "repli": True}]
    assert action["etat"] == {}
    assert action["absents"] == [{"libelle": "Centre communal d'action sociale (CCAS)", "repli": False}]


def test_each_word_of_the_vocabulary_leads_to_a_choice_of_the_page() -> None:
    """A choice that disappears from the page must not stay in the words."""
    offerts = {f"{cle}={valeur['cle']}" for cle, valeurs in _choix().items() for valeur in valeurs}
    offerts |= {f"type={code}" for code in LIBELLES.mots["typologies"]} | {
        f"quand={moment}" for moment in ("maintenant", "aujourdhui", "apres-18h")
    }
    cibles = {str(ligne["cible"]) for ligne in lexique.composer(LIBELLES, TYPES)}
    assert cibles - offerts == set()
    besoins = {cible.partition("=")[2] for cible in cibles if cible.startswith("pour=")}
    assert besoins == set(LIBELLES.besoins)


def _choix() -> dict[str, Any]:
    facettes_lues = {str(f["cle"]): f["valeurs"] for f in INDEX["facettes"]}  # type: ignore[index]
    return {"pour": INDEX["besoins"], "avec": INDEX["questions"], **facettes_lues}
