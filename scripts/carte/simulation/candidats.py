"""Where a permanence may be tried, and how far each commune is from there.

Candidates are the town halls of the communes of the perimeter where people come for services, and the fixed places that
receive the public there. They are all kept, whatever the size of the territory.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from carte.access import Lieux, Matrice, Mode, Points, Temps, Trajets, estimer, remplacer
from carte.access.paires import cles, mesurer
from carte.access.points import Booleens, Entiers, Reels
from carte.access.trajets import estimer_paires
from carte.indicators.acces.e2sfca import partager, poids
from carte.indicators.monde import TOUTES, Monde, sommes
from carte.simulation.modele import ParametresSimulation, SitePropose
from carte.territory import nommer_le_point


@dataclass(frozen=True, eq=False)
class Candidats:
    """Existing places first, so that ties go to them, then town halls.

    `offre`: position of the place in the offer, -1 for a town hall. `permis[famille]`: town halls, and places that said
    they do not give the family. `demande`: people that weigh on a place put there, by the zones of the E2SFCA.
    """

    lieux: Lieux
    offre: Entiers
    permis: Mapping[str, Booleens]
    demande: Reels

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
    points = np.concatenate([monde.arrivees.points.coordonnees[existants], monde.origines.points.coordonnees[mairies]])
    offre = np.concatenate([existants, np.full(len(mairies), -1, dtype=np.intp)])
    lieux = Lieux(
        Points(points, monde.origines.points.spherique),
        np.concatenate([chez[existants], mairies]),
        np.zeros(len(offre), dtype=np.bool_),
    )
    mairie = np.ones(len(mairies), dtype=np.bool_)
    permis = {
        famille: np.concatenate([~masque[existants] & (famille != TOUTES), mairie])
        for famille, masque in monde.possibles.items()
    }
    return Candidats(lieux, offre, permis, _demande(monde, lieux, offre))


def _accueillantes(monde: Monde, simulation: ParametresSimulation) -> Booleens:
    """Communes where people already come for a service; large enough ones where no list says it."""
    if simulation.sans_services is not None:
        return ~monde.communes["code_insee"].isin(simulation.sans_services).to_numpy(dtype=bool)
    return ~(monde.population < simulation.population_minimale)


def sites(monde: Monde, tous: Candidats) -> tuple[SitePropose, ...]:
    """How each candidate is named."""
    communes = list(zip(monde.communes["code_insee"], monde.communes["nom"], strict=True))
    sources = monde.communes["point_source"] if "point_source" in monde.communes else [None] * len(communes)
    points = [nommer_le_point(source) for source in sources]
    lieux = list(zip(monde.offre["lieu_id"], monde.offre["nom"], strict=True))
    connus = [
        (*communes[c], *(lieux[o] if o >= 0 else (None, None)))
        for c, o in zip(tous.lieux.commune, tous.offre, strict=True)
    ]
    return tuple(
        SitePropose(code, commune, lieu_id, lieu, point=points[rang])
        for (code, commune, lieu_id, lieu), rang in zip(connus, tous.lieux.commune, strict=True)
    )


def temps(monde: Monde, tous: Candidats, ici: Entiers, parmi: Entiers) -> Temps:
    """Minutes by car, and bounds, from the communes `ici` to the candidates `parmi`: arrays (communes, candidates)."""
    lieux = _extraire(tous.lieux, parmi)
    forme = (len(ici), len(parmi))
    paires = mesurer(
        monde.origines, lieux, cles(np.repeat(ici, len(parmi)), np.tile(np.arange(len(parmi)), len(ici)), lieux)
    )
    trajets = estimer_paires(paires, monde.origines, lieux, monde.parametres.hypotheses)
    trajets = _mesurer(monde, trajets, lieux, tous.offre[parmi], ici)
    bornes = trajets.temps(Mode.VOITURE)
    return Temps(*(valeurs.reshape(forme) for valeurs in (bornes.minutes, bornes.bas, bornes.haut)))


def acces_actuel(monde: Monde) -> Reels:
    """Hours a week for each inhabitant of each commune today (E2SFCA)."""
    heures = np.where(monde.accueil, monde.offre["heures_hebdo"].to_numpy(dtype=np.float64), np.nan)
    minutes = monde.trajets.minutes[Mode.VOITURE]
    return partager(monde.trajets.paires, minutes, monde.population, heures, monde.parametres.zones_e2sfca).acces


def _par_nom(rangs: Entiers, noms: pd.Series) -> Entiers:
    """Ties go to the first candidates: their order depends on nothing but their names."""
    return rangs[np.argsort(noms.to_numpy(dtype=object)[rangs].astype(str), kind="stable")]


def _demande(monde: Monde, lieux: Lieux, offre: Entiers) -> Reels:
    trajets = estimer(monde.origines, lieux, {Mode.VOITURE: monde.zone_max}, monde.parametres.hypotheses)
    trajets = _mesurer(monde, trajets, lieux, offre, None)
    pesees = poids(trajets.minutes[Mode.VOITURE], monde.parametres.zones_e2sfca)
    habitants = np.nan_to_num(monde.population)[trajets.paires.commune]
    return sommes(trajets.paires.lieu, habitants * pesees, len(offre))


def _mesurer(monde: Monde, trajets: Trajets, lieux: Lieux, offre: Entiers, ici: Entiers | None) -> Trajets:
    """Times of the matrix in place of the estimates, from the communes `ici` (all of them when None)."""
    if monde.matrice is None:
        return trajets
    codes = monde.communes["code_insee"].to_numpy(dtype=object)
    matrice = monde.matrice
    if ici is not None:
        matrice = Matrice(matrice.table[matrice.table["origine"].isin(set(codes[ici]))])
    points = list(_noms(monde, lieux, offre))
    complets = remplacer(trajets, matrice, monde.origines, lieux, list(codes), points)
    if ici is None:
        return complets
    # The matrix adds no pair to a full table: every pair is there already.
    return replace(trajets, minutes=complets.minutes, mesures=complets.mesures)


def _noms(monde: Monde, lieux: Lieux, offre: Entiers) -> Iterator[tuple[str | None, str]]:
    codes = monde.communes["code_insee"].to_numpy(dtype=object)
    identifiants = monde.offre["point_id"].to_numpy(dtype=object)
    for commune, rang in zip(lieux.commune, offre, strict=True):
        yield (identifiants[rang] if rang >= 0 else None), codes[commune]


def _extraire(lieux: Lieux, parmi: Entiers) -> Lieux:
    points = Points(lieux.points.coordonnees[parmi], lieux.points.spherique)
    return Lieux(points, lieux.commune[parmi], lieux.local[parmi])
