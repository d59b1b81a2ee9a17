"""G6: where one, two, five more permanences would bring the most people within reach, and at which thresholds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import Matrice
from carte.access.points import Booleens, Entiers
from carte.choix import Seuils
from carte.execution import Executeur, Retenue, SurPlace
from carte.indicators.modele import Parametres
from carte.indicators.monde import Reperage, assembler, lonlat
from carte.memoire import SANS_MEMOIRE, Memoire
from carte.simulation.chantier import Chantier, ouvrir
from carte.simulation.modele import Option, ParametresSimulation, Proposition, Simulations
from carte.simulation.terrain import Terrain

if TYPE_CHECKING:
    from carte.territory import Territoire

LOT = 12
"""Départements that one process does: to start it costs as much as they do. No more than these are done here."""


@dataclass(frozen=True, slots=True, eq=False)
class Etendue:
    """One territory that is simulated; `membres`: sorted positions of its communes."""

    niveau: str
    code: str
    nom: str
    membres: Entiers


@dataclass(frozen=True, slots=True, eq=False)
class Demande:
    """The territories of a département, and the part of the country that they read."""

    chantier: Chantier
    etendues: tuple[Etendue, ...]


def simuler(
    offre: pd.DataFrame,
    territoire: "Territoire",
    seuils: Seuils,
    parametres: Parametres | None = None,
    simulation: ParametresSimulation | None = None,
    reperage: Reperage = lonlat,
    matrice: Matrice | None = None,
    executeur: Executeur | None = None,
    memoire: Memoire = SANS_MEMOIRE,
) -> Simulations:
    """Every proposition for the départements of the perimeter, then for the EPCI that have communes in it, whole then
    by part.

    Same inputs as `compute`. People are those of the territory (for an EPCI, of all its communes that are situated);
    sites are in its communes of the perimeter. Times are the estimates, or those of `matrice`. People are at the point
    of their commune: a choice among hundreds of sites for tens of thousands of squares would not be exact. `executeur`
    chooses, LOT départements at a time (by default, or when there are no more, here); the propositions are the same.
    A département where nothing that they read has changed keeps those that `memoire` has.
    """
    debit = pd.DataFrame({"code_insee": pd.Series(dtype=object)})
    monde = assembler(
        offre, replace(territoire, residences=None), debit, seuils, parametres or Parametres(), reperage, matrice
    )
    chantier = ouvrir(monde, simulation)
    etendues = list(_territoires(monde.communes, territoire))
    groupes = _par_departement(monde.communes, etendues)
    demandes = _demandes(chantier, [[etendues[rang] for rang in groupe] for groupe in groupes])
    if executeur is None or len(groupes) <= LOT:
        executeur = SurPlace()
    retenue = Retenue(executeur, memoire)
    faites: list[tuple[Proposition, ...]] = [()] * len(etendues)
    for groupe, propositions in zip(groupes, retenue.faire(proposer, demandes, LOT), strict=True):
        for rang, siennes in zip(groupe, propositions, strict=True):
            faites[rang] = siennes
    return Simulations(tuple(chain.from_iterable(faites)), chantier.simulation)


def proposer(demande: Demande) -> tuple[tuple[Proposition, ...], ...]:
    """Every proposition of each of the territories; the same demand gives the same ones on any machine."""
    return tuple(tuple(propositions_de(demande.chantier, etendue)) for etendue in demande.etendues)


def _par_departement(communes: pd.DataFrame, etendues: Iterable[Etendue]) -> list[list[int]]:
    """Positions of the territories, those of one département together: that of their first commune in the perimeter."""
    dedans = communes["dans_perimetre"].to_numpy(dtype=bool)
    departements = communes["code_departement"].to_numpy(dtype=object)
    groupes: dict[str, list[int]] = defaultdict(list)
    for rang, etendue in enumerate(etendues):
        groupes[departements[etendue.membres[dedans[etendue.membres]][0]]].append(rang)
    return list(groupes.values())


def _demandes(chantier: Chantier, groupes: list[list[Etendue]]) -> Iterator[Demande]:
    """What is asked for each group of territories."""
    communes = [np.unique(np.concatenate([etendue.membres for etendue in groupe])) for groupe in groupes]
    for ici, groupe, part in zip(communes, groupes, chantier.parts(communes), strict=True):
        yield Demande(part, tuple(replace(un, membres=np.searchsorted(ici, un.membres)) for un in groupe))


def _territoires(communes: pd.DataFrame, territoire: "Territoire") -> Iterator[Etendue]:
    """Every territory that is simulated."""
    dedans = communes["dans_perimetre"].to_numpy(dtype=bool)
    noms = dict(zip(territoire.departements["code"], territoire.departements["nom"], strict=True))
    for code, membres in _par_code(communes["code_departement"].where(dedans)).items():
        yield Etendue("departement", code, noms.get(code, code), membres)
    noms = dict(zip(territoire.epci["code_epci"], territoire.epci["nom"], strict=True))
    retenus = set(communes.loc[dedans, "code_epci"].dropna())
    for code, membres in _par_code(communes["code_epci"]).items():
        if code in retenus:
            yield Etendue("epci", code, noms.get(code, code), membres)
            yield from _parties(communes, dedans, code, noms.get(code, code), membres)


def _parties(communes: pd.DataFrame, dedans: Booleens, code: str, nom: str, membres: Entiers) -> Iterator[Etendue]:
    """The parts of an EPCI within each département of the perimeter, when it is wider than one: a report proposes for
    the people that it counts, and no others."""
    departements = communes["code_departement"].to_numpy(dtype=object)
    for departement in sorted(set(departements[membres][dedans[membres]])):
        ici = membres[dedans[membres] & (departements[membres] == departement)]
        if len(ici) < len(membres):
            yield Etendue("epci_departement", f"{code}-{departement}", nom, ici)


def _par_code(codes: pd.Series) -> dict[str, Entiers]:
    """Sorted positions of the rows of each code, by code; rows without code are left out."""
    return {str(code): np.sort(rangs) for code, rangs in sorted(codes.groupby(codes).indices.items())}


def propositions_de(chantier: Chantier, etendue: Etendue) -> Iterator[Proposition]:
    """Every proposition of one territory."""
    simulation, membres = chantier.simulation, etendue.membres
    comptees = chantier.origines.points.connus[membres] & ~np.isnan(chantier.population[membres])
    terrain = Terrain(chantier, membres[comptees], chantier.candidats.des_communes(membres))
    for famille in chantier.actuels:
        for nombre, options in zip(simulation.nombres, terrain.options(famille), strict=True):
            yield Proposition(
                niveau=etendue.niveau,
                code=etendue.code,
                nom=etendue.nom,
                famille=famille,
                nombre=nombre,
                heures=simulation.heures,
                population=float(terrain.population.sum()),
                communes_ecartees=len(membres) - len(terrain.ici),
                candidats=len(terrain.permis(famille)),
                options=options,
                robuste=_robuste(options, simulation.gain_minimal),
            )


def _robuste(options: tuple[Option, ...], gain_minimal: float) -> int | None:
    """The most robust option, then the one with the most people gained in all; None when none gains enough of them."""
    gains = [[couverture.gain for couverture in option.couvertures] for option in options]
    totaux = list(map(sum, gains))
    utiles = [rang for rang, siens in enumerate(gains) if max(siens) > 0 and max(siens) >= gain_minimal]
    if not utiles:
        return None
    return max(utiles, key=lambda rang: (options[rang].robustesse, totaux[rang], -rang))
