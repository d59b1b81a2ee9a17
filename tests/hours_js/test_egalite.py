"""The browser's evaluator says what Python says: same states, changes, openings, dates and words, to the letter."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from carte import nomenclature
from carte.hours import HorairesInvalides, donnees_calendriers, parse
from carte.hours.tournees import MOIS, SEMAINES
from carte.records import Contexte, Lieu, lire
from hasard import Graine
from hours import tirages
from hours_js.cas import Cas, des_lieux, instants
from hours_js.indre import lieux_de_l_indre
from hours_js.noeud import lancer

DEPARTEMENTS = ("36", "25", "75", "2A", "57", "67", "68", "971", "972", "973", "974", "975", "987", "99")
ILES = ("98731", "98719", None)
CALENDRIERS = donnees_calendriers({*DEPARTEMENTS, "59", "96"})
FREQUENCES = (*SEMAINES, *MOIS, "deux fois par mois", "ponctuelle")
MIDIS = [datetime(2026, 11, 23, 9, 30, tzinfo=UTC) + timedelta(hours=rang) for rang in range(0, 24 * 45, 41)]


def _ecarts(cas: list[Cas]) -> list[str]:
    """Every question on which the two do not give the very same answer."""
    lot = {"calendriers": CALENDRIERS, "cas": [c.question() for c in cas]}
    return [
        ecart
        for c, la_bas in zip(cas, lancer("evaluer.mjs", lot), strict=True)
        for instant, ici, autre in zip(c.instants, _en_json(c.reponses), la_bas, strict=True)
        for ecart in _ecarts_du_moment(c, instant, ici, autre)
    ]


def _ecarts_du_moment(cas: Cas, instant: datetime, ici: dict[str, Any], la_bas: dict[str, Any]) -> list[str]:
    assert ici.keys() == la_bas.keys()
    quoi = f"{cas.texte!r} {cas.fermetures or ''} {cas.frequence or ''} ({cas.departement}) le {instant}"
    return [f"{quoi}, {cle} : Python {ici[cle]}, navigateur {la_bas[cle]}" for cle in ici if ici[cle] != la_bas[cle]]


def _en_json(valeur: Any) -> Any:
    return json.loads(json.dumps(valeur))


def _lieux(dossier: Path, racine: Path) -> list[tuple[str, Lieu]]:
    contexte = Contexte(date(2026, 11, 23), nomenclature.lire(racine / "offers" / "nomenclature"))
    return [(e.departement, e.lieu) for e in lire(dossier, contexte).enregistrements]


def test_every_record_of_the_demonstration(racine: Path, graine: Graine) -> None:
    lieux = _lieux(racine / "offers", racine)
    assert len(lieux) > 40
    cas = des_lieux(lieux, [*MIDIS, *instants(random.Random(graine(1)), 10)])
    assert any(c.frequence for c in cas)
    assert _ecarts(cas) == []


@pytest.mark.partage
def test_every_record_of_the_indre(partage: Path, racine: Path, tmp_path: Path, graine: Graine) -> None:
    lieux = [("36", lieu) for lieu in lieux_de_l_indre(partage, racine, tmp_path)]
    assert len(lieux) == 43
    assert _ecarts(des_lieux(lieux, [*MIDIS, *instants(random.Random(graine(2)), 10)])) == []


@pytest.mark.partage
def test_every_osm_text_of_hauts_de_france(partage: Path, graine: Graine) -> None:
    fiches = json.loads((partage / "data/hauts-de-france/lieux-standard-2022.geojson").read_text("utf-8"))["features"]
    textes = sorted({f["properties"]["horaires"] for f in fiches if f["properties"].get("horaires")})
    assert len(textes) > 50
    hasard = random.Random(graine(3))
    assert _ecarts([Cas(texte, "59", instants(hasard, 15)) for texte in textes]) == []


def _le(utc: str) -> tuple[datetime, ...]:
    return (datetime.fromisoformat(utc).replace(tzinfo=UTC),)


# What a draw seldom meets, one line each; a faulty browser module was once let through by its absence.
RARETES = {
    "nuit-apres-un-pont": Cas("Mo-Fr 09:00-12:00; SH 21:00-26:30", "36", _le("2026-05-16T23:00")),
    "paques-d-une-autre-annee": Cas("2025 Dec 20-2026 easter Mo-Fr 09:00-12:00", "36", _le("2026-04-02T09:00")),
    "deux-fetes-le-meme-jour": Cas("Mo-Su 09:00-12:00", "972", _le("2031-05-20T12:00")),
    "fete-d-une-autre-annee": Cas("Mo-Su 09:00-12:00; 2025 Dec 25 off", "36", _le("2026-12-20T12:00")),
    "jeudi-17-h-pile": Cas("Th 17:00-18:00", "36", _le("2026-11-26T16:00")),
    "passage-qui-finit": Cas("Mo 08:00-10:00", "36", _le("2026-11-23T09:00"), frequence="hebdomadaire"),
    "jamais": Cas("off", "36", _le("2026-11-23T09:00")),
    "toujours": Cas("24/7", "36", _le("2026-11-23T09:00")),
    "toujours-a-noel": Cas("24/7", "36", _le("2026-12-25T09:00")),
    "tous-les-jours-a-noel": Cas("Mo-Su 00:00-24:00", "36", _le("2026-12-25T09:00")),
    "sans-horaires-mais-ferme": Cas(
        None, "36", _le("2026-11-23T09:00"), fermetures=((date(2026, 11, 20), date(2026, 11, 25), "travaux"),)
    ),
}


@pytest.mark.parametrize("cas", RARETES.values(), ids=RARETES.keys())
def test_what_a_draw_seldom_meets(cas: Cas) -> None:
    assert _ecarts([cas]) == []


def _texte(hasard: random.Random) -> str | None:
    """A drawn text, often with what the peer's draw leaves out: school holidays, nights, open ends, absence."""
    plus: tuple[str, ...] = ("; SH off", "; SH We 14:00-18:00", ", PH,SH 10:00-11:00", "; Sa 21:00-26:30", "")
    plus += (
        "; Su 00:00-03:30",
        "; SH Mo-Fr off",
        '; Dec 24 10:00-12:00+ "bal"',
        "; easter -2 days off",
        "; week 53 02:00-03:00 unknown",
    )
    while hasard.random() < 0.99:
        texte = tirages.texte(hasard) + hasard.choice(plus)
        try:
            parse(texte)
        except HorairesInvalides:
            continue  # refused by the parser: there is nothing to evaluate
        return texte
    return None


def _cas(hasard: random.Random) -> Cas:
    departement = hasard.choice(DEPARTEMENTS)
    jour = date(2026, 1, 1) + timedelta(days=hasard.randrange(700))
    fin = jour + timedelta(days=hasard.choice([0, 1, 20]))
    return Cas(
        _texte(hasard),
        departement,
        instants(hasard, 4),
        hasard.choice(ILES) if departement == "987" else None,
        ((jour, fin, hasard.choice([None, "travaux"])),) if hasard.random() < 0.2 else (),
        hasard.choice(FREQUENCES) if hasard.random() < 0.3 else None,
        jour if hasard.random() < 0.7 else None,
    )


def test_thousands_of_drawn_questions(graine: Graine) -> None:
    hasard = random.Random(graine(20261123))
    cas = [_cas(hasard) for _ in range(900)]
    etats = {r["etat"] for c in cas for r in c.reponses}
    assert etats == {"ouvert", "ferme", "sur_rendez_vous", "inconnu"}
    assert {c.departement for c in cas} == set(DEPARTEMENTS)
    assert _ecarts(cas) == []


@pytest.mark.parametrize("texte", ["24/7; 02:00-03:00 off", "Sa 22:00-26:30", "Su 02:10-02:50", "Su 01:30-02:00"])
@pytest.mark.parametrize("departement", ["36", "975"])
def test_minute_by_minute_when_clocks_change(texte: str, departement: str) -> None:
    nuits = ("2026-03-28T22:30", "2026-10-24T22:30", "2026-03-08T03:30", "2026-11-01T02:30")
    debuts = [datetime.fromisoformat(nuit).replace(tzinfo=UTC) for nuit in nuits]
    tous = tuple(debut + timedelta(minutes=rang) for debut in debuts for rang in range(0, 300, 10))
    assert _ecarts([Cas(texte, departement, tous)]) == []


def test_each_kind_of_calendar_day_after_day() -> None:
    """Two years of public and school holidays, through places that keep them in their hours."""
    debuts = tuple(datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=14 * rang) for rang in range(52))
    textes = ("Mo-Su 10:00-12:00; PH off", "Mo-Su 10:00-12:00; SH 14:00-16:00")
    assert _ecarts([Cas(t, d, debuts) for t in textes for d in DEPARTEMENTS]) == []
