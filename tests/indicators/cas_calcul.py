"""What the project computes of a worked case: the half of `indicators.cas` that knows the program."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from typing import Any

import numpy as np

from carte.access import Communes, Hypotheses, Mode, Temps, estimer
from carte.access.trajets import estimer_minutes
from carte.choix import Seuils
from carte.evolution.modele import Publication
from carte.indicators import Indicateurs, Parametres
from carte.indicators.monde import Monde as MondeCalcule
from carte.indicators.monde import assembler
from indicators.exemple import Monde, monde_de_l_exemple, plan

PERIMETRE = "perimetre"
TOLERANCE = 1e-6
UN_SEUIL = Seuils(voiture=(30,), velo=(30,), pied=30)
"""For what depends on one number of minutes: each more costs a column of every kind at every level."""
_TOUS_LES_TRAJETS = 100_000
"""A threshold, in minutes, that keeps every pair of commune and place."""


class Cas:
    """A case and what the project computes of it."""

    def __init__(self, cas: Mapping[str, Any]) -> None:
        self.donnees = cas
        self.attendu: Mapping[str, Any] = cas["attendu"]
        self.monde = monde_de_l_exemple(cas)
        p = cas["parametres"]
        self.hypotheses = Hypotheses(
            **{f"detour_{mode}": p.get(f"detour_{mode}", p["detour"]) for mode in Mode},
            **{f"{mode}_kmh": p[f"vitesse_{mode}_kmh"] for mode in Mode},
        )
        binaire = re.search(r"population_binaire_seuil_(\d+)pct", repr(self.attendu))
        self.parametres = Parametres(
            hypotheses=self.hypotheses,
            zones_e2sfca=tuple((minutes, poids) for minutes, poids in p["e2sfca_zones"]),
            part_locaux_binaire=int(binaire[1]) / 100 if binaire else 0.25,
        )

        self.minutes = tuple(sorted({*_minutes(self.attendu), 30}))
        self.seuils = Seuils(voiture=self.minutes, velo=self.minutes, pied=30)
        self.a_pied = cache(self._a_pied)
        self.du_departement = cache(self._du_departement)

    def _a_pied(self, minutes: int) -> Indicateurs:
        """The figures when one walks that long."""
        return self.monde.calculer(replace(UN_SEUIL, pied=minutes), self.parametres)

    def _du_departement(self, code: str) -> Indicateurs:
        """The figures for the communes of one département, at the thresholds that its border is asked at."""
        minutes = tuple(sorted({*_minutes(self.attendu.get("effet_frontiere", {})), 30}))
        monde = Monde(self.monde.communes, self.monde.lieux, (code,))
        return monde.calculer(replace(UN_SEUIL, voiture=minutes), self.parametres)

    def publication(self, lieux: Set[str], jour: date, seuil: int) -> Publication:
        """The case as published one day with some of its places, at one threshold by car."""
        monde = Monde(self.monde.communes, [lieu for lieu in self.monde.lieux if lieu["lieu_id"] in lieux])
        return Publication(
            jour, monde.offre(), monde.territoire(), replace(UN_SEUIL, voiture=(seuil,)), self.parametres
        )

    @cached_property
    def calcule(self) -> MondeCalcule:
        """Every pair of commune and place, however far."""
        m = self.monde
        seuils = Seuils(voiture=(_TOUS_LES_TRAJETS,))
        return assembler(m.offre(), m.territoire(), m.debit(), seuils, self.parametres, plan)

    @cached_property
    def ensemble(self) -> Indicateurs:
        """All figures at every number of minutes that the case names."""
        return self.monde.calculer(self.seuils, self.parametres)

    @property
    def noms(self) -> list[str]:
        return [c["nom"] for c in self.donnees["communes"]]

    @property
    def ids(self) -> list[str]:
        return [lieu["id"] for lieu in self.donnees["lieux"]]

    def par_commune(self, valeurs: Any) -> dict[str, Any]:
        return dict(zip(self.noms, valeurs, strict=True))

    def colonne(self, indicateurs: Indicateurs, nom: str) -> dict[str, Any]:
        """A column of the table of communes, in the order of the case."""
        codes = [c["code"] for c in self.donnees["communes"]]
        return self.par_commune(indicateurs.tables["commune"].loc[codes, nom])

    def proche(self, famille: str = "toutes") -> Temps:
        return self.calcule.trajets.plus_proche(Mode.VOITURE, self.calcule.choix[famille])

    def part_pct(self, marque: Any) -> float | None:
        """Share of the known population of the communes marked, in percent."""
        p = self.calcule.population
        connue = ~np.isnan(p)
        return 100 * float(p[connue & marque].sum()) / float(p[connue].sum()) if p[connue].sum() else None

    def sans_interieur(self) -> tuple[Any, dict[Mode, Any]]:
        """Kilometres and minutes to the nearest place when one's own commune is at zero (the convention we refuse)."""
        c = self.calcule
        ici = Communes(c.origines.points, np.zeros(len(c.population)), c.origines.vitesse_kmh)
        paires = estimer(ici, c.arrivees, {Mode.VOITURE: _TOUS_LES_TRAJETS}, self.hypotheses).paires
        tous = np.ones(len(paires), dtype=bool)
        minutes = estimer_minutes(paires, ici, c.arrivees, self.hypotheses)
        return c.trajets.minimum(paires.d_km, tous), {m: c.trajets.minimum(v, tous) for m, v in minutes.items()}


def pct(indicateurs: Indicateurs, colonne: str, niveau: str = PERIMETRE, code: str = PERIMETRE) -> float | None:
    taux = indicateurs.part(niveau, code, colonne).taux
    return None if taux is None else 100 * taux


def _minutes(attendu: Mapping[str, Any]) -> Iterator[int]:
    """The thresholds that the keys name: `voiture_30`, `T15`, `20`, `…_30min`; and the one of `T_min`."""
    for cle, valeur in attendu.items():
        yield from map(int, re.findall(r"(?:_T?|^T?)(\d+)(?=min|_|$)", cle))
        if cle == "T_min":
            yield valeur
        elif isinstance(valeur, Mapping) and not cle.startswith("evolution"):
            yield from _minutes(valeur)


def differences(attendu: Any, obtenu: Any, ou: str = "") -> Iterator[str]:
    """Where two documents differ by more than TOLERANCE, one line each."""
    if isinstance(attendu, dict) and isinstance(obtenu, dict) and attendu.keys() == obtenu.keys():
        for cle in attendu:
            yield from differences(attendu[cle], obtenu[cle], f"{ou}/{cle}")
    elif isinstance(attendu, list) and isinstance(obtenu, list) and len(attendu) == len(obtenu):
        for rang, (a, b) in enumerate(zip(attendu, obtenu, strict=True)):
            yield from differences(a, b, f"{ou}[{rang}]")
    elif not _egaux(attendu, obtenu):
        yield f"{ou} : attendu {attendu!r}, obtenu {obtenu!r}"


def _egaux(attendu: Any, obtenu: Any) -> bool:
    nombres = [v for v in (attendu, obtenu) if isinstance(v, int | float | np.number) and not isinstance(v, bool)]
    if len(nombres) == 2:
        return abs(float(attendu) - float(obtenu)) <= TOLERANCE
    vides = [v is None or (isinstance(v, float | np.number) and bool(np.isnan(v))) for v in (attendu, obtenu)]
    return all(vides) if any(vides) else bool(attendu == obtenu)
