"""Temporary closures of a record, laid over its hours as the dated rules that OSM would write."""

from collections.abc import Iterable
from datetime import date

from carte.hours.horaires import Horaires
from carte.hours.rules import Borne, Regle

# First and last day (both closed), and why when it is said.
Fermeture = tuple[date, date, str | None]


def avec_fermetures(horaires: Horaires | None, fermetures: Iterable[Fermeture]) -> Horaires | None:
    """Hours that also say the closures; the same as `2026 Jul 14-2026 Aug 15 off "motif"` at the end of the text.

    Without hours, the days of closure are closed and the others stay unknown.
    """
    regles = tuple(_regle(*fermeture) for fermeture in fermetures)
    if not regles:
        return horaires
    if horaires is None:
        return Horaires("", regles)
    return Horaires(horaires.texte, horaires.regles + regles)


def _regle(du: date, au: date, motif: str | None) -> Regle:
    return Regle(sens="off", commentaire=motif or "fermeture temporaire", dates=((_borne(du), _borne(au)),))


def _borne(jour: date) -> Borne:
    return (jour.year, jour.month, jour.day)
