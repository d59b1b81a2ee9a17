"""One territory of the simulation: the best choices for each aim, and what each one changes for its people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from carte.access import Temps, dans
from carte.access.points import Entiers, Reels
from carte.indicators.acces.e2sfca import POUR_HABITANTS, poids
from carte.simulation.chantier import Chantier
from carte.simulation.modele import Couverture, Habitants, Methode, Option, SitePropose
from carte.simulation.optimum import TRAVAIL_MAX, Optimum, optimiser
from carte.simulation.recherche import Travail


@dataclass(frozen=True, slots=True)
class _Etat:
    """What some times mean for the people: in reach at each threshold, and mean minutes."""

    habitants: tuple[Habitants, ...]
    moyenne: float | None


class Terrain:
    """Communes `ici` and their people, candidates `parmi`, the times between them, and the work that may be done."""

    def __init__(self, chantier: Chantier, ici: Entiers, parmi: Entiers) -> None:
        self.ici, self.population = ici, chantier.population[ici]
        self._chantier, self._parmi = chantier, parmi
        self._seuils = chantier.seuils
        self._temps = chantier.temps(ici, parmi)
        self._heures = float((self.population * chantier.acces[ici]).sum())
        self._apports = self._heures_partagees()
        self._travail = Travail(TRAVAIL_MAX)
        self._faites: dict[bytes, tuple[tuple[Option, ...], ...]] = {}

    def permis(self, famille: str) -> Entiers:
        """Where a permanence of the family may be tried: positions in `parmi`."""
        return np.flatnonzero(self._chantier.candidats.permis[famille][self._parmi])

    def options(self, famille: str) -> tuple[tuple[Option, ...], ...]:
        """For each number of permanences, one option a threshold in their order, then the p-median.

        Families that have the same sites and the same times today have the same options.
        """
        permis, proches = self.permis(famille), self._chantier.actuels[famille]
        avant = Temps(*(minutes[self.ici] for minutes in (proches.minutes, proches.bas, proches.haut)))
        cle = b"".join(tableau.tobytes() for tableau in (permis, avant.minutes, avant.bas, avant.haut))
        if cle not in self._faites:
            etat = self._etat(avant)
            par_but = [self._choisir(seuil, permis, avant, etat) for seuil in (*self._seuils, None)]
            self._faites[cle] = tuple(map(_noter, zip(*par_but, strict=True)))
        return self._faites[cle]

    def _choisir(self, seuil: int | None, permis: Entiers, avant: Temps, etat: _Etat) -> list[Option]:
        """The option of each number of permanences, for one aim."""
        gains = self._gains(seuil, permis, avant)
        optimums = optimiser(gains, self._chantier.simulation.nombres, self._travail)
        return [self._option(seuil, optimum, gains, permis, avant, etat) for optimum in optimums]

    def _gains(self, seuil: int | None, permis: Entiers, avant: Temps) -> Reels:
        """What each site brings to each commune: people within reach, or person-minutes saved."""
        minutes = self._temps.minutes[:, permis]
        if seuil is not None:
            loin = self.population * ~dans(avant.minutes, seuil)
            return np.asarray(dans(minutes, seuil) * loin[:, None], dtype=np.float64)
        depart = np.where(np.isinf(avant.minutes), self._horizon(avant.minutes), avant.minutes)
        return np.asarray(self.population[:, None] * np.maximum(depart[:, None] - minutes, 0), dtype=np.float64)

    def _horizon(self, minutes: Reels) -> float:
        """A time no shorter than any: where no place exists at all, the p-median still has something to save."""
        tous = np.concatenate([minutes, self._temps.minutes.ravel()])
        finis = tous[np.isfinite(tous)]
        return float(finis.max()) + 1 if len(finis) else 0.0

    def _option(
        self, seuil: int | None, optimum: Optimum, gains: Reels, permis: Entiers, avant: Temps, etat: _Etat
    ) -> Option:
        choisis = permis[list(optimum.choisis)]
        apres = self._etat(self._avec(avant, choisis))
        return Option(
            methode=Methode.MEDIANE if seuil is None else Methode.COUVERTURE,
            seuil=seuil,
            sites=self._sites(seuil, optimum, gains, choisis),
            couvertures=tuple(map(Couverture, self._seuils, etat.habitants, apres.habitants)),
            ecart=optimum.ecart,
            glouton_egale_exact=optimum.glouton_egale,
            temps_moyen_avant=etat.moyenne,
            temps_moyen_apres=apres.moyenne,
            a9_avant=self._a9(self._heures),
            a9_apres=self._a9(self._heures + float(self._apports[choisis].sum())),
        )

    def _sites(self, seuil: int | None, optimum: Optimum, gains: Reels, choisis: Entiers) -> tuple[SitePropose, ...]:
        """The chosen sites, each with the people that it adds to those before it."""
        sites = [self._chantier.candidats.sites[candidat] for candidat in self._parmi[choisis]]
        if seuil is None:
            return tuple(sites)
        totaux = np.maximum.accumulate(gains[:, list(optimum.choisis)], axis=1).sum(axis=0)
        return tuple(map(_avec_gain, sites, np.diff(totaux, prepend=0.0)))

    def _avec(self, avant: Temps, choisis: Entiers) -> Temps:
        """Times to the nearest place once the sites `choisis` (positions in `parmi`) are there."""
        paires = (
            (avant.minutes, self._temps.minutes),
            (avant.bas, self._temps.bas),
            (avant.haut, self._temps.haut),
        )
        return Temps(*(np.minimum(a, n[:, choisis].min(axis=1, initial=np.inf)) for a, n in paires))

    def _etat(self, atteints: Temps) -> _Etat:
        scenarios = np.stack([atteints.minutes, atteints.haut, atteints.bas])
        habitants = (
            Habitants(*map(float, (dans(scenarios, seuil) * self.population).sum(axis=1))) for seuil in self._seuils
        )
        return _Etat(tuple(habitants), self._moyenne(atteints.minutes))

    def _moyenne(self, minutes: Reels) -> float | None:
        habites = self.population > 0
        total = float(self.population[habites].sum())
        moyenne = float((self.population[habites] * minutes[habites]).sum()) / total if total else np.inf
        return moyenne if np.isfinite(moyenne) else None

    def _a9(self, heures: float) -> float | None:
        total = float(self.population.sum())
        return POUR_HABITANTS * heures / total if total else None

    def _heures_partagees(self) -> Reels:
        """Hours that a permanence at each candidate gives to the people of here; those of other places stay shared as
        they are."""
        ici = (self.population[:, None] * poids(self._temps.minutes, self._chantier.zones)).sum(axis=0)
        demande = self._chantier.candidats.demande[self._parmi]
        parts = np.divide(ici, demande, out=np.zeros(len(demande)), where=demande > 0)
        return np.asarray(self._chantier.simulation.heures * parts, dtype=np.float64)


def _noter(options: Sequence[Option]) -> tuple[Option, ...]:
    """Give each option its robustness: the least share of the best known gain that it keeps, over the thresholds."""
    gains = [[couverture.gain for couverture in option.couvertures] for option in options]
    meilleurs = [max(colonne) for colonne in zip(*gains, strict=True)]
    parts = ([gain / meilleur for gain, meilleur in zip(g, meilleurs, strict=True) if meilleur > 0] for g in gains)
    return tuple(
        replace(option, robustesse=min(siennes, default=0.0)) for option, siennes in zip(options, parts, strict=True)
    )


def _avec_gain(site: SitePropose, gain: float) -> SitePropose:
    return replace(site, gain=float(gain))
