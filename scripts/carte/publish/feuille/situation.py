"""Where a place is, in one or two lines: distance and direction from what is known, never a street invented."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from carte.publish.proximite import RAYON_KM
from carte.publish.textes import kilometres
from carte.territory import POINTS_SURS

if TYPE_CHECKING:
    from carte.territory import Territoire

# Insee calls « urban » what gathers 2,000 inhabitants: a commune of that size is known around.
VILLE_HABITANTS = 2_000
# Nearer than this, a direction would be read off the error of the coordinates.
SUR_PLACE_KM = 0.15
_ROSE = ("nord", "nord-est", "est", "sud-est", "sud", "sud-ouest", "ouest", "nord-ouest")
_ARTICLES = {"Le ": "du ", "Les ": "des "}
_DU = {"la mairie": "de la mairie", "le centre": "du centre"}


@dataclass(frozen=True, slots=True)
class Repere:
    """A commune from which places are situated; `centre`: what its point is (« de la mairie », « du centre »)."""

    code: str
    nom: str
    lat: float
    lon: float
    population: float
    centre: str


class Situation:
    """Says where places are, from the town halls and chefs-lieux of a territory; without these points, nothing."""

    def __init__(self, territoire: "Territoire") -> None:
        connues = territoire.communes[territoire.communes["point_source"].isin(list(POINTS_SURS))]
        reperes = [
            Repere(c.code_insee, c.nom, c.lat, c.lon, c.population, _DU[POINTS_SURS[c.point_source]])
            for c in connues.itertuples()
        ]
        self._par_code = {repere.code: repere for repere in reperes}
        self._villes = sorted((r for r in reperes if r.population >= VILLE_HABITANTS), key=lambda r: r.code)
        self._positions = np.radians([(v.lat, v.lon) for v in self._villes]).reshape(-1, 2).T

    def lignes(self, lat: float, lon: float, code: str | None) -> list[str]:
        """« À 800 m au nord de la mairie de Landerose, à vol d’oiseau. », then the nearest town when it is another.

        `lat`, `lon`: WGS84 degrees of the place itself; `code`: its commune.
        """
        phrases = []
        propre = self._par_code.get(code or "")
        if propre:
            phrases.append(_phrase(lat, lon, propre, f"{propre.centre} {de(propre.nom)}"))
        ville = min(self._proches(lat, lon), key=lambda v: (_km(lat, lon, v), v.code), default=None)
        if ville and ville != propre:
            phrases.append(_phrase(lat, lon, ville, de(ville.nom)))
        return phrases

    def _proches(self, lat: float, lon: float) -> list[Repere]:
        """The nearest town, with those that rounding could put before it: thousands are compared at once."""
        if not self._villes:
            return []
        lats, lons = self._positions
        ici, la = math.radians(lat), math.radians(lon)
        ecarts = np.sin((lats - ici) / 2) ** 2 + math.cos(ici) * np.cos(lats) * np.sin((lons - la) / 2) ** 2
        return [self._villes[rang] for rang in np.flatnonzero(ecarts <= ecarts.min() * (1 + 1e-9) + 1e-15)]


def de(nom: str) -> str:
    """The name after « de »: « de Valbourg », « d’Alpha », « du Blanc », « de La Châtre », « des Ponts »."""
    for article, contracte in _ARTICLES.items():
        if nom.startswith(article):
            return contracte + nom.removeprefix(article)
    return f"d’{nom}" if nom[:1] in "AEIOUÉÈÊÂÎÔŒaeiouéèêâîôœ" else f"de {nom}"


def direction(depuis: tuple[float, float], vers: tuple[float, float]) -> str:
    """Which way a point lies from another (both latitude, longitude in degrees): « au nord-est », « à l’ouest »."""
    lat1, lat2 = math.radians(depuis[0]), math.radians(vers[0])
    ecart = math.radians(vers[1] - depuis[1])
    y = math.sin(ecart) * math.cos(lat2)
    x = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(ecart)
    nom = _ROSE[round(math.degrees(math.atan2(y, x)) / 45) % 8]
    return f"à l’{nom}" if nom[0] in "eo" else f"au {nom}"


def _phrase(lat: float, lon: float, repere: Repere, quoi: str) -> str:
    km = _km(lat, lon, repere)
    if km < SUR_PLACE_KM:
        return f"Tout près {quoi}."
    return f"À {kilometres(km)} {direction((repere.lat, repere.lon), (lat, lon))} {quoi}, à vol d’oiseau."


def _km(lat: float, lon: float, repere: Repere) -> float:
    lat1, lat2 = math.radians(lat), math.radians(repere.lat)
    ecart = math.radians(repere.lon - lon)
    a = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(ecart / 2) ** 2
    return 2 * RAYON_KM * math.asin(math.sqrt(min(1.0, a)))
