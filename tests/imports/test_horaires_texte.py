"""Hours written by people: translated whole, or not at all."""

import pytest

from carte.hours import parse
from carte.imports.horaires_texte import HorairesNonCompris, osm

SEMAINE = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi")


@pytest.mark.parametrize(
    ("texte", "jours", "attendu"),
    [
        ("du lundi au vendredi de 9h à 12h", (), "Mo-Fr 09:00-12:00"),
        (
            "Lundi, Mardi 9h-12h / 14h-17h30 ; Jeudi : 10 h 30 - 12 h",
            (),
            "Mo,Tu 09:00-12:00,14:00-17:30; Th 10:30-12:00",
        ),
        ("mar-mer-jeu 10h-12h et le sam 14:00–17:00", (), "Tu-Th 10:00-12:00; Sa 14:00-17:00"),
        ("9h-12h30 et 13h30-16h", ("Mardi", "Vendredi"), "Tu,Fr 09:00-12:30,13:30-16:00"),
        ("09h00 12h00 14h00 17h00", SEMAINE, "Mo-Fr 09:00-12:00,14:00-17:00"),
        ("Horaires d’ouverture : lundi fermé, mardi 8h/12h", (), "Mo off; Tu 08:00-12:00"),
        ("vendredi de 9h à 12h et de 13h 30 à 16h30", (), "Fr 09:00-12:00,13:30-16:30"),
        ("mardi 9h-12h; lundi 9h-12h", (), "Mo,Tu 09:00-12:00"),
    ],
    ids=["suite", "listes", "abreges", "jours-coches", "sans-separateur", "ferme", "minutes-detachees", "ordre"],
)
def test_comprend(texte: str, jours: tuple[str, ...], attendu: str) -> None:
    assert osm(texte, jours) == attendu
    parse(attendu)  # our own engine reads what importers write


@pytest.mark.parametrize(
    ("texte", "jours", "raison"),
    [
        ("Mardi 14h-18h, samedi 10h-12h (pas ouvert tous les samedis)", (), "pas ouvert"),
        ("1 samedi sur 2 de 9h à 12h", (), "1 samedi"),
        ("lundi 9h-12h sur RDV", (), "sur rdv"),
        ("mercredi 14h-16h (semaine paire)", (), "semaine paire"),
        ("En période scolaire : mardi 9h-12h", (), "periode scolaire"),
        ("Samedi 10h-12h (2e et 4e du mois)", (), "2e et 4e"),
        ("mercredi - vendredi : 14h-17h", (), "suite ou une liste"),
        ("du lundi au jeudi 9h-12h, mardi 14h-16h", (), "donné deux fois"),
        ("lundi 9h-12h-14h", (), "plages"),
        ("lundi 14h-12h", (), "plages"),
        ("lundi 9h 12 14h 17", (), "pas une heure sûre"),
        ("lundi 10h-12h 15h18h", (), "15h18h"),
        ("lundi matin 9h-12h", (), "matin"),
        ("9h-12h", (), "aucun jour"),
        ("9h-12h", ("Inconnu",), "jour coché inconnu"),
        ("du lundi au vendredi 9h-12h", ("Lundi", "Mardi"), "pas les mêmes"),
        ("lundi 9h-12h, mardi", (), "plages"),
        ("du vendredi au lundi 9h-12h", (), "suite de jours"),
        ("lundi fermé 9h-12h", (), "fermé"),
        ("lundi 25h-26h", (), "heure"),
    ],
)
def test_refuse_ce_qui_n_est_pas_sur(texte: str, jours: tuple[str, ...], raison: str) -> None:
    with pytest.raises(HorairesNonCompris, match=raison):
        osm(texte, jours)
