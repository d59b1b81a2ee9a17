"""A comment that restricts hours never leaves them plainly open; one that does not changes nothing."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from carte.hours import Etat, calendrier, etat, parse
from carte.imports import nuance
from carte.imports.france_services import _plages

SEMAINE = {0: [(540, 720)], 2: [(540, 720)], 5: [(600, 720)]}
RIEN = "Mo,We 09:00-12:00; Sa 10:00-12:00"
TOUT = 'Mo,We 09:00-12:00 unknown "{0}"; Sa 10:00-12:00 unknown "{0}"'


@pytest.mark.parametrize(
    ("commentaire", "attendu"),
    [
        ("", RIEN),
        ("Accès par l'arrière du bâtiment", RIEN),
        ("Prise de rendez-vous conseillée au 02 54 00 00 00", RIEN),
        ("Avec ou sans rendez-vous", RIEN),
        ("Itinérance sur rendez-vous dans les communes voisines", RIEN),
        # Names, places, numbers, what happens elsewhere, the very hours of the week.
        ("Salle climatisée, parking gratuit", RIEN),
        ("Mme Martin, 02 54 00 00 00, accueil@exemple.test", RIEN),
        ("12 rue de la Ferme 36000 Valbourg (accessible PMR)", RIEN),
        ("Permanence à Valbourg (mairie, le mercredi de 9h à 12h), aux Essarts (le lundi)", RIEN),
        ("Ouvert au public le samedi de 10h à 12h", RIEN),
        ("Prise de rendez-vous possible en dehors des horaires d'ouverture le mercredi", RIEN),
        # An appointment on some days, or half-days.
        ("Sur rendez-vous le samedi", 'Mo,We 09:00-12:00; Sa 10:00-12:00 "sur rendez-vous"'),
        (
            "lundi matin et samedi matin sur RDV",
            'Mo 09:00-12:00 "sur rendez-vous"; We 09:00-12:00; Sa 10:00-12:00 "sur rendez-vous"',
        ),
        ("VIGIPIRATE : prise de rendez-vous obligatoire", TOUT.format("VIGIPIRATE : prise de rendez-vous obligatoire")),
        # What may be read in two ways, or closes more than the day it names.
        (
            "Le lundi et le samedi matin sur rendez-vous",
            'Mo 09:00-12:00 unknown "Le lundi et le samedi matin sur rendez-vous"; We 09:00-12:00; '
            'Sa 10:00-12:00 unknown "Le lundi et le samedi matin sur rendez-vous"',
        ),
        ("Sur rendez-vous sauf le mercredi", TOUT.format("Sur rendez-vous sauf le mercredi")),
        ("Uniquement sur rendez-vous, fermé le mardi", TOUT.format("Uniquement sur rendez-vous, fermé le mardi")),
        ("Uniquement sur rendez-vous (fermé le mardi)", TOUT.format("Uniquement sur rendez-vous")),
        ("Sans rendez-vous le mercredi", TOUT.format("Sans rendez-vous le mercredi")),
        ("Changement d'horaires à partir du 1er juin", TOUT.format("Changement d'horaires à partir du 1er juin")),
        ("Le mercredi aux Essarts", 'Mo 09:00-12:00; We 09:00-12:00 unknown "Le mercredi aux Essarts"; Sa 10:00-12:00'),
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


def test_an_afternoon_by_appointment_adds_to_the_morning() -> None:
    semaine = {3: [(540, 720), (810, 1020)], 4: [(540, 1020)]}
    horaires, restreint = nuance.ecrire(semaine, "Sur RDV l'après-midi")
    assert restreint
    assert horaires == (
        'Th 09:00-12:00, Th 13:30-17:00 "sur rendez-vous"; '
        'Fr 09:00-17:00 unknown "sur rendez-vous pour une partie de ces heures"'
    )
    jeudi = datetime(2026, 12, 3, tzinfo=ZoneInfo("Europe/Paris"))
    etats = [etat(parse(horaires), jeudi.replace(hour=heure), calendrier("36")) for heure in (10, 15)]
    assert etats == [Etat.OUVERT, Etat.SUR_RENDEZ_VOUS]


def test_hours_of_any_form_become_conditional() -> None:
    ecrites = nuance.conditionner(
        'week 01-53/2 Mo 09:00-12:00; We 10:00-12:00 "sur rendez-vous"; PH off', "Fermé en août"
    )
    assert ecrites == 'week 01-53/2 Mo 09:00-12:00 unknown "Fermé en août"; We 10:00-12:00 "sur rendez-vous"; PH off'
    assert nuance.conditionner("Mo 09:00-12:00", "Salle climatisée") == "Mo 09:00-12:00"


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
