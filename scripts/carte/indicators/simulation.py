"""G6: where one, two, five more permanences would bring the most people within reach, and at which thresholds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import Matrice, Mode, Temps, dans
from carte.access.points import Booleens, Entiers, Reels
from carte.config import Seuils
from carte.indicators.e2sfca import POUR_HABITANTS, poids
from carte.indicators.model import Parametres
from carte.indicators.monde import Monde, Reperage, assembler, lonlat
from carte.indicators.simulation_candidats import Candidats, acces_actuel, candidats, temps
from carte.indicators.simulation_modele import (
    Couverture,
    Habitants,
    Methode,
    Option,
    ParametresSimulation,
    Proposition,
    Simulations,
    SitePropose,
)
from carte.indicators.simulation_optimum import Optimum, optimiser, valeur

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
    """Every proposition for the départements of the perimeter, then for the EPCI that have communes in it.

    Same inputs as `compute`. People are those of the territory (for an EPCI, of all its communes that are situated);
    sites are in its communes of the perimeter. Times are the estimates, or those of `matrice`.
    """
    debit = pd.DataFrame({"code_insee": pd.Series(dtype=object)})
    monde = assembler(offre, territoire, debit, seuils, parametres or Parametres(), reperage, matrice)
    chantier = _Chantier(monde, candidats(monde), acces_actuel(monde), simulation or ParametresSimulation())
    propositions = [
        proposition
        for niveau, code, nom, membres in _territoires(monde.communes, territoire)
        for proposition in chantier.propositions(niveau, code, nom, membres)
    ]
    return Simulations(tuple(propositions), chantier.simulation)


def _territoires(communes: pd.DataFrame, territoire: "Territoire") -> Iterator[tuple[str, str, str, Booleens]]:
    """Level, code, name and communes (mask) of every territory that is simulated."""
    dedans = communes["dans_perimetre"].to_numpy(dtype=bool)
    noms = dict(zip(territoire.departements["code"], territoire.departements["nom"], strict=True))
    for code in sorted(set(communes.loc[dedans, "code_departement"])):
        yield "departement", code, noms.get(code, code), dedans & communes["code_departement"].eq(code).to_numpy()
    noms = dict(zip(territoire.epci["code_epci"], territoire.epci["nom"], strict=True))
    for code in sorted(set(communes.loc[dedans, "code_epci"].dropna())):
        yield "epci", code, noms.get(code, code), communes["code_epci"].eq(code).to_numpy(dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class _Chantier:
    """What all propositions share."""

    monde: Monde
    candidats: Candidats
    acces: Reels
    simulation: ParametresSimulation

    def propositions(self, niveau: str, code: str, nom: str, membres: Booleens) -> Iterator[Proposition]:
        comptees = membres & self.monde.trajets.communes_connues & ~np.isnan(self.monde.population)
        ici = np.flatnonzero(comptees)
        parmi = np.flatnonzero(membres[self.candidats.lieux.commune])
        terrain = _Terrain(self, ici, parmi, temps(self.monde, self.candidats, ici, parmi))
        for famille in self.monde.choix:
            for nombre in self.simulation.nombres:
                options = _noter(list(terrain.options(famille, nombre)), self.monde.seuils.voiture)
                yield Proposition(
                    niveau=niveau,
                    code=code,
                    nom=nom,
                    famille=famille,
                    nombre=nombre,
                    heures=self.simulation.heures,
                    population=float(self.monde.population[ici].sum()),
                    communes_ecartees=int(membres.sum()) - len(ici),
                    candidats=int(self.candidats.permis[famille][parmi].sum()),
                    options=options,
                    robuste=_robuste(options),
                )


@dataclass(frozen=True, slots=True, eq=False)
class _Terrain:
    """One territory: its communes `ici`, its candidates `parmi`, and the times between them."""

    chantier: _Chantier
    ici: Entiers
    parmi: Entiers
    temps: Temps

    @property
    def population(self) -> Reels:
        return self.chantier.monde.population[self.ici]

    def options(self, famille: str, nombre: int) -> Iterator[Option]:
        permis = np.flatnonzero(self.chantier.candidats.permis[famille][self.parmi])
        avant = self._temps_actuels(famille)
        for seuil in self.chantier.monde.seuils.voiture:
            loin = self.population * ~dans(avant.minutes, seuil)
            gains = dans(self.temps.minutes[:, permis], seuil) * loin[:, None]
            yield self._option(Methode.COUVERTURE, seuil, optimiser(gains, nombre), gains, permis, avant)
        depart = np.where(np.isinf(avant.minutes), self._horizon(avant.minutes), avant.minutes)
        gains = self.population[:, None] * np.maximum(depart[:, None] - self.temps.minutes[:, permis], 0)
        yield self._option(Methode.MEDIANE, None, optimiser(gains, nombre), gains, permis, avant)

    def _temps_actuels(self, famille: str) -> Temps:
        monde = self.chantier.monde
        proches = monde.trajets.plus_proche(Mode.VOITURE, monde.choix[famille])
        return Temps(*(valeurs[self.ici] for valeurs in (proches.minutes, proches.bas, proches.haut)))

    def _horizon(self, minutes: Reels) -> float:
        """A time no shorter than any: where no place exists at all, the p-median still has something to save."""
        tous = np.concatenate([minutes, self.temps.minutes.ravel()])
        finis = tous[np.isfinite(tous)]
        return float(finis.max()) + 1 if len(finis) else 0.0

    def _option(
        self, methode: Methode, seuil: int | None, optimum: Optimum, gains: Reels, permis: Entiers, avant: Temps
    ) -> Option:
        choisis = permis[list(optimum.choisis)] if optimum.choisis else np.empty(0, dtype=np.intp)
        a9 = self._a9()
        return Option(
            methode=methode,
            seuil=seuil,
            sites=self._sites(optimum.choisis, permis, gains, seuil),
            couvertures=tuple(self._couverture(avant, choisis, t) for t in self.chantier.monde.seuils.voiture),
            prouvee=optimum.prouve,
            glouton_egale_exact=optimum.glouton_egale,
            sites_glouton=self._sites(optimum.glouton, permis, gains, seuil),
            temps_moyen_avant=self._moyenne(avant.minutes),
            temps_moyen_apres=self._moyenne(np.minimum(avant.minutes, self._proche(self.temps.minutes, choisis))),
            a9_avant=a9,
            a9_apres=None if a9 is None else a9 + self._apport_a9(choisis),
        )

    def _sites(self, suite: Sequence[int], permis: Entiers, gains: Reels, seuil: int | None) -> tuple[SitePropose, ...]:
        monde, tous = self.chantier.monde, self.chantier.candidats
        totaux = [valeur(gains, tuple(suite[:rang])) for rang in range(len(suite) + 1)]
        sites = []
        for rang, colonne in enumerate(suite):
            candidat = self.parmi[permis[colonne]]
            commune = monde.communes.iloc[tous.lieux.commune[candidat]]
            lieu = monde.offre.iloc[tous.offre[candidat]] if tous.offre[candidat] >= 0 else None
            sites.append(
                SitePropose(
                    code_insee=commune["code_insee"],
                    commune=commune["nom"],
                    lieu_id=None if lieu is None else lieu["lieu_id"],
                    lieu=None if lieu is None else lieu["nom"],
                    gain=None if seuil is None else totaux[rang + 1] - totaux[rang],
                )
            )
        return tuple(sites)

    def _couverture(self, avant: Temps, choisis: Entiers, seuil: int) -> Couverture:
        return Couverture(
            seuil,
            avant=self._habitants([dans(t, seuil) for t in (avant.minutes, avant.haut, avant.bas)]),
            apres=self._habitants(
                [
                    dans(np.minimum(actuels, self._proche(nouveaux, choisis)), seuil)
                    for actuels, nouveaux in (
                        (avant.minutes, self.temps.minutes),
                        (avant.haut, self.temps.haut),
                        (avant.bas, self.temps.bas),
                    )
                ]
            ),
        )

    def _habitants(self, atteintes: list[Booleens]) -> Habitants:
        return Habitants(*(float(self.population[masque].sum()) for masque in atteintes))

    def _proche(self, minutes: Reels, choisis: Entiers) -> Reels:
        return np.asarray(minutes[:, choisis].min(axis=1, initial=np.inf), dtype=np.float64)

    def _moyenne(self, minutes: Reels) -> float | None:
        habites = self.population > 0
        total = float(self.population[habites].sum())
        moyenne = float((self.population[habites] * minutes[habites]).sum()) / total if total else np.inf
        return moyenne if np.isfinite(moyenne) else None

    def _a9(self) -> float | None:
        total = float(self.population.sum())
        return POUR_HABITANTS * float(self.population @ self.chantier.acces[self.ici]) / total if total else None

    def _apport_a9(self, choisis: Entiers) -> float:
        """New hours leave those of other places as they are shared: each new site adds its own part."""
        zones = self.chantier.monde.parametres.zones_e2sfca
        ici = self.population @ poids(self.temps.minutes[:, choisis], zones)
        demande = self.chantier.candidats.demande[self.parmi[choisis]]
        parts = np.divide(ici, demande, out=np.zeros(len(choisis)), where=demande > 0)
        return POUR_HABITANTS * self.chantier.simulation.heures * float(parts.sum()) / float(self.population.sum())


def _noter(options: list[Option], seuils: Sequence[int]) -> tuple[Option, ...]:
    """Give each option its robustness: the least share of the best known gain that it keeps, over the thresholds."""
    meilleurs = {seuil: max(option.couverture(seuil).gain for option in options) for seuil in seuils}
    utiles = [seuil for seuil in seuils if meilleurs[seuil] > 0]
    return tuple(
        replace(option, robustesse=min((option.couverture(s).gain / meilleurs[s] for s in utiles), default=0.0))
        for option in options
    )


def _robuste(options: tuple[Option, ...]) -> int | None:
    """The most robust option, then the one with the most people gained in all; None when none gains anybody."""
    totaux = [sum(couverture.gain for couverture in option.couvertures) for option in options]
    if max(totaux) <= 0:
        return None
    return max(range(len(options)), key=lambda rang: (options[rang].robustesse, totaux[rang], -rang))
