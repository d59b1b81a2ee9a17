"""The part of a rule that comes before its days: years, months and dates, Easter, ISO weeks."""

from typing import NamedTuple

from carte.hours.errors import HorairesInvalides
from carte.hours.reader import Lecteur
from carte.hours.rules import SANS_FIN, Borne, Pas

_JOURS_DU_MOIS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Easter is from 22 March to 25 April: within these, the day is always of the same year.
_AVANT_PAQUES, _APRES_PAQUES = -80, 250
_DATES = frozenset({"mois", "paques"})


class Selecteurs(NamedTuple):
    annees: tuple[Pas, ...]
    dates: tuple[tuple[Borne, Borne], ...]
    semaines: tuple[Pas, ...]


def lire_dates(lecteur: Lecteur) -> Selecteurs:
    """Years, dates and weeks at the head of a rule (all empty when it has none)."""
    if lecteur.genre not in ("nombre", "mois", "paques", "semaine"):
        return Selecteurs((), (), ())
    depart = lecteur.mot.debut
    annees = () if _annee_datee(lecteur) else _annees(lecteur)
    dates = _liste_dates(lecteur)
    semaines = _semaines(lecteur)
    if annees and any(debut[0] for debut, _ in dates):
        annees, dates = (), _meme_forme(annees, dates, depart)
    if annees and any(_traverse_l_an(plage) for plage in dates):
        raise HorairesInvalides(
            "Cette période passe le 1er janvier : donnez ses deux années, par exemple « 2026 Dec 20-2027 Jan 5 ».",
            depart,
        )
    lecteur.passer(":")
    return Selecteurs(annees, dates, semaines)


def _meme_forme(
    annees: tuple[Pas, ...], dates: tuple[tuple[Borne, Borne], ...], depart: int
) -> tuple[tuple[Borne, Borne], ...]:
    """`2026 Dec 25,2027 Jan 1`: the first year belongs to the dates that carry none."""
    annee, derniere, _ = annees[0]
    if len(annees) > 1 or annee != derniere:
        raise HorairesInvalides("Donnez l’année de chaque date, ou les années en tête de la règle.", depart)
    return tuple(plage if plage[0][0] else ((annee, *plage[0][1:]), (annee, *plage[1][1:])) for plage in dates)


def _traverse_l_an(plage: tuple[Borne, Borne]) -> bool:
    (an_1, *debut), (an_2, *fin) = plage
    return not (an_1 or an_2) and debut > fin and bool(debut[0] and fin[0])


def _annee_datee(lecteur: Lecteur) -> bool:
    """True for `2026 Jul 14-2026 Aug 15` or `2026 Dec 25`: the year belongs to the date, not to the whole rule."""
    if lecteur.genre != "nombre" or lecteur.suivant not in _DATES:
        return False
    rang = 2
    while lecteur.genre_a(rang) in ("nombre", "decalage", "+", "-"):
        if lecteur.genre_a(rang) == "nombre" and lecteur.genre_a(rang + 1) in _DATES:
            return True
        rang += 1
    return False


def _annees(lecteur: Lecteur) -> tuple[Pas, ...]:
    annees: list[Pas] = []
    while lecteur.genre == "nombre":
        debut = _annee(lecteur)
        fin, pas = debut, 1
        if lecteur.passer("+"):
            fin = SANS_FIN
        elif lecteur.passer("-"):
            place = lecteur.mot.debut
            fin = _annee(lecteur)
            if fin < debut:
                raise HorairesInvalides("La dernière année précède la première.", place)
            pas = _pas(lecteur)
        annees.append((debut, fin, pas))
        if not (lecteur.genre == "," and lecteur.suivant == "nombre"):
            break
        lecteur.prendre()
    return tuple(annees)


def _annee(lecteur: Lecteur) -> int:
    place = lecteur.mot.debut
    annee = lecteur.nombre("nombre", "une année")
    if not 1900 <= annee < SANS_FIN:
        raise HorairesInvalides(
            f"« {annee} » n’est pas attendu ici : une heure s’écrit 09:00, une année a quatre chiffres.", place
        )
    return annee


def _pas(lecteur: Lecteur) -> int:
    if not lecteur.passer("/"):
        return 1
    place = lecteur.mot.debut
    pas = lecteur.nombre("nombre", "un pas, par exemple 2")
    if pas < 1:
        raise HorairesInvalides("Un pas vaut au moins 1.", place)
    return pas


def _liste_dates(lecteur: Lecteur) -> tuple[tuple[Borne, Borne], ...]:
    plages: list[tuple[Borne, Borne]] = []
    while lecteur.genre in _DATES or (lecteur.genre == "nombre" and lecteur.suivant in _DATES):
        plages.extend(_plage(lecteur))
        if lecteur.genre != "," or not _suite_de_dates(lecteur):
            break
        lecteur.prendre()
    return tuple(plages)


def _suite_de_dates(lecteur: Lecteur) -> bool:
    return lecteur.suivant in _DATES or (lecteur.suivant == "nombre" and lecteur.genre_a(2) in _DATES)


def _plage(lecteur: Lecteur) -> list[tuple[Borne, Borne]]:
    """One range of dates; several for `Dec 24,26`."""
    depart = lecteur.mot.debut
    debut, entier = _borne(lecteur)
    if lecteur.passer("-"):
        return [(debut, _fin(lecteur, debut, entier, depart))]
    if lecteur.genre == "+":
        raise HorairesInvalides(
            "Une période sans fin n’est acceptée que pour une année (« 2026+ »).", lecteur.mot.debut
        )
    if entier:
        return [(debut, _dernier_jour(debut))]
    plages = [(debut, debut)]
    while lecteur.genre == "," and lecteur.suivant == "nombre" and lecteur.genre_a(2) not in _DATES:
        lecteur.prendre()
        jour = (debut[0], debut[1], _jour(lecteur, debut[1]))
        plages.append((jour, (*debut[:2], _jour(lecteur, debut[1])) if lecteur.passer("-") else jour))
    return plages


def _fin(lecteur: Lecteur, debut: Borne, entier: bool, depart: int) -> Borne:
    if lecteur.genre == "nombre" and lecteur.suivant not in _DATES and not entier and debut[1]:
        fin: Borne = (debut[0], debut[1], _jour(lecteur, debut[1]))  # `Jul 14-20`
        if fin < debut:
            raise HorairesInvalides("Le dernier jour de la période précède le premier.", depart)
        return fin
    fin, fin_entiere = _borne(lecteur)
    if entier != fin_entiere:
        raise HorairesInvalides("Une période va d’un mois à un mois, ou d’une date à une date.", depart)
    if bool(debut[0]) != bool(fin[0]):
        raise HorairesInvalides("Donnez l’année des deux bouts de la période, ou d’aucun.", depart)
    if debut[0] and fin < debut and fin[1]:
        raise HorairesInvalides("La fin de la période précède son début.", depart)
    return _dernier_jour(fin) if fin_entiere else fin


def _borne(lecteur: Lecteur) -> tuple[Borne, bool]:
    """One end of a range, and whether it is a whole month."""
    annee = _annee(lecteur) if lecteur.genre == "nombre" else 0
    if lecteur.passer("paques"):
        return (annee, 0, _decalage(lecteur)), False
    mois = lecteur.nombre("mois", "un mois (Jan, Feb, Mar…)")
    if lecteur.genre == "nombre" and lecteur.suivant not in _DATES:
        return (annee, mois, _jour(lecteur, mois)), False
    return (annee, mois, 1), True


def _dernier_jour(borne: Borne) -> Borne:
    return (borne[0], borne[1], 31)


def _jour(lecteur: Lecteur, mois: int) -> int:
    place = lecteur.mot.debut
    jour = lecteur.nombre("nombre", "un jour du mois")
    if not 1 <= jour <= _JOURS_DU_MOIS[mois - 1]:
        raise HorairesInvalides(f"Ce mois n’a pas de jour {jour}.", place)
    return jour


def _decalage(lecteur: Lecteur) -> int:
    """`+1 day`, `-2 days` after easter, 0 when absent."""
    if lecteur.genre not in ("+", "-") or lecteur.suivant != "nombre" or lecteur.genre_a(2) != "decalage":
        return 0
    signe = -1 if lecteur.prendre().genre == "-" else 1
    place = lecteur.mot.debut
    jours = signe * lecteur.nombre("nombre", "un nombre de jours")
    lecteur.attendre("decalage", "le mot « days »")
    if not _AVANT_PAQUES <= jours <= _APRES_PAQUES:
        raise HorairesInvalides(
            f"Un décalage va de {-_AVANT_PAQUES} jours avant Pâques à {_APRES_PAQUES} jours après : au-delà, ce "
            "serait une autre année. Écrivez la date.",
            place,
        )
    return jours


def _semaines(lecteur: Lecteur) -> tuple[Pas, ...]:
    if not lecteur.passer("semaine"):
        return ()
    semaines: list[Pas] = []
    while True:
        place = lecteur.mot.debut
        debut = fin = lecteur.nombre("nombre", "un numéro de semaine")
        pas = 1
        if lecteur.passer("-"):
            fin = lecteur.nombre("nombre", "un numéro de semaine")
            pas = _pas(lecteur)
        if not 1 <= debut <= fin <= 53:
            raise HorairesInvalides("Les semaines vont de 1 à 53, la plus petite en premier.", place)
        semaines.append((debut, fin, pas))
        if not (lecteur.genre == "," and lecteur.suivant == "nombre"):
            return tuple(semaines)
        lecteur.prendre()
