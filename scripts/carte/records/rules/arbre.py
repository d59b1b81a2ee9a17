"""Rules across records: the same place twice, a former id that two records claim."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from carte.ecrits.faute import Faute, conseil
from carte.ecrits.texte import replier
from carte.records.modele import Enregistrement

_RAYON_KM = 0.15
_RAYON_TERRE_KM = 6371.0088
_PAS = math.degrees(_RAYON_KM / _RAYON_TERRE_KM)  # degrees of latitude of one cell


def doublons(enregistrements: Sequence[Enregistrement]) -> Iterator[tuple[int, Faute]]:
    """Places of the same folded name that are within 150 m, or at one address of one commune.

    Each record names one twin, so that a name shared by thousands of places stays linear.
    """
    par_nom: defaultdict[str, list[int]] = defaultdict(list)
    for rang, enregistrement in enumerate(enregistrements):
        par_nom[replier(enregistrement.lieu.nom)].append(rang)
    for rangs in par_nom.values():
        if len(rangs) > 1:
            for rang, autre in _jumeaux(rangs, enregistrements).items():
                message = f"Ce lieu semble déjà décrit dans {enregistrements[autre].fichier} : même nom, même endroit."
                yield rang, conseil(("nom",), message, "doublon", enregistrements[rang].lieu.nom[:60])


def _jumeaux(rangs: list[int], enregistrements: Sequence[Enregistrement]) -> dict[int, int]:
    """The twin of each record that has one, among records of one name."""
    jumeaux: dict[int, int] = {}
    adresses: dict[tuple[str, str], int] = {}
    cases: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for rang in rangs:
        autre = _meme_adresse(rang, enregistrements, adresses)
        proche = _voisin(rang, enregistrements, cases)
        trouve = proche if autre is None else autre
        if trouve is not None:
            jumeaux[rang] = trouve
            jumeaux.setdefault(trouve, rang)
    return jumeaux


def _meme_adresse(
    rang: int, enregistrements: Sequence[Enregistrement], adresses: dict[tuple[str, str], int]
) -> int | None:
    lieu = enregistrements[rang].lieu
    if lieu.adresse is None:
        return None
    cle = (lieu.code_insee or replier(lieu.commune), replier(lieu.adresse))
    premier = adresses.setdefault(cle, rang)
    return None if premier == rang else premier


def _voisin(
    rang: int, enregistrements: Sequence[Enregistrement], cases: defaultdict[tuple[int, int], list[int]]
) -> int | None:
    """A record already seen within 150 m; cells of that size keep the search local."""
    lieu = enregistrements[rang].lieu
    if lieu.latitude is None or lieu.longitude is None:
        return None
    bande = math.floor(lieu.latitude / _PAS)
    for y in (bande - 1, bande, bande + 1):
        case = math.floor(lieu.longitude / _largeur(y))
        for x in (case - 1, case, case + 1):
            for autre in cases.get((y, x), ()):
                if distance_km(enregistrements[autre], enregistrements[rang]) < _RAYON_KM:
                    return autre
    cases[bande, math.floor(lieu.longitude / _largeur(bande))].append(rang)
    return None


@cache
def _largeur(bande: int) -> float:
    """Degrees of longitude that are at least the radius anywhere in a band of latitude or in the next ones."""
    return _PAS / max(0.01, math.cos(math.radians(min(89.0, (abs(bande) + 2) * _PAS))))


def distance_km(un: Enregistrement, autre: Enregistrement) -> float:
    """Great-circle distance (haversine) of two records that have coordinates."""
    assert un.lieu.latitude is not None and un.lieu.longitude is not None
    assert autre.lieu.latitude is not None and autre.lieu.longitude is not None
    lat1, lat2 = math.radians(un.lieu.latitude), math.radians(autre.lieu.latitude)
    lon = math.radians(autre.lieu.longitude - un.lieu.longitude)
    a = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(lon / 2) ** 2
    return 2 * _RAYON_TERRE_KM * math.asin(math.sqrt(min(1.0, a)))


def redirections(
    enregistrements: Sequence[Enregistrement], identifiants: dict[str, str]
) -> Iterator[tuple[int, Faute]]:
    """A former id leads to one record, and never hides a living one (`identifiants`: id to file, read or not)."""
    revendique: dict[str, int] = {}
    for rang, enregistrement in enumerate(enregistrements):
        for numero, ancien in enumerate(enregistrement.lieu.anciens_identifiants or ()):
            place = ("anciens_identifiants", numero)
            premier = revendique.setdefault(ancien, rang)
            if ancien in identifiants and ancien != enregistrement.identifiant:
                message = (
                    f"« {ancien} » est une fiche qui existe ({identifiants[ancien]}) : elle ne peut pas rediriger ici."
                )
                yield rang, Faute(place, message, "identifiant", valeur=ancien)
            elif premier != rang:
                message = f"« {ancien} » redirige déjà vers {enregistrements[premier].identifiant} : il faut choisir."
                yield rang, Faute(place, message, "identifiant", valeur=ancien)
