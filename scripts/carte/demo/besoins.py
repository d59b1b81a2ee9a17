"""Fictional needs: ages and shares at risk, households without a car, a survey; and what no document says, on purpose.

The commune that the broadband files do not know (Ajonc-le-Petit) is in none of these files, and the survey did not
reach one EPCI: the demonstration shows « non évalué » beside what is.
"""

from collections.abc import Iterable, Sequence

from carte.demo.communes import EPCIS, CommuneFictive, communes, membres

MILLESIME = "2023"
SOURCE = "Données fictives"
SANS_ENQUETE = "249900036"  # CC Lône et Bocage
_HABITANTS_PAR_MENAGE = 2.2

TRANCHES = ("15-29 ans", "30-44 ans", "45-59 ans", "60-74 ans", "75 ans et plus")
# Share at risk by age group, its bounds (invented).
_TAUX = ((0.06, 0.04, 0.08), (0.07, 0.05, 0.09), (0.13, 0.10, 0.16), (0.25, 0.21, 0.29), (0.58, 0.52, 0.64))
# By EPCI, in %: inhabitants of each age group (the rest is under 15), households without a car, adults in difficulty.
_AGES = {
    "249900010": (21, 20, 18, 15, 8),
    "249900028": (11, 14, 21, 25, 16),
    "249900036": (13, 16, 21, 22, 13),
    "200999019": (14, 17, 20, 20, 12),
    "249600016": (15, 17, 20, 20, 11),
}
_SANS_VOITURE = {"249900010": 19, "249900028": 9, "249900036": 10, "200999019": 11, "249600016": 10}
_EN_DIFFICULTE = {"249900010": 21, "249900028": 38, "200999019": 29, "249600016": 27}


def population_age() -> str:
    """`population_age.csv`: inhabitants of 15 years and more by age group."""
    lignes = [
        (c.code, tranche, c.population * pct // 100, SOURCE, MILLESIME)
        for c in _decrites()
        for tranche, pct in zip(TRANCHES, _AGES[c.epci], strict=True)
    ]
    return _table(("code_insee", "tranche", "population", "source", "millesime"), lignes)


def taux_risque() -> str:
    """`taux_risque.csv`: share at risk of digital exclusion by age group."""
    lignes = [(tranche, *taux, "Taux fictifs") for tranche, taux in zip(TRANCHES, _TAUX, strict=True)]
    return _table(("tranche", "taux", "bas", "haut", "source"), lignes)


def menages() -> str:
    """`menages.csv`: households, and those without a car; fewer where a car is needed, more in the town."""
    lignes = []
    for c in _decrites():
        nombre = round(c.population / _HABITANTS_PAR_MENAGE)
        lignes.append((c.code, nombre, nombre * _SANS_VOITURE[c.epci] // 100, SOURCE, MILLESIME))
    return _table(("code_insee", "menages", "sans_voiture", "source", "millesime"), lignes)


def besoins() -> str:
    """`besoins.csv`: adults in difficulty by EPCI, as a survey that did not reach all of them would say."""
    lignes = []
    for epci in EPCIS:
        if epci.code == SANS_ENQUETE:
            continue
        adultes = sum(c.population for c in membres(epci.code)) * 4 // 5
        difficulte = adultes * _EN_DIFFICULTE[epci.code] // 100
        mesure = ("Adultes en difficulté avec les démarches en ligne", difficulte, adultes, "personnes")
        lignes.append(("epci", epci.code, *mesure, "Enquête fictive", MILLESIME))
    colonnes = ("niveau", "code", "indicateur", "valeur", "denominateur", "unite", "source", "millesime")
    return _table(colonnes, lignes)


def _decrites() -> Iterable[CommuneFictive]:
    return (commune for commune in communes() if commune.reseau is not None)


def _table(colonnes: Sequence[str], lignes: Sequence[Sequence[object]]) -> str:
    return "".join(";".join(map(str, ligne)) + "\n" for ligne in [colonnes, *lignes])
