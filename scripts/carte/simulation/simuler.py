"""G6: where one, two, five more permanences would bring the most people within reach, and at which thresholds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import Matrice, Mode, Temps, dans
from carte.access.points import Entiers, Reels
from carte.choix import Seuils
from carte.indicators.acces.e2sfca import POUR_HABITANTS, poids
from carte.indicators.modele import Parametres
from carte.indicators.monde import Monde, Reperage, assembler, lonlat
from carte.simulation.candidats import Candidats, acces_actuel, candidats, temps
from carte.simulation.modele import (
    Couverture,
    Habitants,
    Methode,
    Option,
    ParametresSimulation,
    Proposition,
    Simulations,
    SitePropose,
)
from carte.simulation.optimum import Optimum, optimiser, valeur

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
    actuels = {famille: monde.trajets.plus_proche(Mode.VOITURE, choisis) for famille, choisis in monde.choix.items()}
    chantier = _Chantier(monde, candidats(monde), actuels, acces_actuel(monde), simulation or ParametresSimulation())
    propositions = [
        proposition
        for niveau, code, nom, membres in _territoires(monde.communes, territoire)
        for proposition in chantier.propositions(niveau, code, nom, membres)
    ]
    return Simulations(tuple(propositions), chantier.simulation)


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


def _par_code(codes: pd.Series) -> dict[str, Entiers]:
    """Sorted positions of the rows of each code, by code; rows without code are left out."""
    return {str(code): np.sort(rangs) for code, rangs in sorted(codes.groupby(codes).indices.items())}


@dataclass(frozen=True, slots=True, eq=False)
class _Chantier:
    """What all propositions share."""

    monde: Monde
    candidats: Candidats
    actuels: Mapping[str, Temps]
    acces: Reels
    simulation: ParametresSimulation

    def propositions(self, niveau: str, code: str, nom: str, membres: Entiers) -> Iterator[Proposition]:
        comptees = self.monde.trajets.communes_connues[membres] & ~np.isnan(self.monde.population[membres])
        ici = membres[comptees]
        parmi = self.candidats.des_communes(membres)
        terrain = _Terrain(self, ici, parmi, temps(self.monde, self.candidats, ici, parmi), self.monde.population[ici])
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
                    communes_ecartees=len(membres) - len(ici),
                    candidats=int(self.candidats.permis[famille][parmi].sum()),
                    options=options,
                    robuste=_robuste(options),
                )


@dataclass(frozen=True, slots=True, eq=False)
class _Terrain:
    """One territory: its communes `ici` and their people, its candidates `parmi`, and the times between them."""

    chantier: _Chantier
    ici: Entiers
    parmi: Entiers
    temps: Temps
    population: Reels

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
        proches = self.chantier.actuels[famille]
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
        apres = self._avec(avant, choisis)
        a9 = self._a9()
        return Option(
            methode=methode,
            seuil=seuil,
            sites=self._sites(optimum.choisis, permis, gains, seuil),
            couvertures=tuple(
                Couverture(t, self._habitants(avant, t), self._habitants(apres, t))
                for t in self.chantier.monde.seuils.voiture
            ),
            prouvee=optimum.prouve,
            glouton_egale_exact=optimum.glouton_egale,
            sites_glouton=self._sites(optimum.glouton, permis, gains, seuil),
            temps_moyen_avant=self._moyenne(avant.minutes),
            temps_moyen_apres=self._moyenne(apres.minutes),
            a9_avant=a9,
            a9_apres=None if a9 is None else a9 + self._apport_a9(choisis),
        )

    def _sites(self, suite: Sequence[int], permis: Entiers, gains: Reels, seuil: int | None) -> tuple[SitePropose, ...]:
        monde, tous = self.chantier.monde, self.chantier.candidats
        communes, offre = monde.communes, monde.offre
        totaux = [valeur(gains, tuple(suite[:rang])) for rang in range(len(suite) + 1)]
        sites = []
        for rang, colonne in enumerate(suite):
            candidat = self.parmi[permis[colonne]]
            commune, lieu = tous.lieux.commune[candidat], tous.offre[candidat]
            sites.append(
                SitePropose(
                    code_insee=str(communes["code_insee"].iat[commune]),
                    commune=str(communes["nom"].iat[commune]),
                    lieu_id=None if lieu < 0 else str(offre["lieu_id"].iat[lieu]),
                    lieu=None if lieu < 0 else str(offre["nom"].iat[lieu]),
                    gain=None if seuil is None else totaux[rang + 1] - totaux[rang],
                )
            )
        return tuple(sites)

    def _avec(self, avant: Temps, choisis: Entiers) -> Temps:
        """Times to the nearest place once the sites `choisis` (positions among the candidates) are there."""
        paires = (
            (avant.minutes, self.temps.minutes),
            (avant.bas, self.temps.bas),
            (avant.haut, self.temps.haut),
        )
        return Temps(*(np.minimum(a, n[:, choisis].min(axis=1, initial=np.inf)) for a, n in paires))

    def _habitants(self, atteints: Temps, seuil: int) -> Habitants:
        scenarios = (atteints.minutes, atteints.haut, atteints.bas)
        return Habitants(*(float(self.population[dans(minutes, seuil)].sum()) for minutes in scenarios))

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
