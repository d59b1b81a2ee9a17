"""« Sur rendez-vous », « Uniquement sur RDV le samedi », « sur RDV l'après-midi »: a comment that says only this."""

import re
from collections.abc import Mapping, Sequence

from carte.hours.phrase import JOURS, Plages
from carte.hours.phrase.ecriture import heures
from carte.hours.phrase.jours import dans_la_moitie
from carte.imports.textes import normaliser

Demande = tuple[int, str]
"""A day (-1: all of them) and a half of it: « matin », « aprem », or nothing for the whole day."""

_RDV = '"sur rendez-vous"'
_EN_TETE = re.compile(r"\bsur (?:rdv|rendez vous)\b|\b(?:rdv|rendez vous) obligatoires?\b")
_CONTACT = re.compile(r"\S+@\S+|(?:\+|\b0)\d[\d .\-/]{7,}|\b3\d{3}\b")
# Every word of a comment that only asks for an appointment, and how to take one.
_MOTS = set(
    "accueil permanence permanences uniquement exclusivement seulement sur rdv rendez vous pour toute toutes demarche "
    "demarches au a l tel telephone par mail courriel ou et de du prise le numero obligatoire obligatoires".split()
)
_MOITIES = {"matin": "matin", "matins": "matin", "apres midi": "aprem", "apres midis": "aprem"}
_MOITIE = r"matins?|apres midis?"
_NOM = rf"(?:{'|'.join(JOURS)})"
_CIBLE = re.compile(
    rf"(?:du (?P<debut>{_NOM}) au (?P<fin>{_NOM})|(?:les? )?(?P<jour>{_NOM})s?)(?: (?P<moitie>{_MOITIE}))?"
)
_MOITIE_SEULE = re.compile(rf"(?:les? |l )?(?P<moitie>{_MOITIE})")
_LIEN = re.compile(r" ?\bet ?\b| ")


def lire(commentaire: str) -> Sequence[Demande] | None:
    """When one comes by appointment; None when the comment says anything else, or may be read in two ways."""
    dit = normaliser(_CONTACT.sub(" ", commentaire))
    if not _EN_TETE.search(dit) or "conseil" in dit:
        return None
    # Days and half-days stand together, before or after the words of the appointment.
    cibles = re.search(rf"(?:(?:du|les?|l) )?\b(?:{_NOM}s?|{_MOITIE})\b(?:.*\b(?:{_NOM}s?|{_MOITIE})\b)?", dit)
    reste = dit if cibles is None else dit[: cibles.start()] + dit[cibles.end() :]
    if not set(reste.split()) <= _MOTS:
        return None
    return [(-1, "")] if cibles is None else _cibles(cibles.group())


def _cibles(texte: str) -> Sequence[Demande] | None:
    seule = _MOITIE_SEULE.fullmatch(texte)
    if seule is not None:
        return [(-1, _MOITIES[seule["moitie"]])]
    demandes: list[Demande] = []
    moities: list[str] = []
    position = 0
    while position < len(texte):
        trouve = _CIBLE.match(texte, position)
        if trouve is None:
            return None
        moities.append(_MOITIES.get(trouve["moitie"] or "", ""))
        demandes += [(rang, moities[-1]) for rang in _rangs(trouve)]
        lien = _LIEN.match(texte, trouve.end())
        position = lien.end() if lien else len(texte) if trouve.end() == len(texte) else -1
        if position < 0:
            return None
    # « le mardi et le vendredi après-midi »: nobody knows of which half of Tuesday.
    return demandes if all(moities) or not any(moities) else None


def _rangs(trouve: re.Match[str]) -> Sequence[int]:
    if trouve["jour"]:
        return (JOURS.index(trouve["jour"]),)
    return range(JOURS.index(trouve["debut"]), JOURS.index(trouve["fin"]) + 1)


def appliquer(plages: Plages, rang: int, demandes: Sequence[Demande]) -> list[str]:
    """The OSM texts of a day: the hours that are open, then those by appointment. Hours that are of no half, or of
    both, are unknown."""
    moities = {moitie for jour, moitie in demandes if jour in (rang, -1)}
    if not plages or not moities:
        return [heures(plages)]
    if moities & {""} or moities == {"matin", "aprem"}:
        return [f"{heures(plages)} {_RDV}"]
    (moitie,) = moities
    autre = "aprem" if moitie == "matin" else "matin"
    if any(dans_la_moitie(plage, "matin") == dans_la_moitie(plage, "aprem") for plage in plages):
        return [f'{heures(plages)} unknown "sur rendez-vous pour une partie de ces heures"']
    libres = [plage for plage in plages if dans_la_moitie(plage, autre)]
    demandees = [plage for plage in plages if dans_la_moitie(plage, moitie)]
    textes = [heures(libres)] if libres else []
    return textes + ([f"{heures(demandees)} {_RDV}"] if demandees else [])


def touche(semaine: Mapping[int, Plages], demandes: Sequence[Demande]) -> bool:
    """Whether hours of the week are among those that the comment speaks of; else it speaks of hours nobody wrote."""
    return any(_RDV in texte or "unknown" in texte for j, p in semaine.items() for texte in appliquer(p, j, demandes))
