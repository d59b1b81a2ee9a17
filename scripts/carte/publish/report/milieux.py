"""How the report says what shapes its estimated times: density, relief, barriers, the fit on measured times."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from carte.access import Mode
from carte.indicators import format_nombre
from carte.publish.report import grain, phrases
from carte.territory import parties_sans_route

if TYPE_CHECKING:
    from pandas import Series

    from carte.publish.report.sujet import Sujet
    from carte.territory import Barriere

_MODES = {"voiture": "en voiture", "velo": "à vélo", "pied": "à pied"}


_POINTS = {
    "mairie": "à la mairie",
    "chef-lieu": "au chef-lieu",
    "centre": "au centre que donne la couche",
    "interieur": "au milieu de son contour",
    "aucun": "à aucun point connu",
}


def departs(sujet: "Sujet") -> str:
    """Where the people of the département are taken to live: how many communes by kind of point."""
    communes = sujet.picture.territoire.communes
    ici = communes[communes["code_departement"] == sujet.code]
    table, dites, fines = sujet.picture.territoire.residences, [], set[str]()
    if table is not None and not table.empty:
        table = table[table["code_insee"].isin(ici["code_insee"])]
        fines = set(table["code_insee"])
        for nature, sienne in table.groupby("nature", sort=False):
            combien = phrases.compter(sienne["code_insee"].nunique(), "commune")
            quoi = ("carreau habité", "carreaux habités") if nature == "carreau" else (str(nature), f"{nature}s")
            dites.append(f"{combien} par {phrases.compter(len(sienne), *quoi)}")
    sources = ici.loc[~ici["code_insee"].isin(fines), "point_source"].value_counts()
    dites += [f"{phrases.compter(int(sources[nom]), 'commune')} {ou}" for nom, ou in _POINTS.items() if nom in sources]
    if table is None or table.empty or "carreau" not in set(table["nature"]):
        dites.append("les carreaux de 200 m ne sont pas fournis (carreaux.csv)")
    return " ; ".join([*dites, *filter(None, [grain.points_incertains(sujet)])])


def vitesse_par_defaut(sujet: "Sujet") -> str:
    """The speed where density is unknown, and for how many communes of the département."""
    vitesse = f"{_decimal(sujet.indicateurs.parametres.hypotheses.voiture_kmh)} km/h"
    connues = _colonne(sujet, "densite")
    sans = int((~connues).sum())
    if sans and not connues.any():
        return f"{vitesse}, pour toutes les communes : leur densité n’est pas fournie (densites.csv)"
    return f"{vitesse} ({phrases.compter(sans, 'commune')} du département)"


def detour_en_relief(sujet: "Sujet") -> str:
    """The longer detour, and how many communes of the département have it."""
    detour = _decimal(sujet.indicateurs.parametres.hypotheses.detour_en_relief(Mode.VOITURE))
    nombre = int(_colonne(sujet, "relief").sum())
    if not nombre and not sujet.picture.territoire.millesimes.get("relief"):
        return f"{detour} en voiture ; sans effet, la liste de ces communes n’est pas fournie (relief.csv)"
    return f"{detour} en voiture ({phrases.compter(nombre, 'commune')} du département), pour la moitié du trajet"


def barrieres(sujet: "Sujet") -> str:
    """Every barrier, its communes and its crossing."""
    toutes = sujet.picture.territoire.barrieres
    dites = [_barriere(barriere) for barriere in toutes]
    if not any(barriere.fournie for barriere in toutes):
        seules = "seulement les terres sans route" if toutes else "aucune"
        dites.insert(0, f"{seules} (barrieres.csv n’est pas fourni)")
    return " ; ".join([*dites, *_parties(sujet)])


def _parties(sujet: "Sujet") -> Iterator[str]:
    """The islands and villages without a road that a commune of the département hides."""
    communes = sujet.picture.territoire.communes
    ici = set(communes.loc[communes["code_departement"] == sujet.code, "code_insee"])
    for partie in parties_sans_route():
        if noms := [nom for code, nom in sorted(partie.communes.items()) if code in ici]:
            yield (
                f"{partie.nom} ({phrases.enumerer(noms)}) : sans route ({partie.passage}), mais compté comme relié, "
                "car la règle ne connaît que des communes : l’accès y est une borne haute"
            )


def _colonne(sujet: "Sujet", nom: str) -> "Series[bool]":
    """Whether a fact of the ground is known, for each commune of the département."""
    communes = sujet.picture.territoire.communes
    ici = communes[communes["code_departement"] == sujet.code]
    connues: Series[bool] = ici[nom].notna() if nom in ici else ici["code_insee"].isna()
    return connues


def _barriere(barriere: "Barriere") -> str:
    qui = ("commune isolée", "communes isolées") if barriere.ile else ("commune riveraine", "communes riveraines")
    passage = f" : {barriere.franchissement}" if barriere.franchissement else ""
    if not barriere.fournie and math.isinf(barriere.minutes["voiture"]):
        return (
            f"{barriere.nom} ({phrases.compter(len(barriere.rives), *qui)}) : aucune route, {barriere.franchissement}"
        )
    return f"{barriere.nom} ({phrases.compter(len(barriere.rives), *qui)}){passage}, {_traversee(barriere)}"


def _traversee(barriere: "Barriere") -> str:
    """« 25 minutes en voiture et à vélo, temps inconnu à pied »; « 20 minutes de plus » on a road that is longer."""
    de_plus = "" if barriere.fournie else " de plus"
    par_duree: dict[str, list[str]] = {}
    for mode, texte in _MODES.items():
        par_duree.setdefault(_duree(barriere.minutes[mode]) + de_plus, []).append(texte)
    return ", ".join(f"{duree} {phrases.enumerer(modes)}" for duree, modes in par_duree.items())


def _duree(minutes: float) -> str:
    if math.isnan(minutes):
        return "temps inconnu"
    return "aucun passage" if math.isinf(minutes) else phrases.compter(minutes, "minute")


def _decimal(valeur: float) -> str:
    texte = format_nombre(valeur, 2)
    return texte.rstrip("0").rstrip(",") if "," in texte else texte
