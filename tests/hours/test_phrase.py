"""Hours written by people: translated whole, or not at all. Zero wrong readings is the rule; more read is the aim."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carte.hours import HorairesInvalides, parse, proposer
from carte.hours.phrase import JOURS, HorairesNonCompris, ecrire, lire, lire_plages

SEMAINE = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi")
LUES = {
    # Days, then hours.
    "du lundi au vendredi de 9h à 12h": "Mo-Fr 09:00-12:00",
    "Lundi, Mardi 9h-12h / 14h-17h30 ; Jeudi : 10 h 30 - 12 h": "Mo,Tu 09:00-12:00,14:00-17:30; Th 10:30-12:00",
    "mar-mer-jeu 10h-12h et le sam 14:00–17:00": "Tu-Th 10:00-12:00; Sa 14:00-17:00",
    "Horaires d’ouverture : lundi fermé, mardi 8h/12h": "Mo off; Tu 08:00-12:00",
    "vendredi de 9h à 12h et de 13h 30 à 16h30": "Fr 09:00-12:00,13:30-16:30",
    "mardi 9h-12h; lundi 9h-12h": "Mo,Tu 09:00-12:00",
    "lundi 10h-12h 15h18h": "Mo 10:00-12:00,15:00-18:00",
    "du lundi au mercredi et le vendredi 9h-12h": "Mo-We,Fr 09:00-12:00",
    "mardi de 9h30h à midi": "Tu 09:30-12:00",
    "La semaine 9-12/14-17": "Mo-Fr 09:00-12:00,14:00-17:00",
    "le week-end de 10h à 18h": "Sa,Su 10:00-18:00",
    # Hours, then days.
    "9h-12h du lundi au jeudi, 10h-11h le vendredi": "Mo-Th 09:00-12:00; Fr 10:00-11:00",
    "de 14 à 18h30 tous les jours": "Mo-Su 14:00-18:30",
    # Half-days.
    "lundi matin 9h-12h": "Mo 09:00-12:00",
    "lundi matin 9h-12h, lundi après-midi 14h-17h": "Mo 09:00-12:00,14:00-17:00",
    "mardi de 9h à 12h le matin et de 14h à 17h l'après-midi": "Tu 09:00-12:00,14:00-17:00",
    # Exceptions.
    "tous les jours sauf le dimanche de 9h à 12h": "Mo-Sa 09:00-12:00; Su off",
    "du lundi au vendredi 9h-17h sauf mercredi": "Mo,Tu,Th,Fr 09:00-17:00; We off",
    "du lundi au vendredi 9h-12h 14h-17h, fermé le lundi matin": "Mo 14:00-17:00; Tu-Fr 09:00-12:00,14:00-17:00",
    "lundi 9h-12h, fermé les jours fériés et en août": "Mo 09:00-12:00; PH off; Aug off",
    "lundi 9h-12h (hors vacances scolaires)": "Mo 09:00-12:00; SH off",
    "du lundi au jeudi 9h-12h sauf le mardi 10h-12h": "Mo,We,Th 09:00-12:00; Tu 10:00-12:00",
    # Qualifiers.
    "lundi 9h-12h sur RDV": 'Mo 09:00-12:00 "sur rendez-vous"',
    "Uniquement sur rendez-vous : lundi 9h-12h, mardi 14h-17h": (
        'Mo 09:00-12:00 "sur rendez-vous"; Tu 14:00-17:00 "sur rendez-vous"'
    ),
    "lundi 9h-12h, le samedi sur rendez-vous": 'Mo 09:00-12:00; Sa "sur rendez-vous"',
    "Sur rendez-vous": '"sur rendez-vous"',
    "Sur RDV : 02.54.00.00.00": '"sur rendez-vous"',
    "mardi 9h-12h uniquement sur RDV au 02 54 00 00 00": 'Tu 09:00-12:00 "sur rendez-vous"',
    "mercredi 14h-16h (semaine paire)": "week 02-52/2 We 14:00-16:00",
    "semaine paire : lundi 9h-12h, semaine impaire : mardi 9h-12h": (
        "week 02-52/2 Mo 09:00-12:00; week 01-53/2 Tu 09:00-12:00"
    ),
    "En période scolaire : mardi 9h-12h": "Tu 09:00-12:00; SH off",
    "1er et 3e mardi du mois 14h-16h": "Tu[1,3] 14:00-16:00",
    "dernier jeudi de chaque mois de 9h à 12h": "Th[-1] 09:00-12:00",
    "Les mardis d'octobre à juin de 9h00 à 17h00": "Oct-Jun Tu 09:00-17:00",
    # Codes and abbreviations.
    "lu-ve 9h-12h": "Mo-Fr 09:00-12:00",
    "Mo-Sun 09:00-12:00": "Mo-Su 09:00-12:00",
    "Mo-We, Fr 09:00-12 :30": "Mo-We,Fr 09:00-12:30",
}
REFUSEES = {
    "Mardi 14h-18h, samedi 10h-12h (pas ouvert tous les samedis)": "pas ouvert",
    "1 samedi sur 2 de 9h à 12h": "sur 2",
    "Samedi 10h-12h (2e et 4e du mois)": "mois",
    "mercredi - vendredi : 14h-17h": "suite ou une liste",
    "Mar-Jeu 9h-12h": "suite ou une liste",
    "Lundi-jeudi et samedi 9h-12h": "suite ou une liste",
    "lundi mardi - vendredi 9h-17h": "suite ou une liste",
    "du lundi au jeudi 9h-12h, mardi 14h-16h": "donné deux fois",
    "lundi 9h-12h-14h": "plages",
    "lundi 14h-12h": "plages",
    "lundi 9h 12 14h 17": "pas une heure sûre",
    "lundi 9h 10, 14h 15": "pas une heure sûre",
    "lundi 9h et 14h": "reliées par « et »",
    "lundi 9h-12h à 14h-17h": "plages",
    "9h-12h": "aucun jour",
    "lundi 9h-12h, mardi": "plages",
    "du vendredi au lundi 9h-12h": "suite de jours",
    "lundi fermé 9h-12h": "sans jour",
    "lundi 25h-26h": "heure",
    "lundi 9/12": "un nombre seul",
    "lundi 2-3": "pas une heure sûre",
    "lundi 9h-12h 02 54 00 00 00": "pas une heure",
    "lundi sur rdv 02 54 00 00 00 14 17": "pas une heure",
    "lundi sur rdv 02 54 00 00 14h-17h": "pas une heure",
    "lundi matin 14h-17h": "ne va pas avec ces heures",
    "lundi 9h-12h et sur rendez-vous": "on ne sait pas quand",
    "lundi 9h-12h, sur rendez-vous l'après-midi": "sans jour ni heure",
    "lundi 9h-12h, mardi 14h-17h sur rendez-vous": "pour quels jours",
    "lundi 9h-12h, mardi 14h-17h semaine paire": "pour quels jours",
    "lundi 9h-17h, fermé le lundi après-midi": "ce qu'elle retire",
    "lundi 9h-12h, fermé mardi, mercredi 9h-12h": "même jour",
    "pendant les vacances scolaires lundi 9h-12h": "vacances",
    "mardi 9h-12h sauf exception": "exception",
    "mardi à partir de 14h": "partir",
    "1er mardi 14h-16h": "mois",
    "mardi 1er mars 9h-12h": "mois",
    "mar 9h-12h": "mars",
    "": "aucun horaire",
}


@pytest.mark.parametrize("texte", LUES)
def test_reads(texte: str) -> None:
    assert lire(texte) == LUES[texte]
    parse(LUES[texte])  # our own engine evaluates what is written


@pytest.mark.parametrize(
    ("texte", "jours", "attendu"),
    [
        ("9h-12h30 et 13h30-16h", ("Mardi", "Vendredi"), "Tu,Fr 09:00-12:30,13:30-16:00"),
        ("09h00 12h00 14h00 17h00", SEMAINE, "Mo-Fr 09:00-12:00,14:00-17:00"),
        ("8h-12h sauf le vendredi 9h-12h", SEMAINE, "Mo-Th 08:00-12:00; Fr 09:00-12:00"),
        ("sur RDV", ("Lundi",), 'Mo "sur rendez-vous"'),
    ],
)
def test_reads_beside_ticked_days(texte: str, jours: tuple[str, ...], attendu: str) -> None:
    assert lire(texte, jours) == attendu


@pytest.mark.parametrize("texte", REFUSEES)
def test_refuses_what_is_not_sure(texte: str) -> None:
    with pytest.raises(HorairesNonCompris, match=REFUSEES[texte]):
        lire(texte)


@pytest.mark.parametrize(
    ("texte", "jours", "raison"),
    [("9h-12h", ("Inconnu",), "jour coché inconnu"), ("du lundi au vendredi 9h-12h", ("Lundi",), "pas les mêmes")],
)
def test_ticked_days_must_agree(texte: str, jours: tuple[str, ...], raison: str) -> None:
    with pytest.raises(HorairesNonCompris, match=raison):
        lire(texte, jours)


def test_one_day_on_its_own() -> None:
    assert lire_plages("9h-12h / 14h-17h") == [(540, 720), (840, 1020)]
    assert lire_plages("fermé") == []
    for texte in ("9h-12h le mardi", "sur rendez-vous", "selon marée"):
        with pytest.raises(HorairesNonCompris):
            lire_plages(texte)


@given(
    st.sampled_from(sorted(LUES)),
    st.sampled_from("parfois ponctuellement peut-être selon ou environ".split()),
    st.data(),
)
def test_no_word_is_lost(texte: str, mot: str, donnees: st.DataObject) -> None:
    """A word that the lexicon does not know, anywhere in a sentence that is read, and nothing is read."""
    mots = texte.split()
    rang = donnees.draw(st.integers(0, len(mots)))
    with pytest.raises(HorairesNonCompris):
        lire(" ".join([*mots[:rang], mot, *mots[rang:]]))


_MORCEAUX = st.lists(
    st.sampled_from(
        (
            *(*JOURS, "lu", "Mo", "-", "à", "au", "et", ",", "/", ";", "9h", "12h", "14h30", "10", "18", "matin"),
            *("après-midi", "fermé", "sauf", "sur rendez-vous", "semaine paire", "1er", "dernier", "du mois", "août"),
            "jours fériés",
        )
    ),
    max_size=9,
)


@given(_MORCEAUX)
def test_any_pile_of_words_is_read_by_our_engine_or_refused(morceaux: list[str]) -> None:
    try:
        horaires = lire(" ".join(morceaux))
    except HorairesNonCompris:
        return
    parse(horaires)


@given(st.text(max_size=80))
def test_any_text_at_all_is_refused_in_french(texte: str) -> None:
    try:
        parse(lire(texte))
    except HorairesNonCompris as refus:
        assert re.search(r"\w", str(refus))


_PLAGES = st.lists(st.integers(12, 46), min_size=2, max_size=4, unique=True).map(
    lambda demies: [(a * 30, b * 30) for a, b in zip(*[iter(sorted(demies)[: len(demies) // 2 * 2])] * 2, strict=True)]
)


@given(st.dictionaries(st.integers(0, 6), _PLAGES, min_size=1), st.sampled_from(["h", ":"]), st.booleans())
def test_a_week_said_in_french_comes_back(semaine: dict[int, list[tuple[int, int]]], signe: str, ferme: bool) -> None:
    """Whatever the order of the days and the way times are written."""
    if ferme:
        semaine = {**{rang: [] for rang in range(7)}, **semaine}

    def heure(minutes: int) -> str:
        return f"{minutes // 60}{signe}{minutes % 60:02d}"

    phrases = [
        f"{JOURS[rang]} : {' et de '.join(f'{heure(a)} à {heure(b)}' for a, b in plages) or 'fermé'}"
        for rang, plages in semaine.items()
    ]
    assert lire(" ; ".join(phrases)) == ecrire(semaine)


def test_the_texts_given_as_examples(partage: Path) -> None:
    """At least four of five real texts are read; those that must not be are refused."""
    dossier = partage / "data" / "cas" / "imports"
    lignes = (dossier / "13-horaires-en-francais.txt").read_text(encoding="utf-8").splitlines()
    paires = [ligne.split(" => ") for ligne in lignes if " => " in ligne and not ligne.startswith("#")]
    assert len(paires) == 20
    assert {texte: lire(texte) for texte, _ in paires} == dict(paires)
    for cas in json.loads((dossier / "horaires-reels-refuses.json").read_text(encoding="utf-8")):
        attendu, texte = cas["classe_ou_attendu"], cas["texte"]
        if attendu.startswith("note"):
            with pytest.raises(HorairesNonCompris):
                lire(texte)
        elif attendu == "lisible":
            assert parse(_lu(texte))
        elif attendu != "semaines paires/impaires":
            assert _lu(texte) == attendu.split(" (")[0]
    for cas in json.loads((dossier / "horaires-sures-mais-fausses.json").read_text(encoding="utf-8")):
        with pytest.raises(HorairesNonCompris):
            lire(cas["texte"])


def _lu(texte: str) -> str:
    try:
        return lire(texte)
    except HorairesNonCompris:
        return lire(texte, SEMAINE)  # the form ticked the days


@pytest.mark.parametrize("texte", ["9h-18h du lundi au jeudi", "JEUDI 8H30/12H30", "Ouverture : lundi 9h-12h"])
def test_a_record_in_french_is_told_what_to_write(texte: str) -> None:
    with pytest.raises(HorairesInvalides) as refus:
        parse(texte)
    assert refus.value.suggestion == proposer(texte) == lire(texte)
