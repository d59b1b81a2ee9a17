"""A comment that restricts hours never leaves them plainly open; one that does not changes nothing."""

import csv
from pathlib import Path

import pytest

from carte.hours import parse
from carte.imports import nuance
from carte.imports.france_services import _plages

SEMAINE = {0: [(540, 720)], 2: [(540, 720)], 5: [(600, 720)]}
RIEN = "Mo,We 09:00-12:00; Sa 10:00-12:00"


@pytest.mark.parametrize(
    ("commentaire", "attendu"),
    [
        ("", RIEN),
        ("Accès par l'arrière du bâtiment", RIEN),
        ("Prise de rendez-vous conseillée au 02 54 00 00 00", RIEN),
        ("Avec ou sans rendez-vous", RIEN),
        ("Itinérance sur rendez-vous dans les communes voisines", RIEN),
        ("Fermé le samedi en août", 'Mo,We 09:00-12:00; Sa 10:00-12:00 unknown "Fermé le samedi en août"'),
        ("Ouvert 1 samedi sur 2. Entrée B.", 'Mo,We 09:00-12:00; Sa 10:00-12:00 unknown "Ouvert 1 samedi sur 2"'),
        (
            "Du lundi au mercredi uniquement sur rdv l'après-midi",
            'Mo,We 09:00-12:00 unknown "Du lundi au mercredi uniquement sur rdv l\'après-midi"; Sa 10:00-12:00',
        ),
        (
            "Fermé pendant les vacances",
            'Mo,We 09:00-12:00 unknown "Fermé pendant les vacances"; '
            'Sa 10:00-12:00 unknown "Fermé pendant les vacances"',
        ),
        (
            "Uniquement sur RDV au 02 54 00 00 00 ou par mail a@b.example",
            'Mo,We 09:00-12:00 "sur rendez-vous"; Sa 10:00-12:00 "sur rendez-vous"',
        ),
        ('Fermé "le" samedi', 'Mo,We 09:00-12:00; Sa 10:00-12:00 unknown "Fermé le samedi"'),
    ],
)
def test_what_a_comment_does_to_a_week(commentaire: str, attendu: str) -> None:
    horaires, restreint = nuance.ecrire(SEMAINE, commentaire)
    assert horaires == attendu
    assert restreint == (attendu != RIEN)
    parse(horaires)


def test_no_restriction_of_the_given_comments_is_dropped(partage: Path) -> None:
    fichier = partage / "data" / "cas" / "imports" / "liste-fs-20240801-commentaires.csv"
    semaine = {rang: [(540, 720)] for rang in range(6)}
    with fichier.open(encoding="utf-8", newline="") as ouvert:
        commentaires = [ligne["commentaire"] for ligne in csv.DictReader(ouvert)]
    assert len(commentaires) == 36
    for commentaire in commentaires:
        horaires, restreint = nuance.ecrire(semaine, commentaire)
        assert restreint, commentaire
        assert "unknown" in horaires or '"sur rendez-vous"' in horaires
        parse(horaires)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("09:00 - 11:00 / 11:00 - 12:00 / 13:30 - 17:00", [(540, 720), (810, 1020)]),
        ("08:30 - 11:30 / 08:30 - 11:30", [(510, 690)]),
        ("00:00 - 00:00 / 08:00 - 15:00", [(480, 900)]),
        ("09:00 - 17:30 / 09:00 - 12:00", None),
        ("14:00 - 12:00", None),
        ("00:00 - 00:00", None),
    ],
)
def test_ranges_that_touch_or_repeat_are_one(texte: str, attendu: list[tuple[int, int]] | None) -> None:
    assert _plages(texte) == attendu
