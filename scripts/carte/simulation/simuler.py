"""G6: where one, two, five more permanences would bring the most people within reach, and at which thresholds."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import Matrice, Mode, Temps
from carte.access.points import Booleens, Entiers
from carte.choix import Seuils
from carte.indicators.acces.couverture import lectures
from carte.indicators.modele import Parametres
from carte.indicators.monde import Monde, Reperage, assembler, lonlat
from carte.simulation.candidats import acces_actuel, candidats, sites
from carte.simulation.modele import Option, ParametresSimulation, Proposition, Simulations
from carte.simulation.terrain import Chantier, Terrain

if TYPE_CHECKING:
    from carte.territory import Territoire


def simuler(
    offre: pd.DataFrame,
    territoire: "Territoire",
    seuils: Seuils,
    parametres: Parametres | None = None,
    simulation: ParametresSimulation | None = None,
    reperage: Reperage = lonlat,
    matrice: Matrice | None = None,
) -> Simulations:
    """Every proposition for the départements of the perimeter, then for the EPCI that have communes in it, whole then
    by part.

    Same inputs as `compute`. People are those of the territory (for an EPCI, of all its communes that are situated);
    sites are in its communes of the perimeter. Times are the estimates, or those of `matrice`. People are at the point
    of their commune: a choice among hundreds of sites for tens of thousands of squares would not be exact.
    """
    debit = pd.DataFrame({"code_insee": pd.Series(dtype=object)})
    monde = assembler(
        offre, replace(territoire, residences=None), debit, seuils, parametres or Parametres(), reperage, matrice
    )
    actuels = {famille: _aujourd_hui(monde, famille) for famille in monde.choix}
    simulation = simulation or ParametresSimulation()
    possibles = candidats(monde, simulation)
    chantier = Chantier(monde, possibles, sites(monde, possibles), actuels, acces_actuel(monde), simulation)
    propositions = [
        proposition
        for niveau, code, nom, membres in _territoires(monde.communes, territoire)
        for proposition in propositions_de(chantier, niveau, code, nom, membres)
    ]
    return Simulations(tuple(propositions), chantier.simulation)


def _aujourd_hui(monde: Monde, famille: str) -> Temps:
    """Times to the family today as if the places that do not say gave it: a site is not proposed on a silence.

    The high bound is that of the places that say so.
    """
    lus = lectures(monde, Mode.VOITURE, famille)
    return Temps(lus.possible.minutes, lus.possible.bas, lus.dit.haut)


def _territoires(communes: pd.DataFrame, territoire: "Territoire") -> Iterator[tuple[str, str, str, Entiers]]:
    """Level, code, name and communes (sorted positions) of every territory that is simulated."""
    dedans = communes["dans_perimetre"].to_numpy(dtype=bool)
    noms = dict(zip(territoire.departements["code"], territoire.departements["nom"], strict=True))
    for code, membres in _par_code(communes["code_departement"].where(dedans)).items():
        yield "departement", code, noms.get(code, code), membres
    noms = dict(zip(territoire.epci["code_epci"], territoire.epci["nom"], strict=True))
    retenus = set(communes.loc[dedans, "code_epci"].dropna())
    for code, membres in _par_code(communes["code_epci"]).items():
        if code in retenus:
            yield "epci", code, noms.get(code, code), membres
            yield from _parties(communes, dedans, code, noms.get(code, code), membres)


def _parties(
    communes: pd.DataFrame, dedans: Booleens, code: str, nom: str, membres: Entiers
) -> Iterator[tuple[str, str, str, Entiers]]:
    """The parts of an EPCI within each département of the perimeter, when it is wider than one: a report proposes for
    the people that it counts, and no others."""
    departements = communes["code_departement"].to_numpy(dtype=object)
    for departement in sorted(set(departements[membres][dedans[membres]])):
        ici = membres[dedans[membres] & (departements[membres] == departement)]
        if len(ici) < len(membres):
            yield "epci_departement", f"{code}-{departement}", nom, ici


def _par_code(codes: pd.Series) -> dict[str, Entiers]:
    """Sorted positions of the rows of each code, by code; rows without code are left out."""
    return {str(code): np.sort(rangs) for code, rangs in sorted(codes.groupby(codes).indices.items())}


def propositions_de(chantier: Chantier, niveau: str, code: str, nom: str, membres: Entiers) -> Iterator[Proposition]:
    """Every proposition of one territory; `membres`: sorted positions of its communes."""
    monde, simulation = chantier.monde, chantier.simulation
    comptees = monde.trajets.communes_connues[membres] & ~np.isnan(monde.population[membres])
    terrain = Terrain(chantier, membres[comptees], chantier.candidats.des_communes(membres))
    for famille in monde.choix:
        for nombre, options in zip(simulation.nombres, terrain.options(famille), strict=True):
            yield Proposition(
                niveau=niveau,
                code=code,
                nom=nom,
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
