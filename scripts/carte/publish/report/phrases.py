"""How the report words a figure: plurals, nothing, one, unknown, and never more than the figure says."""

import math
import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from carte.access import Calibration, Mode
from carte.choix import CRITERES
from carte.indicators import Mesure, Parametres, Part, format_nombre, format_pct, format_quantite
from carte.indicators.wording import format_taux
from carte.publish.textes import date_longue

if TYPE_CHECKING:
    from carte.publish.report.lignes import Ligne

INCONNU = "inconnu"
SANS_OBJET = "sans objet"
ESPACE = "\u00a0"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_FEMININS = {"commune", "fiche", "intercommunalité", "heure", "ligne", "personne"}
_PLURIELS = {"local": "locaux", "lieu": "lieux", "point d’accueil": "points d’accueil"}
_STATUTS = {"deficit": "en déficit", "incertain": "incertain", "non": "non", "inconnu": INCONNU}


def compter(nombre: float | None, singulier: str, pluriel: str | None = None) -> str:
    """« aucun lieu », « 1 lieu », « 2 lieux », « nombre de lieux inconnu »; a small estimate is « moins de 1 lieu »."""
    plusieurs = pluriel or _PLURIELS.get(singulier) or f"{singulier}s"
    if nombre is None:
        return f"nombre {_de(plusieurs)} inconnu"
    if nombre == 0:
        return f"aucun{'e' if singulier.split()[0] in _FEMININS else ''} {singulier}"
    if 0 < nombre < 0.5:
        return f"moins de 1 {singulier}"
    return f"{format_nombre(nombre)}{ESPACE}{singulier if round(nombre) < 2 else plusieurs}"


def effectif(nombre: float | None) -> str:
    """A count without its noun, for a table: « 12 345 », « moins de 1 », « inconnu »."""
    if nombre is None:
        return INCONNU
    return "moins de 1" if 0 < nombre < 0.5 else format_nombre(nombre)


def taux(part: Part) -> str:
    """The share alone: « 76,9 % », « entre 10,0 % et 20,0 % », « sans objet », « inconnu ».

    Bounds that read the same are written once.
    """
    if part.taux is None and part.bornes is not None and not intervalle(part):
        return format_taux(part.bornes[0])
    return format_pct(part)


def rapport(part: Part, nom: str = "") -> str:
    """Numerator and denominator of a share: « 123 locaux sur 1 000 », « entre 100 et 200 locaux sur 1 000 ».

    `nom` is the singular of what is counted; without it, figures alone. Counts that read the same are written once.
    """
    if part.denominateur is None:
        return INCONNU
    if part.denominateur == 0 or part.bas is None or part.haut is None:
        return SANS_OBJET
    dire = partial(compter, singulier=nom) if nom else effectif
    total = effectif(part.denominateur)
    if part.numerateur is not None:
        return f"{dire(part.numerateur)} sur {total}"
    if part.lectures is not None:
        dit, possible = part.lectures
        return f"{'au plus ' if part.tu else _entre(dit, possible)}{dire(possible)} sur {total}"
    return f"{_entre(part.bas, part.haut)}{dire(part.haut)} sur {total}"


def _entre(bas: float, haut: float) -> str:
    """What comes before the higher count; nothing when both read the same."""
    return "" if effectif(bas) == effectif(haut) else f"entre {effectif(bas)} et "


def part_complete(part: Part, nom: str) -> str:
    """A share with its two counts: « 76,9 % (123 locaux sur 160) »; the bare word when it has none."""
    return f"{taux(part)} ({rapport(part, nom)})" if part.bornes is not None else taux(part)


def sur_incertain_non(part: Part, nom: str = "habitant") -> str:
    """The three groups of a coverage: « sûr : 60 habitants ; incertain : 30 ; non : 10 »."""
    if part.bornes is None:
        return taux(part)
    return f"sûr : {compter(part.bas, nom)} ; incertain : {effectif(part.incertain)} ; non : {effectif(part.non)}"


def intervalle(part: Part) -> str:
    """The bounds of a share when they differ: « de 60,0 % à 80,0 % »; empty when there is nothing to add."""
    if part.bornes is None:
        return ""
    bas, haut = (format_taux(borne) for borne in part.bornes)
    return "" if bas == haut else f"de {bas} à {haut}"


def mesure(valeur: Mesure, unite: str, decimales: int = 1) -> str:
    """« 7,3 minutes », « 0,9 heure », « inconnu »; « aucun lieu » for a time that is infinite. `unite`: its plural."""
    if valeur.valeur is None:
        return INCONNU
    if math.isinf(valeur.valeur):
        return "aucun lieu"
    return f"{format_quantite(valeur.valeur, decimales)}{ESPACE}{_accorder(unite, valeur.valeur, decimales)}".rstrip(
        ESPACE
    )


def bornes(valeur: Mesure, decimales: int = 1) -> str:
    """The interval of a measure when it says more than its value: « de 5,8 à 9,1 »; else empty."""
    if valeur.bas is None or valeur.haut is None or math.isinf(valeur.bas):
        return ""
    bas = format_nombre(valeur.bas, decimales)
    if math.isinf(valeur.haut):
        return f"au moins {bas}"
    haut = format_nombre(valeur.haut, decimales)
    return "" if bas == haut else f"de {bas} à {haut}"


def lieux_par_etat(ligne: "Ligne", famille: str) -> str:
    """How many places give a family: « 12 lieux », « 12 lieux, et 3 qui ne le disent pas », « inconnu (…) »."""
    oui, non, tus = (ligne.nombre(f"O1_{famille}_{etat}") or 0 for etat in ("oui", "non", "non_dit"))
    if not tus:
        return compter(oui, "lieu")
    if not oui and not non:
        return f"inconnu (0 fiche sur {effectif(tus)} le dit)"
    return f"{compter(oui, 'lieu')}, et {effectif(tus)} qui ne le {'dit' if tus < 2 else 'disent'} pas"


def statut(code: str) -> str:
    """The four words of a deficit: « en déficit », « incertain », « non », « inconnu »."""
    return _STATUTS[code]


def statuts(comptes: Mapping[str, float | None]) -> str:
    """How many territories have each status, zeros included: « 2 intercommunalités en déficit ; incertain : 1… »."""
    autres = (("incertain", "incertain"), ("non", "sans déficit"), ("inconnu", INCONNU))
    suite = " ; ".join(f"{mot} : {effectif(comptes[cle])}" for cle, mot in autres)
    return f"{compter(comptes['deficit'], 'intercommunalité')} en déficit ; {suite}"


def marge(valeur: Mesure) -> str:
    """How far a territory stands from the threshold, in points; empty when unknown."""
    return "" if valeur.valeur is None else f"{_signe(valeur.valeur)} {_points(valeur.valeur)}"


def bornes_signees(valeur: Mesure) -> str:
    """The interval of a margin, « de −10,2 à +6,9 »; empty when it says no more than the margin."""
    if valeur.bas is None or valeur.haut is None:
        return ""
    bas, haut = _signe(valeur.bas), _signe(valeur.haut)
    return "" if bas == haut else f"de {bas} à {haut}"


def enumerer(noms: list[str]) -> str:
    """« A », « A et B », « A, B et C »."""
    return noms[0] if len(noms) == 1 else f"{', '.join(noms[:-1])} et {noms[-1]}" if noms else ""


def poids(parametres: Parametres) -> str:
    """« éloignement 50,0 %, débit filaire 25,0 % et besoin 25,0 % »: each weight as its part of the whole."""
    parts = parametres.parts_priorite
    return enumerer([f"{CRITERES[nom].nom} {pourcentage(part)}" for nom, part in parts.items()])


def millesime(texte: str | None) -> str:
    """A vintage as people read it: ISO dates become French ones; the unknown says so."""
    if not texte:
        return "date inconnue"
    return _ISO.sub(lambda trouve: date_longue(date.fromisoformat(trouve.group())), texte)


def fiches_datees(nombre: int, ancienne: date, recente: date) -> str:
    """How many records, updated from when to when: « 43 fiches datées du 25 juin 2020 au 1er août 2024 »."""
    combien = f"{compter(nombre, 'fiche')} {'datée' if nombre < 2 else 'datées'} du {date_longue(ancienne)}"
    return combien if ancienne == recente else f"{combien} au {date_longue(recente)}"


def jour(quand: object) -> str:
    """A day, an ISO date or a timestamp as people read it; « date inconnue » without one."""
    texte = str(quand)[:10]
    return millesime(texte) if _ISO.fullmatch(texte) else "date inconnue"


def pourcentage(part: float) -> str:
    """A weight or a share of runs, between 0 and 1: never 0 nor 100 when it is not."""
    return format_taux(part)


def _accorder(unite: str, valeur: float, decimales: int) -> str:
    """A unit given as a plural, singular below two as printed: « 1,9 heure », « 2,0 heures »."""
    seul = next((un for un, tous in _PLURIELS.items() if tous == unite), unite.removesuffix("s"))
    return seul if abs(round(valeur, decimales)) < 2 else unite


def _de(nom: str) -> str:
    return f"d’{nom}" if nom[0] in "aeéhiou" else f"de {nom}"


def _points(valeur: float) -> str:
    return "point" if abs(round(valeur, 1)) < 2 else "points"


def _signe(valeur: float) -> str:
    texte = format_nombre(abs(valeur), 1)
    if texte == "0,0":
        return texte
    return f"{'+' if valeur > 0 else '−'}{texte}"


def ajustement(calibration: Calibration | None) -> str:
    """What follows « estimés à vol d’oiseau ailleurs » when some times are measured."""
    voiture = calibration and calibration.pour(Mode.VOITURE)
    if not voiture:
        return ", non calibrés"
    return (
        f" et ajustés sur ces mesures (erreur médiane absolue en voiture : {format_nombre(voiture.erreur_apres, 1)} "
        f"minutes, sur {compter(voiture.trajets, 'trajet')})"
    )
