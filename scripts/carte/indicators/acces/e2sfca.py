"""A9: hours within reach when places are shared (enhanced two-step floating catchment area).

Luo and Qi 2009, Health & Place 15(4), doi:10.1016/j.healthplace.2009.06.002: each place shares its hours between the
people who can come, each commune adds up the shares it can reach, both weighted by a step function of time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from carte.access import Mode, Paires, dans
from carte.access.points import Reels
from carte.indicators.monde import Colonnes, Monde, moyenne, sommes

Zones = Sequence[tuple[float, float]]
POUR_HABITANTS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Partage:
    """`demande` and `rapport` (hours per inhabitant) by place, `acces` (hours per inhabitant) by commune.

    `rapport` is NaN where nobody is in reach; `acces` is 0 where no place is.
    """

    demande: Reels
    rapport: Reels
    acces: Reels


def poids(minutes: Reels, zones: Zones) -> Reels:
    """Step function of time: the weight of the first zone whose inclusive threshold holds the time, else 0."""
    ordonnees = sorted(zones)
    conditions = [dans(minutes, seuil) for seuil, _ in ordonnees]
    return np.select(conditions, [valeur for _, valeur in ordonnees], 0.0)


def partager(paires: Paires, minutes: Reels, population: Reels, heures: Reels, zones: Zones) -> Partage:
    """Two steps over sparse pairs; `population` by commune and `heures` by place, NaN (unknown) takes no part.

    Invariant: sum of population x acces = sum of the hours of the places that someone reaches.
    """
    pesees = poids(minutes, zones)
    habitants = np.nan_to_num(population)[paires.commune]
    demande = sommes(paires.lieu, habitants * pesees, len(heures))
    rapport = np.divide(heures, demande, out=np.full(len(heures), np.nan), where=demande > 0)
    parts = np.nan_to_num(rapport)[paires.lieu] * pesees
    return Partage(demande, rapport, sommes(paires.commune, parts, len(population)))


def a9_additif(monde: Monde) -> Colonnes:
    """A9 and its 2SFCA variant: person-hours by commune, as estimated and with all times shorter or longer.

    `_ici_…`: hours for one inhabitant, which a commune has even when nobody lives there.
    """
    temps = monde.trajets.temps(Mode.VOITURE)
    heures = np.where(monde.accueil, monde.offre["heures_hebdo"].to_numpy(dtype=np.float64), np.nan)
    colonnes: Colonnes = {}
    variantes: dict[str, Zones] = {"e2sfca": monde.parametres.zones_e2sfca, "2sfca": ((monde.zone_max, 1.0),)}
    for nom, zones in variantes.items():
        for prefixe, minutes in (("A9", temps.minutes), ("_A9_courts", temps.bas), ("_A9_longs", temps.haut)):
            acces = partager(monde.trajets.paires, minutes, monde.habitants, heures, zones).acces
            ici = np.where(monde.trajets.communes_connues, acces, np.nan)
            colonnes |= moyenne(f"{prefixe}_{nom}", monde.habitants, acces) | {f"_ici_{prefixe}_{nom}_num": ici}
    return colonnes
