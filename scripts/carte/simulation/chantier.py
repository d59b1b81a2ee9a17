"""What the territories of a country read, and the part of it that some of them do: their communes, and no others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from carte.access import Communes, Hypotheses, Lieux, Matrice, Mode, Temps, estimer_paires, remplacer
from carte.access.paires import cles, mesurer
from carte.access.points import Entiers, Reels
from carte.indicators.acces.couverture import lectures
from carte.indicators.acces.e2sfca import partager
from carte.indicators.monde import Monde
from carte.simulation.candidats import Candidats, candidats
from carte.simulation.modele import ParametresSimulation


@dataclass(frozen=True, slots=True, eq=False)
class Chantier:
    """Values only, so that a part of it can be sent elsewhere. All arrays go by commune, candidates aside.

    `population`: NaN when unknown. `actuels`: times of each family today. `acces`: hours a week for each inhabitant
    today (E2SFCA), whose `zones` are minutes and weights. `seuils`: minutes by car.
    """

    codes: tuple[str, ...]
    population: Reels
    origines: Communes
    candidats: Candidats
    actuels: Mapping[str, Temps]
    acces: Reels
    seuils: tuple[int, ...]
    zones: tuple[tuple[float, float], ...]
    hypotheses: Hypotheses
    simulation: ParametresSimulation
    matrice: Matrice | None = None

    def parts(self, groupes: Iterable[Entiers]) -> "Iterator[Chantier]":
        """What is read of each group of communes (sorted positions): what it costs follows the group, not the country.

        Communes are then named by their positions in the group.
        """
        groupes = list(groupes)
        matrices: Iterable[Matrice | None] = [None] * len(groupes)
        if self.matrice is not None:
            matrices = self.matrice.depuis([self.codes[rang] for rang in groupe] for groupe in groupes)
        # Candidates are known by now: the codes that they were chosen by have not to travel.
        simulation = replace(self.simulation, sans_services=None)
        for ici, matrice in zip(groupes, matrices, strict=True):
            yield Chantier(
                tuple(self.codes[rang] for rang in ici),
                self.population[ici],
                self.origines.parmi(ici),
                self.candidats.parmi(ici),
                {
                    famille: Temps(temps.minutes[ici], temps.bas[ici], temps.haut[ici])
                    for famille, temps in self.actuels.items()
                },
                self.acces[ici],
                self.seuils,
                self.zones,
                self.hypotheses,
                simulation,
                matrice,
            )

    def temps(self, ici: Entiers, parmi: Entiers) -> Temps:
        """Minutes by car, and bounds, from the communes `ici` to the candidates `parmi`: arrays (communes, candidates).

        Those of the matrix in place of the estimates.
        """
        tous = self.candidats.lieux
        lieux = Lieux(tous.points.parmi(parmi), tous.commune[parmi], tous.local[parmi])
        forme = (len(ici), len(parmi))
        toutes = cles(np.repeat(ici, len(parmi)), np.tile(np.arange(len(parmi)), len(ici)), lieux)
        trajets = estimer_paires(mesurer(self.origines, lieux, toutes), self.origines, lieux, self.hypotheses)
        if self.matrice is not None:
            table = self.matrice.table
            matrice = Matrice(table[table["origine"].isin({self.codes[rang] for rang in ici})])
            points = [(self.candidats.points[rang], self.codes[tous.commune[rang]]) for rang in parmi]
            complets = remplacer(trajets, matrice, self.origines, lieux, self.codes, points)
            # The matrix adds no pair to a full table: every pair is there already.
            trajets = replace(trajets, minutes=complets.minutes, mesures=complets.mesures)
        bornes = trajets.temps(Mode.VOITURE)
        return Temps(*(valeurs.reshape(forme) for valeurs in (bornes.minutes, bornes.bas, bornes.haut)))


def ouvrir(monde: Monde, simulation: ParametresSimulation | None = None) -> Chantier:
    """What is computed once for all territories. `monde` has communes and no finer points."""
    simulation = simulation or ParametresSimulation()
    return Chantier(
        tuple(monde.communes["code_insee"]),
        monde.population,
        monde.origines,
        candidats(monde, simulation),
        {famille: _aujourd_hui(monde, famille) for famille in monde.choix},
        _acces_actuel(monde),
        monde.seuils.voiture,
        monde.parametres.zones_e2sfca,
        monde.parametres.hypotheses,
        simulation,
        monde.matrice,
    )


def _acces_actuel(monde: Monde) -> Reels:
    """Hours a week for each inhabitant of each commune today (E2SFCA)."""
    heures = np.where(monde.accueil, monde.offre["heures_hebdo"].to_numpy(dtype=np.float64), np.nan)
    minutes = monde.trajets.minutes[Mode.VOITURE]
    return partager(monde.trajets.paires, minutes, monde.population, heures, monde.parametres.zones_e2sfca).acces


def _aujourd_hui(monde: Monde, famille: str) -> Temps:
    """Times to the family today as if the places that do not say gave it: a site is not proposed on a silence.

    The high bound is that of the places that say so.
    """
    lus = lectures(monde, Mode.VOITURE, famille)
    return Temps(lus.possible.minutes, lus.possible.bas, lus.dit.haut)
