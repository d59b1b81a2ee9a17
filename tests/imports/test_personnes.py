"""What an inventory says of people stays in it, unless nothing else reaches the place."""

import json

import pytest

from carte.imports.bilan import Bilan, Sort, Suite, liste
from carte.imports.communs import Mobiles, contacts
from carte.imports.modele import LigneSource, Nature, Recueil, Remarque


def _recueillir(valeurs: dict[str, str], mobiles: Mobiles = "seul") -> Recueil:
    recueil = Recueil(LigneSource(1, "x:1", "Lieu", valeurs))
    telephones, courriels = ([c for c in valeurs if c[0] == lettre] for lettre in "tc")
    contacts(recueil, "36", telephones=telephones, courriels=courriels, mobiles=mobiles)
    return recueil


MOBILE, FIXE, GENS, LIEU = "06 12 34 56 78", "02 54 00 11 22", "j.dupont@x.fr", "mairie@x.fr"


@pytest.mark.parametrize(
    ("valeurs", "mobiles", "attendu"),
    [
        ({"t": f"{MOBILE} / {FIXE}"}, "seul", ("+33254001122", None)),
        ({"t1": MOBILE, "t2": FIXE}, "seul", ("+33254001122", None)),
        ({"t": MOBILE}, "seul", ("+33612345678", None)),
        ({"t": MOBILE}, "masquer", (None, None)),
        ({"t": f"{MOBILE} / {FIXE}"}, "garder", ("+33612345678", None)),
        ({"c": f"{GENS}; {LIEU}"}, "seul", (None, [LIEU])),
        ({"c1": GENS, "c2": LIEU}, "seul", (None, [LIEU])),
        ({"t": FIXE, "c": GENS}, "seul", ("+33254001122", None)),
        ({"c1": GENS, "c2": "marie.martin@x.fr"}, "seul", (None, [GENS])),
    ],
)
def test_people_are_the_last_way_to_reach_a_place(
    valeurs: dict[str, str], mobiles: Mobiles, attendu: tuple[str | None, list[str] | None]
) -> None:
    recueil = _recueillir(valeurs, mobiles)
    assert (recueil.champs.get("telephone"), recueil.champs.get("courriels")) == attendu
    for tue in ("12 34 56 78", "dupont", "martin") if mobiles != "garder" else ():
        assert not any(tue in texte for texte in (*recueil.details, *(r.valeur for r in recueil.remarques)))


@pytest.mark.parametrize("valeurs", [{"t": f"{MOBILE} / {FIXE}"}, {"t1": MOBILE, "t2": FIXE}, {"c": f"{GENS}; {LIEU}"}])
def test_what_is_left_aside_is_said(valeurs: dict[str, str]) -> None:
    (remarque,) = _recueillir(valeurs).remarques
    assert (remarque.nature, remarque.valeur) == (Nature.NON_REPRIS, "(non recopié)")
    assert "non repris" in remarque.message


def test_the_listing_copies_nobody() -> None:
    ligne = {"Nom de l'agent": "Jean Dupont", "Divers": f"voir {GENS}, {MOBILE}", "Rue": "rue Jean Jaurès"}
    remarque = Remarque(Nature.A_RELIRE, "Référent", "Sophie Durand", "À relire.")
    suite = Suite("x:1", "Lieu", Sort.REFUSEE, None, (remarque,), ligne)
    entrees = liste(Bilan("x", ("36",), (suite,)))
    assert {e["champ"]: e["valeur"] for e in entrees} == {
        "Référent": "(non recopié)",
        "Nom de l'agent": "(non recopié)",
        "Divers": "voir (non recopié)@x.fr, (non recopié)",
        "Rue": "rue Jean Jaurès",
    }
    assert "Dupont" not in json.dumps(entrees)
