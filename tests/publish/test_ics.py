"""Calendars of stops: the same dates as the hours room, in a file that nothing of a record can break."""

import re
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from carte import hours
from carte.publication import Chantier
from carte.publish import fiche
from carte.publish.atlas import Atlas
from carte.publish.direct import arret_horaire
from carte.publish.fiche.ics import TOUS, calendrier_ics
from publish import monde
from publish.conftest import Socle

PARIS = ZoneInfo("Europe/Paris")
DEPUIS = datetime.combine(monde.JOUR, time(), UTC)
ARRETS = {
    "hebdomadaire": {"horaires": "Mo 14:00-17:00", "frequence": "hebdomadaire"},
    "deux jours": {"horaires": "Mo,Th 10:00-12:00,14:00-16:00", "frequence": "hebdomadaire"},
    "feries": {"horaires": "Mo 14:00-17:00; PH off", "frequence": "hebdomadaire"},
    "quinzaine": {"horaires": "Tu 09:30-12:00", "frequence": "quinzaine", "prochain_passage": "2026-11-10"},
    "ancre passee": {"horaires": "Tu 09:30-12:00", "frequence": "quinzaine", "prochain_passage": "2026-10-13"},
    "trois semaines": {"horaires": "We 09:00-10:00", "frequence": "trois semaines", "prochain_passage": "2026-11-18"},
    "mensuelle": {"horaires": "We 09:30-12:00", "frequence": "mensuelle", "prochain_passage": "2026-11-04"},
    "bimestrielle": {"horaires": "Th 09:30-12:00", "frequence": "bimestrielle", "prochain_passage": "2026-11-19"},
    "trimestrielle": {"horaires": "Th 14:30-17:00", "frequence": "trimestrielle", "prochain_passage": "2026-12-03"},
    "semaines paires": {"horaires": "week 2-52/2 Fr 09:00-12:00", "frequence": "quinzaine"},
    "rangs": {"horaires": "Mo[1],Mo[3] 09:00-12:00", "frequence": "deux fois par mois"},
    "date seule": {"frequence": "ponctuelle", "prochain_passage": "2026-11-20"},
}


def service(*arrets: dict[str, Any], **champs: Any) -> Any:
    complets = [{"commune": "Gamma", "code_insee": "99003", **arret} for arret in arrets]
    return monde.fiche(tournee=complets, itinerance=["Itinérant"], **champs)


def calendrier(enregistrement: Any, atlas: Atlas) -> str:
    texte = calendrier_ics(enregistrement, monde.configuration(), atlas)
    assert texte is not None
    return texte


def evenements(texte: str) -> list[dict[str, list[str]]]:
    """Unfolded properties of each event: name with its parameters → values."""
    trouves = []
    for bloc in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", texte.replace("\r\n ", ""), re.DOTALL):
        proprietes: dict[str, list[str]] = {}
        for ligne in bloc.splitlines():
            nom, valeur = ligne.split(":", 1)
            proprietes.setdefault(nom, []).append(valeur)
        trouves.append(proprietes)
    return trouves


def instants(evenement: dict[str, list[str]]) -> set[datetime]:
    """Every start of an event, expanded by another library."""
    if "DTSTART;VALUE=DATE" in evenement:
        return {datetime.strptime(v, "%Y%m%d") for v in evenement["DTSTART;VALUE=DATE"]}
    locaux = {n: [datetime.strptime(x, "%Y%m%dT%H%M%S") for x in v] for n, v in evenement.items() if "TZID" in n}
    debut = locaux["DTSTART;TZID=Europe/Paris"][0]
    regle = evenement.get("RRULE")
    tous = {debut, *locaux.get("RDATE;TZID=Europe/Paris", [])}
    if regle:
        tous |= {t.replace(tzinfo=None) for t in rrulestr(regle[0], dtstart=debut.replace(tzinfo=PARIS))}
    return tous - set(locaux.get("EXDATE;TZID=Europe/Paris", []))


@pytest.mark.parametrize("arret", ARRETS.values(), ids=ARRETS)
def test_calendar_gives_the_very_dates_of_the_hours_room(atlas: Atlas, arret: dict[str, str]) -> None:
    enregistrement = service(arret)
    connu = arret_horaire(enregistrement.lieu.tournee[0], ())
    passages = hours.prochains_passages(connu, DEPUIS, hours.calendrier("99"), TOUS)
    assert passages
    attendus = {
        datetime.combine(p.jour, time(debut // 60, debut % 60)) for p in passages for debut, _ in p.plages or ((0, 0),)
    }
    trouves = [instants(e) for e in evenements(calendrier(enregistrement, atlas))]
    assert set().union(*trouves) == attendus
    assert sum(map(len, trouves)) == len(attendus)


@pytest.mark.parametrize(
    ("nom", "regle"),
    [
        ("hebdomadaire", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;"),
        ("feries", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;"),
        ("quinzaine", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;"),
        ("trois semaines", "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE;"),
        ("mensuelle", "FREQ=MONTHLY;INTERVAL=1;BYDAY=1WE;"),
        ("trimestrielle", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TH;"),
    ],
)
def test_rhythm_is_a_rule(atlas: Atlas, nom: str, regle: str) -> None:
    (evenement,) = evenements(calendrier(service(ARRETS[nom]), atlas))
    assert evenement["RRULE"][0].startswith(regle)
    assert "UNTIL=" in evenement["RRULE"][0]


def test_temporary_closure_is_excluded(atlas: Atlas) -> None:
    lieu = service(ARRETS["hebdomadaire"], fermetures=[{"du": "2026-12-20", "au": "2027-01-03"}])
    (evenement,) = evenements(calendrier(lieu, atlas))
    jours = {t.date().isoformat() for t in instants(evenement)}
    assert "2026-12-14" in jours
    assert "2026-12-21" not in jours
    assert "2026-12-28" not in jours


def test_nothing_sure_gives_no_calendar(atlas: Atlas) -> None:
    assert calendrier_ics(service({"frequence": "ponctuelle"}), monde.configuration(), atlas) is None
    assert calendrier_ics(monde.fiche(), monde.configuration(), atlas) is None


def test_hostile_texts_open_no_line(atlas: Atlas) -> None:
    piege = "Place\r\nATTACH:https://x.example/\nBEGIN:VALARM;,\\ \u202e\x07\u2028fin"
    lieu = service({**ARRETS["hebdomadaire"], "lieu": piege}, nom=f"{piege} é{'x' * 200}")
    texte = calendrier(lieu, atlas)
    lignes = texte.split("\r\n")
    assert lignes[-1] == ""
    assert "\n" not in texte.replace("\r\n", "")
    assert not any(re.match(r"ATTACH|BEGIN:VALARM", ligne) for ligne in lignes)
    assert all(len(ligne.encode()) <= 75 for ligne in lignes)
    assert "\u202e" not in texte
    assert "\x07" not in texte
    (evenement,) = evenements(texte)
    assert evenement["LOCATION"] == ["Place\\nATTACH:https://x.example/\\nBEGIN:VALARM\\;\\,\\\\ \\nfin\\, Gamma"]


def test_structure_is_that_of_the_standard(atlas: Atlas) -> None:
    texte = calendrier(service(*ARRETS.values()), atlas)
    lignes = texte.replace("\r\n ", "").split("\r\n")
    assert lignes[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    pile: list[str] = []
    for ligne in lignes[:-1]:
        nom, valeur = ligne.split(":", 1)
        if nom == "BEGIN":
            pile.append(valeur)
        elif nom == "END":
            assert pile.pop() == valeur
    assert pile == []
    identifiants = [e["UID"][0] for e in evenements(texte)]
    assert len(set(identifiants)) == len(identifiants)
    assert all({"UID", "DTSTAMP", "SUMMARY", "URL"} <= set(e) for e in evenements(texte))
    assert "TZID:Europe/Paris" in texte
    assert "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200" in texte


def test_calendar_is_written_beside_the_fiche_and_linked(socle: Socle, atlas: Atlas, tmp_path: Path) -> None:
    fiche.ecrire(
        monde.picture(service(ARRETS["quinzaine"])), socle.shell, atlas, monde.libelles(), Chantier.sur(tmp_path)
    )
    octets = (tmp_path / "lieux/99/lieu/arrets.ics").read_bytes()
    assert octets.count(b"BEGIN:VEVENT") == 1
    assert b'href="arrets.ics"' in (tmp_path / "lieux/99/lieu/index.html").read_bytes()


def test_a_call_on_a_silent_holiday_is_to_be_checked(atlas: Atlas) -> None:
    hebdomadaire = {"horaires": "Fr 14:00-17:00", "frequence": "hebdomadaire"}
    (evenement,) = evenements(calendrier(service(hebdomadaire), atlas))
    assert "Jours fériés à vérifier : 25 décembre 2026\\, 1er janvier 2027" in evenement["DESCRIPTION"][0]
    (evenement,) = evenements(calendrier(service({**hebdomadaire, "horaires": "Fr 14:00-17:00; PH off"}), atlas))
    assert "férié" not in evenement["DESCRIPTION"][0]
