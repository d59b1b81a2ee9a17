"""Where a permanence may be tried.

Candidates are the town halls of the communes of the perimeter where people come for services, and the fixed places that
receive the public there. They are all kept, whatever the size of the territory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from carte.access import Lieux, Mode, Points, estimer, remplacer
from carte.access.points import Booleens, Entiers, Reels
from carte.indicators.acces.e2sfca import poids
from carte.indicators.monde import TOUTES, Monde, sommes
from carte.simulation.modele import ParametresSimulation, SitePropose
from carte.territory import nommer_le_point


@dataclass(frozen=True, eq=False)
class Candidats:
    """Existing places first, so that ties go to them, then town halls.

    `points`: identifier of each in the offer, None for a town hall. `sites`: how each is named. `permis[famille]`: town
    halls, and places that said they do not give the family. `demande`: people that weigh on a place put there, by the
    zones of the E2SFCA.
    """

    lieux: Lieux
    points: tuple[str | None, ...]
    sites: tuple[SitePropose, ...]
    permis: Mapping[str, Booleens]
    demande: Reels

    def parmi(self, communes: Entiers) -> "Candidats":
        """Those of some communes (sorted positions), among which they are placed."""
        rangs = self.des_communes(communes)
        chez = np.searchsorted(communes, self.lieux.commune[rangs])
        return Candidats(
            Lieux(self.lieux.points.parmi(rangs), chez, self.lieux.local[rangs]),
            tuple(self.points[rang] for rang in rangs),
            tuple(self.sites[rang] for rang in rangs),
            {famille: permis[rangs] for famille, permis in self.permis.items()},
            self.demande[rangs],
        )

    @cached_property
    def _rangees(self) -> tuple[Entiers, Entiers]:
        """Candidates in the order of their communes, and these communes."""
        ordre = np.argsort(self.lieux.commune, kind="stable")
        return ordre, self.lieux.commune[ordre]

    def des_communes(self, communes: Entiers) -> Entiers:
        """Sorted positions of the candidates of some communes; what it costs follows what it finds."""
        ordre, rangees = self._rangees
        bornes = zip(np.searchsorted(rangees, communes), np.searchsorted(rangees, communes, "right"), strict=True)
        return np.sort(np.concatenate([ordre[:0], *(ordre[debut:fin] for debut, fin in bornes)]))


def candidats(monde: Monde, simulation: ParametresSimulation | None = None) -> Candidats:
    """Every candidate of the perimeter that has coordinates: places by identifier, then town halls by code."""
    dedans = monde.communes["dans_perimetre"].to_numpy(dtype=bool)
    chez = monde.arrivees.commune
    fixes = monde.choix[TOUTES] & monde.lieux_connus & ~monde.arrivees.local & (chez >= 0)
    fixes &= dedans[np.maximum(chez, 0)]
    existants = _par_nom(np.flatnonzero(fixes), monde.offre["point_id"])
    accueil = dedans & monde.trajets.communes_connues & _accueillantes(monde, simulation or ParametresSimulation())
    mairies = _par_nom(np.flatnonzero(accueil), monde.communes["code_insee"])
    coordonnees = np.concatenate(
        [monde.arrivees.points.coordonnees[existants], monde.origines.points.coordonnees[mairies]]
    )
    offre = np.concatenate([existants, np.full(len(mairies), -1, dtype=np.intp)])
    lieux = Lieux(
        Points(coordonnees, monde.origines.points.spherique),
        np.concatenate([chez[existants], mairies]),
        np.zeros(len(offre), dtype=np.bool_),
    )
    mairie = np.ones(len(mairies), dtype=np.bool_)
    permis = {
        famille: np.concatenate([~masque[existants] & (famille != TOUTES), mairie])
        for famille, masque in monde.possibles.items()
    }
    noms = monde.offre["point_id"].to_numpy(dtype=object)
    points = (*noms[existants], *(None for _ in mairies))
    return Candidats(lieux, points, _sites(monde, lieux, offre), permis, _demande(monde, lieux, points))


def _accueillantes(monde: Monde, simulation: ParametresSimulation) -> Booleens:
    """Communes where people already come for a service; large enough ones where no list says it."""
    if simulation.sans_services is not None:
        return ~monde.communes["code_insee"].isin(simulation.sans_services).to_numpy(dtype=bool)
    return ~(monde.population < simulation.population_minimale)


def _sites(monde: Monde, ou: Lieux, offre: Entiers) -> tuple[SitePropose, ...]:
    """How each candidate is named; `offre`: its position there, -1 for a town hall."""
    communes = list(zip(monde.communes["code_insee"], monde.communes["nom"], strict=True))
    sources = monde.communes["point_source"] if "point_source" in monde.communes else [None] * len(communes)
    points = [nommer_le_point(source) for source in sources]
    lieux = list(zip(monde.offre["lieu_id"], monde.offre["nom"], strict=True))
    connus = [(*communes[c], *(lieux[o] if o >= 0 else (None, None))) for c, o in zip(ou.commune, offre, strict=True)]
    return tuple(
        SitePropose(code, commune, lieu_id, lieu, point=points[rang])
        for (code, commune, lieu_id, lieu), rang in zip(connus, ou.commune, strict=True)
    )


def _par_nom(rangs: Entiers, noms: pd.Series) -> Entiers:
    """Ties go to the first candidates: their order depends on nothing but their names."""
    return rangs[np.argsort(noms.to_numpy(dtype=object)[rangs].astype(str), kind="stable")]


def _demande(monde: Monde, lieux: Lieux, points: tuple[str | None, ...]) -> Reels:
    trajets = estimer(monde.origines, lieux, {Mode.VOITURE: monde.zone_max}, monde.parametres.hypotheses)
    if monde.matrice is not None:
        codes = monde.communes["code_insee"].to_numpy(dtype=object)
        nommes = zip(points, codes[lieux.commune], strict=True)
        trajets = remplacer(trajets, monde.matrice, monde.origines, lieux, list(codes), nommes)
    pesees = poids(trajets.minutes[Mode.VOITURE], monde.parametres.zones_e2sfca)
    habitants = np.nan_to_num(monde.population)[trajets.paires.commune]
    return sommes(trajets.paires.lieu, habitants * pesees, len(points))
