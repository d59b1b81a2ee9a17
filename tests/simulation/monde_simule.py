"""Four départements, an EPCI across two of them, an island, measured times, places that say and places that do not."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from carte.access import Matrice, Mode
from carte.choix import FAMILLES
from carte.execution import Executeur
from carte.indicators import Parametres
from carte.simulation import Simulations, simuler
from carte.territory import Barriere
from indicators.exemple import HYPOTHESES, SEUILS, Monde, plan

DEPARTEMENTS = ("01", "02", "03")
COMMUNES = 8
"""In each département of the perimeter, and in the one beside it."""


def _communes() -> list[dict[str, Any]]:
    alea = np.random.default_rng(3)
    lignes = []
    for rang, code in enumerate((*DEPARTEMENTS, "04")):
        for numero in range(COMMUNES):
            x, y = alea.uniform(0, 30, 2)
            partage = {"code_epci": "P"} if code in ("01", "02") and numero < 3 else {"code_epci": f"E{code}"}
            habitants = float(alea.integers(100, 4000))
            ou = {"x_km": 30 * rang + x, "y_km": y, "erreur_km": 0.4 * (numero == 1)}
            lignes.append({"code_insee": f"{code}{numero:03}", "population": habitants, **ou, **partage})
    return lignes


def _monde() -> Monde:
    communes, familles = _communes(), list(FAMILLES)
    lieux = [
        {cle: commune[cle] for cle in ("code_insee", "x_km", "y_km")}
        | {"lieu_id": f"lieu-{rang}", "heures_hebdo": 5.0 + rang, familles[rang % len(familles)]: False}
        for rang, commune in enumerate(communes[::5])
    ]
    return Monde(communes, lieux, DEPARTEMENTS)


def _matrice() -> Matrice:
    trajets = [("01000", "01003", 9.0), ("01003", "02001", 11.0), ("03002", "03005", 4.0), ("04001", "03005", 7.0)]
    return Matrice(
        pd.DataFrame(
            [
                {"origine": de, "destination": a, "minutes": m, "mode": Mode.VOITURE, "source": "essai"}
                for de, a, m in trajets
            ]
        )
    )


def entrees() -> dict[str, Any]:
    """What `simuler` asks."""
    monde = _monde()
    ile = Barriere("île", dict.fromkeys(("02004", "02005"), ""), True, dict.fromkeys(Mode, 12.0))
    return {
        "offre": monde.offre(),
        "territoire": replace(monde.territoire(), barrieres=(ile,)),
        "seuils": SEUILS,
        "parametres": Parametres(hypotheses=HYPOTHESES),
        "reperage": plan,
        "matrice": _matrice(),
    }


def simulations(executeur: Executeur | None = None) -> Simulations:
    """All that is proposed there."""
    return simuler(**entrees(), executeur=executeur)
