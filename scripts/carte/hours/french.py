"""French words for hours, days, dates, weeks and rules."""

from datetime import date

from carte.hours.rules import JOURNEE, SANS_FIN, TOUS_LES_JOURS, Borne, Etat, Pas, Regle

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_RANGS = {1: "1er", 2: "2e", 3: "3e", 4: "4e", 5: "5e", -1: "dernier", -2: "avant-dernier"}
_PAQUES = {
    0: "dimanche de Pâques",
    1: "lundi de Pâques",
    -2: "vendredi saint",
    39: "Ascension",
    50: "lundi de Pentecôte",
}
ETATS = {
    Etat.OUVERT: "ouvert",
    Etat.FERME: "fermé",
    Etat.SUR_RENDEZ_VOUS: "sur rendez-vous",
    Etat.INCONNU: "horaires inconnus",
}


def heure(minute: int) -> str:
    """570 → « 9 h 30 », 1440 → « minuit »; minutes past midnight are those of the next day."""
    if minute == JOURNEE:
        return "minuit"
    heures, minutes = divmod(minute % JOURNEE, 60)
    return f"{heures} h {minutes:02}" if minutes else f"{heures} h"


def plage(debut: int, fin: int) -> str:
    """« 9 h – 12 h », « 24 heures sur 24 »."""
    if fin - debut == JOURNEE:
        return "24 heures sur 24"
    return f"{heure(debut)} – {heure(fin)}"


def jour_et_mois(jour: date) -> str:
    """« 1er mai », « 14 juillet »."""
    return f"{_quantieme(jour.day)} {MOIS[jour.month - 1]}"


def _quantieme(jour: int) -> str:
    return "1er" if jour == 1 else str(jour)


def enumerer(mots: list[str]) -> str:
    """« a, b et c »."""
    return " et ".join((", ".join(mots[:-1]), mots[-1])) if len(mots) > 1 else "".join(mots)


def jours(masque: int, rangs: tuple[tuple[int, int], ...] = ()) -> str:
    """« du lundi au vendredi », « mardi et jeudi », « 1er lundi du mois », empty for every day."""
    if masque == TOUS_LES_JOURS:
        return ""
    nommes = [rang for rang in range(7) if masque >> rang & 1]
    if len(nommes) > 2 and nommes[-1] - nommes[0] == len(nommes) - 1:
        mots = [f"du {JOURS[nommes[0]]} au {JOURS[nommes[-1]]}"]
    else:
        mots = [JOURS[rang] for rang in nommes]
    mots += [f"{rang_du_mois(rang)} {JOURS[jour]} du mois" for jour, rang in rangs]
    return enumerer(mots)


def rang_du_mois(rang: int) -> str:
    """1 → « 1er », -1 → « dernier », -3 → « 3e avant la fin : »."""
    return _RANGS.get(rang) or f"{-rang}e à partir de la fin,"


def semaines(suites: tuple[Pas, ...]) -> str:
    """« semaines impaires », « semaines paires », « semaines 10 à 20 », « semaine 53 »."""
    if len(suites) == 1:
        debut, fin, pas = suites[0]
        if pas == 2 and debut <= 2 and fin >= 51:
            return "semaines impaires" if debut == 1 else "semaines paires"
        if debut == fin:
            return f"semaine {debut}"
    mots = [
        str(debut) if debut == fin else f"{debut} à {fin}" + (f" (une sur {pas})" if pas > 1 else "")
        for debut, fin, pas in suites
    ]
    return "semaines " + enumerer(mots)


def annees(suites: tuple[Pas, ...]) -> str:
    """« en 2026 », « de 2026 à 2027 », « à partir de 2026 »."""
    mots = []
    for debut, fin, pas in suites:
        if fin == SANS_FIN:
            mots.append(f"à partir de {debut}")
        elif debut == fin:
            mots.append(f"en {debut}")
        else:
            mots.append(f"de {debut} à {fin}" + (f" (une année sur {pas})" if pas > 1 else ""))
    return enumerer(mots)


def dates(plage_de_dates: tuple[Borne, Borne]) -> str:
    """« 25 décembre », « juillet », « de janvier à juin », « du 14 juillet au 15 août 2026 », « lundi de Pâques »."""
    debut, fin = plage_de_dates
    if debut == fin:
        return _borne(debut)
    if debut[1] and fin[1] and debut[2] == 1 and fin[2] == 31:
        nom_1, nom_2 = _mois(debut), _mois(fin)
        if nom_1 == nom_2:
            return nom_1
        if fin[1] == debut[1] % 12 + 1:
            return f"{nom_1} et {nom_2}"
        return f"{'d’' if nom_1[0] in 'ao' else 'de '}{nom_1} à {nom_2}"
    return f"du {_borne(debut)} au {_borne(fin)}"


def _mois(borne: Borne) -> str:
    return MOIS[borne[1] - 1] + (f" {borne[0]}" if borne[0] else "")


def _borne(borne: Borne) -> str:
    annee, mois, jour = borne
    suite = f" {annee}" if annee else ""
    if mois:
        return f"{_quantieme(jour)} {MOIS[mois - 1]}{suite}"
    nom = _PAQUES.get(jour) or f"{abs(jour)} jours {'après' if jour > 0 else 'avant'} Pâques"
    return nom + suite


def heures_de_regle(regle: Regle) -> str:
    """What a rule gives: « 9 h – 12 h, 14 h – 18 h », « fermé », « sur rendez-vous », with its comment."""
    mots = [
        f"{plage(debut, fin)}{' ou plus tard' if ouverte else ''}" if fin > debut else f"à partir de {heure(debut)}"
        for debut, fin, ouverte in regle.heures
    ]
    horaires = ", ".join(mots)
    commentaire = regle.commentaire.strip()
    if regle.sens == "off":
        horaires = f"fermé ({horaires})" if horaires else "fermé"
    elif regle.sens == "rdv":
        return f"{horaires} ({commentaire})" if horaires else commentaire
    elif regle.sens == "unknown" and not commentaire:
        return f"{horaires} (à confirmer)" if horaires else ETATS[Etat.INCONNU]
    elif not horaires:
        horaires = "24 heures sur 24" if regle.sens == "open" else ""
    return f"{horaires} ({commentaire})" if commentaire and horaires else horaires or commentaire
