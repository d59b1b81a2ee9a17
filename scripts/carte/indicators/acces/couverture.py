"""A1 to A4, A6 and the fresh part of O8: who has a place within reach, by mode, family and threshold."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from carte.access import Mode, Temps, dans, detours
from carte.access.points import Booleens, Reels
from carte.choix import FAMILLES
from carte.indicators.acces.grain import SANS_VOITURE, grains_des_lignes
from carte.indicators.monde import TOUTES, Colonnes, Monde, part


@dataclass(frozen=True, slots=True, eq=False)
class Lectures:
    """Times to the nearest place of a family: of those that say they give it, then of those that may give it too.

    Both are the same where nobody is silent, and for all places together.
    """

    dit: Temps
    possible: Temps

    @property
    def ensemble(self) -> Temps:
        """Both at once: the time is unknown (NaN) where they differ, its bounds hold whatever the silent places do."""
        memes = (self.dit.minutes == self.possible.minutes) | np.isnan(self.dit.minutes)
        return Temps(np.where(memes, self.dit.minutes, np.nan), self.possible.bas, self.dit.haut)


@dataclass(frozen=True, slots=True, eq=False)
class Portee:
    """Whether each commune is within a threshold: central, surely, possibly (0 or 1, NaN where unknown).

    `lectures` of a family: the central estimate when silent places count as a « non » (`dit`), then as a « oui »
    (`possible`); `taux` is NaN where they differ. `floues` marks those whose one point is coarser than the threshold
    reaches: see `grains_des_lignes`.
    """

    taux: Reels
    bas: Reels
    haut: Reels
    lectures: Mapping[str, Reels] | None = None
    floues: Booleens | None = None

    @property
    def centre(self) -> Reels:
        """The central estimate, of the places that say what they give."""
        return self.taux if self.lectures is None else self.lectures["dit"]

    def colonnes(self, nom: str, population: Reels) -> Colonnes:
        """The columns of the share; `_non_evalues`: the people of whom a coarse point says nothing."""
        colonnes = part(nom, population, self.taux, self.bas, self.haut, self.lectures)
        if self.floues is not None:
            ignores = population * (self.floues & (self.haut > self.bas))
            colonnes[f"{nom}_non_evalues"] = np.where(np.isnan(colonnes[f"{nom}_den"]), np.nan, ignores)
        return colonnes

    def hors(self) -> "Portee":
        """The contrary: out of reach, centrally, surely, possibly."""
        return Portee(1 - self.taux, 1 - self.haut, 1 - self.bas, floues=self.floues)


def lectures(monde: Monde, mode: Mode, nom: str) -> Lectures:
    """Times to the nearest place of a family (or of `toutes`) by a mode."""
    dit = monde.trajets.plus_proche(mode, monde.choix[nom])
    memes = np.array_equal(monde.choix[nom], monde.possibles[nom])
    return Lectures(dit, dit if memes else monde.trajets.plus_proche(mode, monde.possibles[nom]))


def portee(temps: Temps | Lectures, seuil: float, grain: Reels | None = None) -> Portee:
    """Within an inclusive threshold in minutes; « sûr » by the high bound of the time, « incertain » by the low one.

    `grain` (see `grains_des_lignes`): a line coarser than the threshold has nobody surely within, and all its people
    possibly when the place is no farther than that error from being so. Its central reading keeps the convention.
    """
    deux = temps if isinstance(temps, Lectures) else Lectures(temps, temps)
    connus = ~np.isnan(deux.dit.minutes)
    bornes = (deux.dit.haut, deux.possible.bas, deux.dit.minutes, deux.possible.minutes)
    bas, haut, dit, possible = (np.where(connus, dans(minutes, seuil), np.nan) for minutes in bornes)
    lus = {"dit": dit, "possible": possible} if isinstance(temps, Lectures) else None
    if grain is None:
        return Portee(np.where(dit == possible, dit, np.nan), bas, haut, lus)
    floues = connus & ~dans(grain, seuil)
    proches = np.full(len(grain), np.inf)
    np.subtract(deux.possible.bas, grain, out=proches, where=np.isfinite(deux.possible.bas))
    bas, haut = np.where(floues, 0.0, bas), np.where(floues, dans(proches, seuil), haut)
    return Portee(np.where(dit == possible, dit, np.nan), bas, haut, lus, floues)


def couvertures(monde: Monde) -> Colonnes:
    """A2 (car), A3 (bicycle, foot), A4, A6 and O8 coverage: additive columns by commune."""
    tous = {mode: monde.trajets.plus_proche(mode, monde.choix[TOUTES]) for mode in Mode}
    familles = {mode: {nom: lectures(monde, mode, nom) for nom in FAMILLES} for mode in Mode}
    grains_par_mode = {mode: grains_des_lignes(monde, mode) for mode in SANS_VOITURE}
    seuils = monde.seuils
    colonnes: Colonnes = {}
    for nom in (TOUTES, *FAMILLES):
        temps = {mode: tous[mode] if nom == TOUTES else familles[mode][nom] for mode in Mode}
        colonnes |= _a2(monde, temps[Mode.VOITURE], nom)
        modes = [(f"A3_{Mode.VELO}", Mode.VELO, s) for s in seuils.velo] + [(f"A3_{Mode.PIED}", Mode.PIED, seuils.pied)]
        for base, mode, seuil in modes:
            atteinte = portee(temps[mode], seuil, grains_par_mode[mode])
            colonnes |= atteinte.colonnes(_nom(base, seuil, nom), monde.habitants)
    meme_courts = monde.trajets.plus_proche(Mode.VOITURE, monde.accueil)
    for seuil in seuils.voiture:
        colonnes |= portee(meme_courts, seuil).colonnes(f"A2_voiture_{seuil}_presences", monde.habitants)
        colonnes |= _a4(monde, tous, seuil)
        panier = portee(_plus_long(list(familles[Mode.VOITURE].values())), seuil)
        colonnes |= panier.colonnes(f"A6_voiture_{seuil}", monde.habitants)
        frais = portee(monde.trajets.plus_proche(Mode.VOITURE, _frais(monde)), seuil)
        colonnes |= frais.colonnes(f"O8_voiture_{seuil}", monde.habitants)
    return colonnes


def temps_par_commune(monde: Monde) -> Colonnes:
    """A1: time to the nearest place by mode and family, with its interval, in minutes; and its straight line, in km.

    Where people live at several points of a commune, the mean over them.
    """
    colonnes: Colonnes = {}
    for mode in Mode:
        for nom in monde.choix:
            temps = lectures(monde, mode, nom).ensemble
            base = f"A1_{mode}" if nom == TOUTES else f"A1_{mode}_{nom}"
            colonnes |= {f"{base}_val": temps.minutes, f"{base}_bas": temps.bas, f"{base}_haut": temps.haut}
    colonnes |= {"A1_distance_val": distance_km(monde)}
    return {nom: monde.par_commune(valeurs) for nom, valeurs in colonnes.items()}


def distance_km(monde: Monde) -> Reels:
    """Straight line to the nearest place of any family, in km, with the convention of one's own commune.

    A place behind a barrier that has no known crossing is not near.
    """
    return _au_plus_proche(monde, monde.trajets.paires.d_km)


def route_km(monde: Monde) -> Reels:
    """The same, times the detour of both ends: an estimate of the road, in km."""
    paires, hypotheses = monde.trajets.paires, monde.parametres.hypotheses
    return _au_plus_proche(
        monde, paires.d_km * detours(Mode.VOITURE, monde.origines, monde.arrivees, paires, hypotheses)
    )


def isolees(monde: Monde) -> Booleens:
    """Communes that no place can be reached from by car, as far as is known, because a barrier parts them from all."""
    trajets = monde.trajets
    if trajets.separes is None:
        return np.zeros(len(monde.habitants), dtype=np.bool_)
    touchees = np.zeros(len(monde.habitants), dtype=np.bool_)
    touchees[trajets.paires.commune[trajets.separes.paires]] = True
    minutes = trajets.minimum(trajets.minutes[Mode.VOITURE], monde.choix[TOUTES][trajets.paires.lieu])
    return np.asarray(touchees & np.isinf(minutes), dtype=np.bool_)


def _au_plus_proche(monde: Monde, km: Reels) -> Reels:
    trajets = monde.trajets
    joignables = np.isfinite(trajets.minutes[Mode.VOITURE])
    return trajets.minimum(km, monde.choix[TOUTES][trajets.paires.lieu] & joignables)


def _a2(monde: Monde, temps: Temps | Lectures, nom: str) -> Colonnes:
    """Coverage by car, and the people covered only thanks to a place of another département that says what it does."""
    sans_voisins = _minutes_du_departement(monde, nom)
    colonnes: Colonnes = {}
    for seuil in monde.seuils.voiture:
        colonne = _nom("A2_voiture", seuil, nom)
        atteinte = portee(temps, seuil)
        grace_aux_voisins = np.where(dans(sans_voisins, seuil), 0.0, atteinte.centre)
        colonnes |= atteinte.colonnes(colonne, monde.habitants)
        colonnes[f"{colonne}_hors_departement"] = monde.habitants * grace_aux_voisins
    return colonnes


def _minutes_du_departement(monde: Monde, nom: str) -> Reels:
    """Time by car to the nearest place of the commune's own département."""
    trajets = monde.trajets
    ici = monde.communes["code_departement"].to_numpy(dtype=object)[monde.chez[trajets.paires.commune]]
    la = monde.offre["code_departement"].to_numpy(dtype=object)[trajets.paires.lieu]
    return trajets.minimum(trajets.minutes[Mode.VOITURE], monde.choix[nom][trajets.paires.lieu] & (ici == la))


def _a4(monde: Monde, temps: Mapping[Mode, Temps], seuil: float) -> Colonnes:
    """Each inhabitant once: by foot, else by bicycle, else by car only, else out of reach."""
    seuils = {Mode.PIED: monde.seuils.pied, Mode.VELO: monde.seuils.velo[0], Mode.VOITURE: seuil}
    noms = {Mode.PIED: "a_pied", Mode.VELO: "a_velo", Mode.VOITURE: "voiture_requise"}
    un = np.ones(len(monde.habitants))
    reste = Portee(un, un, un)
    colonnes: Colonnes = {}
    for mode, limite in seuils.items():
        atteinte = portee(temps[mode], limite, grains_des_lignes(monde, mode) if mode in SANS_VOITURE else None)
        colonnes |= ensemble(reste, atteinte).colonnes(f"A4_{seuil}_{noms[mode]}", monde.habitants)
        reste = ensemble(reste, atteinte.hors())
    return colonnes | reste.colonnes(f"A4_{seuil}_hors_portee", monde.habitants)


def ensemble(une: Portee, autre: Portee) -> Portee:
    """Both at once, of independent answers."""
    floues = une.floues if autre.floues is None else autre.floues if une.floues is None else une.floues | autre.floues
    return Portee(une.taux * autre.taux, une.bas * autre.bas, une.haut * autre.haut, floues=floues)


def _plus_long(temps: list[Lectures]) -> Lectures:
    """The longest of several times, commune by commune: the time of a basket."""

    def maximum(lus: list[Temps]) -> Temps:
        return Temps(
            np.max([t.minutes for t in lus], axis=0),
            np.max([t.bas for t in lus], axis=0),
            np.max([t.haut for t in lus], axis=0),
        )

    return Lectures(maximum([t.dit for t in temps]), maximum([t.possible for t in temps]))


def _frais(monde: Monde) -> Booleens:
    age = monde.offre["fraicheur_jours"].to_numpy(dtype=np.float64)
    return monde.choix[TOUTES] & (age < monde.seuils.fraicheur_jours)


def _nom(base: str, seuil: float, famille: str) -> str:
    return f"{base}_{seuil}" if famille == TOUTES else f"{base}_{seuil}_{famille}"
