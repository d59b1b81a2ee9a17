"""G3 made public: the list of EPCI in deficit with their margins, how many there are, and the regional median of A9."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from carte.choix import FAMILLES
from carte.indicators.manques.deficit import DEFICIT, INCERTAIN, INCONNU, NON
from carte.indicators.modele import Parametres
from carte.indicators.monde import TOUTES, Monde

STATUTS = (DEFICIT, INCERTAIN, NON, INCONNU)


def variantes(monde: Monde) -> list[tuple[int, str, str]]:
    """Threshold, family (or TOUTES) and variant name, `20` or `20_formation`, of every G3."""
    familles = (TOUTES, *FAMILLES)
    return [(s, f, str(s) if f == TOUTES else f"{s}_{f}") for s in monde.seuils.voiture for f in familles]


def compter(epci: pd.DataFrame, groupes: "pd.Series[str]", index: pd.Index, monde: Monde) -> pd.DataFrame:
    """Number of EPCI of each status by group (None: not counted), for every variant: `G3_20_epci_deficit`…"""
    cas = {
        f"G3_{nom}_epci_{statut}": lus == statut
        for _, _, nom in variantes(monde)
        for lus in (epci[f"G3_{nom}_statut"].to_numpy(),)
        for statut in STATUTS
    }
    comptes = pd.DataFrame(cas, epci.index).groupby(groupes).sum()
    return comptes.reindex(index, fill_value=0).astype("int64")


def deficits(tables: Mapping[str, pd.DataFrame], monde: Monde) -> pd.DataFrame:
    """The list: one row per EPCI (part, then whole), threshold and family, with its margin and who is out of reach."""
    morceaux = [
        _bloc(niveau, tables[niveau], seuil, famille, nom)
        for niveau in ("epci_departement", "epci")
        for seuil, famille, nom in variantes(monde)
    ]
    return pd.concat(morceaux, ignore_index=True)


def _bloc(niveau: str, table: pd.DataFrame, seuil: int, famille: str, nom: str) -> pd.DataFrame:
    a2, g3 = f"A2_voiture_{nom}", f"G3_{nom}"
    den, num, bas, haut = (table[f"{a2}_{suffixe}"].to_numpy() for suffixe in ("den", "num", "bas", "haut"))
    return pd.DataFrame(
        {
            "niveau": niveau,
            "code": table.index,
            "nom": table["nom"],
            "code_departement": table.get("code_departement", np.nan),
            "famille": famille,
            "seuil": seuil,
            "statut": table[f"{g3}_statut"],
            **{f"marge_{suffixe}": table[f"{g3}_marge_{suffixe}"].to_numpy() for suffixe in ("val", "bas", "haut")},
            "loin_num": den - num,
            "loin_bas": den - haut,
            "loin_haut": den - bas,
            "loin_den": den,
        }
    )


def medianes_a9(
    epci: pd.DataFrame, regions_des_epci: "pd.Series[str]", regions: pd.DataFrame, parametres: Parametres
) -> "pd.Series[float]":
    """Median A9 of the EPCI of each region that is whole in the perimeter; the given one, if any, everywhere."""
    if parametres.mediane_regionale_a9 is not None:
        return pd.Series(parametres.mediane_regionale_a9, regions.index, dtype=float)
    connues = epci["A9_e2sfca_val"].groupby(regions_des_epci.reindex(epci.index)).median()
    return connues.reindex(regions.index).where(regions["region_entiere"].eq(True).fillna(False).astype(bool))
