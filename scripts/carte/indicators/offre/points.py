"""The `offre` frame: one row per point where people are received, a fixed place or one stop of a tour.

Columns: `point_id` (unique: the record's id, then `#1`, `#2`… for its stops), `lieu_id`, `nom`, `code_insee` (current
code, or None), `code_insee_source` (`fiche`, `coordonnees`, or None), `code_departement`, `lon`, `lat` (WGS84, NaN when
unknown), `typologie` (tuple), `demarches`, `formation`, `equipement` (bool), `heures_hebdo` (float, NaN unknown; for a
stop: hours x passages per week), `jours_hebdo` (float), `soir`, `samedi`, `midi`, `sans_rdv`, `accueille_public`
(nullable boolean), `itinerant` (bool: serves its own commune only), `horaires_statut` (`connus`, `absents`,
`sans_duree`, `illisibles`), `date_maj`, `fraicheur_jours` (int), what `attaches` says of networks and labels,
`geometry` (point, or None).
"""

from collections.abc import Iterable, Mapping
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
from carte.records import Arret, Enregistrement, Lieu

if TYPE_CHECKING:
    from carte.territory import Territoire

ITINERANT, FIXE = "Itinérant", "Fixe"
VENIR, SANS_PUBLIC = "Se présenter", "Ce lieu n'accueille pas de public"
_OUVERTURE = ("heures_hebdo", "jours_hebdo", "soir", "samedi", "midi", "horaires_statut")
_BOOLEENS_INCONNUS = ("soir", "samedi", "midi", "sans_rdv", "accueille_public")


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
) -> gpd.GeoDataFrame:
    """The offer of valid records, at a reference date (age of the records), in EPSG:4326.

    A record without commune code takes the commune that holds its point, if one does; nothing else is guessed.
    """
    lignes = [ligne for fiche in enregistrements for ligne in _points(fiche, vocabulaires, today)]
    table = pd.DataFrame(lignes, columns=_COLONNES).astype(dict.fromkeys(_BOOLEENS_INCONNUS, "boolean"))
    presents = table["lon"].notna() & table["lat"].notna()
    points = gpd.points_from_xy(table["lon"], table["lat"])
    offre = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(points, crs="EPSG:4326").where(presents, None))
    return _situer(offre, territoire)


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


def familles(services: Iterable[str], vocabulaire: Vocabulaire) -> dict[str, bool]:
    """Which families of services a list of services belongs to."""
    presentes = {vocabulaire[service].famille for service in services}
    return {famille: famille in presentes for famille in FAMILLES}


def _points(fiche: Enregistrement, vocabulaires: Mapping[str, Vocabulaire], today: date) -> list[dict[str, Any]]:
    """The rows of one record. A tour replaces the seat, unless the record says the place is fixed too."""
    lieu, modes = fiche.lieu, set(fiche.lieu.itinerance or ())
    commun = _commun(fiche, vocabulaires, today)
    lignes = []
    if FIXE in modes or not lieu.tournee:
        lignes.append(commun | _point(fiche.identifiant, lieu, ouverture(lieu.horaires), modes == {ITINERANT}))
    for rang, arret in enumerate(lieu.tournee or (), start=1):
        passages = vocabulaires["frequences"][arret.frequence].poids
        identifiant = f"{fiche.identifiant}#{rang}"
        lignes.append(commun | _point(identifiant, arret, ouverture(arret.horaires, passages), True))
    return lignes


def _commun(fiche: Enregistrement, vocabulaires: Mapping[str, Vocabulaire], today: date) -> dict[str, Any]:
    lieu = fiche.lieu
    acces = lieu.modalites_acces
    return {
        "lieu_id": fiche.identifiant,
        "nom": lieu.nom,
        "typologie": tuple(lieu.typologie or ()),
        **familles(lieu.services, vocabulaires["services"]),
        "sans_rdv": None if not acces else VENIR in acces,
        "accueille_public": None if not acces else SANS_PUBLIC not in acces,
        "date_maj": lieu.date_maj,
        "fraicheur_jours": (today - lieu.date_maj).days,
        **attaches(lieu, vocabulaires, today),
    }


def _point(identifiant: str, ou: Lieu | Arret, quand: Ouverture, itinerant: bool) -> dict[str, Any]:
    complet = ou.latitude is not None and ou.longitude is not None
    return {
        "point_id": identifiant,
        "code_insee": ou.code_insee,
        "lon": ou.longitude if complet else np.nan,
        "lat": ou.latitude if complet else np.nan,
        "itinerant": itinerant,
        **{champ: getattr(quand, champ) for champ in _OUVERTURE},
    }


def _sans_horaires(statut: str) -> Ouverture:
    return Ouverture(np.nan, np.nan, None, None, None, statut)


def _situer(offre: gpd.GeoDataFrame, territoire: "Territoire") -> gpd.GeoDataFrame:
    """Resolve codes to current ones, then the missing ones by the outline that holds the point."""
    du_code = offre["code_insee"].map(lambda code: territoire.successeurs.get(code, code), na_action="ignore")
    du_point = _communes_des_points(offre[du_code.isna() & offre.geometry.notna()], territoire)
    code = du_code.where(du_code.notna(), du_point.reindex(offre.index)).astype(object)
    code = code.where(code.notna(), None)
    source = np.select([du_code.notna(), code.notna()], ["fiche", "coordonnees"], "")
    departements = dict(zip(territoire.communes["code_insee"], territoire.communes["code_departement"], strict=True))
    return offre.assign(
        code_insee=code,
        code_insee_source=pd.Series(source, offre.index, dtype=object).replace("", None),
        code_departement=[departements.get(valeur) or _departement(valeur) for valeur in code],
    )[[*_ORDRE, "geometry"]]


def _communes_des_points(points: gpd.GeoDataFrame, territoire: "Territoire") -> pd.Series:
    contours = territoire.communes[["code_insee", "geometry"]].dropna(subset="geometry")
    jointure: pd.Series = points[["geometry"]].sjoin(contours, predicate="within")["code_insee"]
    return jointure[~jointure.index.duplicated()]


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
    "code_insee_source",
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
    "fraicheur_jours",
    *ATTACHES,
]
_COLONNES = [nom for nom in _ORDRE if nom not in {"code_insee_source", "code_departement"}]
