"""What the State's list of equipment says of each territory: where a permanence could be welcomed."""

import numpy as np
import pandas as pd

from carte.indicators.entrees import Entrees
from carte.indicators.monde import Monde
from carte.indicators.offre.inventaires import PERIMETRE

COLONNES = (
    *("niveau", "code", "communes", "mairies", "france_services", "poste", "banques"),
    *("communes_appui", "communes_appui_noms", "millesime"),
)
_COMPTES = ["mairies", "france_services", "poste", "banques"]


def equipements(monde: Monde, entrees: Entrees) -> pd.DataFrame:
    """The list `equipements`: see `listes`. Counts are sums over the communes that the file knows.

    « Communes d'appui » have no place of the map, and a France services or a post office counter of any kind.
    """
    if entrees.equipements is None:
        return pd.DataFrame(columns=list(COLONNES))
    dedans = monde.communes[monde.communes["dans_perimetre"].astype(bool)]
    sommes = entrees.equipements.groupby("code_insee")[_COMPTES].sum(min_count=1)
    table = dedans[["code_insee", "nom", "code_departement", "code_epci"]].join(sommes, on="code_insee", how="inner")
    lieux = set(monde.offre["code_insee"])
    services = table[["france_services", "poste"]].sum(axis=1, min_count=1)
    table = table.assign(appui=~table["code_insee"].isin(lieux) & (services > 0))
    blocs = [
        _sommer(
            table, "epci_departement", table["code_epci"].astype(str) + "-" + table["code_departement"].astype(str)
        ),
        _sommer(table, "departement", table["code_departement"]),
        _sommer(table, PERIMETRE, pd.Series(PERIMETRE, table.index)),
    ]
    millesime = ", ".join(sorted(set(entrees.equipements["millesime"])))
    return pd.concat(blocs, ignore_index=True).assign(millesime=millesime)[list(COLONNES)]


def sans_services(entrees: Entrees) -> frozenset[str] | None:
    """Communes known to have no post office, bank nor France services; None without the list of equipment."""
    if entrees.equipements is None:
        return None
    services = entrees.equipements.groupby("code_insee")[["france_services", "poste", "banques"]].sum(min_count=1)
    return frozenset(map(str, services.index[services.eq(0).all(axis=1)]))


def _sommer(table: pd.DataFrame, niveau: str, cle: pd.Series) -> pd.DataFrame:
    groupes = table.groupby(cle.to_numpy(), sort=True)
    sommes = groupes[_COMPTES].sum(min_count=1)
    noms = {code: ", ".join(sorted(membres.loc[membres["appui"], "nom"])) for code, membres in groupes}
    return (
        sommes.assign(
            niveau=niveau,
            communes=groupes.size().astype(np.int64),
            communes_appui=groupes["appui"].sum().astype(np.int64),
            communes_appui_noms=pd.Series(noms, dtype=object),
        )
        .rename_axis("code")
        .reset_index()
    )
