"""Coming dates of the stops of a mobile service: sure ones only."""

from datetime import date, datetime
from pathlib import Path

import pytest

from carte.hours import calendrier, parse
from carte.hours.fermetures import avec_fermetures
from carte.hours.tournees import MOIS, SEMAINES, Arret, Passage, prochains_passages
from carte.nomenclature import lire

INDRE = calendrier("36")
LUNDI = "2026-11-23T10:00"

# (hours, rhythm, anchor, from, days of the three next calls, None when unknown)
CAS: dict[str, tuple[str | None, str, str | None, str, str | None]] = {
    "chaque-semaine": ("Mo 14:00-17:00", "hebdomadaire", None, LUNDI, "11-23 11-30 12-07"),
    "deux-jours": ("Mo,Th 14:00-17:00", "hebdomadaire", None, LUNDI, "11-23 11-26 11-30"),
    "deja-passe-aujourd-hui": ("Mo 08:00-10:00", "hebdomadaire", None, LUNDI, "11-30 12-07 12-14"),
    "commence-et-pas-fini": ("Mo 08:00-10:01", "hebdomadaire", None, LUNDI, "11-23 11-30 12-07"),
    "semaine-sans-heures": (None, "hebdomadaire", "2026-11-19", LUNDI, "11-26 12-03 12-10"),
    "semaine-sans-rien": (None, "hebdomadaire", None, LUNDI, None),
    "quinzaine": ("Th 14:00-17:00", "quinzaine", "2026-11-19", LUNDI, "12-03 12-17 12-31"),
    "quinzaine-semaine-53": ("Th 14:00-17:00", "quinzaine", "2026-12-31", "2026-12-20T10:00", "12-31 01-14 01-28"),
    "quinzaine-ancre-a-venir": ("Th 14:00-17:00", "quinzaine", "2026-12-17", LUNDI, "12-03 12-17 12-31"),
    "quinzaine-autre-jour": ("Tu,Th 14:00-17:00", "quinzaine", "2026-11-26", LUNDI, "11-24 11-26 12-08"),
    "quinzaine-sans-ancre": ("Th 14:00-17:00", "quinzaine", None, LUNDI, None),
    "quinzaine-dans-les-heures": ("week 2-52/2 Th 14:00-17:00", "quinzaine", None, LUNDI, "11-26 12-10 12-24"),
    "trois-semaines": ("Th 14:00-17:00", "trois semaines", "2026-11-12", LUNDI, "12-03 12-24 01-14"),
    "premier-lundi": ("Mo[1] 14:00-17:00", "mensuelle", None, LUNDI, "12-07 01-04 02-01"),
    "deuxieme-jeudi-par-l-ancre": ("Th 14:00-16:00", "mensuelle", "2026-11-12", LUNDI, "12-10 01-14 02-11"),
    "mensuelle-sans-ancre": ("Th 14:00-16:00", "mensuelle", None, LUNDI, None),
    "mensuelle-sans-heures": (None, "mensuelle", "2026-12-10", LUNDI, "12-10"),
    "mensuelle-sans-heures-passee": (None, "mensuelle", "2026-11-12", LUNDI, None),
    # 26 November is the fourth and the last Thursday; in December they differ.
    "quatrieme-ou-dernier": ("Th 14:00-16:00", "mensuelle", "2026-11-26", LUNDI, "11-26"),
    # The last week of a month begins seven days before the next one: 24 November is the last Tuesday.
    "dernier-au-plus-tot": ("Tu 14:00-16:00", "mensuelle", "2026-11-24", LUNDI, "11-24"),
    "avant-dernier-au-plus-tard": ("Mo 14:00-16:00", "mensuelle", "2026-11-23", LUNDI, "11-23 12-28 01-25"),
    # 22 October is the fourth of five Thursdays.
    "quatrieme": ("Th 14:00-16:00", "mensuelle", "2026-10-22", LUNDI, "11-26 12-24 01-28"),
    "dernier-par-les-heures": ("Th[-1] 14:00-16:00", "mensuelle", None, LUNDI, "11-26 12-31 01-28"),
    "deux-fois-par-mois": ("Tu[1,3] 14:00-16:00", "deux fois par mois", None, LUNDI, "12-01 12-15 01-05"),
    "deux-fois-sans-rang": ("Tu 14:00-16:00", "deux fois par mois", "2026-12-01", LUNDI, "12-01"),
    "tous-les-deux-mois": ("Th 14:00-16:00", "bimestrielle", "2026-10-08", LUNDI, "12-10 02-11 04-08"),
    "trimestre-par-rang": ("Mo[1] 14:00-16:00", "trimestrielle", "2026-10-05", LUNDI, "01-04 04-05 07-05"),
    "trimestre-sans-ancre": ("Mo[1] 14:00-16:00", "trimestrielle", None, LUNDI, None),
    "trimestre-dans-les-heures": ("Jan,Apr Mo[1] 14:00-16:00", "trimestrielle", None, LUNDI, "01-04 04-05"),
    "ponctuelle": ("Th 14:00-16:00", "ponctuelle", "2026-12-03", LUNDI, "12-03"),
    "ponctuelle-passee": ("Th 14:00-16:00", "ponctuelle", "2026-11-12", LUNDI, None),
    "ponctuelle-datee": ("2026 Dec 3,10 14:00-16:00", "ponctuelle", None, LUNDI, "12-03 12-10"),
    "saute-le-ferie": ("Fr 09:00-12:00; PH off", "hebdomadaire", None, "2026-12-20T10:00", "01-08 01-15 01-22"),
    "ancre-hors-des-heures": ("Mo 09:00-12:00", "mensuelle", "2026-12-03", LUNDI, "12-03"),
    "ancre-fermee": ("Mo-Fr 09:00-12:00; Dec 3 off", "ponctuelle", "2026-12-03", LUNDI, None),
    "vacances-inconnues": ("Th 09:00-12:00; SH off", "hebdomadaire", None, "2027-08-30T10:00", ""),
}


def _arret(texte: str | None, frequence: str, ancre: str | None) -> Arret:
    return Arret((texte and parse(texte)) or None, frequence, date.fromisoformat(ancre) if ancre else None)


@pytest.mark.parametrize(("texte", "frequence", "ancre", "depuis", "attendu"), CAS.values(), ids=CAS.keys())
def test_coming_calls(texte: str | None, frequence: str, ancre: str | None, depuis: str, attendu: str | None) -> None:
    instant = datetime.fromisoformat(depuis).replace(tzinfo=INDRE.tz)
    passages = prochains_passages(_arret(texte, frequence, ancre), instant, INDRE)
    jours = None if passages is None else " ".join(p.jour.isoformat()[5:] for p in passages)
    assert jours == attendu


def test_hours_of_a_call() -> None:
    instant = datetime(2026, 11, 23, 10, tzinfo=INDRE.tz)
    arret = _arret('Mo 09:00-12:00,14:00-16:00 open "sur rdv"', "hebdomadaire", None)
    assert prochains_passages(arret, instant, INDRE, 1) == [Passage(date(2026, 11, 23), ((540, 720), (840, 960)))]
    arret = _arret(None, "mensuelle", "2026-12-10")
    assert prochains_passages(arret, instant, INDRE, 1) == [Passage(date(2026, 12, 10), ())]


def test_a_temporary_closure_cancels_calls_even_the_anchor() -> None:
    instant = datetime(2026, 11, 23, 10, tzinfo=INDRE.tz)
    fermeture = (date(2026, 12, 1), date(2026, 12, 12), "révision du bus")
    for texte in ("Th 14:00-17:00", None):
        horaires = avec_fermetures(parse(texte) if texte else None, [fermeture])
        passages = prochains_passages(Arret(horaires, "quinzaine", date(2026, 12, 3)), instant, INDRE, 2)
        assert passages is not None
        assert [p.jour for p in passages] == [date(2026, 12, 17), date(2026, 12, 31)]


def test_every_rhythm_of_the_nomenclature_is_known(racine: Path) -> None:
    valeurs = {v.valeur for v in lire(racine / "offers/nomenclature")["frequences"].valeurs}
    assert valeurs == {*SEMAINES, *MOIS, "deux fois par mois", "ponctuelle"}
