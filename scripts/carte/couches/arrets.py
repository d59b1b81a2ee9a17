"""Stops of public transport and how often one leaves from them, from GTFS archives (one per network).

The number of departures is the median of the weekdays on which the network runs: neither its best day nor a Sunday. A
timetable with no weekday, or that does not hold on the day it was taken, leaves them unknown: its stops have no figure.
"""

import csv
import io
import zipfile
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_matrix

from carte.couches.brut import Brut, CouchesIndisponibles
from carte.couches.lecture import archive, lire_entree

COLONNES = ("reseau", "arret", "longitude", "latitude", "departs_par_jour", "source", "millesime")
_JOURS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OUVRABLES = 5
# A timetable is for some months; an end in 2099 is a way of saying « until further notice ».
_DUREE_MAX = timedelta(days=400)
Boite = tuple[float, float, float, float]
"""Least longitude and latitude, greatest ones, in degrees."""
_MONDE: Boite = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Arrets:
    """The stops of a département as a CSV file of `geo/`, the periods of their timetables, and what to say (French)."""

    contenu: bytes
    periodes: str
    remarques: tuple[str, ...]


def extraire(bruts: Sequence[Brut], boite: Boite) -> Arrets:
    """The stops within a box; departures are empty where they are unknown. Raises CouchesIndisponibles."""
    reseaux = [reseau for brut in bruts if (reseau := _reseau(brut, boite)) is not None]
    if not reseaux:
        raise CouchesIndisponibles("aucun arrêt des réseaux fournis n'est dans le département ou autour.")
    flux = io.StringIO()
    ecrivain = csv.writer(flux, delimiter=";", lineterminator="\n")
    ecrivain.writerow(COLONNES)
    lignes = [ligne for reseau in reseaux for ligne in reseau.lignes]
    lignes.sort(key=lambda ligne: (str(ligne[0]), str(ligne[1])))
    ecrivain.writerows(lignes)
    return Arrets(
        flux.getvalue().encode("utf-8"),
        ", ".join(sorted({reseau.periode for reseau in reseaux})),
        tuple(reseau.remarque for reseau in reseaux if reseau.remarque),
    )


def controler(contenu: bytes, nom: str) -> None:
    """A network is an archive that holds stops. Raises CouchesIndisponibles."""
    with archive(contenu, nom) as ouverte:
        _arrets(ouverte, nom, _MONDE)


@dataclass(frozen=True, slots=True, eq=False)
class _Calendrier:
    """The days on which the network runs, its services, and which of them run on each day (days x services)."""

    jours: Sequence[date]
    services: Sequence[str]
    roule: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Reseau:
    """The rows of a network, the period of its timetable, and why its departures are unknown (French, or empty)."""

    lignes: Sequence[tuple[object, ...]]
    periode: str
    remarque: str


def _reseau(brut: Brut, boite: Boite) -> _Reseau | None:
    """A network within the box; None when it has no stop there."""
    prise_le = max((origine.jour for origine in brut.origines if origine.jour is not None), default=None)
    with archive(brut.contenu, brut.source) as reseau:
        arrets = _arrets(reseau, brut.source, boite)
        if arrets.empty:
            return None
        calendrier = _calendrier(reseau, brut.source, prise_le)
        departs = _departs(reseau, brut.source, list(arrets.index), calendrier.services)
        agences = _table(reseau, brut.source, "agency.txt", ("agency_name",))
    source = ", ".join(sorted(set(agences["agency_name"]))) or brut.source
    periode = f"du {calendrier.jours[0].isoformat()} au {calendrier.jours[-1].isoformat()}"
    motif = _inconnus(calendrier, prise_le)
    nombres = [""] * len(arrets) if motif else [f"{nombre:g}" for nombre in _medianes(calendrier, departs)]
    lignes: list[tuple[object, ...]] = [
        (brut.source, arret, f"{lon:.6f}", f"{lat:.6f}", nombre, source, periode)
        for arret, lon, lat, nombre in zip(arrets.index, arrets["stop_lon"], arrets["stop_lat"], nombres, strict=True)
    ]
    return _Reseau(lignes, periode, motif and _remarque(brut.source, motif, len(arrets)))


def _inconnus(calendrier: _Calendrier, prise_le: date | None) -> str:
    """Why nothing can be said of a weekday of today (French); empty when it can."""
    premier, dernier = calendrier.jours[0], calendrier.jours[-1]
    if prise_le is not None and dernier < prise_le:
        return f"ses horaires ont pris fin le {dernier.isoformat()}"
    if prise_le is not None and premier > prise_le:
        return f"ses horaires ne commencent que le {premier.isoformat()}"
    return "" if _ouvrables(calendrier) else "ses horaires n'ont aucun jour ouvrable"


def _remarque(reseau: str, motif: str, arrets: int) -> str:
    combien = "de son arrêt" if arrets == 1 else f"de ses {arrets} arrêts"
    return (
        f"réseau « {reseau} » : {motif} ; les départs {combien} sont inconnus, et l'accès en transports en commun (A3) "
        "n'est pas évalué pour qui n'a que ce réseau. Redemandez-lui une archive à jour."
    )


def _ouvrables(calendrier: _Calendrier) -> list[int]:
    return [rang for rang, jour in enumerate(calendrier.jours) if jour.weekday() < _OUVRABLES]


def _medianes(calendrier: _Calendrier, departs: NDArray[np.float64]) -> NDArray[np.float64]:
    par_jour = calendrier.roule[_ouvrables(calendrier)].astype(np.float64) @ departs
    return np.asarray(np.median(par_jour, axis=0), dtype=np.float64)


def _arrets(reseau: zipfile.ZipFile, nom: str, boite: Boite) -> pd.DataFrame:
    """Where vehicles stop (not stations nor entrances), within the box, by identifier."""
    table = _table(reseau, nom, "stops.txt", ("stop_id", "stop_lat", "stop_lon"), ("location_type",))
    table = table[table["location_type"].isin(["", "0"])].drop_duplicates("stop_id").set_index("stop_id")
    lon, lat = (pd.to_numeric(table[champ], errors="coerce") for champ in ("stop_lon", "stop_lat"))
    dedans = lon.between(boite[0], boite[2]) & lat.between(boite[1], boite[3])
    return pd.DataFrame({"stop_lon": lon, "stop_lat": lat})[dedans]


def _calendrier(reseau: zipfile.ZipFile, nom: str, prise_le: date | None) -> _Calendrier:
    regles = _table(reseau, nom, "calendar.txt", ("service_id", *_JOURS, "start_date", "end_date"), absente=True)
    exceptions = _table(reseau, nom, "calendar_dates.txt", ("service_id", "date", "exception_type"), absente=True)
    passages = {passage for regle in regles.to_dict("records") for passage in _jours(regle, nom, prise_le)}
    dites = [(x["service_id"], _jour(x["date"], nom), x["exception_type"]) for x in exceptions.to_dict("records")]
    passages -= {(service, jour) for service, jour, quoi in dites if quoi == "2"}
    passages |= {(service, jour) for service, jour, quoi in dites if quoi == "1"}
    if not passages:
        raise CouchesIndisponibles(f"{nom} : ni calendar.txt ni calendar_dates.txt ne disent quels jours circulent.")
    services, jours = sorted({service for service, _ in passages}), sorted({jour for _, jour in passages})
    rang_service = {service: rang for rang, service in enumerate(services)}
    rang_jour = {jour: rang for rang, jour in enumerate(jours)}
    roule = np.zeros((len(jours), len(services)), dtype=np.bool_)
    for service, jour in passages:
        roule[rang_jour[jour], rang_service[service]] = True
    return _Calendrier(jours, services, roule)


def _jours(regle: Mapping[Hashable, str], nom: str, prise_le: date | None) -> Iterator[tuple[str, date]]:
    """The days of a service; of one that lasts for years, those that are near the day it was taken."""
    debut, fin = _jour(regle["start_date"], nom), _jour(regle["end_date"], nom)
    if prise_le is not None:
        debut = max(debut, min(prise_le, fin) - _DUREE_MAX // 2)
    for ecart in range((min(fin, debut + _DUREE_MAX) - debut).days + 1):
        jour = debut + timedelta(days=ecart)
        if regle[_JOURS[jour.weekday()]] == "1":
            yield regle["service_id"], jour


def _jour(texte: str, nom: str) -> date:
    try:
        return date(int(texte[:4]), int(texte[4:6]), int(texte[6:8]))
    except ValueError as erreur:
        raise CouchesIndisponibles(f"{nom} : « {texte} » n'est pas une date (AAAAMMJJ).") from erreur


def _departs(reseau: zipfile.ZipFile, nom: str, arrets: Sequence[str], services: Sequence[str]) -> NDArray[np.float64]:
    """How many vehicles leave from each stop when a service runs (services x stops)."""
    courses = _table(reseau, nom, "trips.txt", ("trip_id", "service_id")).drop_duplicates("trip_id")
    passages = _table(reseau, nom, "stop_times.txt", ("trip_id", "stop_id", "stop_sequence"), ("pickup_type",))
    ordre = pd.to_numeric(passages["stop_sequence"], errors="coerce")
    # Nobody leaves from the end of the line, nor from where one may only get off.
    derniers = ordre == ordre.groupby(passages["trip_id"]).transform("max")
    partants = passages[~derniers & (passages["pickup_type"] != "1")].merge(courses, on="trip_id")
    fois = partants["trip_id"].map(_repetitions(reseau, nom)).fillna(1.0).to_numpy(dtype=np.float64)
    ou_service = pd.Index(services).get_indexer(pd.Index(partants["service_id"]))
    ou_arret = pd.Index(arrets).get_indexer(pd.Index(partants["stop_id"]))
    gardes = (ou_service >= 0) & (ou_arret >= 0)
    forme = (len(services), len(arrets))
    somme = coo_matrix((fois[gardes], (ou_service[gardes], ou_arret[gardes])), shape=forme)
    return np.asarray(somme.toarray(), dtype=np.float64)


def _repetitions(reseau: zipfile.ZipFile, nom: str) -> dict[str, float]:
    """How often a trip given by its frequency (« every ten minutes ») leaves in a day."""
    colonnes = ("trip_id", "start_time", "end_time", "headway_secs")
    table = _table(reseau, nom, "frequencies.txt", colonnes, absente=True)
    fois: dict[str, float] = {}
    for x in table.to_dict("records"):
        try:
            duree, pas = _secondes(x["end_time"]) - _secondes(x["start_time"]), int(x["headway_secs"])
            fois[x["trip_id"]] = fois.get(x["trip_id"], 0.0) + max(0, -(-duree // pas))
        except (ValueError, ZeroDivisionError) as erreur:
            raise CouchesIndisponibles(f"{nom} : frequencies.txt, course {x['trip_id']} ({erreur}).") from erreur
    return fois


def _secondes(heure: str) -> int:
    heures, minutes, secondes = map(int, heure.split(":"))
    return 3600 * heures + 60 * minutes + secondes


def _table(
    reseau: zipfile.ZipFile,
    nom: str,
    fichier: str,
    colonnes: Sequence[str],
    facultatives: Sequence[str] = (),
    absente: bool = False,
) -> pd.DataFrame:
    """A table of the archive as texts, its optional columns empty when it lacks them. Raises CouchesIndisponibles.

    `absente`: the table itself may be missing, and is then empty.
    """
    toutes = [*colonnes, *facultatives]
    entree = next((x for x in reseau.infolist() if x.filename.rsplit("/", 1)[-1] == fichier), None)
    if entree is None:
        if absente:
            return pd.DataFrame(columns=toutes, dtype=str)
        raise CouchesIndisponibles(f"{nom} : {fichier} manque à cette archive GTFS.")
    lu = io.BytesIO(lire_entree(reseau, entree, nom))
    try:
        table = pd.read_csv(lu, dtype=str, keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True)
    except (ValueError, pd.errors.ParserError) as erreur:
        raise CouchesIndisponibles(f"{nom} : {fichier} est illisible ({erreur}).") from erreur
    table = table.rename(columns=str.strip)
    if manquantes := [colonne for colonne in colonnes if colonne not in table]:
        raise CouchesIndisponibles(f"{nom} : {fichier} n'a pas la colonne « {manquantes[0]} ».")
    vide = pd.Series("", table.index, dtype=str)
    return pd.DataFrame({colonne: table.get(colonne, vide).str.strip() for colonne in toutes})
