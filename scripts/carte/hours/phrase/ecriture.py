"""A week as OSM text: days with the same hours together, then what closes it."""

from collections.abc import Mapping, Sequence

Plages = list[tuple[int, int]]
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
OSM = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def ecrire(semaine: Mapping[int, Plages]) -> str:
    """OSM text of a week: {0: [(540, 720)]} → "Mo 09:00-12:00"; days with the same hours are grouped.

    A day present without hours is closed for sure ("off"); an absent day is simply not mentioned.
    """
    return "; ".join(regles({rang: heures(plages) for rang, plages in semaine.items()}))


def heures(plages: Sequence[tuple[int, int]]) -> str:
    """ "09:00-12:00,14:00-17:00", "off" without any."""
    return ",".join(f"{_hh_mm(debut)}-{_hh_mm(fin)}" for debut, fin in plages) or "off"


def regles(par_jour: Mapping[int, str]) -> list[str]:
    """One rule for all the days of the same text, in the order of the week."""
    groupes: dict[str, list[int]] = {}
    for rang in sorted(par_jour):
        groupes.setdefault(par_jour[rang], []).append(rang)
    return [f"{jours(rangs)} {texte}" for texte, rangs in groupes.items()]


def jours(rangs: Sequence[int]) -> str:
    """[0, 1, 2, 4] → "Mo-We,Fr"; two neighbours are written as a list ("Mo,Tu")."""
    suites: list[list[int]] = []
    for rang in rangs:
        if suites and suites[-1][-1] == rang - 1:
            suites[-1].append(rang)
        else:
            suites.append([rang])
    return ",".join(
        f"{OSM[suite[0]]}-{OSM[suite[-1]]}" if len(suite) > 2 else ",".join(OSM[rang] for rang in suite)
        for suite in suites
    )


def _hh_mm(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
