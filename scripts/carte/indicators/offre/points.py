"""The `offre` frame: one row per point where people are received, a fixed place or one stop of a tour.

Columns: `point_id` (unique: the record's id, then `#1`, `#2`… for its stops), `lieu_id`, `nom`, `code_insee` (current
code, or None), `code_departement`, `lon`, `lat` (WGS84, NaN when unknown), `typologie` (tuple), `demarches`,
`formation`, `equipement` (nullable boolean), `heures_hebdo` (float, NaN unknown; for a stop: hours x passages
per week), `jours_hebdo` (float), `soir`, `samedi`, `midi`, `sans_rdv`, `accueille_public` (nullable boolean),
`itinerant` (bool: serves its own commune only), `horaires_statut` (`connus`, `absents`, `sans_duree`, `illisibles`),
`date_maj`, `a_jour_le` (last update or check), `fraicheur_jours` (int: since then), what `attaches` says of closures,
networks and labels, `geometry` (point, or None).

What a record says is asked of `records.dires`; where it stands was found by `territory.situer`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from carte import hours
from carte.choix import FAMILLES
from carte.indicators.attaches import ATTACHES, attaches
from carte.nomenclature import Vocabulaire
from carte.records import Doute, Enregistrement, dires, groupes
from carte.records import doutes as chercher_doutes

if TYPE_CHECKING:
    from carte.territory import Territoire

_OUVERTURE = ("heures_hebdo", "jours_hebdo", "soir", "samedi", "midi", "horaires_statut")
_BOOLEENS_INCONNUS = (*FAMILLES, "soir", "samedi", "midi", "sans_rdv", "accueille_public")


@dataclass(frozen=True, slots=True)
class Ouverture:
    """What the indicators need of a week: hours, days, and three moments; None or NaN is unknown."""

    heures_hebdo: float
    jours_hebdo: float
    soir: bool | None
    samedi: bool | None
    midi: bool | None
    horaires_statut: str


def construire_offre(
    enregistrements: Iterable[Enregistrement],
    territoire: "Territoire",
    vocabulaires: Mapping[str, Vocabulaire],
    today: date,
    doutes: Sequence[Doute] | None = None,
) -> gpd.GeoDataFrame:
    """The offer of valid records, located by `territory.situer`, at a reference date, in EPSG:4326.

    Places that are closed that day are there too: `en_service` leaves them out. `doutes`: the pairs that may be of one
    place, looked for when they are not given.
    """
    fiches = list(enregistrements)
    lignes = [ligne for fiche in fiches for ligne in _points(fiche, vocabulaires, today)]
    table = pd.DataFrame(lignes, columns=_COLONNES).astype(dict.fromkeys(_BOOLEENS_INCONNUS, "boolean"))
    presents = table["lon"].notna() & table["lat"].notna()
    points = gpd.points_from_xy(table["lon"], table["lat"])
    offre = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(points, crs="EPSG:4326").where(presents, None))
    departements = dict(zip(territoire.communes["code_insee"], territoire.communes["code_departement"], strict=True))
    codes = [departements.get(code) or _departement(code) for code in offre["code_insee"]]
    trouves = chercher_doutes(fiches) if doutes is None else doutes
    premiers = {identifiant: groupe[0] for groupe in groupes(trouves) for identifiant in groupe}
    doute = pd.Series([premiers.get(identifiant) for identifiant in offre["lieu_id"]], offre.index, dtype=object)
    return offre.assign(code_departement=codes, doute=doute)[[*_ORDRE, "geometry"]]


def en_service(offre: pd.DataFrame, fermeture_jours: float) -> "pd.Series[bool]":
    """Whether each point is in the offer at its date: open, or closed for `fermeture_jours` days in a row at most."""
    return ~(offre["fermeture_jours"] > fermeture_jours)  # an unknown length closes nothing


@lru_cache(maxsize=65_536)
def ouverture(texte: str | None, passages: float | None = 1.0) -> Ouverture:
    """Read opening hours; `passages` is the mean number of passages per week, None when irregular (hours unknown).

    A text that already alternates (odd weeks, first Monday of the month) is averaged by itself: counting the passages
    again would halve it twice.
    """
    if texte is None:
        return _sans_horaires("absents")
    try:
        horaires = hours.parse(texte)
    except hours.HorairesInvalides:
        return _sans_horaires("illisibles")
    minutes, jours = horaires.minutes_hebdo(), horaires.jours_ouverts()
    poids = 1.0 if horaires.alternance() else passages
    connus = minutes is not None and poids is not None
    return Ouverture(
        heures_hebdo=minutes / 60 * poids if minutes is not None and poids is not None else np.nan,
        jours_hebdo=np.nan if jours is None else jours,
        soir=horaires.soir(),
        samedi=horaires.samedi(),
        midi=horaires.midi(),
        horaires_statut="connus" if connus else "sans_duree",
    )


def _points(fiche: Enregistrement, vocabulaires: Mapping[str, Vocabulaire], today: date) -> list[dict[str, Any]]:
    """The rows of one record."""
    commun = _commun(fiche, vocabulaires, today)
    return [commun | _point(fiche, rencontre, vocabulaires) for rencontre in dires.rencontres(fiche.lieu)]


def _commun(fiche: Enregistrement, vocabulaires: Mapping[str, Vocabulaire], today: date) -> dict[str, Any]:
    lieu = fiche.lieu
    familles = dires.familles(lieu, vocabulaires["services"])
    return {
        "lieu_id": fiche.identifiant,
        "nom": lieu.nom,
        "typologie": tuple(lieu.typologie or ()),
        **{famille: familles[famille].booleen for famille in FAMILLES},
        "sans_rdv": dires.sans_rdv(lieu).booleen,
        "accueille_public": dires.accueille_public(lieu).booleen,
        "date_maj": lieu.date_maj,
        "a_jour_le": dires.a_jour_le(lieu),
        "fraicheur_jours": dires.age_jours(lieu, today),
        **attaches(lieu, vocabulaires, today),
    }


def _point(
    fiche: Enregistrement, rencontre: dires.Rencontre, vocabulaires: Mapping[str, Vocabulaire]
) -> dict[str, Any]:
    ou, arret = rencontre.pose, rencontre.arret
    passages = vocabulaires["frequences"][arret.frequence].poids if arret else 1.0
    quand = ouverture(ou.horaires, passages)
    lat, lon = dires.position(ou) or (np.nan, np.nan)
    return {
        "point_id": f"{fiche.identifiant}#{rencontre.rang}" if arret else fiche.identifiant,
        "code_insee": ou.code_insee,
        "lon": lon,
        "lat": lat,
        "itinerant": rencontre.locale,
        **{champ: getattr(quand, champ) for champ in _OUVERTURE},
    }


def _sans_horaires(statut: str) -> Ouverture:
    return Ouverture(np.nan, np.nan, None, None, None, statut)


def _departement(code_insee: str | None) -> str | None:
    """Département of a commune that is not loaded: two characters, three overseas."""
    if code_insee is None:
        return None
    return code_insee[:3] if code_insee.startswith(("97", "98")) else code_insee[:2]


_ORDRE = [
    "point_id",
    "lieu_id",
    "nom",
    "code_insee",
    "code_departement",
    "lon",
    "lat",
    "typologie",
    *FAMILLES,
    "heures_hebdo",
    "jours_hebdo",
    "soir",
    "samedi",
    "midi",
    "horaires_statut",
    "sans_rdv",
    "accueille_public",
    "itinerant",
    "date_maj",
    "a_jour_le",
    "fraicheur_jours",
    *ATTACHES,
]
_COLONNES = [nom for nom in _ORDRE if nom != "code_departement"]
