"""The formulas of the gap report written again, one commune at a time, from their definitions alone.

Nothing here is shared with the program: no arrays, no pairs, no radius. It is slow, and read in one go.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FAMILLES = ("demarches", "formation", "equipement")
TOLERANCE = 1e-9
Commune = Mapping[str, Any]
Lieu = Mapping[str, Any]
Bornee = tuple[float, float, float]
"""Estimated, surely, possibly."""
Lectures = tuple[float, float, float, float, float]
"""The same, then the central reading without the places that do not say, and with them."""


@dataclass(frozen=True, slots=True)
class Recalcul:
    """A plane world: communes and places as dictionaries (see `Monde`), minutes for one kilometre by mode."""

    communes: Sequence[Commune]
    lieux: Sequence[Lieu]
    minutes_par_km: Mapping[str, float]

    def km(self, commune: Commune, lieu: Lieu) -> float:
        ligne_droite = math.hypot(commune["x_km"] - lieu["x_km"], commune["y_km"] - lieu["y_km"])
        chez_soi = commune["code_insee"] == lieu["code_insee"]
        return max(ligne_droite, 0.5 * math.sqrt(commune["surface_km2"])) if chez_soi else ligne_droite

    def temps(self, commune: Commune, lieu: Lieu, mode: str = "voiture") -> float:
        """Minutes; infinite without coordinates, and for the stop of a mobile service seen from another commune."""
        if math.isnan(lieu["x_km"]) or (lieu["itinerant"] and commune["code_insee"] != lieu["code_insee"]):
            return math.inf
        return self.minutes_par_km[mode] * self.km(commune, lieu)

    def accueil(self) -> list[Lieu]:
        """Places that receive the public, or may."""
        return [lieu for lieu in self.lieux if lieu["accueille_public"] is not False]

    def offerts(self, famille: str = "toutes") -> list[Lieu]:
        """Those that people can count on: no stop of fewer than three hours a week."""
        publics = [lieu for lieu in self.accueil() if not (lieu["itinerant"] and lieu["heures_hebdo"] < 3)]
        return publics if famille == "toutes" else [lieu for lieu in publics if lieu[famille] is True]

    def possibles(self, famille: str) -> list[Lieu]:
        """Those that give the family, or may: nobody said they do not."""
        return [lieu for lieu in self.offerts() if lieu[famille] is not False]

    def proche(self, commune: Commune, lieux: Iterable[Lieu], mode: str = "voiture") -> float:
        return min((self.temps(commune, lieu, mode) for lieu in lieux), default=math.inf)

    def couverte(self, commune: Commune, lieux: Iterable[Lieu], seuil: float, mode: str = "voiture") -> Bornee:
        proche = self.proche(commune, lieux, mode)
        lues = bornes(proche, seuil)
        return (
            (lues[0], 0.0, float(self.peut_etre(commune, proche, seuil, mode)))
            if self.floue(commune, seuil, mode)
            else lues
        )

    def interne(self, commune: Commune, mode: str) -> float:
        """Minutes of half the square root of its area: what one point does not know of a commune."""
        return self.minutes_par_km[mode] * 0.5 * math.sqrt(commune["surface_km2"])

    def floue(self, commune: Commune, seuil: float, mode: str) -> bool:
        """Whether the point of a commune is too coarse for a threshold; never by car."""
        return mode != "voiture" and not dedans(self.interne(commune, mode), seuil)

    def peut_etre(self, commune: Commune, proche: float, seuil: float, mode: str) -> bool:
        return dedans(0.8 * proche - self.interne(commune, mode), seuil)

    def famille(self, commune: Commune, famille: str, seuil: float, mode: str = "voiture") -> "Lectures":
        """Central, sure, possible, then both central readings: central is unknown where these differ."""
        dit = self.couverte(commune, self.offerts(famille), seuil, mode)
        possible = self.couverte(commune, self.possibles(famille), seuil, mode)
        return dit[0] if dit[0] == possible[0] else math.nan, dit[1], possible[2], dit[0], possible[0]

    def panier(self, commune: Commune, seuil: float) -> "Lectures":
        tous = [self.famille(commune, famille, seuil) for famille in FAMILLES]
        _, sur, possible, dit, permis = (min(lecture) for lecture in zip(*tous, strict=True))
        return dit if dit == permis else math.nan, sur, possible, dit, permis

    def profil(self, commune: Commune, voiture: float, velo: float, pied: float) -> str:
        """The first way that works, for one inhabitant."""
        for nom, mode, seuil in (("a_pied", "pied", pied), ("a_velo", "velo", velo)):
            if self.couverte(commune, self.offerts(), seuil, mode)[0]:
                return nom
        return "voiture_requise" if self.couverte(commune, self.offerts(), voiture)[0] else "hors_portee"

    def creneau(self, commune: Commune, champ: str, seuil: float) -> tuple[float, float]:
        """Known yes, then not known no."""
        oui = [lieu for lieu in self.offerts() if lieu[champ] is True]
        pas_non = [lieu for lieu in self.offerts() if lieu[champ] is not False]
        return self.couverte(commune, oui, seuil)[0], self.couverte(commune, pas_non, seuil)[0]

    def heures(self, commune: Commune, seuil: float) -> float:
        connus = [lieu for lieu in self.accueil() if not math.isnan(lieu["heures_hebdo"])]
        return sum(lieu["heures_hebdo"] for lieu in connus if dedans(self.temps(commune, lieu), seuil))

    def e2sfca(self, zones: Sequence[tuple[float, float]], facteur: float = 1.0) -> list[float]:
        """Hours for one inhabitant of each commune, when every time is `facteur` times the estimate."""
        acces = [0.0] * len(self.communes)
        for lieu in self.accueil():
            pesees = [poids(facteur * self.temps(commune, lieu), zones) for commune in self.communes]
            habitants = [0.0 if math.isnan(c["population"]) else c["population"] for c in self.communes]
            demande = sum(h * w for h, w in zip(habitants, pesees, strict=True))
            if demande > 0 and not math.isnan(lieu["heures_hebdo"]):
                acces = [a + lieu["heures_hebdo"] / demande * w for a, w in zip(acces, pesees, strict=True)]
        return acces

    def deficit(self, commune: Commune) -> Bornee | None:
        """Share of premises without fast broadband, lowest and highest first known; None when unknown."""
        locaux, mini, maxi = commune["locaux"], commune["thd30_min"], commune["thd30_max"]
        if not locaux > 0 or math.isnan(mini) or math.isnan(maxi):
            return None
        bas, haut = 1 - maxi / locaux, 1 - mini / locaux
        return (bas if haut - bas < TOLERANCE else math.nan), bas, haut

    def cumul(self, commune: Commune, seuil: float) -> Bornee | None:
        """Share of the people far from every place and without broadband."""
        deficit = self.deficit(commune)
        if deficit is None:
            return None
        couverte, sure, possible = self.couverte(commune, self.offerts(), seuil)
        centre = 0.0 if deficit[1] == deficit[2] == 0 else deficit[0] * (1 - couverte)
        return centre, deficit[1] * (1 - possible), deficit[2] * (1 - sure)


def dedans(minutes: float, seuil: float) -> bool:
    return minutes <= seuil + TOLERANCE


def bornes(minutes: float, seuil: float) -> Bornee:
    """Within T as estimated, when the time is a quarter longer, when it is a fifth shorter."""
    return tuple(float(dedans(facteur * minutes, seuil)) for facteur in (1.0, 1.25, 0.8))  # type: ignore[return-value]


def poids(minutes: float, zones: Sequence[tuple[float, float]]) -> float:
    return next((valeur for seuil, valeur in sorted(zones) if dedans(minutes, seuil)), 0.0)


def quantile(valeurs: Sequence[float], habitants: Sequence[float], q: float) -> float | None:
    """Least value v such that the people whose value is at most v are at least q times all of them."""
    total = sum(habitants)
    atteints = [v for v in valeurs if sum(h for w, h in zip(valeurs, habitants, strict=True) if w <= v) >= q * total]
    return min(atteints) if total > 0 else None
