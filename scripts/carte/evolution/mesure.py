"""G9: the figures that two publications are compared on, as counts by territory."""

from typing import TYPE_CHECKING

import pandas as pd

from carte.access import Matrice
from carte.choix import Seuils
from carte.indicators.acces.couverture import couvertures
from carte.indicators.modele import Parametres
from carte.indicators.monde import Reperage, assembler, lonlat
from carte.indicators.niveaux import niveaux, sommer

if TYPE_CHECKING:
    from carte.territory import Territoire

NIVEAUX_COMPARES = ("epci_departement", "departement", "perimetre")
"""Whole EPCI are left out: data packages do not hold the communes of other départements."""
_INDICATEURS = ("A2_", "A3_", "A6_")

Comptes = pd.DataFrame
"""Shares as counts: one row per (level, code), columns `<figure>_num` and `<figure>_den`."""


def mesurer(
    offre: pd.DataFrame,
    territoire: "Territoire",
    seuils: Seuils,
    parametres: Parametres,
    reperage: Reperage = lonlat,
    matrice: Matrice | None = None,
) -> Comptes:
    """The access shares of an offer, at the levels that are compared; NaN when unknown."""
    debit = pd.DataFrame({"code_insee": pd.Series(dtype=object)})
    monde = assembler(offre, territoire, debit, seuils, parametres, reperage, matrice)
    colonnes = {nom: valeurs for nom, valeurs in couvertures(monde).items() if nom.startswith(_INDICATEURS)}
    additif = pd.DataFrame(monde.plier(colonnes))
    tables = {
        niveau.nom: compter(sommer(additif, niveau.cle))
        for niveau in niveaux(territoire, monde.situees)
        if niveau.nom in NIVEAUX_COMPARES
    }
    return pd.concat(tables)


def compter(table: pd.DataFrame) -> Comptes:
    """The counts of the figures compared, among the columns of a table of indicators.

    Of a family, the places that say they give it: a record that begins to say so is a corrected one, no new offer.
    """
    dits = {f"{nom}_num": table[f"{nom}_dit"] for nom in _chiffres(table) if f"{nom}_dit" in table}
    table = table.assign(**dits)
    return table[[f"{nom}_{suffixe}" for nom in _chiffres(table) for suffixe in ("num", "den")]]


def _chiffres(table: pd.DataFrame) -> list[str]:
    return [nom[:-4] for nom in map(str, table.columns) if nom.startswith(_INDICATEURS) and nom.endswith("_num")]


def taux(comptes: Comptes) -> pd.DataFrame:
    """Shares in percent, one column per figure; NaN over nobody."""
    parts = {
        nom: 100 * comptes[f"{nom}_num"] / comptes[f"{nom}_den"].where(comptes[f"{nom}_den"] > 0)
        for nom in _chiffres(comptes)
    }
    return pd.DataFrame(parts, index=comptes.index)


def par_chiffre(comptes: Comptes) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Numerator and denominator of each figure of each territory."""
    return {
        (niveau, code, nom): (numerateur, denominateur)
        for nom in _chiffres(comptes)
        for (niveau, code), numerateur, denominateur in zip(
            comptes.index, comptes[f"{nom}_num"].tolist(), comptes[f"{nom}_den"].tolist(), strict=True
        )
    }
