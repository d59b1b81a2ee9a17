"""The recipe « ajouter un filtre »: each facet and question of the search has words, an address, an answer, an example.

A new filter fails here until every step of docs/recettes/filtre.md is done.
"""

import re
from collections.abc import Sequence

import pytest

from carte.publish.search.facettes import QUESTIONS, Facette, Question, composer, reponses, valeurs
from carte.records import Lieu, lire
from carte.records.context import Contexte
from publish import monde
from publish.noeud import executer
from sites import RACINE

LIBELLES = monde.libelles()
FACETTES = composer(LIBELLES)
ADRESSE = re.compile(r"[a-z]+(-[a-z]+)*")


@pytest.fixture(scope="module")
def lieux() -> Sequence[Lieu]:
    """Every record of the demonstration."""
    lus = lire(RACINE / "offers", Contexte(today=monde.JOUR, vocabulaires=monde.vocabulaires()))
    assert len(lus.enregistrements) > 40
    return [enregistrement.lieu for enregistrement in lus.enregistrements]


def test_names_in_addresses_are_distinct_and_plain() -> None:
    cles = [*(f.cle for f in FACETTES), *(q.cle for q in QUESTIONS)]
    assert len(set(cles)) == len(cles)
    assert all(ADRESSE.fullmatch(cle) for cle in cles)


@pytest.mark.parametrize("filtre", [*FACETTES, *QUESTIONS], ids=lambda f: f.cle)
def test_its_words_are_for_a_visitor(filtre: Facette | Question) -> None:
    assert filtre.libelle[0].isupper()
    assert 6 <= len(filtre.libelle) <= 40
    assert "_" not in filtre.libelle
    if isinstance(filtre, Facette):
        assert filtre.valeurs
        assert all(libelle.strip() and "_" not in libelle for libelle in filtre.valeurs.values())


@pytest.mark.parametrize("facette", FACETTES, ids=lambda f: f.cle)
def test_a_place_of_the_demonstration_answers_a_facet_and_another_does_not(
    facette: Facette, lieux: Sequence[Lieu]
) -> None:
    rangs = [facette.rangs(valeurs(facette.cle, lieu, LIBELLES, monde.JOUR)) for lieu in lieux]
    assert any(rangs), "aucune fiche de la démonstration n'a de valeur : ajoutez-en une"
    assert not all(rangs), "l'inconnu n'est pas montré dans la démonstration"


def test_each_question_is_answered_and_nothing_else_is(lieux: Sequence[Lieu]) -> None:
    for lieu in lieux:
        assert list(reponses(lieu)) == [question.cle for question in QUESTIONS]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.cle)
def test_the_demonstration_says_yes_somewhere_and_not_everywhere(question: Question, lieux: Sequence[Lieu]) -> None:
    dites = {reponses(lieu)[question.cle] for lieu in lieux}
    assert True in dites
    assert dites != {True}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.cle)
def test_the_smallest_record_leaves_a_question_open(question: Question) -> None:
    """A record that says nothing answers nothing: never « no ». `acceslibre` is a fact of the record itself."""
    reponse = reponses(monde.fiche().lieu)[question.cle]
    assert reponse is (False if question.cle == "acceslibre" else None)


def test_the_page_reads_each_filter_in_its_address_and_writes_it_back(node: str) -> None:
    choix = "&".join(f"{f.cle}=essai" for f in FACETTES)
    adresse = f"?avec={','.join(q.cle for q in QUESTIONS)}&{choix}"
    code = f"""
        import {{ ecrire, lire }} from "./recherche/etat.js";
        console.log(JSON.stringify(ecrire(lire({adresse!r}))));
    """
    assert executer(node, code) == adresse


@pytest.mark.parametrize("filtre", [*FACETTES, *QUESTIONS], ids=lambda f: f.cle)
def test_it_is_named_by_a_test_of_the_search(filtre: Facette | Question) -> None:
    """Someone has tried it for what it means, not only for its form."""
    essais = ["publish/test_search.py", "publish/test_criteres.py", "navigateur/test_recherche.py"]
    textes = "".join((RACINE / "tests" / nom).read_text(encoding="utf-8") for nom in essais)
    assert re.search(rf"[\"'&?={{ ,]{re.escape(filtre.cle)}[\"'=:, ]", textes), f"aucun essai de « {filtre.cle} »"
