"""The grammar that is read, and the refusals: French, placed, with a suggestion only when nothing is guessed."""

import csv
import json
import re
from pathlib import Path

import pytest

from carte.hours import HorairesInvalides, Regle, depuis_donnees, parse, proposer
from carte.hours.rules import TOUS_LES_JOURS

_SEMAINE = 0b0011111

LUS = {
    "exemple-du-standard": (
        "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00",
        (
            Regle(jours=_SEMAINE, heures=((540, 720, False), (840, 1110, False))),
            Regle(jours=0b0100000, heures=((510, 720, False),)),
        ),
    ),
    "feries-fermes": ("PH off", (Regle(sens="off", jours=0, feries=True),)),
    "24/7": ("24/7", (Regle(),)),
    "closed": ("closed", (Regle(sens="off"),)),
    "jours-ou-feries": ("Mo-Fr,PH", (Regle(jours=_SEMAINE, feries=True),)),
    "vacances-et-jour": ("SH We", (Regle(jours=0b0000100, vacances=True, conjonction=True),)),
    "fin-de-semaine": ("Fr-Mo", (Regle(jours=0b1110001),)),
    "rangs": ("Mo[1,3] 09:00-10:00", (Regle(jours=0, rangs=((0, 1), (0, 3)), heures=((540, 600, False),)),)),
    "minutes-extremes": ("Mo 00:00-00:59,23:59-24:00", (Regle(jours=1, heures=((0, 59, False), (1439, 1440, False))),)),
    "ajout-de-feries": (
        "Mo 09:00-10:00,PH off",
        (Regle(jours=1, heures=((540, 600, False),)), Regle(separateur=",", sens="off", jours=0, feries=True)),
    ),
    "feries-et-vacances": ("PH,SH off", (Regle(sens="off", jours=0, feries=True, vacances=True),)),
    "jours-et-vacances": ("Mo-Fr,SH", (Regle(jours=_SEMAINE, vacances=True),)),
    "bissextile": ("Feb 29 off", (Regle(sens="off", dates=(((0, 2, 29),) * 2,)),)),
    "periode-de-paques": ("easter -2 days-easter +1 day off", (Regle(sens="off", dates=(((0, 0, -2), (0, 0, 1)),)),)),
    "mois-a-cheval": ("Nov-Feb", (Regle(dates=(((0, 11, 1), (0, 2, 31)),)),)),
    "plusieurs-semaines": ("week 1-53/2,10", (Regle(semaines=((1, 53, 2), (10, 10, 1))),)),
    "une-annee": ("2026 Mo", (Regle(annees=((2026, 2026, 1),), jours=1),)),
    "tout-le-jour": ("Mo 00:00-24:00", (Regle(jours=1, heures=((0, 1440, False),)),)),
    "meme-heure": ("Mo 09:00-09:00", (Regle(jours=1, heures=((540, 1980, False),)),)),
    "suite-de-rangs": ("Mo[1-2]", (Regle(jours=0, rangs=((0, 1), (0, 2))),)),
    "cinquiemes": ("Mo[5,-5]", (Regle(jours=0, rangs=((0, 5), (0, -5))),)),
    "annees-extremes": ("1900,9998 Mo", (Regle(annees=((1900, 1900, 1), (9998, 9998, 1)), jours=1),)),
    "annees-alternees": ("2026-2036/2 Mo", (Regle(annees=((2026, 2036, 2),), jours=1),)),
    "suites-de-jours-du-mois": (
        "Dec 24,26-31 off",
        (Regle(sens="off", dates=(((0, 12, 24),) * 2, ((0, 12, 26), (0, 12, 31)))),),
    ),
    "deux-jours-plus-tard": ("Mo 22:00-48:00", (Regle(jours=1, heures=((1320, 2880, False),)),)),
    "dernier-lundi": ("Mo[-1]", (Regle(jours=0, rangs=((0, -1),)),)),
    "semaines": ("week 1-53/2 Mo", (Regle(semaines=((1, 53, 2),), jours=1),)),
    "mois": ("Jan-Jun", (Regle(dates=(((0, 1, 1), (0, 6, 31)),)),)),
    "dates": ("Jul 14-Aug 15 off", (Regle(sens="off", dates=(((0, 7, 14), (0, 8, 15)),)),)),
    "jours-du-mois": ("Dec 24,26 off", (Regle(sens="off", dates=(((0, 12, 24),) * 2, ((0, 12, 26),) * 2)),)),
    "liste-de-dates": ("Dec 25, Jan 1 off", (Regle(sens="off", dates=(((0, 12, 25),) * 2, ((0, 1, 1),) * 2)),)),
    "paques": ("easter +1 day off", (Regle(sens="off", dates=(((0, 0, 1),) * 2,)),)),
    "annees": ("2026-2027 Mo", (Regle(annees=((2026, 2027, 1),), jours=1),)),
    "annees-sans-fin": ("2026+", (Regle(annees=((2026, 9999, 1),)),)),
    "dates-avec-annee": (
        "2026 Dec 20-2027 Jan 5 off",
        (Regle(sens="off", dates=(((2026, 12, 20), (2027, 1, 5)),)),),
    ),
    "deux-annees": (
        "2026 Dec 25,2027 Jan 1 off",
        (Regle(sens="off", dates=(((2026, 12, 25),) * 2, ((2027, 1, 1),) * 2)),),
    ),
    "nuit": ("Fr 22:00-04:00", (Regle(jours=0b0010000, heures=((1320, 1680, False),)),)),
    "fin-ouverte": ("09:00+", (Regle(heures=((540, 540, True),)),)),
    "regle-ajoutee": (
        "Mo 09:00-12:00, Tu 14:00-16:00",
        (
            Regle(jours=1, heures=((540, 720, False),)),
            Regle(separateur=",", jours=2, heures=((840, 960, False),)),
        ),
    ),
    "secours": (
        'Mo || "sur rdv"',
        (Regle(jours=1), Regle(separateur="||", sens="rdv", commentaire="sur rdv")),
    ),
    "remarque-seule": ('"voir le site"', (Regle(sens="unknown", commentaire="voir le site"),)),
    "ouvert-avec-remarque": ('open "entrée libre"', (Regle(commentaire="entrée libre"),)),
    "sans-rendez-vous": (
        '"avec ou sans rendez-vous"',
        (Regle(sens="unknown", commentaire="avec ou sans rendez-vous"),),
    ),
}


@pytest.mark.parametrize(("texte", "regles"), LUS.values(), ids=LUS.keys())
def test_reads(texte: str, regles: tuple[Regle, ...]) -> None:
    assert parse(texte).regles == regles


@pytest.mark.parametrize(
    "texte",
    [
        "mo-fr 9:00-12:00",
        " Mo - Fr  09:00 - 12:00 ",
        "MO-FR 09:00-12:00;",
        "Mo-Fr: 09:00-12:00",
        "Mo-Fr\u00a009:00-12:00",
        "Mo,Tu,We,Th,Fr 09:00-12:00",
        "Mo-Fr 09:00-12:00 open",
    ],
)
def test_spaces_case_and_readability_signs_change_nothing(texte: str) -> None:
    assert parse(texte).regles == (Regle(jours=_SEMAINE, heures=((540, 720, False),)),)


REFUSES = {
    "vide": ("", 0, "vides"),
    "espaces": ("   ", 0, "vides"),
    "soleil": ("Mo sunrise-12:00", 3, "soleil"),
    "sans-fin": ("Mo-Fr 10:00", 6, "heure de fin"),
    "heure-impossible": ("Mo 09:61-10:00", 3, "n’est pas une heure"),
    "debut-trop-tard": ("Mo 24:00-25:00", 3, "commence entre"),
    "regle-vide": ("Mo-Fr 10:00-12:00 ||", 20, "Il manque une règle"),
    "separateur-en-tete": ("; Mo", 0, "Il manque une règle"),
    "guillemet": ('Mo "x', 3, "pas refermée"),
    "deux-remarques": ('Mo "a" "b"', 7, "une seule fois"),
    "remarque-en-tete": ('"Accueil": Mo', 9, "n’est pas attendu"),
    "heures-sans-jour": ("Mo 09:00-12:00; 14:00-16:00", 16, "sans dire quels jours"),
    "virgule-apres-secours": ('Mo || "x", Tu 09:00-10:00', 9, "en dernier"),
    "decalage": ("PH -1 day off", 3, "easter"),
    "decalage-de-rang": ("Mo[1] +1 day", 6, "easter"),
    "paques-trop-tot": ("easter -81 days off", 8, "80 jours avant Pâques"),
    "paques-trop-tard": ("easter +251 days off", 8, "250 jours après"),
    "paques-sans-fin": (f"easter +{'9' * 5000} days off", 8, "chiffres au plus"),
    "nombre-sans-fin": (f"{'9' * 5000} Mo", 0, "chiffres au plus"),
    "rang": ("Mo[6]", 3, "de 1 à 5"),
    "rang-nul": ("Mo[0]", 3, "de 1 à 5"),
    "dernier-rang": ("Mo[1-6]", 3, "de 1 à 5"),
    "rangs-renverses": ("Mo[3-1]", 3, "de 1 à 5"),
    "rang-de-la-fin": ("Mo[2,-6]", 5, "de 1 à 5"),
    "annee-trop-ancienne": ("1899 Mo", 0, "quatre chiffres"),
    "annee-trop-lointaine": ("9999 Mo", 0, "quatre chiffres"),
    "attendu-a-la-place": ("Mo[x] 09:00-12:00", 3, "pas reconnu"),
    "mot-a-la-place": ("Mo[Tu] 09:00-12:00", 3, "Il faut un rang de 1 à 5 à la place de « Tu] 09:00-12 »."),
    "rien-a-la-place": ("Mo[", 3, "Il faut un rang de 1 à 5 à la fin."),
    "annee-a-cinq-chiffres": ("12026 Mo", 0, "quatre chiffres"),
    "jour-31-juin": ("Jun 31 off", 4, "n’a pas de jour 31"),
    "jour-32": ("Jul 32 off", 4, "n’a pas de jour 32"),
    "minute-60": ("Mo 09:60-10:00", 3, "n’est pas une heure"),
    "semaine-zero": ("week 0-10", 5, "de 1 à 53"),
    "annee-d-un-seul-bout": ("Dec 20-2027 Jan 5 off", 0, "des deux bouts"),
    "rang-sans-crochet": ("Mo[1 09:00-10:00", 5, "Il faut « ] » à la place de « 09:00-10:00 »."),
    "dernier-jour-absent": ("Mo- 09:00-10:00", 4, "Il faut le dernier jour (Mo, Tu, We, Th, Fr, Sa ou Su) à la place"),
    "jours-de-paques": ("easter +1 off", 7, "sans fin"),
    "pas-nul": ("week 1-53/0", 10, "au moins 1"),
    "periode-sans-fin": ("Dec 25+ off", 6, "pour une année"),
    "jour-zero": ("Jul 0 off", 4, "n’a pas de jour 0"),
    "jours-renverses": ("Jul 20-14 off", 0, "précède le premier"),
    "heure-de-trop": ("Mo 09:00-48:01", 9, "n’est pas une heure"),
    "rang-sur-une-suite": ("Mo-Fr[1]", 5, "un seul jour"),
    "semaine-renversee": ("week 50-10", 5, "de 1 à 53"),
    "semaine-54": ("week 54", 5, "de 1 à 53"),
    "semaine-apres-un-point-virgule": ("week 1;2 Mo 09:00-10:00", 7, "une année a quatre chiffres"),
    "trente-et-un-fevrier": ("Feb 30 off", 4, "n’a pas de jour 30"),
    "annee-a-cheval": ("2026 Dec 20-Jan 5 off", 0, "deux années"),
    "annees-renversees": ("2027-2026", 5, "précède"),
    "fin-avant-debut": ("2027 Jan 5-2026 Dec 20 off", 0, "précède"),
    "mois-et-date": ("Jul-Aug 15 off", 0, "d’un mois à un mois"),
    "mois-apres": ("Mo 09:00-10:00 Jul", 15, "avant les jours"),
    "24/7-melange": ("Mo 24/7", 3, "s’écrit seul"),
    "repetition": ("Mo 10:00-16:00/01:00", 14, "répétition"),
    "point": ("Mo 09.00-25.00", 5, "« . »"),
    "nombre": ("Mo 9-12", 3, "une heure s’écrit"),
    "mot": ("Mo ouvert", 3, "« ouvert » n’est pas reconnu"),
}


@pytest.mark.parametrize(("texte", "position", "extrait"), REFUSES.values(), ids=REFUSES.keys())
def test_refuses_in_french_at_the_right_place(texte: str, position: int, extrait: str) -> None:
    with pytest.raises(HorairesInvalides) as refus:
        parse(texte)
    assert extrait in refus.value.message
    assert refus.value.position == position
    assert refus.value.suggestion is None
    assert str(refus.value) == refus.value.message


SUGGESTIONS = {
    "abreviations": ("Lu-Ve 9h-12h", "Mo-Fr 09:00-12:00"),
    "phrase": ("du lundi au vendredi de 9h à 12h et de 14h à 17h30", "Mo-Fr 09:00-12:00,14:00-17:30"),
    "liste": ("Les lundi, mardi, jeudi et vendredi de 09h00 à 17h00", "Mo,Tu,Th,Fr 09:00-17:00"),
    "barre": ("Lundi : 9h00 - 12h00 / 14h00 - 17h00", "Mo 09:00-12:00,14:00-17:00"),
    "deux-jours": ("lundi 9h-12h, mardi 14h-17h", "Mo 09:00-12:00; Tu 14:00-17:00"),
    "rendez-vous": ("Mo-Fr 09:00-12:00 sur rendez-vous", 'Mo-Fr 09:00-12:00 "sur rendez-vous"'),
    "feries": ("Mo-Fr 09:00-12:00; jours fériés fermé", "Mo-Fr 09:00-12:00; PH off"),
    "anglais": ("Monday-Friday 09:00-12:00", "Mo-Fr 09:00-12:00"),
    "tiret-long": ("Mo–Fr 09:00–12:00", "Mo-Fr 09:00-12:00"),
    "sans-virgule": ("Mo 09:00-10:00 11:00-12:00", "Mo 09:00-10:00,11:00-12:00"),
    "virgule-en-trop": ("Mo 09:00-10:00,", "Mo 09:00-10:00"),
    "point-virgule-en-trop": ("Mo 09:00-10:00;;", "Mo 09:00-10:00"),
    "deux-regles": ("Mo-Fr 09:00-12:00 Sa 10:00-11:00", "Mo-Fr 09:00-12:00; Sa 10:00-11:00"),
    "et-le-samedi": ("du lundi au vendredi 9h-17h et le samedi de 9h à 12h", "Mo-Fr 09:00-17:00; Sa 09:00-12:00"),
    "virgule": ("Mo-Fr,09:00-12:00", "Mo-Fr 09:00-12:00"),
    "points": ("Mo 8.30-12.15, 14.00-18.00", "Mo 08:30-12:15,14:00-18:00"),
    "toujours-sans-h": ("24/24 7/7", "24/7"),
    "points-d-une-date": ("Mo 01.05-31.08", None),
    # Nothing is proposed when hours, days or the meaning would be invented.
    "jour-seul": ("lundi", None),
    "heures-seules": ("9h-12h", None),
    "mois-ou-mardi": ("mar. 9h-12h", None),
    "inconnu": ("Lu-Ve selon affluence", None),
    "jour-repete": ("lundi 9h-12h, lundi 14h-17h", None),
    "heures-et-rendez-vous": ("Le lundi de 9h00 à 12h00 et sur rendez-vous.", None),
    "ferme-le": ("fermé le lundi", None),
}


def test_a_closed_place_is_proposed_alone() -> None:
    """No day is said because every day is meant: nothing is guessed."""
    assert proposer("Fermé") == "off"


@pytest.mark.parametrize("texte", ["2026", "Dec 25", "week 1", "Mo-Su,Mo[1]", "Mo-Su,PH", "Mo-Su,SH", "Mo"])
def test_one_word_is_enough_to_say_which_days(texte: str) -> None:
    (regle,) = parse(f"{texte} 09:00-10:00").regles
    assert not regle.sans_jour


def test_hours_alone_say_no_day() -> None:
    (regle,) = parse("09:00-10:00").regles
    assert regle.sans_jour


@pytest.mark.parametrize(("texte", "attendu"), SUGGESTIONS.values(), ids=SUGGESTIONS.keys())
def test_suggests_what_is_safe(texte: str, attendu: str | None) -> None:
    with pytest.raises(HorairesInvalides) as refus:
        parse(texte)
    assert refus.value.suggestion == attendu
    if attendu is not None:
        parse(attendu)
        assert attendu in str(refus.value)


@pytest.mark.parametrize("texte", [texte for texte, _ in LUS.values()], ids=LUS.keys())
def test_rules_survive_json(texte: str) -> None:
    horaires = parse(texte)
    assert depuis_donnees(json.loads(json.dumps(horaires.donnees()))) == horaires.regles


def test_default_values_are_left_out_of_the_data() -> None:
    assert parse("Mo 09:00-12:00").donnees() == [{"jours": 1, "heures": ((540, 720, False),)}]
    assert Regle().jours == TOUS_LES_JOURS


def test_parse_is_memoised() -> None:
    assert parse("Mo 09:00-12:00") is parse("Mo 09:00-12:00")


def _minutes(heures: str) -> int:
    """Minutes of a day as France services writes it, counted without the engine."""
    minutes = {m for h1, m1, h2, m2 in re.findall(_PLAGE, heures) for m in range(_m(h1, m1), _m(h2, m2))}
    return len(minutes)


def _m(heures: str, minutes: str) -> int:
    return int(heures) * 60 + int(minutes)


_PLAGE = r"(\d{2}):(\d{2}) - (\d{2}):(\d{2})"
_JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")


@pytest.mark.partage
def test_hours_of_france_services_are_all_translated_without_loss(partage: Path) -> None:
    with (partage / "data/france-services/liste-fs-20240801.csv").open(encoding="utf-8", newline="") as fichier:
        lieux = [[ligne[f"h_{jour}"].strip() for jour in _JOURS] for ligne in csv.DictReader(fichier)]
    lieux = [lieu for lieu in lieux if any(lieu)]
    assert len(lieux) > 2_700
    for lieu in lieux:
        texte = "; ".join(f"{jour} : {heures}" for jour, heures in zip(_JOURS, lieu, strict=True) if heures)
        propose = proposer(texte)
        if re.search(r"(\d\d:\d\d) - \1", texte):  # « 00:00 - 00:00 » stands for nothing there, 24 hours in OSM
            assert propose is None, texte
            continue
        assert propose is not None, texte
        semaine = parse(propose).semaine()
        assert [sum(fin - debut for debut, fin in jour) for jour in semaine[:6]] == [*map(_minutes, lieu)], texte
