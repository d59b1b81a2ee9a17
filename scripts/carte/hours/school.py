"""School holidays of zones A, B and C, of Corse and of La Réunion: the years shipped, and nothing guessed beyond.

Source: national school calendars 2025-2026 and 2026-2027 (Ministère de l'Éducation nationale), as published in the
open data « Le calendrier scolaire » and checked against the package vacances-scolaires-france 0.12.0 (MIT).
Corse and La Réunion set their own calendars: those of OpenHolidays (the académies' decisions, gathered by volunteers).
Days run from the Saturday on which classes stop to the day before they start again, both included.
The other académies overseas have none for 2026-2027 in that source: their answer is always None.
"""

from bisect import bisect_right
from datetime import date

DEBUT, FIN = date(2025, 9, 1), date(2027, 8, 31)

_COMMUNES = (
    ("2025-10-18", "2025-11-02", "vacances de la Toussaint"),
    ("2025-12-20", "2026-01-04", "vacances de Noël"),
    ("2026-07-04", "2026-08-31", "vacances d’été"),
    ("2026-10-17", "2026-11-01", "vacances de la Toussaint"),
    ("2026-12-19", "2027-01-03", "vacances de Noël"),
    ("2027-07-03", "2027-08-31", "vacances d’été"),
)
_PAR_ZONE = {
    "A": (
        ("2026-02-07", "2026-02-22", "vacances d’hiver"),
        ("2026-04-04", "2026-04-19", "vacances de printemps"),
        ("2027-02-13", "2027-02-28", "vacances d’hiver"),
        ("2027-04-10", "2027-04-25", "vacances de printemps"),
    ),
    "B": (
        ("2026-02-14", "2026-03-01", "vacances d’hiver"),
        ("2026-04-11", "2026-04-26", "vacances de printemps"),
        ("2027-02-20", "2027-03-07", "vacances d’hiver"),
        ("2027-04-17", "2027-05-02", "vacances de printemps"),
    ),
    "C": (
        ("2026-02-21", "2026-03-08", "vacances d’hiver"),
        ("2026-04-18", "2026-05-03", "vacances de printemps"),
        ("2027-02-06", "2027-02-21", "vacances d’hiver"),
        ("2027-04-03", "2027-04-18", "vacances de printemps"),
    ),
}
_PROPRES = {
    "Corse": (
        ("2025-10-18", "2025-11-02", "vacances de la Toussaint"),
        ("2025-12-20", "2026-01-04", "vacances de Noël"),
        ("2026-02-14", "2026-03-01", "vacances d’hiver"),
        ("2026-04-11", "2026-04-26", "vacances de printemps"),
        ("2026-07-04", "2026-08-31", "vacances d’été"),
        ("2026-10-17", "2026-11-01", "vacances de la Toussaint"),
        ("2026-12-19", "2027-01-03", "vacances de Noël"),
        ("2027-02-13", "2027-02-28", "vacances d’hiver"),
        ("2027-04-10", "2027-04-25", "vacances de printemps"),
        ("2027-07-03", "2027-08-31", "vacances d’été"),
    ),
    "La Réunion": (
        ("2025-10-11", "2025-10-26", "vacances d’octobre"),
        ("2025-12-20", "2026-01-20", "vacances d’été austral"),
        ("2026-02-28", "2026-03-15", "vacances de mars"),
        ("2026-05-02", "2026-05-17", "vacances de mai"),
        ("2026-07-04", "2026-08-17", "vacances d’hiver austral"),
        ("2026-10-10", "2026-10-25", "vacances d’octobre"),
        ("2026-12-19", "2027-01-31", "vacances d’été austral"),
        ("2027-03-17", "2027-03-29", "vacances de mars"),
        ("2027-05-06", "2027-05-18", "vacances de mai"),
        ("2027-07-10", "2027-08-15", "vacances d’hiver austral"),
    ),
}
# Classes stop on these days without the calendar calling them holidays: whether a place follows is not known.
PONTS = frozenset(date.fromisoformat(j) for j in ("2026-05-15", "2026-05-16", "2027-05-07", "2027-05-08"))

# Départements by académie, grouped by zone (zones in force since 2016).
_ZONES = {
    "A": "25 39 70 90 24 33 40 47 64 03 15 43 63 21 58 71 89 07 26 38 73 74 19 23 87 01 42 69 16 17 79 86",
    "B": "04 05 13 84 02 60 80 59 62 54 55 57 88 44 49 53 72 85 06 83 14 27 50 61 76 18 28 36 37 41 45 "
    "08 10 51 52 22 29 35 56 67 68 99 96",  # 99 and 96 are the fictional départements of the demonstration
    "C": "77 93 94 11 30 34 48 66 75 09 12 31 32 46 65 81 82 78 91 92 95",
    "Corse": "2A 2B 20",
    "La Réunion": "974",
}
ZONE_DU_DEPARTEMENT = {code: zone for zone, codes in _ZONES.items() for code in codes.split()}

Periode = tuple[date, date, str]
PERIODES: dict[str, tuple[Periode, ...]] = {
    zone: tuple(sorted((date.fromisoformat(du), date.fromisoformat(au), nom) for du, au, nom in periodes))
    for zone, periodes in (*((z, (*_COMMUNES, *siennes)) for z, siennes in _PAR_ZONE.items()), *_PROPRES.items())
}


def vacances(zone: str | None, jour: date) -> str | bool | None:
    """Name of the school holiday, False on a school day, None when the calendar of that day is not known."""
    if zone is None or not DEBUT <= jour <= FIN or jour in PONTS:
        return None
    periodes = PERIODES[zone]
    rang = bisect_right(periodes, jour, key=lambda periode: periode[0]) - 1
    if rang >= 0 and jour <= periodes[rang][1]:
        return periodes[rang][2]
    return False
