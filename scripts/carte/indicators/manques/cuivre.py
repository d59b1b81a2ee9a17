"""Copper: premises whose network closes while fibre is incomplete, and when. A closure is a fact, not a degradation."""

from datetime import date

import numpy as np
import pandas as pd

from carte.access.points import Reels
from carte.broadband.cuivre import FERMEE, NON_PLANIFIEE, PLANIFIEE
from carte.indicators.monde import Colonnes, Monde, part

_STATUTS = {"planifiees": PLANIFIEE, "fermees": FERMEE, "non_planifiees": NON_PLANIFIEE}


def cuivre_additif(monde: Monde) -> Colonnes:
    """Shares of premises by state of copper, premises without fibre where it closes, and counts of communes."""
    statut, locaux = _statuts(monde), _nombres(monde, "locaux")
    connus = statut.notna().to_numpy()
    poids = np.where(connus, locaux, np.nan)
    planifies, fermes = (_indicatrice(statut == nom) for nom in (PLANIFIEE, FERMEE))
    manque = sans_fibre(monde)
    bas, haut = np.nan_to_num(manque, nan=0.0), np.nan_to_num(manque, nan=1.0)
    comptes = {f"CUIVRE_communes_{nom}": _indicatrice(statut == valeur) for nom, valeur in _STATUTS.items()}
    return (
        part("CUIVRE_planifie", poids, planifies, planifies, planifies)
        | part("CUIVRE_ferme", poids, fermes, fermes, fermes)
        | part("CUIVRE_incomplet", poids * planifies, np.where(planifies > 0, manque, 0.0), bas, haut)
        | comptes
        | {"CUIVRE_communes_inconnues": (~connus).astype(np.float64)}
    )


def prochaines(monde: Monde, cle: pd.Series, au: date | None) -> "pd.Series[str]":
    """ISO date of the next planned closure of each territory where fibre is incomplete or unknown."""
    dates = _dates(monde, au)
    table = pd.DataFrame({"cle": cle.to_numpy(), "date": dates.to_numpy()}).dropna()
    premieres = table.groupby("cle")["date"].min()
    textes: pd.Series[str] = premieres.dt.strftime("%Y-%m-%d").astype(object).rename("CUIVRE_prochaine")
    return textes


def calendrier(monde: Monde) -> pd.DataFrame:
    """One row per département and planned date: communes, premises, those without fibre, those of unknown fibre."""
    locaux, manque = _nombres(monde, "locaux"), sans_fibre(monde)
    table = pd.DataFrame(
        {
            "code_departement": monde.communes["code_departement"],
            "fermeture": _fermetures(monde).dt.strftime("%Y-%m-%d").astype(object),
            "communes": 1,
            "locaux": locaux,
            "sans_fibre": locaux * manque,
            "sans_fibre_inconnu": np.where(np.isnan(manque), locaux, 0.0),
        }
    )
    retenues = monde.communes["dans_perimetre"].astype(bool) & (_statuts(monde) == PLANIFIEE)
    groupes = table[retenues].dropna(subset="fermeture").groupby(["code_departement", "fermeture"])
    return groupes.sum(min_count=1).reset_index()


def sans_fibre(monde: Monde) -> Reels:
    """Share of the premises of each commune that cannot have fibre, between 0 and 1; NaN when unknown."""
    locaux, ftth = _nombres(monde, "locaux"), _nombres(monde, "ftth")
    taux = np.divide(locaux - ftth, locaux, out=np.full(len(locaux), np.nan), where=locaux > 0)
    return np.asarray(np.clip(taux, 0.0, 1.0), dtype=np.float64)


def _indicatrice(cas: "pd.Series[bool]") -> Reels:
    """1.0 where true, else 0.0."""
    return np.asarray(cas, dtype=np.float64)


def _dates(monde: Monde, au: date | None) -> "pd.Series[pd.Timestamp]":
    """Planned dates still to come, where some premises lack fibre or may."""
    dates = _fermetures(monde)
    incomplets = ~(sans_fibre(monde) <= 0)
    dates = dates.where((_statuts(monde) == PLANIFIEE) & incomplets)
    return dates if au is None else dates.where(dates >= pd.Timestamp(au))


def _fermetures(monde: Monde) -> "pd.Series[pd.Timestamp]":
    colonne = monde.debit.reindex(columns=["fermeture_cuivre"])["fermeture_cuivre"]
    return pd.to_datetime(colonne)


def _statuts(monde: Monde) -> pd.Series:
    return monde.debit.reindex(columns=["statut_cuivre"])["statut_cuivre"].astype(object)


def _nombres(monde: Monde, nom: str) -> Reels:
    return monde.debit.reindex(columns=[nom])[nom].to_numpy(dtype=np.float64, na_value=np.nan)
