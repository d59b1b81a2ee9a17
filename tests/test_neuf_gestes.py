"""The nine gestures of a hub: how they are counted, and the page that says it."""

import neuf_gestes
from gestes_faits import GESTES
from gestes_personne import MENTAL, POINTAGE, TOUCHE, Compte


def test_a_count_is_turned_into_minutes_by_the_model() -> None:
    compte = Compte(etapes=3, touches=100, pointages=10, mentaux=20, mots=0, machine=9.0)
    assert compte.secondes == 100 * TOUCHE + 10 * POINTAGE + 20 * MENTAL  # the machine is not waited for
    lignes = neuf_gestes.tableau([(GESTES[0], compte, Compte()), (GESTES[5], None, compte)]).splitlines()
    assert lignes[2] == "| corriger un téléphone | 3 | 1,1 | 0 | 0,0 | 0,0 |"
    assert lignes[3] == "| voir l'effet d'un changement | — | — | 3 | 1,1 | 9,0 |"


def test_the_page_has_the_nine_gestures_and_says_how_it_was_made() -> None:
    texte = neuf_gestes.DOCUMENT.read_text(encoding="utf-8")
    lignes = [ligne.split(" | ") for ligne in texte.splitlines() if ligne.startswith("| ")]
    assert [ligne[0].removeprefix("| ") for ligne in lignes[1:]] == [geste.nom for geste in GESTES]
    assert len(GESTES) == 9
    assert texte == neuf_gestes.document("\n".join(ligne for ligne in texte.splitlines() if ligne.startswith("|")))
